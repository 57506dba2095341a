"""Where the current cell goes and what is selected, as in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt

from core.document import Table
from gui.cell_range import CellRange, Position, around, cells_in, edge, step
from gui.views.cell_editor import Way

if TYPE_CHECKING:
    from gui.views.grid import GridView


class GridSelection:
    """Moves the current cell, and stretches the selection from it to another corner.

    Unlike Qt's, the current cell stays where a range began.
    """

    def __init__(self, grid: GridView) -> None:
        self._grid = grid
        # The other corner of the range, None where it is the current cell.
        self._corner: Position | None = None
        # Where Tab began, so that Enter comes back to it.
        self._start_column: int | None = None
        # The row and column on which a way goes through merged cells.
        self._track: Position | None = None

    @property
    def area(self) -> CellRange | None:
        """The one rectangle that is selected; None for none, and for several."""
        table, chosen = self._table, self._grid.selectionModel()
        if table is None or chosen is None:
            return None
        ranges = chosen.selection()
        if ranges.count() > 1:
            return None
        if ranges.count() == 1:
            part = ranges.at(0)
            return around(table, (part.top(), part.left()), (part.bottom(), part.right()))
        return around(table, self._here, self._here) if self._is_somewhere else None

    def forget(self) -> None:
        """Begin anew at the current cell, as after a click."""
        self._corner = self._start_column = self._track = None

    def move(self, rows: int, columns: int) -> None:
        """Go to the next cell, past what a merged one covers."""
        self._start_column = None
        if self._table is not None and self._is_somewhere:
            target = step(self._table, self._tracked(), rows, columns)
            self._go(target, rows, columns)

    def jump(self, rows: int, columns: int) -> None:
        """Go to the end of the filled cells in a direction."""
        self._start_column = None
        if self._table is not None and self._is_somewhere:
            self._go(self._edge(self._tracked(), rows, columns), rows, columns)

    def go(self, position: Position) -> None:
        """Go to a cell of the table."""
        self.forget()
        self._go(position, 0, 0)

    def stretch(self, rows: int, columns: int) -> None:
        """Let the range end one cell further, or one less on its other side."""
        table = self._table
        if table is None or not self._is_somewhere:
            return
        corner = before = self._corner or self._here
        present = around(table, self._here, before)
        while True:
            corner = (corner[0] + rows, corner[1] + columns)
            if not (0 <= corner[0] < table.rows and 0 <= corner[1] < table.columns):
                return
            if around(table, self._here, corner) != present:
                self.stretch_to(corner)
                return

    def stretch_to_edge(self, rows: int, columns: int) -> None:
        """Let the range end where the filled cells do."""
        if self._table is not None and self._is_somewhere:
            self.stretch_to(self._edge(self._corner or self._here, rows, columns))

    def stretch_to(self, corner: Position) -> None:
        """Select from the current cell to a corner, merged cells whole."""
        table, grid = self._table, self._grid
        if table is None or not self._is_somewhere:
            return
        self._corner, self._start_column = corner, None
        self._select(around(table, self._here, corner))
        grid.scrollTo(grid.model().index(*corner))

    def select_again(self, area: CellRange) -> None:
        """Select a range that has the current cell in a corner, as it was selected before."""
        row, column = self._here
        self._corner = (
            area.bottom if row == area.top else area.top,
            area.right if column == area.left else area.left,
        )
        self._select(area)

    def select_all(self) -> None:
        """Select the whole table; the current cell stays."""
        if (table := self._table) is not None and table.rows and table.columns:
            self._select(CellRange(0, 0, table.rows - 1, table.columns - 1))

    def leave(self, way: Way) -> None:
        """Go on after Enter or Tab: within the range where there is one, else through the table."""
        area, table = self.area, self._table
        if table is None or not self._is_somewhere:
            return
        if area is not None and len(inside := list(cells_in(table, area))) > 1:
            places = [(cell.row, cell.column) for cell in inside]
            if way in (Way.DOWN, Way.UP):
                places.sort(key=lambda place: (place[1], place[0]))
            by = 1 if way in (Way.DOWN, Way.RIGHT) else -1
            at = places.index(self._here) if self._here in places else -by
            self._make_current(places[(at + by) % len(places)], keep_selection=True)
            return
        start = self._start_column
        rows, columns = way.value
        here = self._here
        if columns:
            self.move(rows, columns)
            self._start_column = here[1] if start is None else start
            return
        if start is not None:
            self._track = (here[0], start)
            target = step(table, here, rows, 0)
            self._start_column = None
            if target is not None:
                self._go((target[0], start), 0, 0)
            return
        self.move(rows, columns)

    def start_of_row(self, stretches: bool) -> None:
        """Go to the first cell of the row, or stretch the range to it."""
        self._along_row(0, stretches)

    def end_of_row(self, stretches: bool) -> None:
        """Go to the last cell of the row, or stretch the range to it."""
        if self._table is not None:
            self._along_row(self._table.columns - 1, stretches)

    def corner_of_table(self, at_end: bool, stretches: bool) -> None:
        """Go to the first cell that is not frozen, or to the last cell; or stretch to it."""
        table, frozen = self._table, self._grid.frozen
        if table is None:
            return
        target = (table.rows - 1, table.columns - 1) if at_end else (frozen.rows, frozen.columns)
        self._reach(target, stretches)

    def page(self, by: int, stretches: bool) -> None:
        """Go one view up or down."""
        grid, table = self._grid, self._table
        if table is None or not self._is_somewhere:
            return
        row, column = (self._corner or self._here) if stretches else self._here
        height = max(grid.viewport().height() - grid.frozen.height, grid.rowHeight(row))
        header = grid.verticalHeader()
        wanted = header.sectionPosition(row) + by * height
        found = header.logicalIndexAt(max(wanted, 0) - header.offset())
        row = found if found >= 0 else (table.rows - 1 if by > 0 else 0)
        self._reach((row, column), stretches)

    @property
    def _table(self) -> Table | None:
        model = self._grid.table_model
        return model.table if model is not None else None

    @property
    def _here(self) -> Position:
        index = self._grid.currentIndex()
        return index.row(), index.column()

    @property
    def _is_somewhere(self) -> bool:
        return self._grid.currentIndex().isValid()

    def _along_row(self, column: int, stretches: bool) -> None:
        if self._is_somewhere:
            row = (self._corner or self._here)[0] if stretches else self._here[0]
            self._reach((row, column), stretches)

    def _reach(self, target: Position, stretches: bool) -> None:
        if stretches:
            self.stretch_to(target)
        else:
            self.forget()
            self._go(target, 0, 0)

    def _edge(self, start: Position, rows: int, columns: int) -> Position:
        table, model = self._table, self._grid.table_model
        if table is None or model is None:
            return start
        return edge(
            table, start, rows, columns, lambda place: bool(model.data(model.index(*place)))
        )

    def _tracked(self) -> Position:
        """Return the position inside the current cell from which the way goes on."""
        table, track = self._table, self._track
        if table is None or track is None:
            return self._here
        cell = table.at(*track)
        return track if cell and (cell.row, cell.column) == self._here else self._here

    def _go(self, target: Position | None, rows: int, columns: int) -> None:
        """Make a cell the current one; the way keeps its row or column through merged cells."""
        table = self._table
        if table is None or target is None:
            return
        cell = table.at(*target)
        start = self._start_column
        self._make_current((cell.row, cell.column) if cell else target)
        self._start_column = start
        self._track = target if rows or columns else None

    def _make_current(self, place: Position, keep_selection: bool = False) -> None:
        grid = self._grid
        index = grid.model().index(*place)
        flags = QItemSelectionModel.SelectionFlag
        # The view's own way would take a Ctrl that happens to be held for a wish to add.
        flag = flags.NoUpdate if keep_selection else flags.ClearAndSelect
        if not keep_selection:
            self._corner = None
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            grid.selectionModel().setCurrentIndex(index, flag)
        grid.scrollTo(index)

    def _select(self, area: CellRange) -> None:
        model = self._grid.model()
        first = model.index(area.top, area.left)
        chosen = QItemSelection(first, model.index(area.bottom, area.right))
        self._grid.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
