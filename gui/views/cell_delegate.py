"""Draws and edits the cells of the grid: fill, corner mark, edited bar, frame, dotted border."""

from __future__ import annotations

from functools import lru_cache, partial

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF, QTextOption
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from core.rules.severity import Severity
from gui import theme
from gui.models.table import Look, Place, TableModel
from gui.theme import Theme
from gui.views.cell_editor import CellTextEditor
from gui.years import Trend

Index = QModelIndex | QPersistentModelIndex

HORIZONTAL_PADDING = 7
VERTICAL_PADDING = 4
_CORNER = 8
_DOT = 2.5
_BAR = 3
_FRAME = 2
_SHORT = 4
_POINTED = 3
_TREND = 7


class CellDelegate(QStyledItemDelegate):
    """Draws a cell in one go from the model's `Look`.

    Shapes say what colours say: a solid corner is 强制性错误, a hollow one 待核实,
    a dot 提示, a grey hollow one what was explained; a bar at the left edge is an
    edited cell; dots around a cell say that its reading is uncertain.  A total has
    a double frame, a cell that a hand points at elsewhere a thick one.  In last year's
    table ▲, ▼ and ≠ at the right say how this year's number differs.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell."""
        model = index.model()
        if not isinstance(model, TableModel):
            return
        look, colors = model.look(index.row(), index.column()), theme.current()
        rect = QRect(option.rect)  # type: ignore[attr-defined]  # the stubs leave out the fields
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # as above
        painter.fillRect(rect, _color(_fill(look, colors)))
        if look.place is Place.HOLE:
            painter.fillRect(rect, _hatch(colors.grid_line))
        is_current = self._is_current(index)
        if state & QStyle.StateFlag.State_Selected and not is_current:
            painter.fillRect(rect, _color(colors.accent, 26))
        _draw_lines(painter, rect, colors, index.row() == 0, index.column() == 0)
        if look.text:
            # A copy: PySide's own is a window on the option, which is gone after the call.
            font = QFont(option.font)  # type: ignore[attr-defined]  # as above
            _draw_text(painter, rect, look, colors, font)
        _draw_marks(painter, rect, look, colors)
        if look.trend is not None:
            _draw_trend(painter, rect, look.trend, colors)
        if look.framed:
            _draw_frame(painter, rect, look, colors)
        if look.pointed:
            painter.setPen(_pen(colors.accent, _POINTED))
            painter.drawRect(QRectF(rect).adjusted(1.5, 1.5, -2.5, -2.5))
        if is_current:
            painter.setPen(_pen(colors.accent, _FRAME))
            painter.drawRect(QRectF(rect).adjusted(0, 0, -1, -1))

    def _is_current(self, index: Index) -> bool:
        position = getattr(self.parent(), "current_position", None)
        return position == (index.row(), index.column())

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return an editor that looks like the cell it covers."""
        editor = CellTextEditor(parent)
        editor.setFont(option.font)  # type: ignore[attr-defined]  # the stubs leave out the fields
        editor.done.connect(partial(self._take, editor))
        editor.given_up.connect(partial(self._give_up, editor))
        editor.grown.connect(partial(self._fit, editor))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor once; a check that repaints the cell takes nothing from who types."""
        if isinstance(editor, CellTextEditor) and not editor.is_filled:
            editor.set_text(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the text over."""
        if isinstance(editor, CellTextEditor):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Cover the cell, and more where the text is longer."""
        rect = QRect(option.rect)  # type: ignore[attr-defined]  # the stubs leave out the fields
        editor.setProperty("cell_height", rect.height())
        # The lines around the cell stay to be seen.
        editor.setGeometry(rect.adjusted(_FRAME, 1, -_FRAME, -_FRAME))
        if isinstance(editor, CellTextEditor):
            self._fit(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Leave the keys to the editor, which asks its input method first."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            return False
        return super().eventFilter(editor, event)

    def _fit(self, editor: CellTextEditor) -> None:
        cell = int(editor.property("cell_height") or 0) - 1 - _FRAME
        needed = editor.sizeHint().height()
        height = max(cell, needed)
        if editor.height() != height:
            editor.resize(editor.width(), height)
        # A single line stands in the middle of its cell, as it is drawn.
        editor.set_space_above(max(cell - needed, 0) // 2)

    def _take(self, editor: CellTextEditor) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _give_up(self, editor: CellTextEditor) -> None:
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)


def _fill(look: Look, colors: Theme) -> str:
    if look.mark is not None and (fill := colors.tone(look.mark).fill):
        return fill
    if look.changed and colors.changed.fill:
        return colors.changed.fill
    if look.place in (Place.COLUMN_LABEL, Place.ROW_LABEL):
        return colors.header
    return colors.base


def _draw_lines(painter: QPainter, rect: QRect, colors: Theme, first: bool, left: bool) -> None:
    painter.setPen(_pen(colors.grid_line, 1))
    right, bottom = rect.right(), rect.bottom()
    painter.drawLine(right, rect.top(), right, bottom)
    painter.drawLine(rect.left(), bottom, right, bottom)
    if first:
        painter.drawLine(rect.topLeft(), rect.topRight())
    if left:
        painter.drawLine(rect.topLeft(), rect.bottomLeft())


def _draw_text(painter: QPainter, rect: QRect, look: Look, colors: Theme, font: QFont) -> None:
    marked = look.mark is not None and colors.tone(look.mark).fill is not None
    painter.setFont(_bold(font) if marked else font)
    painter.setPen(_color(_text_color(look, colors, marked)))
    if look.place is Place.VALUE and look.text.isdigit() and len(look.text) <= _SHORT:
        # A number needs no line breaks, and is drawn in a fraction of the time.
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), look.text)
        return
    inside = QRectF(rect).adjusted(HORIZONTAL_PADDING, 0, -HORIZONTAL_PADDING, 0)
    painter.drawText(inside, look.text, _left() if look.place is Place.ROW_LABEL else _centre())


