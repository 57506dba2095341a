"""保存前核对: every change with a tick, what is still open, and how the file will show it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.leaving_out import dependent
from gui.views.wrapped_rows import WrappedCells

if TYPE_CHECKING:
    from core.changes_made import Change
    from core.session import Session

_HEADERS = ("写入", "位置", "原内容", "现内容", "原因")
_NOTHING, _DELETED, _NO_REASON = "（无）", "（删去）", "（手工修改）"
# Characters of the font: what a column takes before its text is cut.
_WIDEST = 24


@dataclass(frozen=True)
class BeforeSaving:
    """What a person should see before a file is written; sentences are ready to be shown."""

    session: Session
    changes: tuple[Change, ...]
    left_out: tuple[Change, ...]
    open_findings: str
    how: str
    every_time: bool


@dataclass(frozen=True)
class Reviewed:
    """What was decided: the changes that the file is not to have, and when to ask again."""

    left_out: tuple[Change, ...]
    every_time: bool


class ChangesDialog(QDialog):
    """The list of changes with ticks, and below it 保存 and 取消."""

    def __init__(self, before: BeforeSaving, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        self.setWindowTitle(self.tr("保存前核对"))
        self._about = QLabel()
        self._about.setObjectName("headline")
        self.rows = self._list()
        self.every_time = QCheckBox(self.tr("每次保存前核对(&E)"))
        self.every_time.setChecked(before.every_time)
        self._layout()
        self._fill()
        self.rows.itemChanged.connect(self._on_ticked)
        self._count()
        measured = self.fontMetrics().averageCharWidth()
        self.resize(measured * 130, measured * 64)

    @property
    def reviewed(self) -> Reviewed:
        """What is ticked now."""
        left_out = tuple(
            change
            for row, change in enumerate(self._before.changes)
            if self._item(row).checkState(0) is not Qt.CheckState.Checked
        )
        return Reviewed(left_out, self.every_time.isChecked())

    def _list(self) -> QTreeWidget:
        rows = QTreeWidget()
        rows.setAccessibleName(self.tr("要写入的修改"))
        rows.setHeaderLabels(list(_HEADERS))
        rows.setRootIsDecorated(False)
        rows.setAllColumnsShowFocus(True)
        rows.setAlternatingRowColors(True)
        WrappedCells(rows)
        rows.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        rows.header().setStretchLastSection(True)
        rows.header().setAccessibleName(self.tr("列标题"))
        return rows

    def _fill(self) -> None:
        for change in self._before.changes:
            old, new = change.excerpts
            texts = (change.where, old or _NOTHING, new or _DELETED, change.why or _NO_REASON)
            item = QTreeWidgetItem(["", *texts])
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_out = change in self._before.left_out
            item.setCheckState(0, Qt.CheckState.Unchecked if is_out else Qt.CheckState.Checked)
            said = f"{change.where}：由“{texts[1]}”改为“{texts[2]}”。{texts[3]}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
            for column, text in enumerate(texts, start=1):
                item.setToolTip(column, text)
            self.rows.addTopLevelItem(item)
        widest = self.fontMetrics().averageCharWidth() * _WIDEST * 2
        for column in range(len(_HEADERS) - 1):
            self.rows.resizeColumnToContents(column)
            self.rows.setColumnWidth(column, min(self.rows.columnWidth(column), widest))
        if self._before.changes:
            self.rows.setCurrentItem(self._item(0))

    def _layout(self) -> None:
        save = QPushButton(self.tr("保存"))
        # Saving writes a new file and loses nothing: it is the safe one.
        save.setDefault(True)
        save.clicked.connect(self.accept)
        cancel = QPushButton(self.tr("取消"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.every_time)
        buttons.addStretch(1)
        buttons.addWidget(save)
        buttons.addWidget(cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._about)
        hint = QLabel(self.tr("去掉勾选的修改不写入这个文件，窗口里的修改都还在。"))
        hint.setObjectName("muted")
        for widget in (hint, self.rows, _sentence(self._before.open_findings)):
            layout.addWidget(widget, 1 if widget is self.rows else 0)
        layout.addWidget(_sentence(self._before.how))
        layout.addLayout(buttons)
        self.rows.setFocus()

    def _item(self, row: int) -> QTreeWidgetItem:
        item = self.rows.topLevelItem(row)
        assert item is not None, "one line for every change"
        return item

    @Slot(QTreeWidgetItem, int)
    def _on_ticked(self, item: QTreeWidgetItem, column: int) -> None:
        """Take along what was typed into a row that is left out."""
        if column == 0 and item.checkState(0) is Qt.CheckState.Unchecked:
            change = self._before.changes[self.rows.indexOfTopLevelItem(item)]
            if change.insertion is not None:
                follow = dependent(self._before.session, [change], self._before.changes)
                self._tick(follow, Qt.CheckState.Unchecked)
        elif column == 0:
            self._tick(self._carriers(item), Qt.CheckState.Checked)
        self._count()

    def _carriers(self, item: QTreeWidgetItem) -> list[Change]:
        """Return the insertions without which a text has no place."""
        change = self._before.changes[self.rows.indexOfTopLevelItem(item)]
        return [
            other
            for other in self._before.changes
            if other.insertion is not None and dependent(self._before.session, [other], [change])
        ]

    def _tick(self, changes: Iterable[Change], state: Qt.CheckState) -> None:
        wanted = set(changes)
        for row, change in enumerate(self._before.changes):
            if change in wanted:
                self._item(row).setCheckState(0, state)

    def _count(self) -> None:
        out = len(self.reviewed.left_out)
        words = self.tr("共 {0} 处修改，写入 {1} 处").format(
            len(self._before.changes), len(self._before.changes) - out
        )
        self._about.setText(words)


def _sentence(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
