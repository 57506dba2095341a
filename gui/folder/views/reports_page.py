"""The list of reports with its filters above, and the chosen report below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from core.batch_view import Wanted
from gui.folder.models.reports import ReportsModel
from gui.folder.views.filter_row import FilterRow
from gui.folder.views.report_details import ReportDetails
from gui.folder.views.report_list import ReportList

_HEIGHTS = (420, 210)
# With fewer lines of text the list would have no room beside the details.
_LEAST_LINES = 18


class ReportsPage(QWidget):
    """Joins them.

    Signals:
        opened: The file of the report that is to be opened.
        chosen: The file of the report that is chosen, empty for none.
    """

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, model: ReportsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.filters = FilterRow()
        self.list = ReportList(model)
        self.details = ReportDetails()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.list)
        splitter.addWidget(self.details)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes(_HEIGHTS)
        splitter.setCollapsible(0, False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(splitter, 1)
        self.filters.wanted_changed.connect(self._on_wanted)
        self.list.opened.connect(self.opened)
        self.list.chosen.connect(self._on_chosen)
        self.details.open_wanted.connect(self._on_open_wanted)
        model.relisted.connect(self._count)
        model.modelReset.connect(self._count)
        model.dataChanged.connect(self._on_data_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give all the room to the list where there is little."""
        super().resizeEvent(event)
        lines = self.height() / self.fontMetrics().height()
        self.details.setVisible(lines >= _LEAST_LINES)

    def bring_up(self, file: str) -> None:
        """Bring a report into sight, whatever is filtered."""
        if not self.list.choose(file):
            self.filters.reset()
            self.list.choose(file)

    def refresh(self) -> None:
        """Offer the rules that have found something by now."""
        self.filters.offer(self.model.rule_counts)
        self._count()

    @Slot(object)
    def _on_wanted(self, wanted: Wanted) -> None:
        self.model.want(wanted)
        self._count()

    @Slot()
    def _count(self) -> None:
        self.filters.show_count(self.model.rowCount(), self.model.count)

    @Slot(str)
    def _on_chosen(self, file: str) -> None:
        self.details.show_report(file, self.model.row(self.list.currentIndex()))
        self.chosen.emit(file)

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Show what has become of the chosen report, if it is that."""
        index = self.list.currentIndex()
        if index.isValid() and first.row() <= index.row() <= last.row():
            self.details.show_report(self.list.current_file, self.model.row(index))

    @Slot()
    def _on_open_wanted(self) -> None:
        if file := self.list.current_file:
            self.opened.emit(file)
