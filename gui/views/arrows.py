"""Lines in the grid from the parts of a sum to its total."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, cos, pi, sin

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QTableView, QWidget

from core.document import CellRef
from gui import theme
from gui.frames import Frames, Link
from gui.models.table import TableModel

# From a cell's lower left corner: beside the number, whether rows or columns are added up.
_ASIDE, _UP = 9, 6
_DOT, _HEAD = 2.2, 7.0
_WIDTH = 1.4


class Arrows(QWidget):
    """Lies over a grid and lets every click through."""

    def __init__(self, grid: QTableView, frames: Frames) -> None:
        super().__init__(grid)
        self._grid, self._frames = grid, frames
        self.setObjectName("arrows")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        frames.changed.connect(self.follow)
        for bar in (grid.horizontalScrollBar(), grid.verticalScrollBar()):
            bar.valueChanged.connect(self.update)
        grid.viewport().installEventFilter(self)

    def lines(self) -> Iterator[tuple[QPointF, QPointF]]:
        """Yield where lines begin and end in the grid's own view, of the table that is shown."""
        model = self._grid.model()
        if not isinstance(model, TableModel):
            return
        for link in self._frames.links:
            if link.total.table == model.table_id:
                yield from self._lines_of(link, model)

    def follow(self) -> None:
        """Lie over the grid's view while there is anything to draw."""
        self.setGeometry(self._grid.viewport().geometry())
        self.setVisible(bool(self._frames.links))
        self.raise_()
        self.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep to the size of the grid's view."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setGeometry(self._grid.viewport().geometry())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a dot at every part, and an arrow head at the total."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(theme.current().accent)
        color.setAlpha(170)
        painter.setPen(QPen(color, _WIDTH))
        painter.setBrush(color)
        for start, end in self.lines():
            painter.drawLine(start, end)
            painter.drawEllipse(start, _DOT, _DOT)
            painter.drawPolygon(_head(start, end))
        painter.end()

    def _lines_of(self, link: Link, model: TableModel) -> Iterator[tuple[QPointF, QPointF]]:
        end = self._point(link.total, model)
        for part in link.parts:
            if part.table == link.total.table:
                yield self._point(part, model), end

    def _point(self, ref: CellRef, model: TableModel) -> QPointF:
        rect = self._grid.visualRect(model.index_of(ref))
        return QPointF(rect.left() + _ASIDE, rect.bottom() - _UP)


def _head(start: QPointF, end: QPointF) -> QPolygonF:
    angle = atan2(end.y() - start.y(), end.x() - start.x())
    wings = (angle + pi - 0.42, angle + pi + 0.42)
    corners = [end + QPointF(cos(wing) * _HEAD, sin(wing) * _HEAD) for wing in wings]
    return QPolygonF([end, *corners])
