"""The tree at the left: sections and tables with what was found in each, drawn with badges."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from gui import icons, theme
from gui.controller import SessionController
from gui.models.structure import Badge, Node, NodeKind, StructureModel

Index = QModelIndex | QPersistentModelIndex

_LINE = 32
_GROUP_LINE = 36
_INDENT = 20
_LEFT = 14
_ICON = 16
_BADGE = 20


class StructurePane(QTreeView):
    """Leads to a section or a table.

    Signals:
        section_requested: The index of a section in the document.
        table_requested: The id of a table.
        changes_requested: The user wants to see what was changed.
        last_year_requested: The user wants to load last year's report.
        last_year_menu_requested: The place on the screen for a menu about last year's report.
    """

    section_requested = Signal(int)
    table_requested = Signal(str)
    changes_requested = Signal()
    last_year_requested = Signal()
    last_year_menu_requested = Signal(object)

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_following = False
        self.structure = StructureModel(controller, self)
        self.setObjectName("structure")
        self.setAccessibleName(self.tr("报告结构"))
        self.setModel(self.structure)
        self.setItemDelegate(StructureDelegate(self))
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.structure.modelReset.connect(self.expandAll)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.clicked.connect(self._on_clicked)
        self.clicked.connect(self._on_activated)

    def follow_table(self, table_id: str) -> None:
        """Select the table that is shown, without asking for it again."""
        self._follow(self.structure.index_of_table(table_id))

    def follow_section(self, section: int) -> None:
        """Select the section that is shown, without asking for it again."""
        self._follow(self.structure.index_of_section(section))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Lead to what the arrow keys reach."""
        super().currentChanged(current, previous)
        if not self._is_following and current.isValid() and self.hasFocus():
            self._on_clicked(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _follow(self, index: QModelIndex) -> None:
        self._is_following = True
        self.setCurrentIndex(index)
        self._is_following = False

    @Slot(QModelIndex)
    def _on_clicked(self, index: Index) -> None:
        node = self.structure.node(index)
        if node.kind is NodeKind.TABLE:
            self.table_requested.emit(node.table_id)
        elif node.kind is NodeKind.SECTION:
            self.section_requested.emit(node.section)
        elif node.kind is NodeKind.CHANGES:
            self.changes_requested.emit()

    @Slot(QModelIndex)
    def _on_activated(self, index: Index) -> None:
        """Ask for a file only on purpose, not when the arrow keys pass the line."""
        node = self.structure.node(index)
        if node.kind is NodeKind.LAST_YEAR and not self.structure.badge(index).passed:
            self.last_year_requested.emit()

    @Slot(QPoint)
    def _on_menu_requested(self, position: QPoint) -> None:
        node = self.structure.node(self.indexAt(position))
        if node.kind is NodeKind.LAST_YEAR:
            self.last_year_menu_requested.emit(self.viewport().mapToGlobal(position))


class StructureDelegate(QStyledItemDelegate):
    """Draws a line of the tree: a title, and at the right a badge or a tick."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line; groups have some air above them."""
        node = _node(index)
        return QSize(120, _GROUP_LINE if node and node.kind is NodeKind.GROUP else _LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        node, model = _node(index), index.model()
        if node is None or not isinstance(model, StructureModel):
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave out the fields
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # as above
        font = QFont(option.font)  # type: ignore[attr-defined]  # as above
        colors = theme.current()
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(colors.selection))
            painter.fillRect(
                QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colors.accent)
            )
        elif state & QStyle.StateFlag.State_MouseOver and node.kind is not NodeKind.GROUP:
            painter.fillRect(rect, QColor(colors.hover))
        right = _draw_badge(painter, rect, model.badge(index), font)
        _draw_title(painter, rect, right, node, str(model.data(index)), selected, font)
        painter.restore()


def _node(index: Index) -> Node | None:
    model = index.model()
    return model.node(index) if isinstance(model, StructureModel) else None


def _draw_title(
    painter: QPainter,
    rect: QRect,
    right: int,
    node: Node,
    title: str,
    selected: bool,
    font: QFont,
) -> None:
    colors = theme.current()
    left = rect.left() + _LEFT
    color = colors.accent if selected else colors.text
    if node.kind is NodeKind.LAST_YEAR and right == rect.right() - 10:
        color = colors.muted
    if node.kind is NodeKind.GROUP:
        font, color = QFont(font), colors.muted
        font.setPointSizeF(font.pointSizeF() - 1)
    if node.kind is NodeKind.TABLE:
        left += _INDENT
        scale = painter.device().devicePixelRatioF()
        tint = colors.accent if selected else colors.muted
        top = rect.center().y() - _ICON // 2 + 1
        painter.drawPixmap(left, top, icons.pixmap("table", tint, _ICON, scale))
        left += _ICON + 7
    place = QRect(left, rect.top(), right - left - 8, rect.height())
    alignment = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    if node.kind is NodeKind.GROUP:
        place.setBottom(rect.bottom() - 4)
        alignment = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(QColor(color))
    text = QFontMetrics(font).elidedText(title, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, alignment, text)


def _draw_badge(painter: QPainter, rect: QRect, badge: Badge, font: QFont) -> int:
    """Draw what was found at the right end and return where it begins."""
    colors, right = theme.current(), rect.right() - 10
    if badge.passed:
        scale = painter.device().devicePixelRatioF()
        top = rect.center().y() - _ICON // 2 + 1
        painter.drawPixmap(right - _ICON - 1, top, icons.pixmap("check", colors.good, _ICON, scale))
        return right - _ICON
    if badge.worst is None:
        return right
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() - 1.5)
    text = str(badge.count)
    width = max(_BADGE, QFontMetrics(small).horizontalAdvance(text) + 12)
    place = QRectF(right - width, rect.center().y() - _BADGE / 2 + 1, width, _BADGE)
    tone = colors.tone(badge.worst)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tone.fill or colors.line))
    painter.drawRoundedRect(place, _BADGE / 2, _BADGE / 2)
    painter.setPen(QColor(tone.mark))
    painter.setFont(small)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    return right - width
