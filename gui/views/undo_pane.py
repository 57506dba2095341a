"""修改记录: every step of this session, and the way back or forward to each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent, QUndoStack
from PySide6.QtWidgets import QLabel, QListView, QStackedWidget, QVBoxLayout, QWidget

from gui.models.undo_steps import UndoStepsModel
from gui.views.wrapped_rows import WrappedRows

_NOTHING, _STEPS = range(2)
_PAUSE = 60  # ms


class UndoPane(QWidget):
    """A list that follows an undo stack; a click or Enter on a step asks for that state.

    Qt's own view of a stack goes to every step that the arrow keys pass, and says neither
    what a step changed nor, in words, which are undone.

    Signals:
        step_requested: Up to which step, counted from one, everything shall hold; 0 for none.
    """

    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("undo_pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = UndoStepsModel(self)
        title = QLabel(self.tr("修改记录"))
        title.setObjectName("pane_title")
        self.nothing = QLabel(self.tr("还没有修改。每一步修改都会列在这里，点一步就回到那一步。"))
        self.nothing.setObjectName("muted")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.list = QListView()
        self.list.setObjectName("undo_steps")
        self.list.setAccessibleName(self.tr("修改记录，按回车键回到所选的一步"))
        self.list.setModel(self.model)
        WrappedRows(self.list)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(title)
        layout.addWidget(self._stack, 1)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)
        # Every row is measured to find the present one, which would be felt while typing.
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._show_present)
        for changed in (self.model.modelReset, self.model.dataChanged):
            changed.connect(self._on_changed)

    def follow(self, stack: QUndoStack | None) -> None:
        """List the steps of a stack from now on, of none no steps."""
        self.model.follow(stack)

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.step_requested.emit(index.row())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done meanwhile."""
        super().showEvent(event)
        self._show_present()

    @Slot()
    def _on_changed(self) -> None:
        """Keep the present step chosen."""
        self._stack.setCurrentIndex(_STEPS if self.model.steps else _NOTHING)
        self.list.setCurrentIndex(self.model.index(self.model.present))
        if self.isVisible():
            self._timer.start()

    @Slot()
    def _show_present(self) -> None:
        """Keep the present step in view."""
        self.list.scrollTo(self.model.index(self.model.present))
