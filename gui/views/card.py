"""A card's texts laid out for a width, and drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
    QTextOption,
)

from core.document import CellRef
from core.explanations import Explanation, Withdrawn
from gui import icons, naming, theme
from gui.causes import Cause
from gui.equation import Line, Run
from gui.views.card_buttons import sure_fix

PADDING = 10
_BOX_PADDING = 8
_ICON = 18
_ICON_GAP = 8
_SHORT_MESSAGE_LINES = 2
_TEXT_GAP = 4
_BUTTON_GAP = 6
_SETTLED_OPACITY = 0.5


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
        buttons_height: int = 0,
    ) -> None:
        self.chosen = chosen
        self.is_open = cause.is_open
        self._buttons_height = buttons_height if chosen else 0
        self._cause = cause
        self._width = width
        self._font = font
        self._small = _sized(font, -1.0)
        self._rules_width = QFontMetrics(self._small).horizontalAdvance(cause.rules)
        title_width = width - _ICON - _ICON_GAP - self._rules_width - 8
        colors = theme.current()
        # What is settled stands back; opened up, it is read like any other.
        color = colors.text if chosen or self.is_open else colors.muted
        self._title = _document([[Run(title, strong=True)]], title_width, font, color)
        self._equations: QTextDocument | None = None
        # Where the numbers of cells stand in the equations.
        self._numbers: tuple[tuple[int, int, CellRef], ...] = ()
        self._texts: list[QTextDocument] = []
        if chosen:
            self._open_up(equations)
        else:
            clipped = _clipped(_message(cause), font, width * _SHORT_MESSAGE_LINES)
            self._add_text(clipped, font, colors.muted)
            if cause.withdrawn:
                self._add_text("说明因数字变化已撤回", font, colors.warning.mark)

    def ref_at(self, place: QPointF) -> CellRef | None:
        """Return the cell of the number of an equation at a place, from the card's corner on."""
        y = 0.0
        for part, height in self._parts():
            if part is self._equations:
                inside = place - QPointF(_BOX_PADDING, y + _BOX_PADDING + 1)
                found = part.documentLayout().hitTest(inside, Qt.HitTestAccuracy.ExactHit)
                return next((ref for a, b, ref in self._numbers if a <= found < b), None)
            y += height
        return None

    def place_of(self, ref: CellRef) -> QPointF | None:
        """Return a place inside the number of a cell in the equations, None if it has none."""
        y = 0.0
        for part, height in self._parts():
            if part is self._equations:
                for start, _, each in self._numbers:
                    if each == ref:
                        return _place_in(part, start) + QPointF(_BOX_PADDING, y + _BOX_PADDING + 1)
            y += height
        return None

    @property
    def height(self) -> int:
        """The height of the card without the gaps around it."""
        buttons = self._buttons_height + _BUTTON_GAP if self._buttons_height else 0
        return int(2 * PADDING + sum(height for _, height in self._parts()) + buttons)

    def draw(self, painter: QPainter, top_left: QPoint) -> None:
        """Draw the texts from a corner on."""
        colors = theme.current()
        scale = painter.device().devicePixelRatioF()
        picture = icons.severity_pixmap(self._cause.severity, _ICON, scale)
        painter.setOpacity(1.0 if self.is_open else _SETTLED_OPACITY)
        painter.drawPixmap(top_left + QPoint(0, 1), picture)
        painter.setOpacity(1.0)
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
            self._numbers = tuple(_numbers(equations))
        else:
            # The equation says what the message says, and more.
            self._add_text(lead.message, self._font, colors.text)
        for told in self._cause.withdrawn:
            self._add_text(withdrawn_sentence(told), self._font, colors.warning.mark)
        if self._cause.explanation is not None:
            self._add_text(said_sentence(self._cause.explanation), self._font, colors.text)
        else:
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


def said_sentence(said: Explanation) -> str:
    """Return what was said about a finding, by whom and when."""
    about = "，".join(filter(None, (said.author, said.date.isoformat())))
    return f"{naming.EXPLANATION_WORDS[said.kind]}（{about}）：{said.text}"


def withdrawn_sentence(told: Withdrawn) -> str:
    """Return why an explanation no longer holds, and what it said."""
    changed = "，".join(f"{old or '空白'} → {new or '空白'}" for old, new in told.differences[:3])
    changed = f"（{changed}）" if changed else ""
    return f"说明因数字变化{changed}已撤回：“{told.record.explanation.text}”"


def _numbers(equations: Iterable[Line]) -> Iterator[tuple[int, int, CellRef]]:
    """Yield which characters of the laid out equations are the number of which cell."""
    place = 0
    for line in equations:
        for run in line:
            if run.ref is not None:
                yield place, place + len(run.text), run.ref
            place += len(run.text)
        place += 1


def _place_in(document: QTextDocument, position: int) -> QPointF:
    """Return the middle of a character."""
    block = document.findBlock(position)
    inside = position - block.position()
    line = block.layout().lineForTextPosition(inside)
    corner = document.documentLayout().blockBoundingRect(block).topLeft()
    # A character and the one after it; the stubs do not know that a pair comes back.
    left, right = (_x(line, at) for at in (inside, inside + 1))
    return corner + QPointF((left + right) / 2, line.y() + line.height() / 2)


def _x(line: QTextLine, place: int) -> float:
    found: object = line.cursorToX(place)
    return float(found[0]) if isinstance(found, tuple) else float(str(found))


def _message(cause: Cause) -> str:
    """Return what a closed card says: what is wrong, or what was said about it."""
    if cause.explanation is not None:
        return f"{naming.EXPLANATION_WORDS[cause.explanation.kind]}：{cause.explanation.text}"
    return "；".join(finding.message for finding in cause.findings)


def _advice(cause: Cause) -> str:
    """Return the correction that needs no choice; those to choose from stand on the buttons."""
    fix = sure_fix(cause)
    if fix is None:
        return ""
    return f"{fix.title}。{fix.reason.rstrip('。')}。" if fix.reason else f"{fix.title}。"


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
