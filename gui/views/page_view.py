"""A page of the file as a picture, with the places of a cell framed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from core.document import Area
from gui import theme

_SCALE, _LEAST, _MOST = 1.25, 0.5, 3.0
_STEP = 1.2
_AROUND = 2.0


class PageView(QScrollArea):
    """Shows a page at a readable size, with the framed cell in the middle; Ctrl+wheel zooms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page_view")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("原文件这一页的图像"))
        self.sheet = _Sheet()
        self.setWidget(self.sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_page(self, image: QImage, points: tuple[float, float], areas: Sequence[Area]) -> None:
        """Show a page of a size in points, and frame places on it."""
        self.sheet.show_page(image, points, areas)
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the framed cell in the middle."""
        super().resizeEvent(event)
        self._centre()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            larger = event.angleDelta().y() > 0
            self.sheet.zoom_by(_STEP if larger else 1 / _STEP)
            self._centre()
            event.accept()
        else:
            super().wheelEvent(event)

    def _centre(self) -> None:
        place: QPoint = self.sheet.first_place()
        room = self.viewport().size()
        self.ensureVisible(place.x(), place.y(), room.width() // 2, room.height() // 2)


class _Sheet(QWidget):
    """The page itself."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._points = (1.0, 1.0)
        self._scale = _SCALE
        self.areas: tuple[Area, ...] = ()

    def show_page(self, image: QImage, points: tuple[float, float], areas: Sequence[Area]) -> None:
        self._image, self._points, self.areas = image, points, tuple(areas)
        self._resize()

    def zoom_by(self, factor: float) -> None:
        self._scale = min(max(self._scale * factor, _LEAST), _MOST)
        self._resize()

    def frames(self) -> list[QRectF]:
        """Return the framed places in pixels of the widget."""
        scale = self._scale
        rects = (
            QRectF(a.left * scale, a.top * scale, (a.right - a.left) * scale, 0).adjusted(
                -_AROUND, -_AROUND, _AROUND, (a.bottom - a.top) * scale + _AROUND
            )
            for a in self.areas
        )
        return list(rects)

    def first_place(self) -> QPoint:
        rects = self.frames()
        return rects[0].center().toPoint() if rects else QPoint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the page and the frames: a solid line in a colour and a light ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)
        colors = theme.current()
        ground = QColor(colors.accent)
        ground.setAlpha(38)
        for rect in self.frames():
            painter.fillRect(rect, ground)
            painter.setPen(QPen(QColor(colors.accent), 2.5))
            painter.drawRect(rect)
        painter.end()

    def _resize(self) -> None:
        wide, high = self._points
        self.resize(QSize(int(wide * self._scale), int(high * self._scale)))
        self.update()
