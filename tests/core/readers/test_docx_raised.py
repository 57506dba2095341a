"""Digits that Word raises or lowers are footnote marks, never part of a number."""

import io

import docx
import pytest

from core.document import CellRef
from core.numbers import is_blank, parse_number
from core.readers.docx import read_docx
from core.writers.docx import corrected_docx


def with_mark(mark: str, **font: bool) -> bytes:
    document = docx.Document()
    paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
    paragraph.add_run("12")
    run = paragraph.add_run(mark)
    for name, value in font.items():
        setattr(run.font, name, value)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def text(data: bytes) -> str:
    return read_docx(data, "a.docx").tables["t1"].at(0, 0).text


@pytest.mark.parametrize(
    ("font", "shown"), [("superscript", "12¹"), ("subscript", "12₁"), ("bold", "121")]
)
def test_a_raised_digit_stands_as_it_is_shown(font: str, shown: str) -> None:
    assert text(with_mark("1", **{font: True})) == shown


def test_a_number_with_a_mark_is_no_number_and_no_blank() -> None:
    said = text(with_mark("1", superscript=True))
    assert parse_number(said) is None
    assert not is_blank(said)


def test_a_cell_with_a_mark_can_be_corrected() -> None:
    data = with_mark("1", superscript=True)
    edits = {CellRef("t1", 0, 0): "12"}
    assert text(corrected_docx(data, read_docx(data, "a.docx"), edits)) == "12"
