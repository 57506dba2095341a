"""The list of reports, which stays where it is while rows come and move under it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.folder.models.reports import Column, ReportsModel
from gui.folder.views.table import PlainTable

_WIDTHS = (11, 15, 5, 7, 7, 8, 6, 6, 20)


class ReportList(PlainTable):
    """Keeps the chosen report chosen and in its place on the screen.

    Signals:
        opened: The file of the report that is to be opened.
        chosen: The file of the report that is chosen, empty for none.
    """

    opened = Signal(str)
    chosen = Signal(str)

    def __init__(self, model: ReportsModel, parent: QWidget | None = None) -> None:
        super().__init__("报告列表", model, _WIDTHS, parent)
        self.reports = model
        self.setAccessibleDescription("按需要处理的程度排列，按回车键打开报告")
        self.setSortingEnabled(True)
        self.sortByColumn(Column.STATE, Qt.SortOrder.AscendingOrder)
        self._file, self._top = "", 0
        self._is_relisting = False
        model.about_to_relist.connect(self._note_place)
        model.relisted.connect(self._return)
        model.modelReset.connect(self._tell_chosen)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.activated.connect(self._on_activated)

    @property
    def current_file(self) -> str:
        """The file of the report that is chosen, empty for none."""
        return self.reports.file(self.currentIndex())

    def choose(self, file: str) -> bool:
        """Choose a report and bring it into sight; return whether it is listed."""
        index = self.reports.index_of(file)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    @Slot()
    def _on_current_changed(self) -> None:
        if not self._is_relisting:
            self._tell_chosen()

    @Slot()
    def _tell_chosen(self) -> None:
        self.chosen.emit(self.current_file)

    @Slot()
    def _note_place(self) -> None:
        self._is_relisting = True
        self._file = self.current_file
        self._top = self.rowViewportPosition(self.currentIndex().row()) if self._file else 0

    @Slot()
    def _return(self) -> None:
        """Let the chosen report stand where it stood, if it was in sight."""
        self._is_relisting = False
        index = self.reports.index_of(self._file)
        if not index.isValid():
            self._tell_chosen()
            return
        if self.currentIndex().row() != index.row():
            self.setCurrentIndex(index)
        if 0 <= self._top < self.viewport().height():
            rows = self._top // max(self.rowHeight(index.row()), 1)
            self.verticalScrollBar().setValue(max(index.row() - rows, 0))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        if file := self.reports.file(index):
            self.opened.emit(file)
