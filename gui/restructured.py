"""Where the eye goes when a table gets or loses a row or cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from core.document import CellRef

if TYPE_CHECKING:
    from core.restructuring import InsertedCell, InsertedRow, Restructuring


def followed(ref: CellRef, before: Restructuring, now: Restructuring) -> CellRef:
    """Return where a cell stands now; in place of one that is gone, what stands there instead."""
    row = before.inserted_at(ref.table, ref.row)
    if row is not None and row in now.rows:
        return replace(ref, row=now.place(row))
    source = before.source_ref(ref)
    return now.present_ref(source) if source is not None else _beside(ref)


def places_of(done: Restructuring) -> Iterator[CellRef]:
    """Yield the first value of each row and cell that was put in."""
    yield from (CellRef(row.table, done.place(row), _first_column(row)) for row in done.rows)
    yield from (done.present_ref(_ref(cell)) for cell in done.cells)


def place_of_change(before: Restructuring, now: Restructuring) -> CellRef | None:
    """Return the first value of what was put in, or what stands beside what was taken away."""
    for row in now.rows:
        if row not in before.rows:
            return CellRef(row.table, now.place(row), _first_column(row))
    for cell in now.cells:
        if cell not in before.cells:
            return now.present_ref(_ref(cell))
    for row in before.rows:
        if row not in now.rows:
            return _beside(CellRef(row.table, before.place(row), _first_column(row)))
    gone = next((cell for cell in before.cells if cell not in now.cells), None)
    return now.present_ref(_ref(gone)) if gone else None


def _first_column(row: InsertedRow) -> int:
    """Return the column of a row's first value, behind its label."""
    return row.columns[min(1, len(row.columns) - 1)][0]


def _ref(cell: InsertedCell) -> CellRef:
    return CellRef(cell.table, cell.row, cell.column)


def _beside(ref: CellRef) -> CellRef:
    # The row above is there in any case: the header is never taken away.
    return replace(ref, row=max(ref.row - 1, 0))
