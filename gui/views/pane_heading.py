"""The line over a pane."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel


class PaneHeading(QHBoxLayout):
    """What a pane is called, and in muted words what it shows now."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setSpacing(8)
        label = QLabel(title)
        label.setObjectName("pane_title")
        self.subject = QLabel()
        self.subject.setObjectName("muted")
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.addWidget(label)
        self.addWidget(self.subject, 1)