def _text_color(look: Look, colors: Theme, marked: bool) -> str:
    if marked and look.mark is not None:
        return colors.tone(look.mark).mark
    if look.changed:
        return colors.changed.mark
    return colors.text if look.place is Place.VALUE else colors.header_text


def _draw_marks(painter: QPainter, rect: QRect, look: Look, colors: Theme) -> None:
    if look.changed:
        bar = QRect(rect.left(), rect.top(), _BAR, rect.height() - 1)
        painter.fillRect(bar, _color(colors.changed.mark))
    if look.uncertain:
        painter.setPen(_pen(colors.muted, 1.2, Qt.PenStyle.DotLine))
        painter.drawRect(QRectF(rect).adjusted(2.5, 2.5, -3.5, -3.5))
    if look.mark is not None or look.settled:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if look.mark is not None:
            _draw_corner(painter, rect, look.mark, colors.tone(look.mark).mark)
        else:
            _draw_corner(painter, rect, Severity.WARNING, colors.faint)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw_corner(painter: QPainter, rect: QRect, severity: Severity, color: str) -> None:
    corner = QPointF(rect.topLeft())
    hollow = severity is Severity.WARNING
    painter.setPen(_pen(color, 1.3) if hollow else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush) if hollow else QBrush(_color(color)))
    if severity is Severity.NOTE:
        painter.drawEllipse(corner + QPointF(5, 5), _DOT, _DOT)
    else:
        corner += QPointF(1, 1) if hollow else QPointF()
        side = _CORNER - 1.0 if hollow else float(_CORNER)
        painter.drawPolygon(
            QPolygonF([corner, corner + QPointF(side, 0), corner + QPointF(0, side)])
        )
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_trend(painter: QPainter, rect: QRect, trend: Trend, colors: Theme) -> None:
    """Draw at the right edge that this year's number is higher, lower, or no such number."""
    middle = QPointF(rect.right() - _TREND, rect.center().y())
    half = _TREND / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(colors.accent, 1.6))
    painter.setBrush(QBrush(_color(colors.accent)))
    if trend is Trend.OTHER:
        for dy in (-2.0, 2.0):
            painter.drawLine(middle + QPointF(-half, dy), middle + QPointF(half, dy))
        painter.drawLine(middle + QPointF(-half, half), middle + QPointF(half, -half))
    else:
        up = -half if trend is Trend.HIGHER else half
        base = [middle + QPointF(-half, -up), middle + QPointF(half, -up)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([*base, middle + QPointF(0, up)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _draw_frame(painter: QPainter, rect: QRect, look: Look, colors: Theme) -> None:
    color = colors.related
    style = Qt.PenStyle.SolidLine
    if look.mark is not None:
        color = colors.tone(look.mark).mark
        style = Qt.PenStyle.SolidLine if look.mark is Severity.ERROR else Qt.PenStyle.DashLine
    painter.setPen(_pen(color, _FRAME, style))
    painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2))
    if look.total:
        painter.setPen(_pen(color, 1))
        painter.drawRect(QRectF(rect).adjusted(4, 4, -5, -5))


@lru_cache(maxsize=128)
def _color(name: str, alpha: int = 255) -> QColor:
    color = QColor(name)
    color.setAlpha(alpha)
    return color


@lru_cache(maxsize=64)
def _pen(name: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(_color(name), width, style)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


@lru_cache(maxsize=8)
def _hatch(name: str) -> QBrush:
    return QBrush(_color(name), Qt.BrushStyle.BDiagPattern)


@lru_cache(maxsize=16)
def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


@lru_cache(maxsize=1)
def _centre() -> QTextOption:
    return _wrapping(Qt.AlignmentFlag.AlignCenter)


@lru_cache(maxsize=1)
def _left() -> QTextOption:
    return _wrapping(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _wrapping(alignment: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(alignment)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
