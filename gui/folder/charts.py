"""Horizontal bars, drawn for the screen and for paper alike.

What a bar stands for is said by its label and its number; patterns tell bars apart
where colours do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from core.batch_overview import Overview
from core.batch_view import ReportState
from gui.colours import LIGHT, Theme

# There are no tooltips on paper, so that labels have more room there.
ON_SCREEN, ON_PAPER = 0.42, 0.62
_ROW, _BAR, _GAP = 1.75, 0.95, 0.6  # heights in lines of text, a gap in characters
_INK = QColor(1, 1, 1)
_Style = Qt.BrushStyle
_PATTERNS = {
    ReportState.UNREAD: _Style.CrossPattern,
    ReportState.ERRORS: _Style.SolidPattern,
    ReportState.WARNINGS: _Style.BDiagPattern,
    ReportState.UNSURE: _Style.DiagCrossPattern,
    ReportState.NOTES: _Style.Dense6Pattern,
    ReportState.CLEAN: _Style.NoBrush,
}


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, how much, and which state's pattern it has, if any."""

    label: str
    count: int
    state: ReportState | None = None


@dataclass(frozen=True)
class Scale:
    """How many are as long as there is room for, and the labels' share of the width at most."""

    most: int
    share: float


@dataclass(frozen=True)
class Colours:
    """What bars are drawn with."""

    text: QColor
    axis: QColor
    plain: QColor
    states: Mapping[ReportState, QColor]


def state_bars(overview: Overview) -> list[Bar]:
    """Return a bar for each state, the worst first; those without reports, too."""
    return [Bar(each.label, each.count, each.state) for each in overview.states]


def rule_bars(overview: Overview) -> list[Bar]:
    """Return a bar for each rule that has found something."""
    return [Bar(f"{each.rule} {each.title}", each.findings) for each in overview.rules]


def colours_of(theme: Theme) -> Colours:
    """Return the colours of a theme."""
    return Colours(QColor(theme.text), QColor(theme.grid_line), QColor(theme.accent), _of(theme))


def paper_colours() -> Colours:
    """Return the colours for paper: black text, and marks dark enough for grey print."""
    return Colours(_INK, QColor(LIGHT.faint), QColor(LIGHT.accent), _of(LIGHT))


def _of(theme: Theme) -> Mapping[ReportState, QColor]:
    return {
        ReportState.UNREAD: QColor(theme.muted),
        ReportState.ERRORS: QColor(theme.error.mark),
        ReportState.WARNINGS: QColor(theme.warning.mark),
        ReportState.UNSURE: QColor(theme.muted),
        ReportState.NOTES: QColor(theme.note.mark),
        ReportState.CLEAN: QColor(theme.good),
    }


def scale_of(bars: Sequence[Bar], share: float) -> Scale:
    """Return the scale on which the longest of some bars fills the room."""
    return Scale(max((bar.count for bar in bars), default=0), share)


def row_height(line: float) -> float:
    """Return how high a bar's row is where a line of text has a height."""
    return line * _ROW


def paint_bars(
    painter: QPainter, area: QRectF, bars: Sequence[Bar], colours: Colours, scale: Scale
) -> None:
    """Paint bars from the top of an area down."""
    most = max(scale.most, 1)
    measured = painter.fontMetrics()
    line, character = float(measured.height()), float(measured.horizontalAdvance("中"))
    widest = max((measured.horizontalAdvance(bar.label) for bar in bars), default=0)
    labels = min(float(widest) + 1, area.width() * scale.share)
    numbers = measured.horizontalAdvance(str(most)) + character
    left = area.left() + labels + _GAP * character
    room = max(area.right() - left - numbers, 1.0)
    for place, bar in enumerate(bars):
        top = area.top() + place * row_height(line)
        text = QRectF(area.left(), top, labels, row_height(line))
        painter.setPen(colours.text)
        shown = measured.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(labels) + 1)
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
        width = room * bar.count / most
        high = line * _BAR
        shape = QRectF(left, top + (row_height(line) - high) / 2, width, high)
        if bar.count:
            _paint_bar(painter, shape, bar, colours)
        number = QRectF(left + width + _GAP * character / 2, top, numbers * 2, row_height(line))
        painter.setPen(colours.text)
        painter.drawText(
            number, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(bar.count)
        )
    painter.setPen(QPen(colours.axis, max(line / 16, 1.0)))
    bottom = area.top() + len(bars) * row_height(line)
    painter.drawLine(int(left), int(area.top()), int(left), int(bottom))


def _paint_bar(painter: QPainter, shape: QRectF, bar: Bar, colours: Colours) -> None:
    color = colours.plain if bar.state is None else colours.states[bar.state]
    style = _Style.SolidPattern if bar.state is None else _PATTERNS[bar.state]
    painter.setPen(QPen(color, max(shape.height() / 14, 1.0)))
    painter.setBrush(QBrush(color, style))
    painter.drawRect(shape)
    painter.setBrush(_Style.NoBrush)
