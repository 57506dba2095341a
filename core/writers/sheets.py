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
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

from core.numbers import plain
from core.version import DISPLAY_NAME
from core.writers.contents import Content, Formula, Number, cell_name
from core.writers.package import properties, repacked
from core.writers.texts import clean, line_count

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET_XML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LONGEST_TEXT = 32_767
_LONGEST_HEADER = 200
_TALLEST_ROW = 409.0
_LINE_HEIGHT, _ROW_PADDING, _SIDE_PADDING = 15.0, 6.0, 1.5
_PORTRAIT_WIDTH = 104.0
_A4 = 9

# A program that takes a cell's text for input would calculate these (the full-width
# forms too, where it folds them); quotePrefix tells Excel to leave them alone.
_LOOKS_LIKE_INPUT = re.compile(r"[=+\-@\t\r＝＋－＠|]")
# Excel reads _x0041_ as A.
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_LINE = Side(style="thin", color="FF808080")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_AT_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_TEXT_FONT = Font(name="宋体", size=10.5)
_HEADER_FONT = Font(name="宋体", size=10.5, bold=True)
_CHECK_FONT = Font(name="宋体", size=10.5, color="FF44546A")
_HEADER_FILL = PatternFill("solid", fgColor="FFEDEDED")
_CHECK_FILL = PatternFill("solid", fgColor="FFF3F7FB")
_WRONG_FILL = PatternFill("solid", bgColor="FFF8CBAD")
_WRONG_FONT = Font(color="FFC00000", bold=True)


@dataclass
class Sheet:
    """One worksheet.

    `results` are the formulas' results by the cell's name, `texts` what rows must
    be high enough for: row, column, spans and text.
    """

    worksheet: Worksheet
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
        for covered_row in range(row, row + spans[0]):
            for covered_column in range(column, column + spans[1]):
                _dress(self._cell(covered_row, covered_column), look)
        cell = self._cell(row, column)
        if isinstance(content, Formula):
            cell.value = f"={content.text}"
            self.results[cell.coordinate] = content.result
        elif isinstance(content, Number):
            cell.value, cell.number_format = _as_written(content.value), content.format
        elif content:
            _put_text(cell, content)
            self.texts.append((row, column, spans, content))
        if spans != (1, 1):
            self.worksheet.merge_cells(
                start_row=row + 1,
                start_column=column + 1,
                end_row=row + spans[0],
                end_column=column + spans[1],
            )

    def highlight(self, row: int, column: int, condition: str) -> None:
        """Colour a cell red while a formula about it holds; `{}` stands for its name."""
        name = cell_name(row, column)
        style = DifferentialStyle(font=_WRONG_FONT, fill=_WRONG_FILL)
        rule = Rule(type="expression", dxf=style, formula=[condition.format(name)])
        self.worksheet.conditional_formatting.add(name, rule)

    def lay_out(self, widths: Sequence[float]) -> None:
        """Set the columns' widths, in half-width characters, and rows high enough for all texts.

        Excel fits rows to merged cells neither on its own nor on request.  Where a
        text over several rows needs more than they have, all of them grow alike.
        """
        for column, width in enumerate(widths, start=1):
            self.worksheet.column_dimensions[get_column_letter(column)].width = round(width, 1)
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

    def set_up_page(self, heading: str) -> None:
        """Print on A4, one page wide, sideways where the columns need it."""
        sheet = self.worksheet
        total = sum(dimension.width for dimension in sheet.column_dimensions.values())
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape" if total > _PORTRAIT_WIDTH else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        if header := _header_text(heading):
            sheet.oddHeader = _centred_line(header)
        sheet.oddFooter = _centred_line("第 &P 页，共 &N 页")

    def _cell(self, row: int, column: int) -> SheetCell:
        return cast("SheetCell", self.worksheet.cell(row + 1, column + 1))


class Book:
    """A workbook under construction, in memory."""

    def __init__(self) -> None:
        self._book = Workbook()
        for sheet in list(self._book.worksheets):
            self._book.remove(sheet)
        self._sheets: list[Sheet] = []

    def add_sheet(self, name: str) -> Sheet:
        """Return a new worksheet; the name must be free and one that Excel allows."""
        sheet = Sheet(self._book.create_sheet(name))
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


def _dress(cell: SheetCell, look: str) -> None:
    cell.border = _BORDER
    cell.alignment = _AT_LEFT if look == "label" else _CENTRED
    cell.font = {"header": _HEADER_FONT, "check": _CHECK_FONT}.get(look, _TEXT_FONT)
    if look == "header":
        cell.fill = _HEADER_FILL
    elif look == "check":
        cell.fill = _CHECK_FILL


def _put_text(cell: SheetCell, text: str) -> None:
    """Write a text that no program may take for a formula or a number."""
    cell.value = _ESCAPE_LIKE.sub("_x005F_", clean(text))[:_LONGEST_TEXT]
    # openpyxl has made a formula of a text that begins with "=".
    cell.data_type = "s"
    cell.number_format = "@"
    if _LOOKS_LIKE_INPUT.match(text.lstrip(" \n")):
        cell.quotePrefix = True


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
