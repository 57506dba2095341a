"""A sentence above the content, with verbs; it covers nothing and waits for nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from core.rules.severity import Severity
from gui import icons, theme


class Kind(Enum):
    """What a sentence is about: something failed, should be looked at, or is just said."""

    ERROR = Severity.ERROR
    WARNING = Severity.WARNING
    NOTE = Severity.NOTE


@dataclass(frozen=True)
class Message:
    """What the bar says, with what can be done about it; an empty sentence for nothing."""

    kind: Kind = Kind.NOTE
    sentence: str = ""
    verbs: Mapping[str, Callable[[], None]] = field(default_factory=dict)


class InformationBar(QFrame):
    """Shows one sentence at a time with at most two verbs and a cross."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = Message()
        self.setObjectName("information_bar")
        self._icon = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(6)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setToolTip(self.tr("关闭这条消息"))
        self._close.setAccessibleName(self.tr("关闭这条消息"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(self._close)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said now."""
        return self._text.text()

    @property
    def message(self) -> Message:
        """What is said now, an empty one while the bar is hidden."""
        return Message() if self.isHidden() else self._message

    def show_message(self, message: Message) -> None:
        """Say again what was said before, or nothing."""
        if message.sentence:
            self.say(message.kind, message.sentence, **message.verbs)
        else:
            self.hide()

    def say(self, kind: Kind, sentence: str, **verbs: Callable[[], None]) -> None:
        """Show a sentence; `verbs` are the buttons' texts with what each does."""
        self._message = Message(kind, sentence, verbs)
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self._dress()
        # The style sheet asks for the kind only when it is applied.
        self.setProperty("kind", kind.name.lower())
        self.style().unpolish(self)
        self.style().polish(self)
        while item := self._buttons.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for verb, act in verbs.items():
            self._add_button(verb, act)
        self.show()

    def _add_button(self, verb: str, act: Callable[[], None]) -> None:
        button = QPushButton(verb)

        def on_clicked() -> None:
            self.hide()
            act()

        button.clicked.connect(on_clicked)
        self._buttons.addWidget(button)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _dress(self) -> None:
        scale = self.devicePixelRatioF()
        self._icon.setPixmap(icons.severity_pixmap(self._message.kind.value, 18, scale))
        self._close.setIcon(icons.icon("close", theme.current().muted))
