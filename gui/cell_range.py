"""Rectangles of grid positions that cut no merged cell, and the ways through a table.

Pure arithmetic on a table, so that it can be tested without a view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from core.document import Cell, Table

Position = tuple[int, int]


class CellRange(NamedTuple):
    """A rectangle of grid positions; bottom and right still belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    def holds(self, row: int, column: int) -> bool:
        """Return whether a position lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def joined(self, cell: Cell) -> CellRange:
        """Return the smallest range that holds this one and a whole cell."""
        return CellRange(
            min(self.top, cell.row),
            min(self.left, cell.column),
            max(self.bottom, cell.row + cell.row_span - 1),
            max(self.right, cell.column + cell.column_span - 1),
        )


def around(table: Table, first: Position, second: Position) -> CellRange:
    """Return the range between two positions, with every merged cell that it touches whole."""
    found = CellRange(
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[0], second[0]),
        max(first[1], second[1]),
    )
    while True:
        grown = found
        # A merged cell that reaches out of a rectangle has a position on its edge.
        for row, column in _edge(found):
            if cell := table.at(row, column):
                grown = grown.joined(cell)
        if grown == found:
            return found
        found = grown


def cells_in(table: Table, area: CellRange) -> Iterator[Cell]:
    """Yield the cells whose top left lies in a range, in reading order."""
    for row in range(area.top, area.bottom + 1):
        for cell in table.starting_in(row):
            if area.left <= cell.column <= area.right:
                yield cell


def step(table: Table, start: Position, rows: int, columns: int) -> Position | None:
    """Return the next position that has a cell, past what a merged one covers; None at the edge."""
    cell = table.at(*start)
    here = around(table, start, start) if cell else CellRange(*start, *start)
    row = start[0] if not rows else (here.bottom + 1 if rows > 0 else here.top - 1)
    column = start[1] if not columns else (here.right + 1 if columns > 0 else here.left - 1)
    while 0 <= row < table.rows and 0 <= column < table.columns:
        if table.at(row, column) is not None:
            return row, column
        row, column = row + rows, column + columns
    return None


def edge(
    table: Table, start: Position, rows: int, columns: int, is_filled: Callable[[Position], bool]
) -> Position:
    """Return where Ctrl and an arrow lead: the end of a run of filled cells, or the next run."""
    after = step(table, start, rows, columns)
    if after is None:
        return start
    in_run = is_filled(start) and is_filled(after)
    here = after
    while (after := step(table, here, rows, columns)) is not None:
        if is_filled(here) and (not in_run or not is_filled(after)):
            break
        here = after
    return here


def _edge(area: CellRange) -> Iterator[Position]:
    for column in range(area.left, area.right + 1):
        yield area.top, column
        yield area.bottom, column
    for row in range(area.top, area.bottom + 1):
        yield row, area.left
        yield row, area.right
