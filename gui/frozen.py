"""Which rows and columns of a table stay in sight while the rest scrolls."""

from __future__ import annotations

from collections.abc import Callable

from core.document import Cell, Table
from core.numbers import parse_number

# A table that is none of the three has no known header: what says no number is one.
_MOST_ROWS, _MOST_COLUMNS = 4, 3
_ROWS_LOOKED_AT = 50


def frozen_area(table: Table, is_value: Callable[[Cell], bool], is_known: bool) -> tuple[int, int]:
    """Return how many rows at the top and columns at the left are header.

    `is_value` tells the values of a statutory table from its labels.  No cell
    crosses the edge of what is frozen, and something is always left to scroll.
    """
    if is_known:
        values = [cell for cell in table.cells if is_value(cell)]
        rows = min((cell.row for cell in values), default=0)
        columns = min((cell.column for cell in values), default=0)
    else:
        rows, columns = _without_numbers(table)
    return _uncut_rows(table, rows), _uncut_columns(table, columns)


def _without_numbers(table: Table) -> tuple[int, int]:
    numbers = [
        cell
        for row in range(min(table.rows, _ROWS_LOOKED_AT))
        for cell in table.starting_in(row)
        if parse_number(cell.text) is not None
    ]
    rows = min((cell.row for cell in numbers), default=0)
    columns = min((cell.column for cell in numbers), default=0)
    return min(rows, _MOST_ROWS), min(columns, _MOST_COLUMNS)


def _uncut_rows(table: Table, rows: int) -> int:
    while rows and any(
        (cell := table.at(rows, column)) is not None and cell.row < rows
        for column in range(table.columns if rows < table.rows else 0)
    ):
        rows -= 1
    return rows if rows < table.rows else 0


def _uncut_columns(table: Table, columns: int) -> int:
    """Return how many columns no cell crosses."""
    while columns and any(
        (cell := table.at(row, columns)) is not None and cell.column < columns
        for row in range(table.rows if columns < table.columns else 0)
    ):
        columns -= 1
    return columns if columns < table.columns else 0
