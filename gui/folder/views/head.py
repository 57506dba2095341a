"""The choices at the top: the folder, last year's, the list, the year; start and stop."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
)

from gui.folder.checking import Phase
from gui.folder.work import FolderWork

_FIRST_YEAR, _LAST_YEAR = 2007, 2099
_LONGEST_NAME = 16
_VERBS: Mapping[Phase, str] = {
    Phase.RUNNING: "正在检查…",
    Phase.FINDING: "正在查找…",
    Phase.STOPPED: "继续(&S)",
    Phase.DONE: "重新检查(&S)",
}
_START = "开始检查(&S)"


class FolderHead(QFrame):
    """Two rows: the folder with the verbs, and what it is compared with.

    Signals:
        year_chosen: The year that the reports should be of, None for that of most.
    """

    year_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("folder_head")
        self.folder = QPushButton("选择文件夹(&O)…")
        self.path = QLineEdit()
        self.path.setReadOnly(True)
        self.path.setAccessibleName("要检查的文件夹")
        self.path.setPlaceholderText("选择一个文件夹，或者把文件夹拖到这里")
        self.start, self.cancel = QPushButton(_START), QPushButton("取消(&T)")
        self.start.setObjectName("primary_small")
        self.cancel.setObjectName("plain")
        self.last_year, self.list = QPushButton(), QPushButton()
        self.year = QSpinBox()
        self.year.setRange(_FIRST_YEAR, _LAST_YEAR)
        self.year.setSpecialValueText("多数报告的年度")
        self.year.setAccessibleName("报告年度")
        self.year.setToolTip("报告应当是哪一年度的；不选则按多数报告的年度")
        self.year.setMinimumHeight(self.folder.sizeHint().height())
        self.year.valueChanged.connect(self._on_year)
        self._lay_out()

    def show_choices(self, work: FolderWork) -> None:
        """Name what is chosen."""
        self.path.setText(str(work.folder or ""))
        self.path.setToolTip(str(work.folder or ""))
        self.path.setCursorPosition(0)
        past, names = work.last_year, work.list
        self.last_year.setText(f"上年：{_short(past.name)}(&L)…" if past else "上年文件夹(&L)…")
        self.last_year.setToolTip(str(past or "与上年的报告核对；按机关名称找到同一机关的报告"))
        self.list.setText(f"名单：{_short(names.name)}(&N)…" if names else "机关名单(&N)…")
        self.list.setToolTip(str(names or "查出名单中还有哪些机关没有报送"))

    def show_phase(self, phase: Phase, *, has_kept: bool) -> None:
        """Let the verbs say what can be done."""
        goes_on = phase is Phase.READY and has_kept
        self.start.setText(_VERBS[Phase.STOPPED] if goes_on else _VERBS.get(phase, _START))
        self.start.setEnabled(phase in (Phase.READY, Phase.STOPPED, Phase.DONE))
        is_busy = phase in (Phase.FINDING, Phase.RUNNING)
        self.cancel.setEnabled(is_busy)
        for control in (self.folder, self.last_year):
            control.setEnabled(not is_busy)

    def _lay_out(self) -> None:
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.folder)
        upper.addWidget(self.path, 1)
        upper.addWidget(self.start)
        upper.addWidget(self.cancel)
        label = QLabel("年度(&U)：")
        label.setBuddy(self.year)
        lower.addWidget(self.last_year)
        lower.addWidget(self.list)
        lower.addSpacing(8)
        lower.addWidget(label)
        lower.addWidget(self.year)
        lower.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        column.addLayout(upper)
        column.addLayout(lower)

    def _on_year(self, year: int) -> None:
        self.year_chosen.emit(None if year == _FIRST_YEAR else year)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
