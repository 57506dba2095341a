"""Tables of an experiment written as Word files and read again, as a user would open them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.diagnosis import Reading
from core.document import Cell, Document, Section, Table
from core.forms.match import match
from core.forms.model import FormCell, column_key, row_key
from core.readers.docx import read_docx
from core.rules.context import Context, State
from core.rules.engine import check
from core.rules.severity import Severity
from core.writers.report import new_report
from tests.core.diagnosis.consistent import Filled
from tests.core.diagnosis.experiments import Opened


def opened(table: Filled) -> Opened:
    """Return the relations and readings of a table after a trip through a Word file.

    The last item counts the findings of severity error.
    """
    document = report(table)
    read = read_docx(new_report(document, match(document)), "年报.docx")
    context = Context(read, match(read))
    found = context.tables[table.blueprint.form_table.name]
    values = context.values(slot for relation in found.relations for slot in relation.slots)
    readings = {
        value.slot: Reading(
            value.number,
            value.total,
            value.state in (State.NUMBER, State.BLANK) and not value.presumed,
        )
        for value in values
    }
    return found.relations, readings, len(check(context).of_severity(Severity.ERROR))


def report(table: Filled) -> Document:
    """Return a report that has this one table, in the section where the form has it."""
    form_table = table.blueprint.form_table
    section = Section(form_table.section, "三、收到和处理政府信息公开申请情况", (printed(table),))
    return Document("docx", (section,), "望川市水务局2024年政府信息公开工作年度报告")


def printed(table: Filled) -> Table:
    """Return the form's grid with the numbers of a table; an unusable cell says 不详."""
    cells = tuple(
        Cell(cell.row, cell.column, _text(table, cell), cell.row_span, cell.column_span)
        for cell in _form_cells(table)
    )
    form_table = table.blueprint.form_table
    rows = max(cell.row + cell.row_span for cell in cells)
    return Table("t1", rows, form_table.columns, cells)


def _text(table: Filled, cell: FormCell) -> str:
    if cell.slot is None:
        return cell.text
    value = table.values.get(cell.slot, "不详")
    return "" if value is None else str(value)


def _form_cells(table: Filled) -> Iterator[FormCell]:
    """Yield the cells of the form, an alternative row printed in place of those it replaces."""
    form_table = table.blueprint.form_table
    cells = form_table.cells
    for alternative in form_table.alternatives:
        if alternative.row.key in table.blueprint.rows:
            cells = _with_alternative(cells, alternative.row.key, alternative.replaces)
            group = next(c for c in cells if c.text == alternative.row.label)
            cells = tuple(replace(c, column_span=2) if c is group else c for c in cells)
    yield from cells


def _with_alternative(
    cells: tuple[FormCell, ...], key: str, replaced: tuple[str, ...]
) -> tuple[FormCell, ...]:
    grid_rows = {row_key(cell.slot): cell.row for cell in cells if cell.slot}
    first, *others = (grid_rows[row] for row in replaced)
    kept = []
    for cell in cells:
        if cell.row in others or (cell.row == first and cell.row_span == 1 and not cell.slot):
            continue
        gone = [row for row in others if cell.covers_row(row)]
        above = sum(row < cell.row for row in others)
        slot = cell.slot
        if slot and cell.row == first:
            slot = ".".join((slot.split(".")[0], key, column_key(slot)))
        kept.append(
            replace(cell, row=cell.row - above, row_span=cell.row_span - len(gone), slot=slot)
        )
    return tuple(kept)
