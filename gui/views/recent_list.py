"""最近打开: name, folder and time of the reports that were opened last, on the start page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.recent_files import RecentFile
from gui import theme

_PATH = Qt.ItemDataRole.UserRole
_SHOWN_LINES = 4


class RecentList(QWidget):
    """The list with a verb below it; it hides while it is empty.

    Signals:
        open_requested: A path that the user wants to open.
        remove_requested: A path that is to be no longer listed.
    """

    open_requested = Signal(object)
    remove_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recent_list")
        title = QLabel(self.tr("最近打开"))
        title.setObjectName("pane_title")
        self.rows = QTreeWidget()
        self.rows.setAccessibleName(self.tr("最近打开的报告"))
        self.rows.setHeaderLabels([self.tr("名称"), self.tr("文件夹"), self.tr("时间")])
        self.rows.setRootIsDecorated(False)
        self.rows.setUniformRowHeights(True)
        self.rows.setAllColumnsShowFocus(True)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        header = self.rows.header()
        header.setStretchLastSection(False)
        header.setAccessibleName(self.tr("列标题"))
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.rows.itemActivated.connect(self._open)
        self.rows.currentItemChanged.connect(self._enable)
        self.remove_button = QPushButton(self.tr("从列表中移除"))
        self.remove_button.setObjectName("small")
        self.remove_button.clicked.connect(self._remove)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.rows)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.rows)
        self.hide()

    @Slot(object)
    def show_files(self, files: Sequence[RecentFile]) -> None:
        """Show other files."""
        self.rows.clear()
        for each in files:
            folder, at = str(each.path.parent), f"{each.at:%Y-%m-%d %H:%M}"
            item = QTreeWidgetItem([each.path.name, folder, at])
            item.setData(0, _PATH, each.path)
            item.setToolTip(0, str(each.path))
            item.setToolTip(1, folder)
            self.rows.addTopLevelItem(item)
        line = self.rows.fontMetrics().height() + 12
        shown = min(max(len(files), 1), _SHOWN_LINES) + 1
        self.rows.setFixedHeight(shown * line + 8)
        self.setVisible(bool(files))
        self._enable()

    @Slot(object)
    def show_missing(self, paths: frozenset[Path]) -> None:
        """Grey out the files that are not there any more, and say so."""
        for row in range(self.rows.topLevelItemCount()):
            item = self.rows.topLevelItem(row)
            if item is not None and item.data(0, _PATH) in paths:
                name = item.data(0, _PATH).name
                item.setText(0, self.tr("{0}（找不到）").format(name))
                for column in range(item.columnCount()):
                    item.setForeground(column, QColor(theme.current().muted))
                    font = item.font(column)
                    font.setItalic(True)
                    item.setFont(column, font)

    @Slot()
    def _open(self) -> None:
        if (item := self.rows.currentItem()) is not None:
            self.open_requested.emit(item.data(0, _PATH))

    @Slot()
    def _remove(self) -> None:
        if (item := self.rows.currentItem()) is not None:
            self.remove_requested.emit(item.data(0, _PATH))

    @Slot()
    def _enable(self) -> None:
        self.remove_button.setEnabled(self.rows.currentItem() is not None)
