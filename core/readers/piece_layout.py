"""Lay the next piece of a table out below the one before: what joining does to the grid.

Nothing here knows what a table says beyond the cells that it is pointed to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.document import Cell, Table
from core.forms.labels import label_key


@dataclass(frozen=True, slots=True)
class Group:
    """A cell at the lower edge of a piece that goes on beside `rows` rows of the next one."""

    cell: Cell
    rows: int


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row of a piece: the cell that names it, and how many numbers the form has behind."""

    label: Cell
    values: int


def without_top(table: Table, rows: int) -> Table | None:
    """Return a table without its first rows, None if nothing is left or a cell reaches across."""
    cells = [cell for cell in table.cells if cell.row >= rows]
    cut = any(cell.row < rows < cell.row + cell.row_span for cell in table.cells)
    if cut or rows >= table.rows:
        return None
    kept = tuple(replace(cell, row=cell.row - rows) for cell in cells)
    return replace(table, rows=table.rows - rows, cells=kept)


def stacked(upper: Table, lower: Table, cells: Sequence[Cell] | None = None) -> Table:
    """Return one table above another, each in its own columns, or above other cells of it."""
    moved = tuple(
        replace(cell, row=cell.row + upper.rows)
        for cell in (lower.cells if cells is None else cells)
    )
    return Table(
        upper.id,
        upper.rows + lower.rows,
        max(upper.columns, lower.columns),
        upper.cells + moved,
        upper.caption or lower.caption,
        (*upper.notes, *lower.notes),
        replace(upper.provenance, end=lower.provenance.end),
    )


def laid_below(
    upper: Table, lower: Table, groups: Sequence[Group], named: Mapping[int, NamedRow]
) -> Table | None:
    """Return two pieces as one table, None if their columns cannot be the same.

    The groups reach down over the empty cells that continue them.  A piece that lacks
    those cells, or the columns of labels beside them, is moved under the other one's columns.
    """
    going_on = {group: _continued(lower, group, named) for group in groups}
    absorbed = {cell for cells in going_on.values() for cell in cells}
    rest = [cell for cell in lower.cells if cell not in absorbed]
    spans = {group.cell: sum(c.row_span for c in cells) for group, cells in going_on.items()}
    if lower.columns == upper.columns and _is_full(lower):
        return stacked(_extended(upper, spans), lower, rest)
    reached = {group.cell: spans[group.cell] or group.rows for group in groups}
    flowed = _flowed(upper.columns, replace(lower, cells=tuple(rest)), reached, named)
    if flowed is not None:
        narrow = replace(lower, columns=upper.columns)
        return stacked(_extended(upper, reached), narrow, flowed)
    if lower.columns == upper.columns and all(spans.values()):
        return stacked(_extended(upper, spans), lower, rest)
    return None


def _extended(table: Table, spans: Mapping[Cell, int]) -> Table:
    cells = (replace(c, row_span=c.row_span + spans.get(c, 0)) for c in table.cells)
    return replace(table, cells=tuple(cells))


def _is_full(table: Table) -> bool:
    return all(table.at(row, table.columns - 1) for row in range(table.rows))


def _continued(table: Table, group: Group, named: Mapping[int, NamedRow]) -> list[Cell]:
    """Return the cells of the next piece that are the rest of a group's cell."""
    found: list[Cell] = []
    row = 0
    while row < group.rows:
        cell = table.at(row, group.cell.column)
        if cell is None or row not in named or not _continues(cell, group, named[row], row):
            break
        found.append(cell)
        row += cell.row_span
    return found if row <= group.rows else []


def _continues(cell: Cell, group: Group, named: NamedRow, row: int) -> bool:
    is_under = (cell.row, cell.column) == (row, group.cell.column)
    is_as_wide = cell.column_span == group.cell.column_span
    says_the_same = not cell.text or label_key(cell.text) == label_key(group.cell.text)
    return is_under and is_as_wide and says_the_same and cell.column < named.label.column


def _flowed(
    columns: int, table: Table, reached: Mapping[Cell, int], named: Mapping[int, NamedRow]
) -> list[Cell] | None:
    """Return a table's cells in the places that are free beside cells that reach down into it.

    A row that is too narrow gets a wider label, if it has all its numbers.
    """
    free_from = [0] * columns
    for cell, rows in reached.items():
        for column in range(cell.column, cell.column + cell.column_span):
            free_from[column] = rows
    placed: list[Cell] = []
    for row in range(table.rows):
        free = [column for column in range(columns) if free_from[column] <= row]
        cells = _fitted(table.starting_in(row), len(free), named.get(row))
        if cells is None:
            return None
        for cell in cells:
            taken, free = free[: cell.column_span], free[cell.column_span :]
            if taken[-1] - taken[0] + 1 != cell.column_span:
                return None
            placed.append(replace(cell, column=taken[0]))
            for column in taken:
                free_from[column] = row + cell.row_span
    return placed


def _fitted(cells: Sequence[Cell], width: int, named: NamedRow | None) -> list[Cell] | None:
    """Return the cells of a row as wide as it has to be, None if they cannot be that wide."""
    lacking = width - sum(cell.column_span for cell in cells)
    if lacking == 0:
        return list(cells)
    if lacking < 0 or named is None or named.label not in cells:
        return None
    behind = cells[list(cells).index(named.label) + 1 :]
    if len(behind) != named.values:
        return None
    wider = replace(named.label, column_span=named.label.column_span + lacking)
    return [wider if cell == named.label else cell for cell in cells]
