"""Draws what was found as cards; the chosen one is opened up."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.document import CellRef
from gui import theme
from gui.causes import Cause
from gui.models.findings import FindingsModel
from gui.views.card import PADDING, Card, withdrawn_sentence

Index = QModelIndex | QPersistentModelIndex

MARGIN = 8
GAP = 4
_RADIUS = 8
_MOST_LAID_OUT = 1000


class CardDelegate(QStyledItemDelegate):
    """Draws a cause as a card; the chosen one is opened up."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.width = 320
        self.chosen: Cause | None = None
        self.buttons_height = 0
        # By what they say: most cards stay the same from one check to the next.
        self._laid_out: dict[tuple[object, ...], Card] = {}
        self._by_cause: dict[tuple[object, ...], Card] = {}

    def forget_causes(self) -> None:
        """Take note that the list is made of other causes now."""
        self._by_cause.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the whole width and the height that the texts need."""
        card = self._card(index, _font_of(option))
        return QSize(self.width, card.height + GAP * 2) if card else QSize()

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
        frame = QRectF(rect).adjusted(MARGIN + 0.5, GAP + 0.5, -MARGIN - 0.5, -GAP - 0.5)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not card.chosen
        resting = colors.base if card.chosen or card.is_open else colors.panel
        painter.setBrush(QColor(colors.hover if hovered else resting))
        line = QPen(QColor(colors.accent if card.chosen else colors.line), 2 if card.chosen else 1)
        painter.setPen(line)
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        card.draw(painter, _corner(rect))
        painter.restore()

    def ref_at(self, index: Index, rect: QRect, place: QPoint, font: QFont) -> CellRef | None:
        """Return the cell of the number under a place of the view, None where there is none."""
        card = self._card(index, font)
        return card.ref_at(QPointF(place - _corner(rect))) if card and card.chosen else None

    def place_of(self, index: Index, rect: QRect, ref: CellRef, font: QFont) -> QPoint | None:
        """Return where the number of a cell stands in the view, None if the card has none."""
        card = self._card(index, font)
        place = card.place_of(ref) if card else None
        return None if place is None else place.toPoint() + _corner(rect)

    def _card(self, index: Index, font: QFont) -> Card | None:
        model = index.model()
        cause = model.cause(index) if isinstance(model, FindingsModel) else None
        if cause is None or not isinstance(model, FindingsModel):
            return None
        # Asked for again and again while the list is laid out; then only the cause tells.
        size = (self.buttons_height if cause is self.chosen else 0, self.width)
        key = (id(cause), cause is self.chosen, *size, theme.current().accent, font.pointSizeF())
        if key not in self._by_cause:
            self._by_cause[key] = self._laid_out_card(cause, model, font)
        return self._by_cause[key]

    def _laid_out_card(self, cause: Cause, model: FindingsModel, font: QFont) -> Card:
        chosen = cause is self.chosen
        equations = model.equations(cause) if chosen else ()
        title = model.title(cause)
        messages = tuple(finding.message for finding in cause.findings)
        withdrawn = tuple(withdrawn_sentence(told) for told in cause.withdrawn)
        answers = (_fixes(cause), cause.explanation, withdrawn)
        said = (cause.rules, cause.severity, title, messages, chosen, equations, *answers)
        buttons_height = self.buttons_height if chosen else 0
        key = (*said, self.width, font, theme.current().accent, buttons_height)
        if key not in self._laid_out:
            if len(self._laid_out) > _MOST_LAID_OUT:
                self._laid_out.clear()
            width = self.width - 2 * (MARGIN + PADDING)
            self._laid_out[key] = Card(cause, title, equations, chosen, width, font, buttons_height)
        return self._laid_out[key]


def _corner(rect: QRect) -> QPoint:
    """Return where the texts of a card begin, as `paint` places them."""
    frame = QRectF(rect).adjusted(MARGIN + 0.5, GAP + 0.5, -MARGIN - 0.5, -GAP - 0.5)
    return frame.topLeft().toPoint() + QPoint(PADDING, PADDING)


def _fixes(cause: Cause) -> tuple[tuple[str, str], ...]:
    return tuple((fix.title, fix.reason) for fix in cause.fixes)


def _font_of(option: QStyleOptionViewItem) -> QFont:
    # A copy: PySide's own is a window on the option, which is gone after the call.
    return QFont(option.font)  # type: ignore[attr-defined]  # the stubs leave out the fields
