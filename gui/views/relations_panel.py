"""显示勾稽关系: a small window beside the grid with every relation of the current cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLabel, QListView, QVBoxLayout, QWidget

from core.document import CellRef
from gui import naming
from gui.controller import SessionController
from gui.models.relations import RelationsModel
from gui.relations import STATE_WORDS, relations_of
from gui.statements import Statements
from gui.views.wrapped_rows import WrappedRows

_SIZE = (430, 380)


class RelationsPanel(QDialog):
    """Stays open beside the window and follows the current cell; Escape closes it.

    Signals:
        cells_wanted: The relation (TakesPart) whose cells should be brought into view.
        statement_wanted: A statement of the prose (Tie) that was chosen with Enter.
    """

    cells_wanted = Signal(object)
    statement_wanted = Signal(object)

    def __init__(
        self, controller: SessionController, statements: Statements, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Tool)
        self._controller, self._statements = controller, statements
        self._ref: CellRef | None = None
        self.setObjectName("relations_panel")
        self.setWindowTitle(self.tr("勾稽关系"))
        self.resize(*_SIZE)
        self.model = RelationsModel(self)
        self.headline = QLabel()
        self.headline.setObjectName("pane_title")
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.headline.setWordWrap(True)
        self._counts = QLabel()
        self._counts.setObjectName("muted")
        self.list = QListView()
        self.list.setObjectName("relations")
        self.list.setAccessibleName(self.tr("单元格参加的勾稽关系"))
        self.list.setModel(self.model)
        WrappedRows(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        for widget in (self.headline, self._counts):
            layout.addWidget(widget)
        layout.addWidget(self.list, 1)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._show)
        self.list.activated.connect(self._on_activated)
        # The list itself would keep the key.
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)
        controller.checked.connect(self._on_checked)
        controller.session_shown.connect(self.close)
        controller.session_closed.connect(self.close)

    @Slot(object)
    def follow(self, ref: CellRef | None) -> None:
        """List the relations of another cell, while the panel is shown."""
        if self.isVisible() and ref is not None and ref != self._ref:
            self._ref = ref
            self._list()

    def open_for(self, ref: CellRef) -> None:
        """Show the relations of a cell and give the keyboard to the list."""
        self._ref = ref
        self._list()
        self.show()
        self.activateWindow()
        self.list.setFocus()

    def _list(self) -> None:
        session, ref = self._controller.session, self._ref
        if session is None or ref is None:
            return
        found = relations_of(session, self._controller.result, self._statements.ties, ref)
        self.model.show(found)
        text = session.text(ref) or self.tr("空白")
        self.headline.setText(f"{naming.cell_title(session, ref)} = {text}")
        counted = ((STATE_WORDS[o], sum(each.outcome is o for each in found)) for o in STATE_WORDS)
        said = "，".join(f"{word} {count}" for word, count in counted if count)
        nothing = self.tr("这个单元格没有参加任何勾稽关系。")
        self._counts.setText(self.tr("{0} 条：{1}").format(len(found), said) if said else nothing)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if self.list.hasFocus():
            self._show(index)

    @Slot(QModelIndex)
    def _show(self, index: QModelIndex) -> None:
        if relation := self.model.relation(index):
            self.cells_wanted.emit(relation)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        relation = self.model.relation(index)
        if relation and relation.tie:
            self.statement_wanted.emit(relation.tie)

    @Slot()
    def _on_checked(self) -> None:
        if self.isVisible():
            self._list()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the frames of a relation away with the panel."""
        super().hideEvent(event)
        if self._controller.chosen is None:
            self._controller.frames.show(())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget the cell."""
        self._ref = None
        super().closeEvent(event)
