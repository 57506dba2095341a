"""The editor that lies over a paragraph of the report while it is reworded."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from gui import theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_LINE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
_AROUND = 4


class ParagraphEditor(QPlainTextEdit):
    """Enter takes the text over, Escape leaves it as it was, Shift+Enter begins a new line.

    While an input method composes, all of its keys are its own.

    Signals:
        committed: Enter was pressed, or the keyboard went elsewhere.
        cancelled: Escape was pressed.
        resized: The text needs more room or less.
    """

    committed = Signal()
    cancelled = Signal()
    resized = Signal()

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.before = text
        self.setObjectName("paragraph_editor")
        self.setAccessibleName(self.tr("修改这一段"))
        self.setToolTip(self.tr("Enter 确定，Esc 取消，Shift+Enter 换行"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.prose_font())
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(text)
        self.textChanged.connect(self._on_text_changed)

    @property
    def text(self) -> str:
        """What was typed, spaces that do not break among it."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    @property
    def is_composing(self) -> bool:
        """Whether an input method has not handed its text over yet."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def lie_over(self, paragraph: QRect, room: QRect) -> None:
        """Cover a paragraph, as far down as the text needs and the room allows."""
        width = room.width() - 2 * _AROUND
        self.setFixedWidth(width)
        lines = self.document().size().height()
        needed = int(lines * self.fontMetrics().lineSpacing()) + 4 * _AROUND
        height = min(max(needed, paragraph.height() + 2 * _AROUND), room.height())
        top = min(max(paragraph.top() - _AROUND, 0), max(room.height() - height, 0))
        self.setGeometry(_AROUND, top, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take over, cancel, or type."""
        if self.is_composing:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in _ENTER and event.modifiers() & _NEW_LINE:
            self.insertPlainText("\n")
        elif event.key() in _ENTER:
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed when the keyboard goes elsewhere, but not for a menu."""
        super().focusOutEvent(event)
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in stays:
            self.committed.emit()

    @Slot()
    def _on_text_changed(self) -> None:
        self.resized.emit()
