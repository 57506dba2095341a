"""What several reports show only together, and the list of agencies beside them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from core.agency_list import Comparison
from core.batch_totals import PROSE_ALIKE, FolderFinding
from core.rules.severity import Severity
from gui import naming
from gui.folder import words
from gui.folder.comparing import Together
from gui.folder.models.lines import Line, LinesModel
from gui.folder.views.table import PlainTable

_HEADERS, _WIDTHS = ("级别", "类别", "内容"), (8, 10, 60)
_LIST_HEADERS, _LIST_WIDTHS = ("名单中的机关", "可能是它的报告", "文件", "理由"), (18, 18, 24, 12)
_WORST_FIRST = list(Severity)
_WAITING = "检查完成（或取消）以后，这里列出几份报告放在一起才看得出的情况。"
_PARTLY = "检查没有做完，只比较了已检查的报告；名单和上下级要等全部检查以后再比较。"
_NOTHING = "没有发现重复、多版本、年度不同、上下级不一致或者文字雷同的情况。"


class TogetherPage(QWidget):
    """A table of sentences, and under it the agencies without a report.

    Signals:
        file_wanted: The file of the report that is to be shown in the list.
        alike_wanted: A finding about like texts is to be looked at.
        confirmed: A name of the list, and the file that is its report.
        withdrawn: All confirmations are to be forgotten.
        list_wanted: A list of agencies is to be chosen.
    """

    file_wanted = Signal(str)
    alike_wanted = Signal()
    confirmed = Signal(str, str)
    withdrawn = Signal()
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._about = QLabel(_WAITING)
        self._about.setObjectName("muted")
        self._about.setWordWrap(True)
        self.model = LinesModel(_HEADERS, self)
        self.table = PlainTable("汇总情况", self.model, _WIDTHS)
        self.table.setAccessibleDescription("按回车键在报告列表中找到有关的报告")
        self.list_model = LinesModel(_LIST_HEADERS, self)
        self.agencies = PlainTable("没有找到报告的机关", self.list_model, _LIST_WIDTHS)
        self._list_about = QLabel()
        self._list_about.setWordWrap(True)
        self.confirm = QPushButton("确认是它的报告(&Y)")
        self.withdraw = QPushButton("撤回全部确认(&W)")
        self.choose = QPushButton("选择机关名单(&K)…")
        self._lay_out()
        self.table.activated.connect(self._on_activated)
        self.agencies.activated.connect(self._on_confirm)
        self.agencies.selectionModel().currentChanged.connect(self._enable)
        self.list_model.modelReset.connect(self._enable)
        self.confirm.clicked.connect(self._on_confirm)
        self.withdraw.clicked.connect(self.withdrawn)
        self.choose.clicked.connect(self.list_wanted)
        self.show_together(None, 0)

    def show_together(self, together: Together | None, accepted: int) -> None:
        """Show what came of comparing, None while it is not known."""
        found = together.findings if together else ()
        self._about.setText(_WAITING if together is None else _said(together))
        worst_first = sorted(found, key=lambda each: _WORST_FIRST.index(each.severity))
        self.model.show([_line(each) for each in worst_first])
        self.withdraw.setVisible(accepted > 0)
        self._show_list(together.comparison if together else None)

    def _show_list(self, comparison: Comparison | None) -> None:
        self.agencies.setVisible(comparison is not None)
        self.confirm.setVisible(comparison is not None)
        if comparison is None:
            self._list_about.setText("选择一份机关名单，全部检查以后可以查出还有哪些机关没有报送。")
            self.list_model.show(())
            return
        self._list_about.setText(
            f"名单中的机关：已有报告 {len(comparison.matched)} 个，没有找到 "
            f"{len(comparison.missing)} 个；名单之外的报告 {len(comparison.unlisted)} 份。"
            "名称相近的只是建议，由您确认。"
        )
        self.list_model.show(list(_missing(comparison)))

    def _lay_out(self) -> None:
        upper, lower = QWidget(), QWidget()
        top = QVBoxLayout(upper)
        top.setContentsMargins(12, 8, 12, 8)
        top.addWidget(self._about)
        top.addWidget(self.table, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._list_about, 1)
        for button in (self.choose, self.withdraw, self.confirm):
            buttons.addWidget(button)
        below = QVBoxLayout(lower)
        below.setContentsMargins(12, 8, 12, 8)
        below.addLayout(buttons)
        below.addWidget(self.agencies, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(upper)
        splitter.addWidget(lower)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if line is None:
            return
        if line.about.kind == PROSE_ALIKE:
            self.alike_wanted.emit()
        elif line.about.files:
            self.file_wanted.emit(line.about.files[0])

    @Slot()
    def _on_confirm(self) -> None:
        line = self.list_model.line(self.agencies.currentIndex())
        if line is not None and line.about[1]:
            self.confirmed.emit(*line.about)

    @Slot()
    def _enable(self) -> None:
        line = self.list_model.line(self.agencies.currentIndex())
        self.confirm.setEnabled(line is not None and bool(line.about[1]))


def _said(together: Together) -> str:
    count = len(together.findings)
    said = f"共 {count} 条；都只是提醒，由您判断。" if count else _NOTHING
    return said if together.is_whole else _PARTLY + said


def _line(found: FolderFinding) -> Line:
    word = naming.SEVERITY_WORDS[found.severity]
    return Line((word, words.KINDS[found.kind], found.message), found.severity, found)


def _missing(comparison: Comparison) -> Iterator[Line]:
    for each in comparison.missing:
        for proposal in each.proposals:
            texts = (each.name, proposal.agency, proposal.file, proposal.why)
            yield Line(texts, about=(each.name, proposal.file))
        if not each.proposals:
            yield Line((each.name, "（没有名称相近的）", "", ""), about=(each.name, ""))
