"""The bar above the grid: which cell is the current one, its whole text, and its original."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from core.document import CellRef
from core.edits import Changes
from gui import naming
from gui.controller import SessionController
from gui.models.tooltip import INSERTED, is_inserted, is_uncertain


class EditBar(QWidget):
    """Name box, editor and original value of the current cell.

    Signals:
        committed: Enter was pressed; the text has been handed to the controller.
        left: Escape was pressed; the editor shows the cell's text again.
        address_clicked: The user wants to go to another cell.
    """

    address_clicked = Signal()
    committed = Signal()
    left = Signal()

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._ref: CellRef | None = None
        self.setObjectName("edit_bar")
        self._address = QPushButton()
        self._address.setObjectName("address")
        self._address.setToolTip(self.tr("定位到单元格"))
        self._address.setAccessibleName(self.tr("名称框"))
        self._address.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._address.clicked.connect(self.address_clicked)
        self._name = QLabel()
        self._name.setObjectName("name_box")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setAccessibleName(self.tr("当前单元格"))
        self._name.setMinimumWidth(120)
        self.editor = CellEditor(self)
        self._original = QLabel()
        self._original.setObjectName("original")
        self._original.setTextFormat(Qt.TextFormat.PlainText)
        self._original.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        layout.addWidget(self._address)
        layout.addWidget(self._name)
        layout.addWidget(self.editor, 1)
        layout.addWidget(self._original)
        self.editor.returnPressed.connect(self._on_return_pressed)
        self.editor.escaped.connect(self._on_escaped)
        controller.session_changed.connect(self._on_session_changed)
        controller.read_only_changed.connect(self._on_read_only_changed)
        self.show_cell(None)

    @Slot(object)
    def show_cell(self, ref: CellRef | None) -> None:
        """Show a cell, or with None nothing."""
        self._ref = ref
        session = self._controller.session
        if session is None or ref is None:
            self._name.setText("")
            self._address.setText("")
            self.editor.show_text("", editable=False)
            self._original.setText("")
            return
        self._name.setText(naming.cell_title(session, ref))
        self._address.setText(naming.address(session.document, ref))
        self.editor.show_text(session.text(ref), self._controller.may_edit(ref))
        self._original.setText(self._about_original(ref))

    def finish(self) -> None:
        """Hand over what was typed here and not yet confirmed."""
        if self._ref is not None and self.editor.isModified() and not self.editor.isReadOnly():
            self._controller.set_text(self._ref, self.editor.text())

    def _about_original(self, ref: CellRef) -> str:
        session = self._controller.present
        if is_inserted(session, ref):
            return INSERTED
        if ref in session.edits:
            return self.tr("原文 {0}").format(session.original(ref) or self.tr("空白"))
        if is_uncertain(session, ref):
            return naming.UNCERTAIN
        if not session.is_editable(ref) and not self._controller.may_edit(ref):
            return self.tr("不能修改")
        if self._controller.is_read_only:
            return self.tr("只读")
        return self.tr("与原文相同")

    @Slot()
    def _on_return_pressed(self) -> None:
        if self._ref is not None and not self.editor.isReadOnly():
            self._controller.set_text(self._ref, self.editor.text())
            self.committed.emit()

    @Slot()
    def _on_escaped(self) -> None:
        self.show_cell(self._ref)
        self.left.emit()

    @Slot(object)
    def _on_session_changed(self, changes: Changes) -> None:
        # Where a row came or went, another cell may stand at this address.
        if self._ref in changes.cells or (self._ref and self._ref.table in changes.tables):
            self.show_cell(self._ref)

    @Slot()
    def _on_read_only_changed(self) -> None:
        self.show_cell(self._ref)


class CellEditor(QLineEdit):
    """A line edit that takes no dropped files and gives its text back on Escape.

    Signals:
        escaped: Escape was pressed.
    """

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cell_text")
        self.setAccessibleName(self.tr("编辑栏"))
        # A file dropped here is meant for the window.
        self.setAcceptDrops(False)

    def show_text(self, text: str, editable: bool) -> None:
        """Show a text; a label's breaks become spaces, because nobody edits it here."""
        self.setText(text if editable else text.replace("\n", " "))
        self.setReadOnly(not editable)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape leave; everything else is Qt's, input methods too."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)
