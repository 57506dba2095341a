"""The main window: puts the panes together and follows the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QWidget

from core.rules.model import Fix
from gui import actions, bindings, icons
from gui.cell_commands import CellCommands
from gui.closing import Closing
from gui.controller import SessionController
from gui.dropping import dropped_paths, take_dropped
from gui.evidence import Evidence
from gui.explaining import Explaining
from gui.filing import Filing
from gui.following import Following
from gui.grid_tools import GridTools
from gui.journaling import Journaling
from gui.keeping import Keeping
from gui.last_year import LastYear
from gui.locking import Locking
from gui.office_settings import OfficeSettings
from gui.open_report import OpenReport
from gui.pane_steps import PaneSteps
from gui.recovering import Recovering
from gui.remarks import Remarks
from gui.save_mode import SaveMode
from gui.saved_step import SavedStep
from gui.shell import Shell
from gui.views.card_buttons import sure_fix
from gui.views.dialogs import Dialogs
from gui.views.findings_panel import FindingsPanel
from gui.views.information_bar import InformationBar
from gui.views.report_page import ReportPage
from gui.views.report_tabs import ReportTabs
from gui.views.start_page import StartPage
from gui.views.status import StatusStrip
from gui.views.structure_pane import StructurePane
from gui.views.undo_pane import UndoPane
from gui.walk import FindingWalk
from gui.window_layout import FIRST_WIDTHS, put_together

_START, _REPORT = range(2)
_SIZE = (1440, 900)
# At 200 % an agency's usual screen of 1366 × 768 has no more.
_LEAST_SIZE = (640, 360)


class MainWindow(QMainWindow):
    """Structure at the left, table and prose in the middle, findings at the right."""

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controller = controller
        self.setObjectName("main_window")
        self.setWindowIcon(icons.application_icon())
        self.setAcceptDrops(True)
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST_SIZE)
        self.bar = InformationBar(self)
        self.start_page = StartPage(self)
        self.structure = StructurePane(controller, self)
        self.page = ReportPage(controller, self)
        self.explaining = Explaining(controller, self.bar, parent=self)
        self.settings = OfficeSettings(controller, self.bar, self)
        self.last_year = LastYear(controller, self.bar, self)
        self.tabs = ReportTabs(controller, self)
        self.findings = FindingsPanel(controller, self.explaining, self.settings, self)
        self.undo_pane = UndoPane(self)
        self.status = StatusStrip(self)
        self.save_mode = SaveMode(self.bar, parent=self)
        self.keeping = Keeping(controller, Dialogs(self), self.bar, self.save_mode, self)
        self.filing = Filing(controller, self.keeping, self.bar, self)
        self.journaling = Journaling(controller, self.bar, self)
        self.remarks = Remarks(controller, self.bar, self)
        self.remarks.sources += [lambda _report: self.explaining.remark(), self.last_year.remark]
        self.locking = Locking(controller, self.remarks, self)
        self.recovering = Recovering(controller, self.filing, self.locking, self.remarks, self)
        self.closing = Closing(self)
        self.walk = FindingWalk(controller, self.findings.model, self.page, self)
        self.cell_commands = CellCommands(controller, self.page.grid, self)
        self.grid_tools = GridTools(self)
        self.evidence = Evidence(self)
        self.actions_by_name: Mapping[str, QAction] = actions.make_actions(self)
        self.shell = Shell(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        put_together(self, self._splitter, self._pages)
        bindings.bind(self)
        self._connect_panes()
        self._connect_office()
        self._connect_keeping()
        Following(self).show_nothing()
        # After all who have something to say about a report have seen it.
        self.remarks.follow()
        self.explaining.load()
        # As the last child it outlives all panes that still ask it while they go.
        controller.setParent(self)
        controller.is_typing = lambda: self.page.is_typing

    def restore_layout(self) -> None:
        """Give the panes their first widths."""
        self.set_pane_widths(FIRST_WIDTHS)

    @property
    def pane_widths(self) -> list[int]:
        """The widths of the three panes, in their order."""
        return self._splitter.sizes()

    def set_pane_widths(self, widths: Sequence[int]) -> None:
        """Give the three panes other widths."""
        self._splitter.setSizes(list(widths))

    def accept_sure_fix(self) -> None:
        """Make the correction of the chosen card, if it is the only one possible."""
        if fix := sure_fix(self.controller.chosen):
            self._on_fix_chosen(fix)

    def _connect_panes(self) -> None:
        self.undo_pane.step_requested.connect(self.controller.go_to_step)
        self.controller.undo_group.activeStackChanged.connect(self.undo_pane.follow)
        self.structure.table_requested.connect(self.page.show_table)
        self.structure.section_requested.connect(self.page.show_section)
        self.structure.changes_requested.connect(self.page.show_next_change)
        self.page.table_shown.connect(self.structure.follow_table)
        self.page.section_shown.connect(self.structure.follow_section)
        for grid in (self.page.grid, self.page.past.grid):
            grid.zoom_requested.connect(self.status.zoom.step)
            self.status.zoom_changed.connect(grid.set_zoom)
        self.cell_commands.said.connect(self.status.say)
        self.grid_tools.connect_panes()
        self.page.grid.refused.connect(self.status.say)
        self.status.cancel_requested.connect(self.controller.cancel_opening)
        self.findings.cause_activated.connect(self.walk.choose)
        self.findings.fix_chosen.connect(self._on_fix_chosen)
        self.findings.cell_focus_requested.connect(self.page.grid.setFocus)
        self.findings.reasons_requested.connect(self._on_reasons_requested)
        self.findings.cell_requested.connect(self.page.show_cell)
        self.walk.said.connect(self.status.say)
        self.evidence.said.connect(self.status.say)
        self.filing.said.connect(self.status.say)
        self.tabs.close_wanted.connect(self._on_close_wanted)
        PaneSteps(self)

    def _connect_office(self) -> None:
        last_year, filing = self.last_year, self.filing
        for speaker in (self.explaining, self.settings, last_year, self.findings):
            speaker.said.connect(self.status.say)
        self.findings.settings_requested.connect(self.show_rule_settings)
        filing.settings_chosen.connect(self.settings.use_file)
        filing.last_year_chosen.connect(last_year.load)
        last_year.file_wanted.connect(filing.choose_last_year)
        last_year.other_report_dropped.connect(filing.open)
        last_year.reading_started.connect(self.status.begin)
        last_year.reading_progressed.connect(self.status.show_progress)
        last_year.reading_ended.connect(self.status.end)
        self.status.cancel_requested.connect(last_year.cancel)
        self.structure.last_year_requested.connect(filing.choose_last_year)
        self.structure.last_year_menu_requested.connect(self._on_last_year_menu_requested)

    def _connect_keeping(self) -> None:
        keeping, recovering = self.keeping, self.recovering
        SavedStep(keeping, self)
        for speaker in (keeping, self.save_mode, recovering):
            speaker.said.connect(self.status.say)
        keeping.state_changed.connect(self.tabs.show_state)
        keeping.report_begun.connect(self.journaling.begin_save)
        keeping.report_saved.connect(self.journaling.note_saved)
        recovering.offers_changed.connect(self.start_page.recovery.show_offers)
        self.start_page.recovery.restore_requested.connect(recovering.restore)
        self.start_page.recovery.view_requested.connect(recovering.view)
        self.start_page.recovery.give_up_requested.connect(recovering.give_up)

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
    def _on_close_wanted(self, report: OpenReport) -> None:
        self.page.finish()
        self.filing.close_report(report)

    @Slot(object)
    def _on_fix_chosen(self, fix: Fix) -> None:
        """Show the cell first, so that nothing changes out of sight."""
        self.page.show_fix(fix)
        if self.controller.accept(fix):
            if not fix.texts:
                # What was put in is blank and wants to be filled.
                self.page.grid.setFocus()
            self.status.say(self.tr("已采纳：{0}。可以撤销。").format(fix.title))

    @Slot()
    def _on_reasons_requested(self) -> None:
        bindings.show_reasons(self)

    @Slot()
    def show_rule_settings(self) -> None:
        """Show what is set otherwise than the program has it."""
        bindings.show_settings(self)

    @Slot(QPoint)
    def _on_last_year_menu_requested(self, place: QPoint) -> None:
        names = ("show_last_year", "load_last_year", "remove_last_year")
        QMenu.exec([self.actions_by_name[name] for name in names], place)

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
        if not self.closing.may_close():
            event.ignore()
            return
        self.stop()
        self.closing.put_away()
        self.shell.end()
        super().closeEvent(event)
