"""The roll-up as Excel: live sums over a sheet for each unit, in the official layout.

A slot stands in the same cell of every unit's sheet, so that one formula adds it
up over all sheets between two that mark the first and the last.  A unit's sheet that is
moved out from between them is no longer counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from core.document import Document, Table
from core.errors import SaveError
from core.forms.alignment import TableMatch
from core.forms.match import match
from core.forms.model import FormTable
from core.summary import Summary, Unit, summary_document
from core.writers.checks import put_checks
from core.writers.contents import Content, Formula, Number, cell_name
from core.writers.findings import put_rows
from core.writers.texts import clean, column_widths, width
from core.writers.workbook import SHEET_NAMES, KnownTable, roomy

if TYPE_CHECKING:
    from core.writers.sheets import Sheet

UNITS_SHEET = "单位"
# LibreOffice 7.4 knows sums over sheets only by names that need no quotation marks.
_FIRST, _LAST = "单位起", "单位止"
_BETWEEN = "这两张表（单位起、单位止）之间的各张表计入汇总；移到外面的不计入。"
_MOST_UNITS = 1000
_COLUMNS = (("序号", 6), ("机关", 30), ("文件", 40), ("计入", 8), ("说明", 60))
_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_GAP = 1
_UNSURE = "至少一个单位在这里没有确定的数字，和数可能不全"


def summary_workbook(summary: Summary) -> bytes:
    """Return an .xlsx with the three tables as sums, the list of units, and a sheet a unit.

    Raises:
        SaveError: There are no units, or too many for one workbook.
    """
    from core.writers.sheets import Book

    _require_some(summary.units)
    book = Book()
    names = _sheet_names(summary.units)
    document = summary_document(summary)
    tops = _tops(summary)
    for name, found in match(document).tables.items():
        sheet = book.add_sheet(SHEET_NAMES[name])
        _put_sums(sheet, summary, document.tables[found.table_id], found, tops[name])
        sheet.set_up_page(document.title or "", whole=True)
    put_rows(book.add_sheet(UNITS_SHEET), document.title or "", _COLUMNS, _units(summary))
    _put_end(book.add_sheet(_FIRST))
    for name, unit in zip(names, summary.units, strict=True):
        sheet = book.add_sheet(name)
        for table in summary.form.tables.values():
            _put_unit(sheet, unit, table, tops[table.name])
        sheet.lay_out(_widths(document))
        sheet.set_up_page(unit.name)
    _put_end(book.add_sheet(_LAST))
    return book.finished(document.title or "", "")


def _put_end(sheet: Sheet) -> None:
    """Say on a sheet at either end of the units what the two are for."""
    sheet.put(0, 0, _BETWEEN, look="label")
    sheet.lay_out([float(width(_BETWEEN) + 2)])
    sheet.set_up_page("")


def _require_some(units: Sequence[Unit]) -> None:
    if not units:
        raise SaveError("没有可以汇总的年度报告，没有写出汇总表；原文件没有改动。")
    if len(units) > _MOST_UNITS:
        raise SaveError(
            f"要汇总的单位有 {len(units)} 个，一个工作簿最多 {_MOST_UNITS} 个，没有写出汇总表；"
            "请分成几个文件夹汇总。"
        )


def _tops(summary: Summary) -> dict[str, int]:
    """Return in which row of a unit's sheet each table begins."""
    tops, row = {}, 0
    for table in summary.form.tables.values():
        tops[table.name] = row
        row += table.rows + _GAP
    return tops


def _put_sums(sheet: Sheet, summary: Summary, table: Table, found: TableMatch, top: int) -> None:
    """Fill a sheet with one table, each slot the sum over the units' sheets."""
    form_table = found.form_table
    known = KnownTable(table, found)
    slots = {(cell.row, cell.column): cell.slot for cell in form_table.cells}
    for cell in table.cells:
        content: Content = cell.text
        if slot := slots[cell.row, cell.column]:
            place = cell_name(top + cell.row, cell.column)
            content = Formula(f"SUM({_FIRST}:{_LAST}!{place})", summary.sums[slot])
            if slot in summary.unsure:
                sheet.comment(cell.row, cell.column, _UNSURE)
        sheet.put(
            cell.row, cell.column, content, (cell.row_span, cell.column_span), known.look(cell)
        )
    checks = put_checks(sheet, table, found)
    sheet.lay_out([*roomy(column_widths(table)), *checks])
    sheet.freeze(known.header_rows, known.label_columns)


def _units(summary: Summary) -> list[tuple[str, ...]]:
    kept: list[tuple[str, ...]] = [
        (unit.row.agency, unit.row.file, "是", "；".join(unit.marks)) for unit in summary.units
    ]
    return kept + [(row.agency, row.file, "否", why) for row, why in summary.left_out]


def _widths(document: Document) -> list[float]:
    """Return widths that do for all tables, which stand below each other."""
    columns = max(table.columns for table in document.tables.values())
    widths = [0.0] * columns
    for table in document.tables.values():
        for column, needed in enumerate(roomy(column_widths(table))):
            widths[column] = max(widths[column], needed)
    return widths


def _put_unit(sheet: Sheet, unit: Unit, form_table: FormTable, top: int) -> None:
    for cell in form_table.cells:
        content: Content = cell.text
        look = "value" if cell.slot else "header"
        if cell.slot:
            number = unit.numbers.get(cell.slot)
            content = "" if number is None else _number(number)
        spans = cell.row_span, cell.column_span
        sheet.put(top + cell.row, cell.column, content, spans, look)


def _number(value: Decimal) -> Number:
    return Number(value, "0" if value == value.to_integral_value() else "General")


def _sheet_names(units: Sequence[Unit]) -> list[str]:
    """Return a name for each sheet: the agency's, as far as Excel allows, and unique."""
    numbers = count(1)
    names = []
    for unit in units:
        number = f"{next(numbers)} "
        plain_name = _NOT_IN_NAMES.sub("", clean(unit.name))
        names.append((number + plain_name)[:_LONGEST_NAME].strip())
    return names
