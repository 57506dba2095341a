"""What of the reports is listed: by a text, a severity, a rule."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from core.batch_view import Wanted
from gui import naming

# Long enough that a word is typed through.
_DELAY = 350  # ms
_LONGEST_TITLE = 14
_ALL = ""


class FilterRow(QWidget):
    """Asks what is looked for, and says how much of it there is.

    Signals:
        wanted_changed: What is looked for now (Wanted).
    """

    wanted_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("folder_filters")
        self.text = QLineEdit()
        self.text.setPlaceholderText("机关、文件、疑点内容")
        self.text.setAccessibleName("查找文字")
        self.text.setClearButtonEnabled(True)
        for button in self.text.findChildren(QWidget):
            button.setAccessibleName("清除查找文字")
        self.severity = _box("按级别筛选")
        self.severity.addItem("全部级别", None)
        for severity, word in naming.SEVERITY_WORDS.items():
            self.severity.addItem(word, severity)
        self.rule = _box("按规则筛选")
        self.clear = QPushButton("显示全部(&D)")
        self.clear.setObjectName("small")
        self.clear.clicked.connect(self.reset)
        self._count = QLabel()
        self._count.setObjectName("muted")
        self._delay = QTimer(self, singleShot=True, interval=_DELAY)
        self._delay.timeout.connect(self._tell)
        self.offer({})
        self._lay_out()
        self.text.textChanged.connect(self._on_text_changed)
        self.severity.currentIndexChanged.connect(self._tell)
        self.rule.currentIndexChanged.connect(self._tell)

    @property
    def wanted(self) -> Wanted:
        """What is looked for."""
        return Wanted(self.rule.currentData(), self.severity.currentData(), self.text.text())

    @property
    def is_filtered(self) -> bool:
        """Whether only some reports are listed."""
        return self.wanted != Wanted()

    def offer(self, rules: Mapping[str, int]) -> None:
        """Offer rules to choose from, with the number of reports; the chosen one stays."""
        if self.rule.view().isVisible():
            # Nothing moves under whoever is choosing.
            return
        present = self.rule.currentData() or _ALL
        self.rule.blockSignals(True)
        self.rule.clear()
        self.rule.addItem("全部规则", _ALL)
        for rule, count in rules.items():
            title = naming.rule_title(rule)
            short = title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"
            self.rule.addItem(f"{rule} {short}　{count} 份", rule)
        place = self.rule.findData(present)
        self.rule.setCurrentIndex(max(place, 0))
        self.rule.blockSignals(False)
        if place < 0:
            self._tell()

    def want_rule(self, rule: str) -> None:
        """List the reports in which a rule has found something."""
        self.reset()
        self.rule.setCurrentIndex(max(self.rule.findData(rule), 0))

    def show_count(self, listed: int, count: int) -> None:
        """Say how many reports are listed."""
        said = f"列出 {listed} / {count} 份" if listed != count else f"共 {count} 份"
        self._count.setText(said if count else "")
        self.clear.setEnabled(self.is_filtered)

    @Slot()
    def reset(self) -> None:
        """List everything again."""
        self.text.clear()
        self.severity.setCurrentIndex(0)
        self.rule.setCurrentIndex(0)
        self._delay.stop()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take what is looked for away with Escape."""
        if event.key() == Qt.Key.Key_Escape and self.is_filtered:
            self.reset()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        label = QLabel("查找(&I)：")
        label.setBuddy(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.text, 1)
        for widget in (self.severity, self.rule, self.clear, self._count):
            row.addWidget(widget)

    @Slot()
    def _on_text_changed(self) -> None:
        self._delay.start()

    @Slot()
    def _tell(self) -> None:
        self.wanted_changed.emit(self.wanted)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(10)
    return box
