"""The main window: seen at once with the page of the start, then furnished with the panes.

Everything that only a report needs is made by `gui.furnishing`, so that the first look
waits neither for it nor for its modules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.version import DISPLAY_NAME
from gui import actions, icons
from gui.dropping import dropped_paths, take_dropped
from gui.views.information_bar import InformationBar
from gui.views.start_page import StartPage
from gui.views.status import StatusStrip
from gui.views.tool_bar import ToolBar, fill_menus

if TYPE_CHECKING:
    from gui.accepting import Accepting
    from gui.cell_commands import CellCommands
    from gui.closing import Closing
    from gui.controller import SessionController
    from gui.evidence import Evidence
    from gui.explaining import Explaining
    from gui.filing import Filing
    from gui.grid_tools import GridTools
    from gui.journaling import Journaling
    from gui.keeping import Keeping
    from gui.last_year import LastYear
    from gui.locking import Locking
    from gui.office_settings import OfficeSettings
    from gui.open_report import OpenReport
    from gui.recovering import Recovering
    from gui.remarks import Remarks
    from gui.save_mode import SaveMode
    from gui.shell import Shell
    from gui.views.findings_panel import FindingsPanel
    from gui.views.report_page import ReportPage
    from gui.views.report_tabs import ReportTabs
    from gui.views.structure_pane import StructurePane
    from gui.views.undo_pane import UndoPane
    from gui.walk import FindingWalk

FIRST_WIDTHS = (234, 840, 366)

_START, _REPORT = range(2)
_SIZE = (1440, 900)
# At 200 % an agency's usual screen of 1366 × 768 has no more.
_LEAST_SIZE = (640, 360)


class MainWindow(QMainWindow):
    """Structure at the left, table and prose in the middle, findings at the right.

    Without a controller it is what can be seen first, and nothing else can be done with
    it than to show it and to furnish it.
    """

    # Given by `furnish`.
    controller: SessionController
    accepting: Accepting
    cell_commands: CellCommands
    closing: Closing
    evidence: Evidence
    explaining: Explaining
    filing: Filing
    findings: FindingsPanel
    grid_tools: GridTools
    journaling: Journaling
    keeping: Keeping
    last_year: LastYear
    locking: Locking
    page: ReportPage
    recovering: Recovering
    remarks: Remarks
    save_mode: SaveMode
    settings: OfficeSettings
    shell: Shell
    structure: StructurePane
    tabs: ReportTabs
    undo_pane: UndoPane
    walk: FindingWalk

    def __init__(
        self, controller: SessionController | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("main_window")
        self.setWindowIcon(icons.application_icon())
        self.setWindowTitle(self.tr("{0} · 年报校核").format(DISPLAY_NAME))
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST_SIZE)
        self.bar = InformationBar(self)
        self.start_page = StartPage(self)
        self.status = StatusStrip(self)
        self.actions_by_name: Mapping[str, QAction] = actions.make_actions(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        self.column = self._put_together()
        self.menus = fill_menus(self.menuBar(), self.actions_by_name)
        self.addToolBar(ToolBar(self.actions_by_name, self))
        self._is_furnished = False
        if controller is not None:
            self.furnish(controller)

    def furnish(self, controller: SessionController) -> None:
        """Make the panes of a report, and everything that works on one."""
        # Imported here: it brings along whatever the first look does without.
        from gui.furnishing import furnish

        furnish(self, controller)
        self._is_furnished = True
        self.setAcceptDrops(True)

    def restore_layout(self) -> None:
        """Give the panes their first widths."""
        self.set_pane_widths(FIRST_WIDTHS)

    @property
    def pane_widths(self) -> list[int]:
        """The widths of the three panes, in their order."""
        return self.splitter.sizes()

    def set_pane_widths(self, widths: Sequence[int]) -> None:
        """Give the three panes other widths."""
        self.splitter.setSizes(list(widths))

    def stop(self) -> None:
        """Stop all work and wait for it; what is written is written to its end."""
        self.evidence.shut_down()
        self.last_year.shut_down()
        self.recovering.shut_down()
        self.shell.folder.close()
        self.filing.saving.wait()
        self.controller.shut_down()

    def show_start_page(self) -> None:
        """Show what is there while no report is open."""
        self._pages.setCurrentIndex(_START)

    def show_report_page(self) -> None:
        """Show the panes of a report."""
        self._pages.setCurrentIndex(_REPORT)

    @Slot(object)
    def close_tab(self, report: OpenReport) -> None:
        """Close the report of a tab."""
        self.page.finish()
        self.filing.close_report(report)

    @Slot()
    def show_reasons(self) -> None:
        """Show what could not be checked, and why."""
        from gui.bindings import show_reasons

        show_reasons(self)

    @Slot()
    def show_rule_settings(self) -> None:
        """Show what is set otherwise than the program has it."""
        from gui.bindings import show_settings

        show_settings(self)

    @Slot(QPoint)
    def show_last_year_menu(self, place: QPoint) -> None:
        """Show what can be done with last year's report."""
        names = ("show_last_year", "load_last_year", "remove_last_year")
        QMenu.exec([self.actions_by_name[name] for name in names], place)

    def _put_together(self) -> QVBoxLayout:
        """Put the page of the start and the place of the panes into the window."""
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self.splitter)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        return column

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the icons."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_by_name"):
            actions.dress(self.actions_by_name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open files, or take one as last year's report."""
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            take_dropped(self, paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Settle unsaved changes first, then stop all work."""
        if not self._is_furnished:
            super().closeEvent(event)
            return
        if not self.closing.may_close():
            event.ignore()
            return
        self.stop()
        self.closing.put_away()
        self.shell.end()
        super().closeEvent(event)
