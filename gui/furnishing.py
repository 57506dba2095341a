"""What the main window is furnished with once it is seen: panes, and what works on a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui import bindings
from gui.accepting import Accepting
from gui.cell_commands import CellCommands
from gui.closing import Closing
from gui.controller import SessionController
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
from gui.pane_steps import PaneSteps
from gui.recovering import Recovering
from gui.remarks import Remarks
from gui.save_mode import SaveMode
from gui.saved_step import SavedStep
from gui.shell import Shell
from gui.views.dialogs import Dialogs
from gui.views.findings_panel import FindingsPanel
from gui.views.report_page import ReportPage
from gui.views.report_tabs import ReportTabs
from gui.views.structure_pane import StructurePane
from gui.views.undo_pane import UndoPane
from gui.walk import FindingWalk
from gui.window_layout import place_panes

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def furnish(window: MainWindow, controller: SessionController) -> None:
    """Give a window everything but its first look, and let it follow the controller."""
    window.controller = controller
    _make_panes(window)
    _make_keeping(window)
    window.closing = Closing(window)
    window.walk = FindingWalk(controller, window.findings.model, window.page, window)
    window.accepting = Accepting(window)
    window.cell_commands = CellCommands(controller, window.page.grid, window)
    window.grid_tools = GridTools(window)
    window.evidence = Evidence(window)
    window.shell = Shell(window)
    place_panes(window)
    bindings.bind(window)
    _connect_panes(window)
    _connect_office(window)
    _connect_keeping(window)
    Following(window).show_nothing()
    # After all who have something to say about a report have seen it.
    window.remarks.follow()
    window.explaining.load()
    # As the last child it outlives all panes that still ask it while they go.
    controller.setParent(window)
    controller.is_typing = lambda: window.page.is_typing


def _make_panes(window: MainWindow) -> None:
    controller, bar = window.controller, window.bar
    window.structure = StructurePane(controller, window)
    window.page = ReportPage(controller, window)
    window.explaining = Explaining(controller, bar, parent=window)
    window.settings = OfficeSettings(controller, bar, window)
    window.last_year = LastYear(controller, bar, window)
    window.tabs = ReportTabs(controller, window)
    window.findings = FindingsPanel(controller, window.explaining, window.settings, window)
    window.undo_pane = UndoPane(window)


def _make_keeping(window: MainWindow) -> None:
    controller, bar = window.controller, window.bar
    window.save_mode = SaveMode(bar, parent=window)
    window.keeping = Keeping(controller, Dialogs(window), bar, window.save_mode, window)
    window.filing = Filing(controller, window.keeping, bar, window)
    window.journaling = Journaling(controller, bar, window)
    window.remarks = remarks = Remarks(controller, bar, window)
    remarks.sources += [lambda _report: window.explaining.remark(), window.last_year.remark]
    window.locking = Locking(controller, remarks, window)
    window.recovering = Recovering(controller, window.filing, window.locking, remarks, window)


def _connect_panes(window: MainWindow) -> None:
    controller, page, say = window.controller, window.page, window.status.say
    structure, findings = window.structure, window.findings
    window.undo_pane.step_requested.connect(controller.go_to_step)
    controller.undo_group.activeStackChanged.connect(window.undo_pane.follow)
    structure.table_requested.connect(page.show_table)
    structure.section_requested.connect(page.show_section)
    structure.changes_requested.connect(page.show_next_change)
    page.table_shown.connect(structure.follow_table)
    page.section_shown.connect(structure.follow_section)
    for grid in (page.grid, page.past.grid):
        grid.zoom_requested.connect(window.status.zoom.step)
        window.status.zoom_changed.connect(grid.set_zoom)
    window.grid_tools.connect_panes()
    window.status.cancel_requested.connect(controller.cancel_opening)
    findings.cause_activated.connect(window.walk.choose)
    findings.cell_focus_requested.connect(page.grid.setFocus)
    findings.reasons_requested.connect(window.show_reasons)
    findings.cell_requested.connect(page.show_cell)
    page.grid.refused.connect(say)
    for speaker in (
        window.accepting,
        window.cell_commands,
        window.walk,
        window.evidence,
        window.filing,
    ):
        speaker.said.connect(say)
    window.tabs.close_wanted.connect(window.close_tab)
    PaneSteps(window)


def _connect_office(window: MainWindow) -> None:
    last_year, filing, status = window.last_year, window.filing, window.status
    for speaker in (window.explaining, window.settings, last_year, window.findings):
        speaker.said.connect(status.say)
    window.findings.settings_requested.connect(window.show_rule_settings)
    filing.settings_chosen.connect(window.settings.use_file)
    filing.last_year_chosen.connect(last_year.load)
    last_year.file_wanted.connect(filing.choose_last_year)
    last_year.other_report_dropped.connect(filing.open)
    last_year.reading_started.connect(status.begin)
    last_year.reading_progressed.connect(status.show_progress)
    last_year.reading_ended.connect(status.end)
    status.cancel_requested.connect(last_year.cancel)
    window.structure.last_year_requested.connect(filing.choose_last_year)
    window.structure.last_year_menu_requested.connect(window.show_last_year_menu)


def _connect_keeping(window: MainWindow) -> None:
    keeping, recovering = window.keeping, window.recovering
    SavedStep(keeping, window)
    for speaker in (keeping, window.save_mode, recovering):
        speaker.said.connect(window.status.say)
    keeping.state_changed.connect(window.tabs.show_state)
    keeping.report_begun.connect(window.journaling.begin_save)
    keeping.report_saved.connect(window.journaling.note_saved)
    offers = window.start_page.recovery
    recovering.offers_changed.connect(offers.show_offers)
    offers.restore_requested.connect(recovering.restore)
    offers.view_requested.connect(recovering.view)
    offers.give_up_requested.connect(recovering.give_up)
