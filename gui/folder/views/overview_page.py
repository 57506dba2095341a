"""A small overview: reports by state and findings by rule, as charts and as tables."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from core.batch_overview import Overview
from core.batch_view import ReportState
from gui.folder.charts import rule_bars, state_bars
from gui.folder.models.lines import Line, LinesModel
from gui.folder.views.bar_chart import BarChart
from gui.folder.views.table import PlainTable

STATES_TITLE, RULES_TITLE = "报告按状态", "疑点按规则（已说明的也计入）"
_STATE_HEADERS, _STATE_WIDTHS = ("状态", "报告"), (14, 6)
_RULE_HEADERS, _RULE_WIDTHS = ("规则", "名称", "疑点", "报告"), (6, 16, 4, 4)


class OverviewPage(QWidget):
    """Two charts at the left; the same numbers as tables at the right.

    Signals:
        rule_wanted: The reports with findings of a rule are to be listed.
    """

    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.states, self.rules = BarChart(STATES_TITLE), BarChart(RULES_TITLE)
        self.state_model = LinesModel(_STATE_HEADERS, self)
        self.rule_model = LinesModel(_RULE_HEADERS, self)
        self.state_table = PlainTable(STATES_TITLE, self.state_model, _STATE_WIDTHS)
        self.rule_table = PlainTable(RULES_TITLE, self.rule_model, _RULE_WIDTHS)
        self.rule_table.setAccessibleDescription("按回车键只列出有这种疑点的报告")
        self.rule_table.activated.connect(self._on_rule)
        self._lay_out()

    def show_overview(self, overview: Overview) -> None:
        """Show other numbers."""
        self.states.show_bars(state_bars(overview))
        self.rules.show_bars(rule_bars(overview))
        self.state_model.show([Line((s.label, str(s.count))) for s in overview.states])
        self.rule_model.show(
            [
                Line((r.rule, r.title, str(r.findings), str(r.reports)), about=r.rule)
                for r in overview.rules
            ]
        )

    def _lay_out(self) -> None:
        charts = QFrame()
        charts.setObjectName("folder_charts")
        column = QVBoxLayout(charts)
        column.setContentsMargins(16, 12, 16, 12)
        for title, chart in ((STATES_TITLE, self.states), (RULES_TITLE, self.rules)):
            column.addWidget(_title(title))
            column.addWidget(chart)
            column.addSpacing(14)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("folder_charts")
        area.setAccessibleName("图表")
        area.setWidgetResizable(True)
        area.setWidget(charts)
        tables = QSplitter(Qt.Orientation.Vertical)
        tables.addWidget(self.state_table)
        tables.addWidget(self.rule_table)
        tables.setStretchFactor(1, 1)
        self.state_table.setFixedHeight(_height_of(self.state_table, len(ReportState)))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(area)
        splitter.addWidget(tables)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.addWidget(splitter)

    @Slot(QModelIndex)
    def _on_rule(self, index: QModelIndex) -> None:
        if (line := self.rule_model.line(index)) is not None:
            self.rule_wanted.emit(line.about)


def _title(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("pane_title")
    return label


def _height_of(table: PlainTable, rows: int) -> int:
    """Return how high a table is that shows so many rows without scrolling."""
    header = table.horizontalHeader().sizeHint().height()
    return header + rows * table.verticalHeader().defaultSectionSize() + 2 * table.frameWidth() + 2
