"""The editor that opens on a cell of the grid."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

_MARGIN = 2


class Way(Enum):
    """Where the grid goes when an editor is done, as (rows, columns)."""

    DOWN = (1, 0)
    UP = (-1, 0)
    RIGHT = (0, 1)
    LEFT = (0, -1)


_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Up: Way.UP,
    Qt.Key.Key_Down: Way.DOWN,
    Qt.Key.Key_Left: Way.LEFT,
    Qt.Key.Key_Right: Way.RIGHT,
}


class CellTextEditor(QPlainTextEdit):
    """Edits a text of one or more lines.

    `is_typed_over` is true for one that was opened by typing: arrows then end the
    editing as in a spreadsheet, until F2 gives them to the text.  While an input method
    composes, every key is its own.

    Signals:
        done: The text is to be taken.
        given_up: Escape was pressed.
        grown: The text needs another height.
    """

    done = Signal()
    given_up = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.way: Way | None = None
        self.is_typed_over = False
        self.is_composing = False
        self.is_filled = self.is_opened = False
        self.setObjectName("cell_editor")
        self.setAccessibleName(self.tr("编辑单元格"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.textChanged.connect(self.grown)

    def text(self) -> str:
        """Return the text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Fill the editor, all of it selected, so that what is typed replaces it."""
        self.setPlainText(text)
        self.selectAll()
        self.is_filled = True

    def selectedText(self) -> str:
        """Return what is selected."""
        return self.textCursor().selectedText()

    def cursorPosition(self) -> int:
        """Return the place of the cursor in the text."""
        return self.textCursor().position()

    def move_to_end(self) -> None:
        """Put the cursor behind the text, nothing selected."""
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_space_above(self, space: int) -> None:
        """Begin the text so many pixels lower."""
        if self.viewportMargins().top() != space:
            self.setViewportMargins(0, space, 0, 0)

    def sizeHint(self) -> QSize:
        """Return the size that the whole text needs at the present width."""
        lines = max(int(self.document().size().height()), 1)
        return QSize(self.width(), lines * self.fontMetrics().lineSpacing() + 2 * _MARGIN)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether something is being composed."""
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        # While text is composed the document says nothing of its height.
        self.grown.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End with Enter, Tab and Escape, break the line with Alt+Enter."""
        if self.is_composing:
            super().keyPressEvent(event)
            return
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        back = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if key in _ENTER and modifiers & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
        elif key in _ENTER:
            self._end(Way.UP if back else Way.DOWN)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._end(Way.LEFT if back or key == Qt.Key.Key_Backtab else Way.RIGHT)
        elif key == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif key == Qt.Key.Key_F2:
            self.is_typed_over = False
        elif self.is_typed_over and key in _ARROWS and not modifiers:
            self._end(_ARROWS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:
        """Keep Tab for the grid."""
        return False

    def _end(self, way: Way) -> None:
        self.way = way
        self.done.emit()
