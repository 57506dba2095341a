"""The status bar: state, selection, unsaved changes, the two promises, and the zoom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QLabel,
    QProgressBar,
    QPushButton,
    QStatusBar,
    QWidget,
)

from core.numbers import parse_number, plain
from gui.views.zoom_slider import ZoomSlider

# Short work shows no progress; it would only flicker.
_DELAY = 500
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)


class StatusStrip(QStatusBar):
    """Says what is going on and what is selected.

    Signals:
        cancel_requested: The user wants the reading to stop.
        zoom_changed: The zoom in per cent.
    """

    cancel_requested = Signal()
    zoom_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._state = QLabel(self.tr("就绪"))
        self._selection = QLabel()
        self._unsaved = QLabel()
        self._settings = QLabel()
        self._settings.setTextFormat(Qt.TextFormat.PlainText)
        self._progress = QProgressBar()
        self._progress.setFixedWidth(160)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("读取进度"))
        self._cancel = QPushButton(self.tr("取消"))
        self._cancel.setObjectName("small")
        self._cancel.clicked.connect(self.cancel_requested)
        self._delay = QTimer(self, singleShot=True, interval=_DELAY)
        self._delay.timeout.connect(self._on_delay_over)
        self.zoom = ZoomSlider(self)
        self.zoom.zoom_changed.connect(self.zoom_changed)
        for widget in (self._state, self._progress, self._cancel, self._selection, self._unsaved):
            self.addWidget(widget)
        self.addPermanentWidget(self._settings)
        self._promise = QLabel(self.tr("原文件不会被修改"))
        for promise in (self._promise, QLabel(self.tr("离线"))):
            self.addPermanentWidget(promise)
        self.addPermanentWidget(self.zoom)
        self._show_work(False)

    def say(self, sentence: str) -> None:
        """Show what has just happened until the next thing does."""
        self._state.setText(sentence)

    @property
    def sentence(self) -> str:
        """What is said now."""
        return self._state.text()

    def begin(self, sentence: str) -> None:
        """Announce work; its progress is shown if it lasts."""
        self.say(sentence)
        self._progress.setRange(0, 0)
        # One of several files does not begin the wait anew.
        if not self._delay.isActive() and self._cancel.isHidden():
            self._delay.start()

    def end(self, sentence: str) -> None:
        """Take the progress away."""
        self._delay.stop()
        self._show_work(False)
        self.say(sentence)

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)

    def show_selection(self, texts: Sequence[str]) -> None:
        """Show how many cells are selected and what they add up to."""
        numbers = [number for text in texts if (number := parse_number(text)) is not None]
        words = self.tr("选中 {0} 个单元格").format(len(texts)) if texts else ""
        if numbers:
            total = plain(sum(numbers, Decimal(0)))
            words += self.tr(" · 求和 {0}").format(total)
        if len(numbers) > 1:
            mean = sum(numbers, Decimal(0)) / len(numbers)
            words += self.tr(" · 平均值 {0}").format(plain(round(mean, 2)))
        if len(texts) > 1:
            words += self.tr(" · 计数 {0}").format(sum(1 for text in texts if text))
        if odd := sum(is_text_number(text) for text in texts):
            words += self.tr(" · 含 {0} 个文本型数字").format(odd)
        self._selection.setText(words)

    def show_count(self, count: int) -> None:
        """Show how many cells are selected where they are too many to add up."""
        self._selection.setText(self.tr("选中 {0} 个单元格").format(count))

    def show_unsaved(self, count: int) -> None:
        """Show how many cells differ from what was last saved."""
        self._unsaved.setText(self.tr("未保存的修改 {0} 处").format(count) if count else "")

    def show_promise(self, shown: bool) -> None:
        """Promise to leave the source alone, where the report has one."""
        self._promise.setVisible(shown)

    def show_settings(self, sentence: str) -> None:
        """Show by whose settings is checked, nothing for the program's own."""
        self._settings.setText(sentence)
        self._settings.setVisible(bool(sentence))

    @Slot()
    def _on_delay_over(self) -> None:
        self._show_work(True)

    def _show_work(self, shown: bool) -> None:
        self._progress.setVisible(shown)
        self._cancel.setVisible(shown)


def is_text_number(text: str) -> bool:
    """Return whether a text is a number that a spreadsheet would take for a text, such as １２."""
    return parse_number(text) is not None and not _PLAIN_NUMBER.fullmatch(text)
