"""How wide and how high the columns and rows of the grid are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from core.document import Cell
from gui.models.table import TableModel
from gui.views import table_layout
from gui.views.cell_delegate import HORIZONTAL_PADDING, VERTICAL_PADDING

if TYPE_CHECKING:
    from gui.views.grid import GridView

# Larger tables get rows of one height: measuring every text would take seconds.
_MOST_MEASURED_CELLS = 6000


class GridSizes:
    """Measures the texts of a grid's table in the font of its zoom."""

    def __init__(self, grid: GridView) -> None:
        self._grid = grid
        self._widths: list[int] = []
        self.zoom = 100
        # Of the font at 100 %.
        self.points = QApplication.font().pointSizeF()

    @property
    def shown_points(self) -> float:
        """The size of the font as it is zoomed now."""
        return self.points * self.zoom / 100

    def lay_out(self) -> None:
        """Give columns and rows the sizes that their texts need."""
        grid, model = self._grid, self._grid.table_model
        font = QFont(QApplication.font())
        font.setPointSizeF(self.shown_points)
        grid.setFont(font)
        if model is None:
            return
        metrics, table = self._metrics(), model.table
        scroll_bar = grid.verticalScrollBar().sizeHint().width()
        available = max(grid.width() - scroll_bar - 2, 200)
        if len(table.cells) > _MOST_MEASURED_CELLS:
            self._widths = []
            grid.horizontalHeader().setDefaultSectionSize(int(metrics.em * 6))
            grid.verticalHeader().setDefaultSectionSize(table_layout.single_row_height(metrics))
            return
        self._widths = table_layout.column_widths(table, metrics, available)
        for column, width in enumerate(self._widths):
            grid.setColumnWidth(column, width)
        heights = table_layout.row_heights(table, metrics, self._widths, self._text)
        for row, height in enumerate(heights):
            grid.setRowHeight(row, height)

    def grow_row(self, row: int, column: int) -> None:
        """Let a row grow with a text that was typed into it."""
        model = self._grid.table_model
        cell = model.table.at(row, column) if model and self._widths else None
        if cell is None or cell.row_span > 1:
            return
        wanted = table_layout.cell_height(cell, self._metrics(), self._widths, self._text(cell))
        if wanted > self._grid.rowHeight(cell.row):
            self._grid.setRowHeight(cell.row, int(wanted) + 1)

    def _text(self, cell: Cell) -> str:
        model = self._grid.table_model
        return model.look(cell.row, cell.column).text if isinstance(model, TableModel) else ""

    def _metrics(self) -> table_layout.Metrics:
        measured = QFontMetricsF(self._grid.font())
        flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere

        def height(text: str, width: float) -> float:
            if "\n" not in text and measured.horizontalAdvance(text) <= width:
                return measured.height()
            return measured.boundingRect(QRectF(0, 0, width, 1e6), int(flags), text).height()

        return table_layout.Metrics(
            measured.horizontalAdvance("字"),
            measured.height(),
            measured.horizontalAdvance,
            height,
            HORIZONTAL_PADDING,
            VERTICAL_PADDING,
        )
