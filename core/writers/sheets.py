"""Worksheets under construction: text that stays text, numbers, formulas with their results.

The only module that knows openpyxl, which takes 60 ms to import: import this
one inside the function that writes.  Rows and columns count from zero.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from lxml import etree
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from core.excel.texts import LONGEST_TEXT, escaped
from core.numbers import plain
from core.version import DISPLAY_NAME
from core.writers.contents import Content, Formula, Number, cell_name
from core.writers.looks import Looks, warning
from core.writers.package import properties, repacked
from core.writers.texts import clean, line_count

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET_XML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LONGEST_HEADER = 200
_TALLEST_ROW = 409.0
_LINE_HEIGHT, _ROW_PADDING, _SIDE_PADDING = 15.0, 6.0, 1.5
_LOWEST_ROW = _LINE_HEIGHT + _ROW_PADDING
_A4 = 9
# Of the printed page, in points: what the margins leave, a half-width character.
_INCH = 72.0
_MARGIN, _PAGE_SHORT, _PAGE_LONG, _FOOT_AND_HEAD = 36.0, 523.0, 770.0, 108.0
_CHARACTER, _COLUMN_EDGE = 5.25, 3.75
# A sheet that prints a little smaller is still easier to read upright.
_CLEARLY = 1.1
# Of a comment, in pixels: wide enough for 22 Chinese characters.
_NOTE_WIDTH, _NOTE_CHARACTERS, _NOTE_LINE, _NOTE_EDGE, _TALLEST_NOTE = 300, 44.0, 17, 16, 480

# A program that takes a cell's text for input would calculate these (the full-width
# forms too, where it folds them); quotePrefix tells Excel to leave them alone.
_LOOKS_LIKE_INPUT = re.compile(r"[=+\-@\t\r＝＋－＠|]")


@dataclass
class Sheet:
    """One worksheet.

    `results` are the formulas' results by the cell's name, `texts` what rows must
    be high enough for: row, column, spans and text.
    """

    worksheet: Worksheet
    looks: Looks
    texts: list[tuple[int, int, tuple[int, int], str]] = field(default_factory=list)
    results: dict[str, Decimal | None] = field(default_factory=dict)

    def put(
        self,
        row: int,
        column: int,
        content: Content,
        spans: tuple[int, int] = (1, 1),
        look: str = "value",
    ) -> None:
        """Fill a cell that covers some rows and columns.

        `look` is "value", "header", "label" (at the left) or "check".  An empty
        text leaves the cell blank.
        """
        cell = self._cell(row, column)
        number_format, quoted = "General", False
        if isinstance(content, Formula):
            cell.value = f"={content.text}"
            self.results[cell.coordinate] = content.result
        elif isinstance(content, Number):
            cell.value, number_format = _as_written(content.value), content.format
        elif content:
            cell.value, number_format = _escaped(content), "@"
            # openpyxl has made a formula of a text that begins with "=".
            cell.data_type = "s"
            quoted = bool(_LOOKS_LIKE_INPUT.match(content.lstrip(" \n")))
            self.texts.append((row, column, spans, content))
        self.looks.dress(cell, look, number_format, quoted=quoted)
        if spans != (1, 1):
            self._merge(row, column, spans, look)

    def highlight(self, row: int, column: int, condition: str) -> None:
        """Colour a cell red while a formula about it holds; `{}` stands for its name."""
        name = cell_name(row, column)
        self.worksheet.conditional_formatting.add(name, warning(condition.format(name)))

    def comment(self, row: int, column: int, text: str) -> None:
        """Say something beside a cell, in a box that shows all of it when pointed at."""
        comment = Comment(_escaped(text), DISPLAY_NAME)
        height = line_count(comment.text, _NOTE_CHARACTERS) * _NOTE_LINE + _NOTE_EDGE
        comment.width, comment.height = _NOTE_WIDTH, min(height, _TALLEST_NOTE)
        self._cell(row, column).comment = comment

    def lay_out(self, widths: Sequence[float]) -> None:
        """Set the columns' widths, in half-width characters, and rows high enough for all texts.

        Excel fits rows to merged cells neither on its own nor on request.  Where a
        text over several rows needs more than they have, all of them grow alike.
        """
        for column, width in enumerate(widths, start=1):
            self.worksheet.column_dimensions[get_column_letter(column)].width = round(width, 1)
        self.worksheet.sheet_format.defaultRowHeight = _LOWEST_ROW
        self.worksheet.sheet_format.customHeight = True
        heights: dict[int, float] = {}
        for row, column, (row_span, column_span), text in sorted(self.texts, key=lambda t: t[2]):
            available = sum(widths[column : column + column_span]) - _SIDE_PADDING
            needed = line_count(text, available) * _LINE_HEIGHT + _ROW_PADDING
            rows = range(row, row + row_span)
            lacking = needed - sum(heights.get(covered, 0.0) for covered in rows)
            for covered in rows if lacking > 0 else ():
                heights[covered] = heights.get(covered, 0.0) + lacking / row_span
        for row, height in heights.items():
            self.worksheet.row_dimensions[row + 1].height = min(round(height, 1), _TALLEST_ROW)

    def freeze(self, rows: int, columns: int) -> None:
        """Keep the first rows and columns in view, and repeat the rows on every printed page."""
        if rows or columns:
            self.worksheet.freeze_panes = cell_name(rows, columns)
        if rows:
            self.worksheet.print_title_rows = f"1:{rows}"

    def set_up_page(self, heading: str, *, whole: bool = False) -> None:
        """Print on A4, one page wide, and one high if `whole`; sideways if that prints larger."""
        sheet = self.worksheet
        sheet.page_setup.paperSize = _A4
        sideways = self._scale(_PAGE_LONG, _PAGE_SHORT, whole=whole)
        upright = self._scale(_PAGE_SHORT, _PAGE_LONG, whole=whole)
        sheet.page_setup.orientation = "landscape" if sideways > upright * _CLEARLY else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, int(whole)
        sheet.page_margins.left = sheet.page_margins.right = _MARGIN / _INCH
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        if header := _header_text(heading):
            sheet.oddHeader = _centred_line(header)
        sheet.oddFooter = _centred_line("第 &P 页，共 &N 页")

    def _merge(self, row: int, column: int, spans: tuple[int, int], look: str) -> None:
        """Merge cells, with borders all around; openpyxl's own way takes as long as all else."""
        end_row, end_column = row + spans[0], column + spans[1]
        for covered_row in range(row, end_row):
            for covered in range(column, end_column):
                if (covered_row, covered) != (row, column):
                    cell = self._cell(covered_row, covered)
                    self.looks.dress(cell, look, "General", quoted=False)
        # `add` would compare it with all others, and cells of a grid never overlap.
        self.worksheet.merged_cells.ranges.add(
            CellRange(min_row=row + 1, min_col=column + 1, max_row=end_row, max_col=end_column)
        )

    def _scale(self, width: float, height: float, *, whole: bool) -> float:
        """Return how large the sheet prints on a page of a size in points, at most 1."""
        sheet = self.worksheet
        columns = [dimension.width for dimension in sheet.column_dimensions.values()]
        across = sum(columns) * _CHARACTER + len(columns) * _COLUMN_EDGE
        scale = min(width / max(across, 1.0), 1.0)
        if whole:
            rows = (sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1))
            down = sum(_LOWEST_ROW if each is None else each for each in rows)
            scale = min(scale, (height - _FOOT_AND_HEAD + 2 * _MARGIN) / max(down, 1.0))
        return scale

    def _cell(self, row: int, column: int) -> SheetCell:
        return cast("SheetCell", self.worksheet.cell(row + 1, column + 1))


