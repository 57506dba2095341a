"""The small button beside a cell with a finding, as spreadsheets have it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QToolButton

from gui.views.grid import GridView


class SmartTag(QToolButton):
    """Stands at the right of the grid's current cell as long as that has a finding.

    Signals:
        menu_wanted: It was clicked.
    """

    menu_wanted = Signal()

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self._grid = grid
        self._is_wanted = False
        self.setObjectName("smart_tag")
        self.setText("▾")
        self.setToolTip(self.tr("疑点操作（Ctrl+.）"))
        self.setAccessibleName(self.tr("疑点操作"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self.menu_wanted)
        grid.moved.connect(self.follow)
        self.hide()

    def want(self, wanted: bool) -> None:
        """Show the button, or take it away."""
        self._is_wanted = wanted
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Stand beside the current cell, inside the view; go where the cell is out of sight."""
        index, view = self._grid.currentIndex(), self._grid.viewport().geometry()
        if not self._is_wanted or not index.isValid():
            self.hide()
            return
        rect = self._grid.cell_rect(index).translated(view.topLeft())
        if not rect.intersects(view):
            self.hide()
            return
        side = max(min(rect.height(), self.fontMetrics().height() + 6), 16)
        left = min(rect.right() + 1, view.right() - side)
        self.setGeometry(left, max(rect.top(), view.top()), side, side)
        self.show()
        self.raise_()
