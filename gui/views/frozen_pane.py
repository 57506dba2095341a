"""The header rows and label columns that stay in sight while the grid scrolls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from gui import theme
from gui.models.table import TableModel

if TYPE_CHECKING:
    from gui.views.frozen_view import FrozenTableView

# More than this share of the view is not given to what never moves.
_MOST = 0.6


class FrozenPane(QWidget):
    """Draws cells of the grid where they would stand if rows or columns had not scrolled.

    It takes no mouse and no keyboard: the grid knows which cell is under the pointer.
    """

    def __init__(self, grid: FrozenTableView, rows: bool, columns: bool) -> None:
        super().__init__(grid)
        self._grid = grid
        self._rows, self._columns = rows, columns
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw every cell that touches the pane, each merged one once."""
        grid, model = self._grid, self._grid.model()
        if not isinstance(model, TableModel):
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(theme.current().base))
        option = QStyleOptionViewItem()
        grid.initViewItemOption(option)
        delegate, chosen, table = grid.itemDelegate(), grid.selectionModel(), model.table
        seen = set()
        for row in self._shown(grid.frozen.rows if self._rows else 0, of_rows=True):
            for column in self._shown(grid.frozen.columns if self._columns else 0, of_rows=False):
                cell = table.at(row, column)
                place = (cell.row, cell.column) if cell else (row, column)
                if place in seen:
                    continue
                seen.add(place)
                index = model.index(*place)
                option.rect = grid.frozen.rect(*place, self._rows, self._columns)  # type: ignore[attr-defined]  # the stubs leave out the fields
                state = QStyle.StateFlag.State_Enabled
                if chosen.isSelected(index):
                    state |= QStyle.StateFlag.State_Selected
                option.state = state  # type: ignore[attr-defined]  # as above
                delegate.paint(painter, option, index)
        painter.setPen(QColor(theme.current().faint))
        if self._rows:
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self._columns:
            painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())
        painter.end()

    def _shown(self, frozen: int, of_rows: bool) -> range:
        """Return the rows or columns in the pane: the frozen ones, or those scrolled to."""
        if frozen:
            return range(frozen)
        grid = self._grid
        header = grid.verticalHeader() if of_rows else grid.horizontalHeader()
        end = self.height() if of_rows else self.width()
        first, last = header.visualIndexAt(0), header.visualIndexAt(end)
        return range(max(first, 0), (last if last >= 0 else header.count() - 1) + 1)


class FrozenPanes:
    """The three panes of a grid: above, left, and the corner between them."""

    def __init__(self, grid: FrozenTableView) -> None:
        self._grid = grid
        self.rows = self.columns = 0
        self.above = FrozenPane(grid, rows=True, columns=False)
        self.left = FrozenPane(grid, rows=False, columns=True)
        self.corner = FrozenPane(grid, rows=True, columns=True)

    def freeze(self, rows: int, columns: int) -> None:
        """Keep so many rows and columns in sight from now on."""
        self.rows, self.columns = rows, columns
        self.follow()

    @property
    def height(self) -> int:
        """The height of the frozen rows in pixels, 0 where too little would be left to scroll."""
        header, view = self._grid.verticalHeader(), self._grid.viewport().height()
        height = header.sectionPosition(self.rows) if 0 < self.rows < header.count() else 0
        return height if height <= view * _MOST else 0

    @property
    def width(self) -> int:
        """The width of the frozen columns in pixels, 0 where too little would be left to scroll."""
        header, view = self._grid.horizontalHeader(), self._grid.viewport().width()
        width = header.sectionPosition(self.columns) if 0 < self.columns < header.count() else 0
        return width if width <= view * _MOST else 0

    def follow(self) -> None:
        """Show the panes that have something to say where the grid stands now."""
        grid = self._grid
        view = grid.viewport().geometry()
        down, right = grid.verticalHeader().offset() > 0, grid.horizontalHeader().offset() > 0
        height, width = self.height, self.width
        places = (
            (self.above, down and height, QRect(view.x(), view.y(), view.width(), height)),
            (self.left, right and width, QRect(view.x(), view.y(), width, view.height())),
            (
                self.corner,
                down and height and right and width,
                QRect(view.x(), view.y(), width, height),
            ),
        )
        for pane, is_needed, place in places:
            pane.setVisible(bool(is_needed))
            if is_needed:
                pane.setGeometry(place)
                pane.raise_()
                pane.update()

    def covers(self, x: int, y: int) -> tuple[bool, bool]:
        """Return whether a point of the view lies on frozen rows, and on frozen columns."""
        grid = self._grid
        is_down = grid.verticalHeader().offset() > 0
        is_right = grid.horizontalHeader().offset() > 0
        return is_down and y < self.height, is_right and x < self.width

    def rect(self, row: int, column: int, rows: bool, columns: bool) -> QRect:
        """Return where a cell is drawn, with rows or columns at their unscrolled place."""
        grid = self._grid
        vertical, horizontal = grid.verticalHeader(), grid.horizontalHeader()
        x = horizontal.sectionPosition(column) - (0 if columns else horizontal.offset())
        y = vertical.sectionPosition(row) - (0 if rows else vertical.offset())
        last_row = row + grid.rowSpan(row, column) - 1
        last_column = column + grid.columnSpan(row, column) - 1
        right = horizontal.sectionPosition(last_column) + horizontal.sectionSize(last_column)
        bottom = vertical.sectionPosition(last_row) + vertical.sectionSize(last_row)
        width = right - horizontal.sectionPosition(column)
        height = bottom - vertical.sectionPosition(row)
        return QRect(x, y, width, height)
