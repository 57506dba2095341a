"""A chart of horizontal bars as a widget."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import theme
from gui.folder.charts import ON_SCREEN, Bar, colours_of, paint_bars, row_height, scale_of

_LEAST_WIDTH = 24  # characters


class BarChart(QWidget):
    """Draws bars in the colours of the theme; a screen reader is told their numbers."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bars(())

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        self.bars = tuple(bars)
        said = "，".join(f"{bar.label} {bar.count}" for bar in bars)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(said or "还没有数据")
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return as much height as the bars need."""
        measured = self.fontMetrics()
        width = measured.horizontalAdvance("中") * _LEAST_WIDTH
        return QSize(width, int(row_height(measured.height()) * len(self.bars)) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the same: bars do not shrink."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        area, colours = QRectF(self.rect()), colours_of(theme.current())
        paint_bars(painter, area, self.bars, colours, scale_of(self.bars, ON_SCREEN))
        painter.end()
