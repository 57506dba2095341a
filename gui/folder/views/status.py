"""The status bar of the folder window: what is going on, how far it is, and the promise."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget


class FolderStatus(QStatusBar):
    """Says one sentence, beside it the progress while there is any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._state = QLabel()
        self._progress = QProgressBar()
        self._progress.setFixedWidth(200)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("检查进度")
        self._progress.hide()
        self.done, self.total = 0, 0
        self.addWidget(self._state)
        self.addWidget(self._progress)
        for promise in ("原文件不会被修改", "离线"):
            self.addPermanentWidget(QLabel(promise))

    @property
    def sentence(self) -> str:
        """What is said now."""
        return self._state.text()

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say what has just happened."""
        self._state.setText(sentence)

    def begin(self, total: int) -> None:
        """Show a bar that is still empty."""
        self.done, self.total = 0, total
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(0)
        self._progress.show()

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how many files have ended."""
        self.done, self.total = done, total
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._progress.show()

    def end(self) -> None:
        """Take the bar away."""
        self._progress.hide()
