"""A table view whose first rows and columns stay in sight while the rest scrolls."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from gui.views.frozen_pane import FrozenPanes

Index = QModelIndex | QPersistentModelIndex


class FrozenTableView(QTableView):
    """Lays panes over itself that draw what is frozen, and knows which cell is seen where.

    Signals:
        moved: Cells stand elsewhere in the view than before.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frozen = FrozenPanes(self)

    def follow(self) -> None:
        """Draw what is frozen again, after anything has moved or looks otherwise."""
        self.frozen.follow()
        self.moved.emit()

    def cell_rect(self, index: Index) -> QRect:
        """Return where a cell is seen in the view, frozen or scrolled."""
        is_above, is_left = index.row() < self.frozen.rows, index.column() < self.frozen.columns
        return self.frozen.rect(
            index.row(),
            index.column(),
            is_above and bool(self.frozen.height),
            is_left and bool(self.frozen.width),
        )

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell that is seen at a point, also where it is frozen."""
        is_above, is_left = self.frozen.covers(point.x(), point.y())
        down = self.verticalHeader().offset() if is_above else 0
        right = self.horizontalHeader().offset() if is_left else 0
        return super().indexAt(point - QPoint(right, down))

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view, out from under what is frozen."""
        if not index.isValid():
            return
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        before = [bar.value() for bar in bars]
        super().scrollTo(index, hint)
        rect, frozen = self.visualRect(index), self.frozen
        # A frozen cell is in view wherever the rest has scrolled to.
        if index.row() < frozen.rows and frozen.height:
            bars[0].setValue(before[0])
        elif rect.top() < frozen.height and bars[0].value():
            bars[0].setValue(bars[0].value() + rect.top() - frozen.height)
        if index.column() < frozen.columns and frozen.width:
            bars[1].setValue(before[1])
        elif rect.left() < frozen.width and bars[1].value():
            bars[1].setValue(bars[1].value() + rect.left() - frozen.width)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Take what is frozen along."""
        super().scrollContentsBy(dx, dy)
        self.follow()

    def uncover(self, index: QModelIndex) -> None:
        """Scroll back where a frozen cell is to be edited, so that the editor is in the view."""
        editable = self.model().flags(index) & Qt.ItemFlag.ItemIsEditable
        if editable and index.row() < self.frozen.rows:
            self.verticalScrollBar().setValue(0)
        if editable and index.column() < self.frozen.columns:
            self.horizontalScrollBar().setValue(0)
