"""The list of cards, with buttons on the chosen one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
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
        # Lies over the chosen card.  Qt's own index widgets stay behind when a list is made anew.
        self._buttons: CardButtons | None = None
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
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._show_buttons(cause if index.isValid() else None)
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

    def updateGeometries(self) -> None:
        """Keep the buttons on their card after a new layout."""
        super().updateGeometries()
        self._place_buttons()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keep the buttons on their card while scrolling."""
        super().scrollContentsBy(dx, dy)
        self._place_buttons()

    def _show_buttons(self, cause: Cause | None) -> None:
        if self._buttons is not None:
            self._buttons.hide()
            self._buttons.deleteLater()
            self._buttons = None
        if cause is not None and cause.fixes:
            self._buttons = CardButtons(cause, self.viewport())
            self._buttons.fix_chosen.connect(self.fix_chosen)
            self._place_buttons()

    def _place_buttons(self) -> None:
        """Put the buttons at the bottom of the chosen card, or hide them with it."""
        buttons = getattr(self, "_buttons", None)
        if buttons is None:
            return
        card = self.visualRect(self._findings.index_of(self._delegate.chosen))
        buttons.setVisible(not card.isEmpty())
        height = buttons.sizeHint().height()
        buttons.setGeometry(card.left(), card.bottom() - height + 1, card.width(), height)

    @Slot(QModelIndex)
    def _on_clicked(self, index: Index) -> None:
        cause = self._findings.cause(index)
        if cause is not None:
            self.cause_clicked.emit(cause)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.entered_cell.emit()


class CardButtons(QWidget):
    """Lies over the bottom of the chosen card and holds its buttons.

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
