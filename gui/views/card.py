"""A card's texts laid out for a width, and drawn."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from core.rules.model import Certainty
from gui import icons, naming, theme
from gui.causes import Cause
from gui.equation import Line, Run

PADDING = 10
BUTTON_HEIGHT = 30
_BOX_PADDING = 8
_ICON = 18
_ICON_GAP = 8
_SHORT_MESSAGE_LINES = 2
_TEXT_GAP = 4
_BUTTON_GAP = 8


class Card:
    """One cause as a card: closed with its message, opened up with equations and advice."""

    def __init__(
        self,
        cause: Cause,
        title: str,
        equations: tuple[Line, ...],
        chosen: bool,
        width: int,
        font: QFont,
    ) -> None:
        self.chosen = chosen
        self.has_buttons = chosen and bool(cause.fixes)
        self._cause = cause
        self._width = width
        self._font = font
        self._small = _sized(font, -1.0)
        self._rules_width = QFontMetrics(self._small).horizontalAdvance(cause.rules)
        title_width = width - _ICON - _ICON_GAP - self._rules_width - 8
        colors = theme.current()
        self._title = _document([[Run(title, strong=True)]], title_width, font, colors.text)
        self._equations: QTextDocument | None = None
        self._texts: list[QTextDocument] = []
        if chosen:
            self._open_up(equations)
        else:
            message = "；".join(finding.message for finding in cause.findings)
            clipped = _clipped(message, font, width * _SHORT_MESSAGE_LINES)
            self._add_text(clipped, font, colors.muted)

    @property
    def height(self) -> int:
        """The height of the card without the gaps around it."""
        buttons = BUTTON_HEIGHT + _BUTTON_GAP if self.has_buttons else 0
        return int(2 * PADDING + sum(height for _, height in self._parts()) + buttons)

    def draw(self, painter: QPainter, top_left: QPoint) -> None:
        """Draw the texts from a corner on."""
        colors = theme.current()
        scale = painter.device().devicePixelRatioF()
        picture = icons.severity_pixmap(self._cause.severity, _ICON, scale)
        painter.drawPixmap(top_left + QPoint(0, 1), picture)
        self._draw_rules(painter, top_left, colors.muted)
        y = float(top_left.y())
        for part, height in self._parts():
            corner = QPoint(top_left.x(), int(y))
            if part is self._title:
                corner += QPoint(_ICON + _ICON_GAP, 0)
            elif part is self._equations:
                box = QRectF(corner.x(), corner.y() + 1, self._width, height - 6)
                painter.fillRect(box, QColor(colors.equation))
                corner += QPoint(_BOX_PADDING, _BOX_PADDING + 1)
            _draw_document(painter, part, corner)
            y += height

    def _open_up(self, equations: tuple[Line, ...]) -> None:
        colors, lead = theme.current(), self._cause.lead
        if equations:
            mark = colors.tone(self._cause.severity).mark
            width = self._width - 2 * _BOX_PADDING
            self._equations = _document(equations, width, self._font, colors.text, mark)
        else:
            # The equation says what the message says, and more.
            self._add_text(lead.message, self._font, colors.text)
        self._add_text(_advice(self._cause), self._font, colors.text)
        if self._cause.proved is None:
            self._add_text(naming.rule_explanation(lead.rule), self._font, colors.muted)
        basis = f"依据：{lead.basis}" if lead.basis else ""
        self._add_text(basis, self._small, colors.muted)

    def _parts(self) -> list[tuple[QTextDocument, float]]:
        parts = [(self._title, max(self._title.size().height(), _ICON) + 3)]
        if self._equations:
            parts.append((self._equations, self._equations.size().height() + 2 * _BOX_PADDING + 6))
        parts += [(text, text.size().height() + _TEXT_GAP) for text in self._texts]
        return parts

    def _add_text(self, text: str, font: QFont, color: str) -> None:
        if text:
            self._texts.append(_document([[Run(text)]], self._width, font, color))

    def _draw_rules(self, painter: QPainter, top_left: QPoint, color: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(color))
        left = top_left.x() + self._width - self._rules_width - 1
        place = QRect(left, top_left.y(), self._rules_width + 2, 20)
        alignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, alignment, self._cause.rules)


def _advice(cause: Cause) -> str:
    """Return what is proposed, and how sure it is; nothing where nothing is."""
    if not cause.fixes:
        return ""
    first = cause.fixes[0]
    reason = f"。{first.reason}" if first.reason else ""
    if first.certainty is not Certainty.LIKELY:
        return f"{first.title}{reason}。"
    if len(cause.fixes) == 1:
        return f"可能的改法：{first.title}{reason}。"
    return f"有 {len(cause.fixes)} 种可能的改法，不能断定是哪一种。"


def _sized(font: QFont, difference: float) -> QFont:
    sized = QFont(font)
    sized.setPointSizeF(font.pointSizeF() + difference)
    return sized


def _document(
    lines: Iterable[Iterable[Run]],
    width: float,
    font: QFont,
    color: str,
    strong_color: str | None = None,
) -> QTextDocument:
    """Return runs of text laid out at a width.  The text is plain: nothing in it is markup."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    cursor = QTextCursor(document)
    plain, strong = _format(color, False), _format(strong_color or color, True)
    for number, line in enumerate(lines):
        if number:
            cursor.insertBlock()
        for run in line:
            cursor.insertText(run.text, strong if run.strong else plain)
    document.setTextWidth(width)
    return document


def _format(color: str, bold: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(color))
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    return made


def _draw_document(painter: QPainter, document: QTextDocument, corner: QPoint) -> None:
    painter.save()
    painter.translate(corner)
    context = QAbstractTextDocumentLayout.PaintContext()
    document.documentLayout().draw(painter, context)
    painter.restore()


def _clipped(text: str, font: QFont, width: float) -> str:
    """Return as much of a text as fits, with an ellipsis where something is left out."""
    # Wrapped lines leave some room at their ends.
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(width * 0.94))
