"""Draws findings as cards: icon, title, rule; for the chosen one also equation and basis."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.rules.model import Finding
from gui import icons, naming, theme
from gui.equation import Line, Run
from gui.models.findings import FindingsModel

Index = QModelIndex | QPersistentModelIndex

_MARGIN = 8
_GAP = 4
_PADDING = 12
_BOX_PADDING = 8
_ICON = 18
_RADIUS = 8
_SHORT_MESSAGE_LINES = 2
_TEXT_GAP = 4
_MOST_LAID_OUT = 1000


class CardDelegate(QStyledItemDelegate):
    """Draws a finding as a card; the chosen one is opened up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.width = 320
        self.chosen: Finding | None = None
        # By what they say: most cards stay the same from one check to the next.
        self._laid_out: dict[tuple[object, ...], _Card] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the whole width and the height that the texts need."""
        card = self._card(index, _font_of(option))
        return QSize(self.width, card.height + _GAP * 2) if card else QSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a card."""
        card = self._card(index, _font_of(option))
        if card is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the fields
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # as above
        colors = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(rect).adjusted(_MARGIN + 0.5, _GAP + 0.5, -_MARGIN - 0.5, -_GAP - 0.5)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not card.chosen
        painter.setBrush(QColor(colors.hover if hovered else colors.base))
        line = QPen(QColor(colors.accent if card.chosen else colors.line), 2 if card.chosen else 1)
        painter.setPen(line)
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        card.draw(painter, frame.topLeft().toPoint() + QPoint(_PADDING, _PADDING - 2))
        painter.restore()

    def _card(self, index: Index, font: QFont) -> _Card | None:
        model = index.model()
        finding = model.finding(index) if isinstance(model, FindingsModel) else None
        if finding is None or not isinstance(model, FindingsModel):
            return None
        chosen = finding is self.chosen
        equation = model.equation(finding) if chosen else ()
        title = naming.finding_title(finding)
        said = (finding.rule, finding.severity, title, finding.message, chosen, equation)
        key = (*said, self.width, font, theme.current().dark)
        if key not in self._laid_out:
            if len(self._laid_out) > _MOST_LAID_OUT:
                self._laid_out.clear()
            width = self.width - 2 * (_MARGIN + _PADDING)
            self._laid_out[key] = _Card(finding, equation, chosen, width, font)
        return self._laid_out[key]


class _Card:
    """The texts of one card, laid out for a width."""

    def __init__(
        self, finding: Finding, equation: tuple[Line, ...], chosen: bool, width: int, font: QFont
    ) -> None:
        self.chosen = chosen
        self._finding = finding
        self._width = width
        self._font = font
        small = _sized(font, -1.0)
        self._rule_width = QFontMetrics(small).horizontalAdvance(finding.rule)
        title_width = width - _ICON - 8 - self._rule_width - 8
        colors = theme.current()
        self._title = _document(
            [[Run(naming.finding_title(finding), strong=True)]], title_width, font, colors.text
        )
        mark = colors.tone(finding.severity).mark
        self._equation = None
        if equation:
            self._equation = _document(
                equation, width - 2 * _BOX_PADDING, font, colors.text, strong_color=mark
            )
        self._texts: list[QTextDocument] = []
        if not chosen:
            message = _clipped(finding.message, font, width * _SHORT_MESSAGE_LINES)
            self._add_text(message, font, colors.muted)
            return
        if not equation:
            # The equation says what the message says, and more.
            self._add_text(finding.message, font, colors.text)
        self._add_text(naming.rule_explanation(finding.rule), font, colors.muted)
        self._add_text(f"依据：{finding.basis}" if finding.basis else "", small, colors.muted)

    @property
    def height(self) -> int:
        """The height of the card without the gaps around it."""
        return int(2 * (_PADDING - 2) + sum(height for _, height in self._parts()))

    def _parts(self) -> list[tuple[QTextDocument, float]]:
        parts = [(self._title, max(self._title.size().height(), _ICON) + 3)]
        if self._equation:
            parts.append((self._equation, self._equation.size().height() + 2 * _BOX_PADDING + 6))
        parts += [(text, text.size().height() + _TEXT_GAP) for text in self._texts]
        return parts

    def _add_text(self, text: str, font: QFont, color: str) -> None:
        if text:
            self._texts.append(_document([[Run(text)]], self._width, font, color))

    def draw(self, painter: QPainter, top_left: QPoint) -> None:
        """Draw the texts from a corner on."""
        colors = theme.current()
        scale = painter.device().devicePixelRatioF()
        picture = icons.severity_pixmap(self._finding.severity, _ICON, scale)
        painter.drawPixmap(top_left + QPoint(0, 1), picture)
        self._draw_rule(painter, top_left, colors.muted)
        y = float(top_left.y())
        for part, height in self._parts():
            corner = QPoint(top_left.x(), int(y))
            if part is self._title:
                corner += QPoint(_ICON + 8, 0)
            elif part is self._equation:
                box = QRectF(corner.x(), corner.y() + 1, self._width, height - 6)
                painter.fillRect(box, QColor(colors.equation))
                corner += QPoint(_BOX_PADDING, _BOX_PADDING + 1)
            _draw_document(painter, part, corner)
            y += height

    def _draw_rule(self, painter: QPainter, top_left: QPoint, color: str) -> None:
        painter.setFont(_sized(self._font, -1.0))
        painter.setPen(QColor(color))
        place = QRect(
            top_left.x() + self._width - self._rule_width - 1,
            top_left.y(),
            self._rule_width + 2,
            20,
        )
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._finding.rule
        )


def _font_of(option: QStyleOptionViewItem) -> QFont:
    # A copy: PySide's own is a window on the option, which is gone after the call.
    return QFont(option.font)  # type: ignore[attr-defined]  # the stubs leave out the fields


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