class Book:
    """A workbook under construction, in memory."""

    def __init__(self) -> None:
        self._book = Workbook()
        for sheet in list(self._book.worksheets):
            self._book.remove(sheet)
        self._sheets: list[Sheet] = []
        self._looks = Looks()

    def add_sheet(self, name: str) -> Sheet:
        """Return a new worksheet; the name must be free and one that Excel allows."""
        sheet = Sheet(self._book.create_sheet(name), self._looks)
        self._sheets.append(sheet)
        return sheet

    def finished(self, title: str, author: str) -> bytes:
        """Return the .xlsx; the same content gives the same bytes."""
        self._book.calculation.fullCalcOnLoad = True
        buffer = io.BytesIO()
        self._book.save(buffer)
        results = {
            f"xl/worksheets/sheet{number}.xml": sheet.results
            for number, sheet in enumerate(self._sheets, start=1)
        }
        parts = properties(clean(title), clean(author), DISPLAY_NAME)

        def change(name: str, content: bytes) -> bytes:
            if results.get(name):
                return _with_results(content, results[name])
            return parts.get(name, content)

        return repacked(buffer.getvalue(), change)


def _header_text(text: str) -> str:
    """Return a text that can stand in the header of a page, where & introduces a code."""
    return " ".join(clean(text).replace("&", "＆").split())[:_LONGEST_HEADER]


def _centred_line(text: str) -> HeaderFooterItem:
    return HeaderFooterItem(center=_HeaderFooterPart(text=text))


def _escaped(text: str) -> str:
    return escaped(clean(text))[:LONGEST_TEXT]


def _as_written(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value


def _with_results(content: bytes, results: Mapping[str, Decimal | None]) -> bytes:
    """Put the results of formulas into a sheet's XML.

    openpyxl writes none, so that previews and programs that do not calculate
    would show nothing.
    """
    root = etree.fromstring(content)
    for cell in root.iter(f"{{{_SHEET_XML}}}c"):
        name = cell.get("r", "")
        if name not in results or cell.find(f"{{{_SHEET_XML}}}f") is None:
            continue
        result, value = results[name], cell.find(f"{{{_SHEET_XML}}}v")
        if value is None:
            value = etree.SubElement(cell, f"{{{_SHEET_XML}}}v")
        value.text = "" if result is None else plain(result)
        if result is None:
            cell.set("t", "str")
        elif "t" in cell.attrib:
            del cell.attrib["t"]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
