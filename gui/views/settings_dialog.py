"""设置: who, how files are saved, how the window looks, the rules in use, backups and traces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from core.preferences import (
    LEAST_KEPT,
    LEAST_POINTS,
    LONGEST_AUTHOR,
    MOST_KEPT,
    MOST_POINTS,
    Look,
    Preferences,
    author_from,
)
from core.version import DISPLAY_NAME
from core.writers.marking import Mode

LOOK_WORDS: Mapping[Look, str] = {
    Look.SYSTEM: "跟随系统",
    Look.LIGHT: "浅色",
    Look.DARK: "深色",
    Look.CONTRAST: "高对比度",
}
_MODE_WORDS: Mapping[Mode, str] = {
    Mode.TRACKED: "修订（可接受或拒绝）",
    Mode.CLEAN: "不留痕迹",
    Mode.HIGHLIGHTED: "底色标出",
}


@dataclass(frozen=True)
class Surroundings:
    """What the settings show and do not change: the rules in use, where backups stand."""

    rules: str
    differences: Sequence[str]
    backups: Path


class SettingsDialog(QDialog):
    """Four pages of settings, which hold once they are saved.

    Signals:
        settings_file_requested: The person wants to choose a file of settings for the checks.
        backups_clearing_requested: All backups are to go.
        traces_clearing_requested: All traces of the work are to go.
    """

    settings_file_requested = Signal()
    backups_clearing_requested = Signal()
    traces_clearing_requested = Signal()

    def __init__(
        self, present: Preferences, around: Surroundings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._present = present
        self.setWindowTitle(self.tr("设置"))
        self.pages = QTabWidget()
        self.pages.setAccessibleName(self.tr("设置的各页"))
        self.pages.addTab(self._saving_page(), self.tr("保存(&B)"))
        self.pages.addTab(self._looks_page(), self.tr("显示(&X)"))
        self.pages.addTab(self._rules_page(around), self.tr("检查规则(&J)"))
        self.pages.addTab(self._privacy_page(around), self.tr("备份与隐私(&Y)"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addLayout(self._buttons())
        em = self.fontMetrics().averageCharWidth()
        self.resize(em * 92, em * 56)

    @property
    def chosen(self) -> Preferences:
        """What is set now."""
        return Preferences(
            # Qt gives back the text of an enumeration's member.
            Mode(self.mode.currentData()),
            author_from(self.author.text()),
            self.every_save.isChecked(),
            self.points.value(),
            Look(self.look.currentData()),
            self.kept.value(),
            not self.no_recent.isChecked(),
            self._present.is_tour_over,
        )

    def _saving_page(self) -> QWidget:
        self.author = QLineEdit(self._present.author)
        self.author.setMaxLength(LONGEST_AUTHOR)
        self.author.setPlaceholderText(self.tr("留空则为“{0}”").format(DISPLAY_NAME))
        self.mode = _choice(_MODE_WORDS, self._present.mode)
        self.every_save = QCheckBox(self.tr("每次保存前核对"))
        self.every_save.setChecked(self._present.reviews_every_save)
        page, form = _page()
        _row(form, self.tr("修订和批注的作者"), self.author)
        _row(form, self.tr("Word 保存方式"), self.mode)
        form.addRow("", self.every_save)
        form.addRow("", _muted(self.tr("不勾选时，只在一份报告第一次保存前列出修改。")))
        return page

    def _looks_page(self) -> QWidget:
        self.points = QSpinBox()
        self.points.setRange(LEAST_POINTS, MOST_POINTS)
        self.points.setSuffix(self.tr(" 磅"))
        self.points.setValue(self._present.grid_points)
        self.look = _choice(LOOK_WORDS, self._present.look)
        page, form = _page()
        _row(form, self.tr("表格字号"), self.points)
        _row(form, self.tr("颜色"), self.look)
        form.addRow("", _muted(self.tr("高对比度下不用底色，只用形状和边框。")))
        return page

    def _rules_page(self, around: Surroundings) -> QWidget:
        page, form = _page()
        form.addRow(_muted(around.rules))
        differences = QListWidget()
        differences.setSpacing(2)
        differences.setAccessibleName(self.tr("与程序自带的不同"))
        differences.addItems(list(around.differences) or [self.tr("没有与程序自带不同的设置")])
        form.addRow(differences)
        choose = QPushButton(self.tr("使用检查设置文件…"))
        choose.clicked.connect(self.settings_file_requested)
        form.addRow(choose)
        return page

    def _privacy_page(self, around: Surroundings) -> QWidget:
        self.kept = QSpinBox()
        self.kept.setRange(LEAST_KEPT, MOST_KEPT)
        self.kept.setSuffix(self.tr(" 份"))
        self.kept.setValue(self._present.backups_kept)
        self.no_recent = QCheckBox(self.tr("不记录最近文件"))
        self.no_recent.setChecked(not self._present.keeps_recent)
        backups = QPushButton(self.tr("清除备份…"))
        backups.clicked.connect(self.backups_clearing_requested)
        traces = QPushButton(self.tr("清除使用痕迹…"))
        traces.clicked.connect(self.traces_clearing_requested)
        page, form = _page()
        _row(form, self.tr("每个文件保留的备份"), self.kept)
        words = self.tr("文件被替换前的内容备份在“{0}”，文档旁边不留副本。")
        form.addRow(_muted(words.format(around.backups)))
        form.addRow("", self.no_recent)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(backups)
        row.addWidget(traces)
        row.addStretch(1)
        form.addRow(row)
        return page

    def _buttons(self) -> QHBoxLayout:
        save, cancel = QPushButton(self.tr("保存")), QPushButton(self.tr("取消"))
        save.setDefault(True)
        save.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(save)
        row.addWidget(cancel)
        return row


def _page() -> tuple[QWidget, QFormLayout]:
    page = QWidget()
    form = QFormLayout(page)
    form.setContentsMargins(16, 16, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(12)
    return page, form


def _row(form: QFormLayout, title: str, field: QWidget) -> None:
    field.setAccessibleName(title)
    form.addRow(f"{title}：", field)


def _choice(words: Mapping[Mode, str] | Mapping[Look, str], present: object) -> QComboBox:
    box = QComboBox()
    for value, text in words.items():
        box.addItem(text, value)
        if value is present:
            box.setCurrentIndex(box.count() - 1)
    return box


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("muted")
    label.setWordWrap(True)
    return label
