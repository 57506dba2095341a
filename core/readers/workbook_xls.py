"""Read an old .xls workbook, or an .et of WPS, which is the same: what its sheets show."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import olefile
import xlrd

from core.document import Document
from core.errors import UnreadableFileError
from core.excel.built_in import BUILT_IN, GENERAL
from core.excel.general import decimal_of
from core.excel.names import Area
from core.progress import Progress, silent
from core.readers import guard
from core.readers.sheet import ERRORS, Sheet
from core.readers.workbook_document import workbook_document
from core.word.raised import SHAPES

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell as StoredCell
    from xlrd.sheet import Sheet as StoredSheet

# A record of two bytes may stand for a cell of forty in memory.
MAX_SIZE = 32 * 1024 * 1024
_SAFE = "没有打开，原文件没有改动。"
_SAVE_AS = "请用 Excel 或 WPS 打开并另存为 .xlsx 后再试。"
_BROKEN = f"这个旧版 Excel 表格（.xls 或 .et）读不出来，可能不完整或已损坏，{_SAFE}{_SAVE_AS}"
_TOO_LARGE = f"旧版 Excel 表格太大（超过 {MAX_SIZE // 1024**2} MB），{_SAFE}{_SAVE_AS}"
# Where the file says nothing of its own, these look otherwise in China than in America.
_CHINESE = frozenset((14, 22, *range(27, 37), *range(50, 59)))
_STREAMS = ("Workbook", "Book")
_RAISED = {1: "superscript", 2: "subscript"}


def read_xls(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of an old workbook (.xls, .et), whatever its name.

    Numbers are shown as their format shows them, formulas by their stored results:
    a file of this kind does not tell which cells are formulas without one.

    Raises:
        UnreadableFileError: It is broken, hostile, encrypted or too large.
        Cancelled: `progress` asked to stop.
    """
    if len(data) > MAX_SIZE:
        raise UnreadableFileError(_TOO_LARGE, f"{len(data)} bytes")
    book = _opened(data)
    sheets = []
    for index, stored in enumerate(book.sheets()):
        progress(index, book.nsheets)
        sheets.append(_sheet(book, stored))
    return workbook_document("xls", sheets, None)


def _opened(data: bytes) -> Book:
    try:
        records = _records(data)
        return xlrd.open_workbook(
            file_contents=records, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except Exception as error:
        # Whatever a broken file does to the library: an index, a struct, an assertion.
        if "encrypted" in str(error).lower():
            raise guard.refuse("encrypted") from error
        raise UnreadableFileError(_BROKEN, type(error).__name__) from error


def _records(data: bytes) -> bytes:
    """Return the workbook's stream out of the compound file around it.

    xlrd would follow a chain of sectors that leads back to itself for ever.
    """
    if not olefile.isOleFile(data=data):
        return data
    # The library's stubs take names of streams for bytes.
    compound: Any = olefile.OleFileIO(data)
    with compound:
        name = next(name for name in _STREAMS if compound.exists(name))
        return bytes(compound.openstream(name).read())


def _sheet(book: Book, stored: StoredSheet) -> Sheet:
    sheet = Sheet(stored.name, stored.name, bool(stored.visibility), book.datemode == 1)
    sheet.hides_zeros = not getattr(stored, "show_zero_values", 1)
    sheet.hidden_rows = {row for row, info in stored.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = [
        (column, column) for column, info in stored.colinfo_map.items() if info.hidden
    ]
    sheet.merges = [
        Area(top, left, bottom - 1, right - 1)
        for top, bottom, left, right in stored.merged_cells
        if top < bottom and left < right
    ]
    for row in range(stored.nrows):
        for column, cell in enumerate(stored.row(row)):
            _put(book, stored, sheet, (row, column), cell)
    return sheet


def _put(
    book: Book, stored: StoredSheet, sheet: Sheet, place: tuple[int, int], cell: StoredCell
) -> None:
    code, is_bordered = _style(book, cell.xf_index)
    value = cell.value
    if isinstance(value, str):
        if value or is_bordered:
            sheet.put_text(*place, _raised(book, stored, place, value), code, is_bordered)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        sheet.put_text(*place, "TRUE" if value else "FALSE", code, is_bordered)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        sheet.put_text(*place, ERRORS.get(int(value), "#N/A"), code, is_bordered)
    elif math.isfinite(value):
        sheet.put_number(*place, decimal_of(value), code, is_bordered)


def _style(book: Book, index: int | None) -> tuple[str, bool]:
    """Return the number format of a style and whether it draws a border."""
    if index is None or not 0 <= index < len(book.xf_list):
        return GENERAL, False
    style = book.xf_list[index]
    border = style.border
    is_bordered = border is not None and any(
        (
            border.left_line_style,
            border.right_line_style,
            border.top_line_style,
            border.bottom_line_style,
        )
    )
    key = style.format_key
    found = book.format_map.get(key)
    if key in _CHINESE or found is None:
        return BUILT_IN.get(key, GENERAL), is_bordered
    return found.format_str or GENERAL, is_bordered


def _raised(book: Book, stored: StoredSheet, place: tuple[int, int], text: str) -> str:
    """Return a text with its raised and lowered digits as such."""
    runs = stored.rich_text_runlist_map.get(place)
    if not runs:
        return text
    return "".join(
        text[start:end].translate(SHAPES.get(shape, {}))
        for start, end, shape in _runs(book, runs, len(text))
    )


def _runs(book: Book, runs: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a text, and how each is raised."""
    starts = [0, *(start for start, _ in runs), length]
    shapes = [""]
    for _, font in runs:
        is_known = 0 <= font < len(book.font_list)
        shapes.append(_RAISED.get(book.font_list[font].escapement, "") if is_known else "")
    yield from zip(starts, starts[1:], shapes, strict=False)
