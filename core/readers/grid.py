"""Lay spanning cells out on a rectangular grid, each cell entered exactly once.

Rows and columns count from zero.  Readers place the cells of a row in the
order of the file; this module finds the free position, as HTML and Word do,
and keeps absurd spans inside the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.document import Cell, Confidence, Provenance, Table, fold
from core.errors import UnreadableFileError

MAX_COLUMN_SPAN = 100
MAX_COLUMNS = 200
MAX_ROWS = 5_000
MAX_CELLS = 200_000
_TOO_LARGE = (
    "文档里有一个表格太大（最多 {rows} 行、{columns} 列、{cells} 格），没有读取，原文件没有改动。"
    "请只保留年度报告的内容后重新打开。"
)
_NOWHERE = Provenance()


def too_large() -> UnreadableFileError:
    """Return the refusal of a table over the limits of this module."""
    return UnreadableFileError(
        _TOO_LARGE.format(rows=MAX_ROWS, columns=MAX_COLUMNS, cells=MAX_CELLS)
    )


@dataclass(slots=True)
class _Placed:
    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    confidence: Confidence
    readings: tuple[str, ...]
    provenance: Provenance

    @property
    def bottom(self) -> int:
        return self.row + self.row_span

    @property
    def right(self) -> int:
        return self.column + self.column_span

    def cell(self, rows: int, columns: int) -> Cell:
        return Cell(
            self.row,
            self.column,
            self.text,
            min(self.row_span, rows - self.row),
            min(self.column_span, columns - self.column),
            self.confidence,
            self.readings,
            self.provenance,
        )


class Grid:
    """A table under construction, filled row by row and from left to right.

    Only the next free row of each column is kept, not every position, so that
    huge spans cost nothing.

    Raises:
        UnreadableFileError: The table passes 200 columns, 5,000 rows or 200,000
            cells (grid positions).
    """

    def __init__(self, provenance: Provenance = _NOWHERE) -> None:
        """Begin a table that stands at a place in the file, without any row yet."""
        self._provenance = provenance
        self._cells: list[_Placed] = []
        self._row = -1
        self._column = 0
        # For each column the first row that nothing from above covers, and the last cell in it.
        self._free: list[int] = []
        self._lowest: list[_Placed | None] = []
        self._widths: set[int] = set()

    def start_row(self, skip: int = 0) -> None:
        """Begin the next row; its first `skip` columns have no cell of this row."""
        self._row += 1
        if self._row >= MAX_ROWS:
            raise too_large()
        self._column = max(skip, 0)

    def place(
        self,
        text: str,
        column_span: int = 1,
        row_span: int = 1,
        provenance: Provenance = _NOWHERE,
        confidence: Confidence = Confidence.EXACT,
        readings: Sequence[str] = (),
    ) -> None:
        """Put a cell at the next free position of the current row.

        A row span of 0 means all rows left, as in HTML.  A span that runs into
        a cell from above ends before it: no position is covered twice.  One that
        runs past the table's last row or its other rows' width is cut by `table`.
        """
        if self._row < 0:
            raise ValueError("a cell before the first row")
        start = self._next_free()
        width = self._free_run(start, min(max(column_span, 1), MAX_COLUMN_SPAN))
        height = min(max(row_span, 0) or MAX_ROWS, MAX_ROWS)
        placed = _Placed(
            self._row, start, height, width, fold(text), confidence, tuple(readings), provenance
        )
        self._cells.append(placed)
        if len(self._cells) > MAX_CELLS:
            raise too_large()
        self._cover(placed)

    def extend_above(self, column_span: int = 1) -> bool:
        """Let the cell above the current position cover it too, as Word's vMerge does.

        Return False, with nothing done, where no cell with the same left and
        right edge ends right above: the caller places a cell of its own then.
        """
        above = self._lowest[self._column] if self._column < len(self._lowest) else None
        if (
            above is None
            or above.column != self._column
            or above.column_span != column_span
            or above.bottom != self._row
        ):
            return False
        above.row_span += 1
        self._cover(above)
        return True

    def table(self, caption: str = "", notes: tuple[str, ...] = ()) -> Table:
        """Return the finished table, its id still empty."""
        rows, columns = self._row + 1, self._width()
        if rows * columns > MAX_CELLS:
            raise too_large()
        cells = tuple(placed.cell(rows, columns) for placed in self._cells)
        return Table("", rows, columns, cells, caption, notes, self._provenance)

    def _next_free(self) -> int:
        column = self._column
        while column < len(self._free) and self._free[column] > self._row:
            column += 1
        if column >= MAX_COLUMNS:
            raise too_large()
        return column

    def _free_run(self, start: int, wanted: int) -> int:
        end = start + 1
        limit = min(start + wanted, MAX_COLUMNS)
        while end < limit and (end >= len(self._free) or self._free[end] <= self._row):
            end += 1
        return end - start

    def _cover(self, placed: _Placed) -> None:
        missing = placed.right - len(self._free)
        self._free += [0] * missing
        self._lowest += [None] * missing
        for column in range(placed.column, placed.right):
            self._free[column] = placed.bottom
            self._lowest[column] = placed
        self._column = placed.right
        self._widths.add(placed.right)

    def _width(self) -> int:
        """The smallest right edge of a cell that leaves out no cell's left edge.

        A title that spans 100 columns over ten others does not make a hundred columns.
        """
        last = max((placed.column for placed in self._cells), default=-1)
        return min((width for width in self._widths if width > last), default=0)
