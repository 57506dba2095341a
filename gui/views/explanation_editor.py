"""Where an explanation is written, below the list, so that the report stays in sight."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.explanations import LONGEST_AUTHOR, LONGEST_TEXT, ExplanationKind
from gui.causes import Cause

_LINES = 4


@dataclass(frozen=True)
class Draft:
    """What is written about a finding and not saved."""

    identity: frozenset[object]
    title: str
    kind: ExplanationKind
    text: str
    author: str


class ExplanationEditor(QFrame):
    """Takes a text and a name; waits for nobody, and closes without a question.

    Signals:
        saved: What the finding is (identity), how it is answered, the text, the author.
        left: The editor was closed; the keyboard is free again.
    """

    saved = Signal(object, object, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanation_editor")
        self._identity: frozenset[object] = frozenset()
        self._kind = ExplanationKind.EXPLAINED
        self._heading = QLabel()
        self._heading.setObjectName("pane_title")
        self._about = QLabel()
        self._about.setObjectName("muted")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        self.text = _Text(self)
        self.author = QLineEdit()
        self.author.setMaxLength(LONGEST_AUTHOR)
        self.author.setPlaceholderText(self.tr("填写人（可不填）"))
        self.author.setAccessibleName(self.tr("填写人"))
        self.save_button = QPushButton(self.tr("保存"))
        self.save_button.setObjectName("primary_small")
        self.save_button.setToolTip(self.tr("保存（Ctrl+Enter）"))
        self.cancel_button = QPushButton(self.tr("取消"))
        self.cancel_button.setObjectName("small")
        self._lay_out()
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.leave)
        self.text.textChanged.connect(self._on_text_changed)
        self.text.submitted.connect(self.save)
        escape = QShortcut(QKeySequence("Esc"), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.hide()

    @property
    def has_text(self) -> bool:
        """Whether something is written that is not saved."""
        return not self.isHidden() and bool(self.text.toPlainText().strip())

    def write(self, cause: Cause, title: str, kind: ExplanationKind, author: str) -> None:
        """Begin to write about a cause, with what was said about it before."""
        said = cause.explanation or next((w.record.explanation for w in cause.withdrawn), None)
        text, author = (said.text, said.author) if said else ("", author)
        self.resume(Draft(cause.identity, title, kind, text, author))
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def draft(self) -> Draft | None:
        """What is written now, None while the editor is closed."""
        if self.isHidden():
            return None
        text, author = self.text.toPlainText(), self.author.text()
        return Draft(self._identity, self._about.text(), self._kind, text, author)

    def resume(self, draft: Draft) -> None:
        """Show what was written before."""
        self._identity, self._kind = draft.identity, draft.kind
        is_ignoring = draft.kind is ExplanationKind.IGNORED
        self._heading.setText(self.tr("忽略的理由") if is_ignoring else self.tr("出错说明"))
        self._about.setText(draft.title)
        self.text.setPlaceholderText(
            self.tr("为什么可以不管？例如：已电话核实，数字无误")
            if is_ignoring
            else self.tr("为什么会这样？例如：当年清理文件，废止数未单列")
        )
        self.text.setAccessibleName(self._heading.text())
        self.text.setPlainText(draft.text)
        self.author.setText(draft.author)
        self.show()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    @Slot()
    def save(self) -> None:
        """Hand over what was written; a text that says nothing is not handed over."""
        if self.save_button.isEnabled():
            text, author = self.text.toPlainText(), self.author.text()
            self.saved.emit(self._identity, self._kind, text, author)

    @Slot()
    def leave(self) -> None:
        """Close without saving."""
        if not self.isHidden():
            self.hide()
            self.text.clear()
            self.left.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.author, 1)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(6)
        for widget in (self._heading, self._about, self.text):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    @Slot()
    def _on_text_changed(self) -> None:
        length = len(self.text.toPlainText().strip())
        self.save_button.setEnabled(0 < length <= LONGEST_TEXT)


class _Text(QPlainTextEdit):
    """Some lines of text; Tab goes on to the next field, Ctrl+Enter saves.

    Signals:
        submitted: The user has finished.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanation_text")
        self.setTabChangesFocus(True)
        margins = 2 * (self.document().documentMargin() + self.frameWidth() + 4)
        self.setFixedHeight(int(self.fontMetrics().lineSpacing() * _LINES + margins))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.submitted.emit()
            return
        super().keyPressEvent(event)
