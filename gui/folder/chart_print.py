"""The overview of a folder on paper: two charts with their numbers, on as many pages as needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter

from core.batch_overview import Overview
from gui import theme
from gui.folder.charts import (
    ON_PAPER,
    Bar,
    paint_bars,
    paper_colours,
    row_height,
    rule_bars,
    scale_of,
    state_bars,
)
from gui.folder.views.overview_page import RULES_TITLE, STATES_TITLE

_TITLE, _HEADING, _TEXT = 18.0, 13.0, 10.5  # points
_SPACE = 0.8  # of a line


class _Paper:
    """Paints from the top of a page down, and begins another where there is no more room."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice) -> None:
        self._painter, self._device = painter, device
        self._width, self._height = float(device.width()), float(device.height())
        self._top = 0.0

    def write(self, text: str, points: float, flags: Qt.AlignmentFlag, room: float = 0.0) -> None:
        """Write lines in a size; `room` is what should stand under them on the same page."""
        self._use(points)
        wrap = int(flags) | int(Qt.TextFlag.TextWordWrap)
        area = QRectF(0, 0, self._width, self._height)
        needed = self._painter.boundingRect(area, wrap, text).height()
        self._require(needed + room)
        self._painter.setPen(paper_colours().text)
        self._painter.drawText(QRectF(0, self._top, self._width, needed), wrap, text)
        self._top += needed + _SPACE * self._line

    def draw(self, bars: Sequence[Bar]) -> None:
        """Draw bars, as many on a page as there is room for."""
        self._use(_TEXT)
        high = row_height(self._line)
        rest, scale = list(bars), scale_of(bars, ON_PAPER)
        while rest:
            self._require(high)
            count = max(int((self._height - self._top) // high), 1)
            area = QRectF(0, self._top, self._width, count * high)
            paint_bars(self._painter, area, rest[:count], paper_colours(), scale)
            self._top += min(count, len(rest)) * high
            rest = rest[count:]
        self._top += 2 * _SPACE * self._line

    @property
    def _line(self) -> float:
        return float(self._painter.fontMetrics().height())

    def _use(self, points: float) -> None:
        font = QFont()
        font.setFamilies(theme.paper_fonts()[0])
        font.setPointSizeF(points)
        self._painter.setFont(font)

    def _require(self, room: float) -> None:
        if self._top > 0 and self._top + room > self._height:
            self._device.newPage()
            self._top = 0.0


def paint_overview(overview: Overview, folder: str, device: QPagedPaintDevice) -> None:
    """Paint an overview on a device whose pages are laid out already."""
    painter = QPainter(device)
    paper = _Paper(painter, device)
    left = Qt.AlignmentFlag.AlignLeft
    try:
        paper.write("年度报告校核概览", _TITLE, Qt.AlignmentFlag.AlignHCenter)
        paper.write(f"文件夹：{folder}　已检查 {overview.reports} 个文件", _TEXT, left)
        charts = ((STATES_TITLE, state_bars(overview)), (RULES_TITLE, rule_bars(overview)))
        for title, bars in charts:
            room = 3 * row_height(painter.fontMetrics().height())
            paper.write(title, _HEADING, left, room)
            if bars:
                paper.draw(bars)
            else:
                paper.write("没有。", _TEXT, left)
    finally:
        painter.end()
