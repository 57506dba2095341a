"""The list of cards, with buttons on the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.rules.model import Certainty, Fix
from gui.causes import Cause
from gui.models.findings import FindingsModel, Index
from gui.views.card import BUTTON_HEIGHT, PADDING
from gui.views.card_delegate import GAP, MARGIN, CardDelegate


class CardList(QListView):
    """The cards, one below the other; arrow keys and clicks choose, Enter goes to the cell.

    Signals:
        cause_clicked: The cause whose card became the current one.
        entered_cell: Enter or a double click on a card.
        fix_chosen: A proposed correction that the user wants.
    """

    cause_clicked = Signal(object)
    entered_cell = Signal()
    fix_chosen = Signal(object)

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = model
        self._delegate = CardDelegate(self)
        self._is_following = False
        self._with_buttons = QPersistentModelIndex()
        self.setObjectName("cards")
        self.setAccessibleName(self.tr("疑点列表"))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(24)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    @Slot(object)
    def show_chosen(self, cause: Cause | None) -> None:
        """Open the chosen card, close the others, and keep the place in the list."""
        place = self.verticalScrollBar().value()
        self._delegate.chosen = cause
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        self.verticalScrollBar().setValue(place)
        self._is_following = True
        index = self._findings.index_of(cause)
        self.setCurrentIndex(index)
        self._show_buttons(index, cause)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._is_following = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out for the new width."""
        self._delegate.width = self.viewport().width()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Choose what the arrow keys lead to."""
        super().currentChanged(current, previous)
        if not self._is_following and current.isValid() and self.hasFocus():
            self._on_clicked(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead to the cell."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_cell.emit()
            return
        super().keyPressEvent(event)

    def _show_buttons(self, index: QModelIndex, cause: Cause | None) -> None:
        if self._with_buttons.isValid():
            self.setIndexWidget(self._with_buttons, None)  # type: ignore[arg-type]  # takes it away
        self._with_buttons = QPersistentModelIndex(index)
        if index.isValid() and cause is not None and cause.fixes:
            buttons = CardButtons(cause, self.viewport())
            buttons.fix_chosen.connect(self.fix_chosen)
            self.setIndexWidget(index, buttons)

    @Slot(QModelIndex)
    def _on_clicked(self, index: Index) -> None:
        cause = self._findings.cause(index)
        if cause is not None:
            self.cause_clicked.emit(cause)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.entered_cell.emit()


class CardButtons(QWidget):
    """Lies over the chosen card and holds its buttons at the bottom.

    Only a correction that is proved or mechanical can be taken with one key;
    of likely ones the user chooses from a list.

    Signals:
        fix_chosen: The correction that the user wants.
    """

    fix_chosen = Signal(object)

    def __init__(self, cause: Cause, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card_buttons")
        row = QHBoxLayout()
        row.setSpacing(8)
        sure = sure_fix(cause)
        row.addWidget(self._accept_button(sure) if sure else self._choice_button(cause))
        row.addStretch(1)
        column = QVBoxLayout(self)
        side = MARGIN + PADDING
        column.setContentsMargins(side, 0, side, GAP + PADDING)
        column.addStretch(1)
        column.addLayout(row)

    def _accept_button(self, fix: Fix) -> QPushButton:
        button = QPushButton(self.tr("采纳 Ctrl+Enter"))
        button.setObjectName("primary_small")
        button.setFixedHeight(BUTTON_HEIGHT)
        button.setToolTip(fix.title)
        button.clicked.connect(lambda: self.fix_chosen.emit(fix))
        return button

    def _choice_button(self, cause: Cause) -> QPushButton:
        button = QPushButton(self.tr("选择改法…"))
        button.setFixedHeight(BUTTON_HEIGHT)
        menu = QMenu(button)
        for fix in cause.fixes:
            action = menu.addAction(fix.title)
            action.triggered.connect(partial(self._choose, fix))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _choose(self, fix: Fix) -> None:
        self.fix_chosen.emit(fix)


def sure_fix(cause: Cause | None) -> Fix | None:
    """Return the one correction that needs no choice, None where a person must choose."""
    if cause is None:
        return None
    sure = [fix for fix in cause.fixes if fix.certainty is not Certainty.LIKELY]
    return sure[0] if len(sure) == 1 else None
