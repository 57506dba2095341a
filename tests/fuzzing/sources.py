"""The whole files that are damaged: small, so that many mutants can be read, and of many kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from core.document import Document
from tests.core.readers.printed import as_pipes, as_tabs
from tests.core.readers.workbooks import all_on_one_sheet, sheet_a_table
from tests.core.report_files import docx_file, html_file
from tests.core.rules.reports import Changes, report
from tests.documents import binary_word
from tests.documents.archives import mht_file
from tests.documents.binary_builder import (
    FAST_SAVED,
    TABLE_1,
    Par,
    Parts,
    deep,
    row,
    sheet,
    style,
)
from tests.documents.binary_builder import binary_word as built_word
from tests.documents.odt_report import odt_report
from tests.documents.pdf_pages import Layout, Sheet, pdf_file, report_pdf
from tests.documents.report_text import text_of
from tests.documents.torture import MADE

DOCUMENTS = Path(__file__).resolve().parents[1] / "documents"


def small_report() -> Document:
    """Return a report of which two tables are short: most of what a reader does, quickly."""
    return report(Changes(without_tables=("applications",)))


def _docx() -> list[bytes]:
    with TemporaryDirectory() as folder:
        whole = docx_file(Path(folder)).read_bytes()
        small = docx_file(Path(folder), Changes(without_tables=("applications",))).read_bytes()
    return [whole, small, small, *(made() for made in MADE.values())]


def _html() -> list[bytes]:
    with TemporaryDirectory() as folder:
        whole = html_file(Path(folder)).read_bytes()
        return [whole, whole.decode().replace("utf-8", "gb18030").encode("gb18030")]


def _mht() -> list[bytes]:
    page = _html()[0]
    return [mht_file(page, encoding) for encoding in ("quoted-printable", "base64", "8bit")]


def _txt() -> list[bytes]:
    whole = report(Changes())
    tables = list(whole.tables.values())
    texts = [
        text_of(whole, as_pipes),
        text_of(whole, lambda table: as_tabs(table, is_grid=False)),
        text_of(whole, lambda table: as_tabs(table, is_grid=True)),
        text_of(whole, lambda table: as_tabs(table, is_grid=False).replace("\t", " ")),
        text_of(whole, lambda table: as_tabs(table, is_grid=False).replace("\t", "")),
        as_pipes(tables[1]),
    ]
    return [*(text.encode() for text in texts), texts[0].encode("gb18030")]


def _pdf() -> list[bytes]:
    sheet = Sheet(300.0, 200.0)
    for x in (20, 120, 220):
        sheet.rule(x, 60, x, 140)
    for y in (60, 100, 140):
        sheet.rule(20, y, 220, y)
    for place in ((30, 20, "一、总体情况"), (30, 70, "规章"), (130, 70, "12"), (130, 110, "7")):
        sheet.text(*place)
    small = pdf_file(replace(sheet, image=(230, 100, 260, 140)), sheet, scale=2.0)
    cut = report_pdf(small_report(), layout=Layout(bottom=331, cut=True))
    fills = report_pdf(small_report(), layout=Layout(bottom=331, style="fill"))
    unruled = report_pdf(small_report(), layout=Layout(ruled=False))
    # The small one is read in a few ms, so most chances are its.
    return [*[small] * 6, cut, fills, unruled]


def _doc() -> list[bytes]:
    built = built_word(
        [Par("甲乙"), *row("1", "2"), Par("丙", deep(2)), Par("丁", style=1)],
        Parts(flags=TABLE_1 | FAST_SAVED, sheet=sheet(style("a", 1, 0xFFF), style("b", 1, 0))),
    )
    whole = [binary_word.FOLDER / name for name in (binary_word.PIECES, binary_word.REPORT)]
    return [*(path.read_bytes() for path in whole), built]


def _xls() -> list[bytes]:
    return [(DOCUMENTS / name).read_bytes() for name in ("三张表.xls", "显示.xls")]


def _xlsx() -> list[bytes]:
    small = Changes(without_tables=("applications",))
    return [all_on_one_sheet(gap=1), sheet_a_table(small), sheet_a_table(small, is_drawn=False)]


SOURCES: dict[str, Callable[[], list[bytes]]] = {
    "docx": _docx,
    "html": _html,
    "pdf": _pdf,
    "txt": _txt,
    "doc": _doc,
    "xlsx": _xlsx,
    "mht": _mht,
    "odt": lambda: [odt_report(report(Changes())), odt_report(small_report())],
    "xls": _xls,
}
