"""Read an .xlsx workbook: what its sheets show, each cell with its name and its sheet's part.

Own reading instead of openpyxl's: only stored cells are looked at, formulas and
their results are seen at once, and nothing of charts, links or macros is touched.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from lxml import etree

from core.document import Document
from core.errors import UnreadableFileError
from core.excel.book import Book, SheetPart, Style, is_on, named, read_book, whole
from core.excel.general import decimal_of
from core.excel.names import MAX_COLUMNS, MAX_ROWS, area_of, cell_at, name_of_tag
from core.excel.texts import text_in, unescaped
from core.progress import Progress, silent
from core.readers.guard import Package, open_package
from core.readers.sheet import Sheet
from core.readers.workbook_document import workbook_document
from core.word.outline import read_part, refuse_dtd
from core.word.relations import main_part, related_part

_NO_BOOK = (
    "这个文件里没有能读取的 Excel 工作簿，没有打开，原文件没有改动。"
    "请用 Excel 或 WPS 打开并另存为 .xlsx 后再试。"
)
_DAY_ZERO = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_SECONDS_A_DAY = 86_400


def read_xlsx(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of an .xlsx or .xlsm workbook, whatever its name.

    Numbers are shown as their format shows them, formulas by their stored
    results; one without a result is uncertain.  Hidden rows, columns and sheets
    are read as well, and told in the notices.  Formulas are never computed, links
    never followed.

    Raises:
        UnreadableFileError: It is no workbook, broken, hostile, encrypted or too large.
        Cancelled: `progress` asked to stop.
    """
    package = open_package(data)
    for part in package.xml_names():
        refuse_dtd(package.chunks(part))
    book = read_book(package)
    if book is None or not book.sheets:
        raise UnreadableFileError(_NO_BOOK, f"main part {main_part(package)}")
    sheets = []
    for index, sheet in enumerate(book.sheets):
        progress(index, len(book.sheets))
        sheets.append(_SheetReading(book, sheet, package).sheet)
    return workbook_document("xlsx", sheets, _title(package))


def _title(package: Package) -> str | None:
    """Return the title among the file's properties."""
    name = related_part(package, "", "metadata/core-properties") or "docProps/core.xml"
    if not package.has(name):
        return None
    root = read_part(package.read(name)).root
    return next((each.text for each in root if str(each.tag).endswith("}title")), None)


class _SheetReading:
    """One walk over a worksheet's part."""

    def __init__(self, book: Book, part: SheetPart, package: Package) -> None:
        self._book = book
        self.sheet = Sheet(part.name, package.name(part.part), part.is_hidden, book.is_from_1904)
        root = read_part(package.read(part.part)).root
        for each in root:
            match name_of_tag(each.tag):
                case "sheetViews":
                    views = named(each, "sheetView")
                    self.sheet.hides_zeros = any(not is_on(v, "showZeros", True) for v in views)
                case "cols":
                    self.sheet.hidden_columns += _hidden_columns(each)
                case "sheetData":
                    self._read_rows(each)
                case "mergeCells":
                    areas = (area_of(merge.get("ref") or "") for merge in named(each, "mergeCell"))
                    self.sheet.merges += [area for area in areas if area and area.size > 1]

    def _read_rows(self, data: etree._Element) -> None:
        row = -1
        for each in named(data, "row"):
            row = whole(each.get("r"), row + 2) - 1
            if not 0 <= row < MAX_ROWS:
                break
            if is_on(each, "hidden"):
                self.sheet.hidden_rows.add(row)
            column = -1
            for cell in named(each, "c"):
                place = cell_at(cell.get("r") or "") or (row, column + 1)
                column = place[1]
                if column < MAX_COLUMNS:
                    self._read_cell(place[0], column, cell)

    def _read_cell(self, row: int, column: int, cell: etree._Element) -> None:
        style = self._book.style(cell.get("s"))
        found = {name_of_tag(each.tag): each for each in cell}
        stored = found["v"].text or "" if "v" in found else ""
        kind = cell.get("t") or "n"
        if "f" in found:
            self.sheet.formulas += 1
            if not stored and kind != "str":
                self.sheet.put_unsolved(row, column, style.is_bordered)
                return
        inline = text_in(found["is"]) if "is" in found else ""
        self._put(row, column, kind, stored, inline, style)

    def _put(
        self, row: int, column: int, kind: str, stored: str, inline: str, style: Style
    ) -> None:
        number = self._number(kind, stored)
        if number is not None:
            self.sheet.put_number(row, column, number, style.code, style.is_bordered)
            return
        if kind == "s":
            place = whole(stored.strip(), -1)
            text = self._book.texts[place] if 0 <= place < len(self._book.texts) else ""
        elif kind == "b":
            text = "TRUE" if stored.strip() in ("1", "true") else "FALSE" if stored else ""
        else:
            text = inline if kind == "inlineStr" else unescaped(stored)
        self.sheet.put_text(row, column, text, style.code, style.is_bordered)

    def _number(self, kind: str, stored: str) -> Decimal | None:
        """Return the number that a cell holds, None where it holds something else."""
        if kind == "d":
            return _serial(stored, self._book.is_from_1904)
        try:
            number = float(stored) if kind == "n" and stored else math.nan
        except ValueError:
            return None
        return decimal_of(number) if math.isfinite(number) else None


def _hidden_columns(columns: etree._Element) -> Iterator[tuple[int, int]]:
    for each in named(columns, "col"):
        if is_on(each, "hidden"):
            first = whole(each.get("min"), 1)
            yield first - 1, whole(each.get("max"), first) - 1


def _serial(text: str, is_from_1904: bool) -> Decimal | None:
    """Return the number of a day that is written in words of ISO 8601."""
    try:
        moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
    except ValueError:
        return None
    passed = moment.replace(tzinfo=None) - _DAY_ZERO[is_from_1904]
    return Decimal(passed.days) + Decimal(passed.seconds) / _SECONDS_A_DAY
