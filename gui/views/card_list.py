"""The list of cards, with buttons on the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from core.document import CellRef
from core.explanations import ExplanationKind
from gui.causes import Cause
from gui.models.findings import FindingsModel, Index
from gui.views.card import PADDING
from gui.views.card_buttons import CardButtons, answers_to
from gui.views.card_delegate import GAP, MARGIN, CardDelegate


class CardList(QListView):
    """The cards, one below the other; arrow keys and clicks choose, Enter goes to the cell.

    Signals:
        cause_clicked: The cause whose card became the current one.
        entered_cell: Enter or a double click on a card.
        fix_chosen: A proposed correction that the user wants.
        explanation_wanted: A cause and how it is to be answered (ExplanationKind).
        withdrawal_wanted: A cause whose answer is to be taken back.
        take_over_wanted: A cause whose withdrawn explanation shall hold again.
        number_pointed: The cell (CellRef) whose number in an equation is under the mouse, or None.
        number_clicked: The cell whose number in an equation was clicked.
    """

    cause_clicked = Signal(object)
    entered_cell = Signal()
    fix_chosen = Signal(object)
    explanation_wanted = Signal(object, object)
    withdrawal_wanted = Signal(object)
    take_over_wanted = Signal(object)
    number_pointed = Signal(object)
    number_clicked = Signal(object)

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings = model
        self._delegate = CardDelegate(self)
        self._is_following = False
        # Lies over the chosen card.  Qt's own index widgets stay behind when a list is made anew.
        self._buttons: CardButtons | None = None
        self._answers: object = None
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
        self._place, self._row, self._top_offset = 0, -1, 0
        self._top: frozenset[object] = frozenset()
        self._saw_chosen = False
        model.about_to_relist.connect(self._remember_place)
        model.modelAboutToBeReset.connect(self._delegate.forget_causes)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    @Slot(object)
    def show_chosen(self, cause: Cause | None) -> None:
        """Open the chosen card, close the others, and bring it into view."""
        place = self.verticalScrollBar().value()
        self._open_up(cause)
        self.verticalScrollBar().setValue(place)
        index = self._findings.index_of(cause)
        if index.isValid():
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    @Slot(object)
    def relist(self, cause: Cause | None) -> None:
        """Show the list anew at the same place, whatever has come or gone above it."""
        self._open_up(cause)
        top = next((row for row in range(self._findings.rowCount()) if self._is_top(row)), None)
        if top is None:
            self.verticalScrollBar().setValue(self._place)
        else:
            moved = self.visualRect(self._findings.index(top)).top() - self._top_offset
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)
        if cause is None and 0 <= self._row < self._findings.rowCount():
            # The keyboard goes on where the last card was, which chooses nothing yet.
            self._make_current(self._findings.index(self._row))
        if cause is not None and self._saw_chosen:
            # What was settled or is open again has moved, and the eye is on it.
            self.scrollTo(
                self._findings.index_of(cause), QAbstractItemView.ScrollHint.EnsureVisible
            )
        self._place, self._row, self._top, self._saw_chosen = 0, -1, frozenset(), False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out for the new width."""
        self._delegate.width = self.viewport().width()
        super().resizeEvent(event)
        self._measure_buttons()
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Choose what the arrow keys lead to."""
        super().currentChanged(current, previous)
        if not self._is_following and current.isValid() and self.hasFocus():
            self._on_clicked(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead to the cell, and Delete ignore or take that back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_cell.emit()
            return
        cause = self._findings.cause(self.currentIndex())
        if event.key() == Qt.Key.Key_Delete and cause is not None:
            self.cause_clicked.emit(cause)
            if cause.is_open:
                self.explanation_wanted.emit(cause, ExplanationKind.IGNORED)
            return
        super().keyPressEvent(event)

    def number_at(self, place: QPoint) -> CellRef | None:
        """Return the cell of the number of an equation at a place of the view."""
        index = self.indexAt(place)
        return self._delegate.ref_at(index, self.visualRect(index), place, self.font())

    def place_of_number(self, ref: CellRef) -> QPoint | None:
        """Return where the chosen card has the number of a cell."""
        index = self._findings.index_of(self._delegate.chosen)
        return self._delegate.place_of(index, self.visualRect(index), ref, self.font())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the cell of the number that the mouse is over."""
        super().mouseMoveEvent(event)
        ref = self.number_at(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if ref else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.number_pointed.emit(ref)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.number_pointed.emit(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Lead to the cell of a number that is clicked, else choose the card."""
        ref = self.number_at(event.position().toPoint())
        if ref is not None and event.button() == Qt.MouseButton.LeftButton:
            self.number_clicked.emit(ref)
            event.accept()
        else:
            super().mousePressEvent(event)

    def updateGeometries(self) -> None:
        """Keep the buttons on their card after a new layout."""
        super().updateGeometries()
        self._place_buttons()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Keep the buttons on their card while scrolling."""
        super().scrollContentsBy(dx, dy)
        self._place_buttons()

    def _open_up(self, cause: Cause | None) -> None:
        index = self._findings.index_of(cause)
        self._show_buttons(cause if index.isValid() else None)
        self._delegate.chosen = cause
        self._lay_out()
        self._make_current(index)
        self._place_buttons()

    def _make_current(self, index: QModelIndex) -> None:
        self._is_following = True
        self.setCurrentIndex(index)
        self._is_following = False

    def _lay_out(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()

    @Slot()
    def _remember_place(self) -> None:
        """Note where the list stands before it is made anew."""
        self._place = self.verticalScrollBar().value()
        self._row = self.currentIndex().row()
        chosen = self.visualRect(self._findings.index_of(self._delegate.chosen))
        self._saw_chosen = self.viewport().rect().contains(chosen) and not chosen.isEmpty()
        top = self.indexAt(QPoint(MARGIN * 2, GAP * 2))
        cause = self._findings.cause(top)
        self._top = _anchor_of(cause) if cause else frozenset()
        self._top_offset = self.visualRect(top).top() if cause else 0

    def _is_top(self, row: int) -> bool:
        cause = self._findings.cause(self._findings.index(row))
        return cause is not None and bool(_anchor_of(cause) & self._top)

    def _show_buttons(self, cause: Cause | None) -> None:
        """Put the buttons of a cause on its card; the same ones stay as they are."""
        wanted = answers_to(cause) if cause else None
        if self._buttons is not None and wanted == self._answers:
            return
        if self._buttons is not None:
            self._buttons.hide()
            self._buttons.deleteLater()
            self._buttons = None
        self._answers = wanted
        self._delegate.buttons_height = 0
        if cause is None:
            return
        self._buttons = buttons = CardButtons(cause, self.viewport())
        buttons.fix_chosen.connect(self.fix_chosen)
        buttons.explanation_wanted.connect(self._on_explanation_wanted)
        buttons.withdrawal_wanted.connect(self._on_withdrawal_wanted)
        buttons.take_over_wanted.connect(self._on_take_over_wanted)
        buttons.resized.connect(self._on_buttons_resized)
        # Only what is shown has its style, and with it its size.
        buttons.show()
        self._measure_buttons()

    @Slot(object)
    def _on_explanation_wanted(self, kind: ExplanationKind) -> None:
        self.explanation_wanted.emit(self._delegate.chosen, kind)

    @Slot()
    def _on_withdrawal_wanted(self) -> None:
        self.withdrawal_wanted.emit(self._delegate.chosen)

    @Slot()
    def _on_take_over_wanted(self) -> None:
        self.take_over_wanted.emit(self._delegate.chosen)

    def _measure_buttons(self) -> None:
        buttons = getattr(self, "_buttons", None)
        if buttons is not None:
            width = self.viewport().width() - 2 * (MARGIN + PADDING)
            self._delegate.buttons_height = buttons.height_for(width)

    @Slot()
    def _on_buttons_resized(self) -> None:
        self._measure_buttons()
        self._lay_out()
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Put the buttons at the bottom of the chosen card, or hide them with it."""
        buttons = getattr(self, "_buttons", None)
        if buttons is None:
            return
        card = self.visualRect(self._findings.index_of(self._delegate.chosen))
        buttons.setVisible(not card.isEmpty())
        height, side = self._delegate.buttons_height, MARGIN + PADDING
        top = card.bottom() - GAP - PADDING - height + 1
        buttons.setGeometry(card.left() + side, top, card.width() - 2 * side, height)

    @Slot(QModelIndex)
    def _on_clicked(self, index: Index) -> None:
        cause = self._findings.cause(index)
        if cause is not None:
            self.cause_clicked.emit(cause)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.entered_cell.emit()


def _anchor_of(cause: Cause) -> frozenset[object]:
    """Return what a card is found again by; one that was settled has gone to the end."""
    return frozenset((cause.state, identity) for identity in cause.identity)
