"""A workbook that does not say what the report says is refused before it is saved."""

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.document import Cell, Document, Section, Table, fold
from core.errors import SaveError
from core.forms.match import match
from core.rules.model import CheckResult
from core.workbook_readback import confirm_workbook
from core.writers.findings import findings_workbook
from core.writers.workbook import report_workbook

TEXTS = (
    "季度",
    "1,234",
    "18.50",
    "+4",
    "见附件",
    "",
    "=1+1",
    "_x0041_",
    "3件",
    " \n",
    "长" * 40_000,
)


@pytest.fixture
def document() -> Document:
    cells = tuple(Cell(0, column, text) for column, text in enumerate(TEXTS))
    return Document("text", (Section(1, "一、总体情况", (Table("t1", 1, len(TEXTS), cells),)),))


@pytest.fixture
def data(document) -> bytes:
    return report_workbook(document, match(document), CheckResult())


def changed(data: bytes, change: Callable[[Worksheet], None]) -> bytes:
    book = load_workbook(io.BytesIO(data))
    change(book.worksheets[0])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_reads_back_as_what_it_was_made_of(data, document) -> None:
    confirm_workbook(data, document)
    confirm_workbook(changed(data, lambda _: None), document)
    confirm_workbook(findings_workbook(document, CheckResult()))


@pytest.mark.parametrize(
    ("cell", "value"), [("A1", "季"), ("B1", 1235), ("C1", None), ("E1", 1), ("F1", "多")]
)
def test_another_text_or_number_is_refused(data, document, cell, value) -> None:
    def change(sheet: Worksheet) -> None:
        sheet[cell].value = value

    with pytest.raises(SaveError, match=r"不一致.*没有保存"):
        confirm_workbook(changed(data, change), document)


def test_a_missing_sheet_is_refused(data, document) -> None:
    more = Table("t2", 1, 1, (Cell(0, 0, "1"),))
    both = Document("text", (*document.sections, Section(2, "二", (more,))))
    with pytest.raises(SaveError):
        confirm_workbook(data, both)


def test_what_is_cut_off_is_refused(data, document) -> None:
    for length in (0, 10, len(data) // 2, len(data) - 10):
        with pytest.raises(SaveError, match=r"读不回来.*没有保存"):
            confirm_workbook(data[:length], document)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(st.characters(), max_size=20), min_size=1, max_size=6))
def test_no_workbook_is_refused_for_what_its_cells_say(texts) -> None:
    cells = tuple(Cell(0, column, fold(text)) for column, text in enumerate(texts))
    table = Table("t1", 1, len(texts), cells)
    document = Document("text", (Section(1, "一、总体情况", (table,)),))
    confirm_workbook(report_workbook(document, match(document), CheckResult()), document)
