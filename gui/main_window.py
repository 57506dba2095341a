"""The main window: puts the panes together and follows the session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QWidget

from core.edits import Changes
from core.rules.model import Fix
from core.untitled import is_untitled
from core.version import DISPLAY_NAME
from gui import actions, bindings, icons
from gui.cell_commands import CellCommands
from gui.closing import Closing
from gui.controller import SessionController
from gui.dropping import dropped_paths, take_dropped
from gui.evidence import Evidence
from gui.explaining import Explaining
from gui.filing import Filing
from gui.grid_tools import GridTools
from gui.journaling import Journaling
from gui.keeping import Keeping
from gui.last_year import LastYear
from gui.locking import Locking
from gui.office_settings import OfficeSettings, named
from gui.pane_steps import PaneSteps
from gui.recovering import Recovering
from gui.remarks import Remarks
from gui.save_mode import SaveMode
from gui.shell import Shell
from gui.views.card_buttons import sure_fix
from gui.views.dialogs import Dialogs
from gui.views.findings_panel import FindingsPanel
from gui.views.information_bar import InformationBar
from gui.views.report_page import ReportPage
from gui.views.start_page import StartPage
from gui.views.status import StatusStrip
from gui.views.structure_pane import StructurePane
from gui.walk import FindingWalk
from gui.window_layout import FIRST_WIDTHS, put_together

_START, _REPORT = range(2)
_SIZE = (1440, 900)
# At 200 % an agency's usual screen of 1366 × 768 has no more.
_LEAST_SIZE = (640, 360)
# Adding up more would be felt while a selection is dragged.
_MOST_ADDED_UP = 20_000


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
        self.findings = FindingsPanel(controller, self.explaining, self.settings, self)
        self.status = StatusStrip(self)
        self.save_mode = SaveMode(self.bar, parent=self)
        self.keeping = Keeping(controller, Dialogs(self), self.bar, self.save_mode, self)
        self.filing = Filing(controller, self.keeping, self.bar, self)
        self.journaling = Journaling(controller, self.bar, self)
        self.remarks = Remarks(controller, self.bar, self)
        self.remarks.sources.append(self.explaining.remark)
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
        self._connect_session()
        self._connect_panes()
        self._connect_office()
        self._connect_keeping()
        self._on_session_closed()
        self.explaining.load()
        # As the last child it outlives all panes that still ask it while they go.
        controller.setParent(self)

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

    def _connect_session(self) -> None:
        controller = self.controller
        controller.session_opened.connect(self._on_session_opened)
        controller.session_closed.connect(self._on_session_closed)
        controller.session_changed.connect(self._on_session_changed)
        controller.checked.connect(self._on_checked)
        controller.opening_started.connect(self._on_opening_started)
        controller.opening_progressed.connect(self.status.show_progress)
        controller.opening_failed.connect(self._on_opening_ended)
        controller.opening_cancelled.connect(self._on_opening_cancelled)
        controller.read_only_changed.connect(self._show_title)
        controller.read_only_changed.connect(self._on_checked)
        controller.edit_refused.connect(self.status.say)
        controller.undo_stack.indexChanged.connect(self._on_checked)
        controller.cause_chosen.connect(self._on_checked)

    def _connect_panes(self) -> None:
        self.structure.table_requested.connect(self.page.show_table)
        self.structure.section_requested.connect(self.page.show_section)
        self.structure.changes_requested.connect(self.page.show_next_change)
        self.page.table_shown.connect(self.structure.follow_table)
        self.page.section_shown.connect(self.structure.follow_section)
        self.page.grid.selection_changed.connect(self._on_selection_changed)
        self.page.grid.current_cell_changed.connect(self._on_checked)
        self.page.grid.zoom_requested.connect(self.status.zoom.step)
        self.cell_commands.said.connect(self.status.say)
        self.grid_tools.connect_panes()
        self.page.grid.refused.connect(self.status.say)
        self.status.zoom_changed.connect(self.page.grid.set_zoom)
        self.status.cancel_requested.connect(self.controller.cancel_opening)
        self.findings.cause_activated.connect(self.walk.choose)
        self.findings.fix_chosen.connect(self._on_fix_chosen)
        self.findings.cell_focus_requested.connect(self.page.grid.setFocus)
        self.findings.reasons_requested.connect(self._on_reasons_requested)
        self.findings.cell_requested.connect(self.page.show_cell)
        self.walk.said.connect(self.status.say)
        self.evidence.said.connect(self.status.say)
        self.filing.said.connect(self.status.say)
        PaneSteps(self)

    def _connect_office(self) -> None:
        last_year, filing = self.last_year, self.filing
        for speaker in (self.explaining, self.settings, last_year, self.findings):
            speaker.said.connect(self.status.say)
        self.findings.settings_requested.connect(self.show_rule_settings)
        self.controller.office_changed.connect(self._on_office_changed)
        self.controller.last_year_changed.connect(self._on_checked)
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
        for speaker in (keeping, self.save_mode, recovering):
            speaker.said.connect(self.status.say)
        keeping.unsaved_changed.connect(self._on_unsaved_changed)
        keeping.report_begun.connect(self.journaling.begin_save)
        keeping.saved.connect(self.journaling.note_saved)
        recovering.offers_changed.connect(self.start_page.recovery.show_offers)
        self.start_page.recovery.restore_requested.connect(recovering.restore)
        self.start_page.recovery.view_requested.connect(recovering.view)
        self.start_page.recovery.give_up_requested.connect(recovering.give_up)
        # After all who have something to say about a report have seen it.
        self.controller.session_opened.connect(self.remarks.say)
        self.controller.session_closed.connect(self.remarks.say)

    def stop(self) -> None:
        """Stop all work and wait for it; what is written is written to its end."""
        self.evidence.shut_down()
        self.last_year.shut_down()
        self.recovering.shut_down()
        self.shell.folder.close()
        self.filing.saving.wait()
        self.controller.shut_down()

    @Slot()
    def _on_session_opened(self) -> None:
        self._pages.setCurrentIndex(_REPORT)
        self.status.end(self.tr("已打开“{0}”").format(self.controller.present.path.name))
        self._show_title()
        self._on_checked()

    @Slot()
    def _on_session_closed(self) -> None:
        self._pages.setCurrentIndex(_START)
        self.status.show_selection([])
        self.status.say(self.tr("就绪"))
        self._show_title()
        self._on_checked()

    @Slot(object)
    def _on_session_changed(self, _changes: Changes) -> None:
        self._on_selection_changed()

    @Slot()
    def _on_checked(self) -> None:
        bindings.enable(self)

    @Slot(object)
    def _on_opening_started(self, path: Path) -> None:
        self.status.begin(self.tr("正在读取“{0}”…").format(path.name))

    @Slot()
    def _on_opening_ended(self) -> None:
        self.status.end(self.tr("没有打开"))

    @Slot()
    def _on_opening_cancelled(self) -> None:
        self.status.end(self.tr("已取消读取"))

    @Slot(int)
    def _on_unsaved_changed(self, count: int) -> None:
        self.status.show_unsaved(count)
        if bool(count) != self.isWindowModified():
            self._show_title()
            self.setWindowModified(bool(count))

    @Slot()
    def _on_selection_changed(self) -> None:
        session, grid = self.controller.session, self.page.grid
        if session is None:
            self.status.show_selection([])
        elif (count := grid.selected_positions()) > _MOST_ADDED_UP:
            self.status.show_count(count)
        else:
            self.status.show_selection([session.text(ref) for ref in grid.selected_refs()])

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

    @Slot()
    def _on_office_changed(self) -> None:
        settings = self.controller.office.settings
        self.status.show_settings(named(settings) if self.settings.is_used else "")
        self._on_checked()

    @Slot(QPoint)
    def _on_last_year_menu_requested(self, place: QPoint) -> None:
        names = ("load_last_year", "remove_last_year")
        QMenu.exec([self.actions_by_name[name] for name in names], place)

    @Slot()
    def _show_title(self) -> None:
        session = self.controller.session
        mark = self.tr("（只读）") if self.controller.is_read_only else ""
        is_new = session is not None and is_untitled(session.path)
        mark = self.tr("（新建）") if is_new and not mark else mark
        self.status.show_promise(not is_new)
        name = f"{session.path.name}{mark}[*] — " if session else ""
        self.setWindowTitle(self.tr("{0}{1} · 年报校核").format(name, DISPLAY_NAME))

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
        """Open one file or two, or take one as last year's report."""
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
