"""The report's tables as an Excel workbook, with live sums, findings and changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING

from core.changes_made import Change
from core.document import Cell, CellRef, Document, Table
from core.forms.alignment import ReportMatch, TableMatch
from core.rules.model import CheckResult
from core.writers.changes import put_changes
from core.writers.checks import put_checks
from core.writers.contents import Content, as_number
from core.writers.findings import put_findings
from core.writers.notes import cell_notes
from core.writers.report_table import header_rows
from core.writers.texts import column_widths

if TYPE_CHECKING:
    from core.writers.sheets import Sheet

SHEET_NAMES = {"disclosure": "主动公开", "applications": "申请办理", "cases": "复议诉讼"}
FINDINGS_SHEET, CHANGES_SHEET = "疑点", "修改记录"

# In half-width characters.
_PAGE_WIDTH, _LEAST_SPARE, _MOST_SPARE = 64.0, 2.0, 10.0


def report_workbook(
    document: Document, match: ReportMatch, result: CheckResult, changes: Sequence[Change] = ()
) -> bytes:
    """Return an .xlsx with a sheet for each table, one for the findings and one for the changes.

    A row and column of a table stand in the same row and column of its sheet,
    from A1.  Reported totals stay as reported; the sums stand beside them, and
    the findings in comments.
    """
    from core.writers.sheets import Book

    book = Book()
    numbers = count(1)
    notes = cell_notes(document, result)
    for table in document.tables.values():
        known = match.by_table_id.get(table.id)
        name = SHEET_NAMES[known.name] if known else f"表{next(numbers)}"
        sheet = book.add_sheet(name)
        _put_table(sheet, table, known, notes)
        sheet.set_up_page(_heading(document, table), whole=known is not None)
    put_findings(book.add_sheet(FINDINGS_SHEET), document, result)
    put_changes(book.add_sheet(CHANGES_SHEET), document.title or "", changes)
    return book.finished(document.title or "", document.agency or "")


def _put_table(
    sheet: Sheet, table: Table, match: TableMatch | None, notes: Mapping[CellRef, str]
) -> None:
    known = KnownTable(table, match)
    widths = roomy(column_widths(table))
    for cell in table.cells:
        spans = cell.row_span, cell.column_span
        sheet.put(cell.row, cell.column, known.content(cell), spans, known.look(cell))
    checks = put_checks(sheet, table, match) if match else []
    sheet.lay_out([*widths, *checks])
    sheet.freeze(known.header_rows, known.label_columns)
    for ref in sorted(notes):
        if ref.table == table.id:
            sheet.comment(ref.row, ref.column, notes[ref])


class KnownTable:
    """What matching knows about the cells of a table; little, where it is none of the three."""

    def __init__(self, table: Table, match: TableMatch | None) -> None:
        self._table = table
        self._labels = match.label_cells if match else frozenset()
        places = match.places if match else {}
        slots = match.form_table.slots if match else {}
        self._kinds = {place.ref: slots[slot].kind for slot, place in places.items()}
        self._value_rows = {ref.row for ref in self._kinds}
        self.header_rows = header_rows(table, match)
        # Every number stands to the right of these.
        self.label_columns = min((ref.column for ref in self._kinds), default=0)

    def content(self, cell: Cell) -> Content:
        """Return what a cell of the worksheet holds: a number where it is one."""
        ref = self._table.ref(cell)
        if ref in self._labels:
            return cell.text
        return as_number(cell.text, self._kinds.get(ref)) or cell.text

    def look(self, cell: Cell) -> str:
        """Return how a cell of the worksheet looks."""
        if self._table.ref(cell) not in self._labels:
            return "header" if not self._kinds and cell.row < self.header_rows else "value"
        return "label" if cell.row in self._value_rows and cell.row_span == 1 else "header"


def roomy(widths: Sequence[float]) -> list[float]:
    """Give narrow tables the width of a printed page, as far as it does them good."""
    spare = (_PAGE_WIDTH - sum(widths)) / max(len(widths), 1)
    return [width + min(max(spare, _LEAST_SPARE), _MOST_SPARE) for width in widths]


def _heading(document: Document, table: Table) -> str:
    section = document.section(document.section_of[table.id])
    return " ".join(part for part in (document.title, section.heading if section else "") if part)
