"""The main window: puts the panes together and follows the session."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.document import CellRef
from core.edits import Changes
from core.rules.model import Fix
from core.version import DISPLAY_NAME
from gui import actions, bindings, icons
from gui.controller import SessionController
from gui.explaining import Explaining
from gui.filing import Filing
from gui.last_year import LastYear
from gui.office_settings import OfficeSettings, named
from gui.views.card_buttons import sure_fix
from gui.views.dialogs import Dialogs
from gui.views.findings_panel import FindingsPanel
from gui.views.information_bar import InformationBar
from gui.views.report_page import ReportPage
from gui.views.start_page import StartPage
from gui.views.status import StatusStrip
from gui.views.structure_pane import StructurePane
from gui.views.tool_bar import ToolBar, fill_menus
from gui.walk import FindingWalk

_START, _REPORT = range(2)
_SIZE = (1440, 900)
_LEAST_SIZE = (900, 560)
# Adding up more would be felt while a selection is dragged.
_MOST_ADDED_UP = 20_000
_MOST_DROPPED = 2
_WIDTHS = (234, 840, 366)


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
        self._may_close = False
        self.bar = InformationBar(self)
        self.start_page = StartPage(self)
        self.structure = StructurePane(controller, self)
        self.page = ReportPage(controller, self)
        self.explaining = Explaining(controller, self.bar, parent=self)
        self.settings = OfficeSettings(controller, self.bar, self)
        self.last_year = LastYear(controller, self.bar, self)
        self.findings = FindingsPanel(controller, self.explaining, self.settings, self)
        self.status = StatusStrip(self)
        self.filing = Filing(controller, Dialogs(self), self.bar, self)
        self.walk = FindingWalk(controller, self.findings.model, self.page, self)
        self.actions_by_name: Mapping[str, QAction] = actions.make_actions(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        self._put_together()
        bindings.bind(self)
        self._connect_session()
        self._connect_panes()
        self._connect_office()
        self._on_session_closed()
        self.explaining.load()
        # As the last child it outlives all panes that still ask it while they go.
        controller.setParent(self)

    def restore_layout(self) -> None:
        """Give the panes their first widths."""
        self._splitter.setSizes(list(_WIDTHS))

    def clear_selected(self) -> None:
        """Empty the selected cells as one undo step; labels among them stay."""
        session = self.controller.present
        refs = [ref for ref in self.page.grid.selected_refs() if session.is_editable(ref)]
        self.controller.set_texts([(ref, "") for ref in refs], self.tr("清除内容"))

    def accept_sure_fix(self) -> None:
        """Make the correction of the chosen card, if it is the only one possible."""
        if fix := sure_fix(self.controller.chosen):
            self._on_fix_chosen(fix)

    def _put_together(self) -> None:
        for pane in (self.structure, self.page, self.findings):
            self._splitter.addWidget(pane)
        self.structure.setMinimumWidth(150)
        self.findings.setMinimumWidth(260)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setCollapsible(1, False)
        self.restore_layout()
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._splitter)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        fill_menus(self.menuBar(), self.actions_by_name)
        self.addToolBar(ToolBar(self.actions_by_name, self))
        grid = self.page.grid
        grid.addActions([self.actions_by_name[name] for name in ("copy", "clear", "edit_cell")])
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

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
        controller.undo_stack.cleanChanged.connect(self._on_clean_changed)
        controller.undo_stack.indexChanged.connect(self._on_checked)
        controller.cause_chosen.connect(self._on_checked)

    def _connect_panes(self) -> None:
        self.start_page.open_requested.connect(self.filing.choose_and_open)
        self.start_page.sample_requested.connect(self.filing.open_sample)
        self.structure.table_requested.connect(self.page.show_table)
        self.structure.section_requested.connect(self.page.show_section)
        self.structure.changes_requested.connect(self._on_changes_requested)
        self.page.table_shown.connect(self.structure.follow_table)
        self.page.section_shown.connect(self.structure.follow_section)
        self.page.grid.selection_changed.connect(self._on_selection_changed)
        self.page.grid.current_cell_changed.connect(self._on_checked)
        self.page.grid.clear_requested.connect(self.clear_selected)
        self.page.grid.zoom_requested.connect(self.status.zoom.step)
        self.page.grid.refused.connect(self.status.say)
        self.status.zoom_changed.connect(self.page.grid.set_zoom)
        self.status.cancel_requested.connect(self.controller.cancel_opening)
        self.findings.cause_activated.connect(self.walk.choose)
        self.findings.fix_chosen.connect(self._on_fix_chosen)
        self.findings.cell_focus_requested.connect(self.page.grid.setFocus)
        self.findings.reasons_requested.connect(self._on_reasons_requested)
        self.walk.said.connect(self.status.say)
        self.filing.said.connect(self.status.say)
        self.filing.unsaved_changed.connect(self._on_unsaved_changed)
        self._add_shortcuts()

    def _connect_office(self) -> None:
        last_year, filing = self.last_year, self.filing
        for speaker in (self.explaining, self.settings, last_year, self.findings):
            speaker.said.connect(self.status.say)
        self.findings.settings_requested.connect(self._on_settings_requested)
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

    def _add_shortcuts(self) -> None:
        escape = QShortcut(QKeySequence("Esc"), self.page.grid)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(self.walk.hide_frames)
        QShortcut(QKeySequence("F6"), self).activated.connect(lambda: self.step_pane(1))
        QShortcut(QKeySequence("Shift+F6"), self).activated.connect(lambda: self.step_pane(-1))

    def step_pane(self, by: int) -> None:
        """Give the keyboard to the next or previous pane."""
        editor, prose = self.page.edit_bar.editor, self.page.prose.page
        text, cards = self.page.section.page, self.findings.cards
        panes = [self.structure, editor, self.page.grid, prose, text, cards]
        shown = [pane for pane in panes if pane.isVisible()]
        if not shown:
            return
        here = next((i for i, pane in enumerate(shown) if pane.hasFocus()), -1)
        shown[(here + by) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    @Slot(bool)
    def _on_clean_changed(self, clean: bool) -> None:
        self.setWindowModified(not clean)

    @Slot(int)
    def _on_unsaved_changed(self, count: int) -> None:
        self.status.show_unsaved(count)

    @Slot()
    def _on_selection_changed(self) -> None:
        session, grid = self.controller.session, self.page.grid
        if session is None:
            self.status.show_selection([])
        elif (count := grid.selected_positions()) > _MOST_ADDED_UP:
            self.status.show_count(count)
        else:
            self.status.show_selection([session.text(ref) for ref in grid.selected_refs()])

    @Slot()
    def _on_changes_requested(self) -> None:
        """Lead to the next changed cell after the current one."""
        refs: list[CellRef] = sorted(self.controller.present.edits)
        if refs:
            here = self.page.current_ref
            later = (ref for ref in refs if here is not None and ref > here)
            self.page.show_cell(next(later, refs[0]))

    @Slot(object)
    def _on_fix_chosen(self, fix: Fix) -> None:
        """Show the cell first, so that nothing changes out of sight."""
        self.page.show_cell(fix.texts[0].ref)
        if self.controller.accept(fix):
            self.status.say(self.tr("已采纳：{0}。可以撤销。").format(fix.title))

    @Slot()
    def _on_reasons_requested(self) -> None:
        bindings.show_reasons(self)

    @Slot()
    def _on_settings_requested(self) -> None:
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

    def _show_title(self) -> None:
        session = self.controller.session
        name = f"{session.path.name}[*] — " if session else ""
        self.setWindowTitle(self.tr("{0}{1} · 年报校核").format(name, DISPLAY_NAME))
        self.setWindowModified(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme with the icons."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_by_name"):
            actions.dress(self.actions_by_name)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer."""
        if _dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open one file or two; one that is last year's of the open report stands beside it."""
        paths = _dropped_paths(event)
        if not paths:
            return
        event.acceptProposedAction()
        if len(paths) > _MOST_DROPPED:
            self.status.say(self.tr("一次最多打开两份：本年的和上年的；请重新选择"))
        elif len(paths) > 1:
            self.filing.open(*paths)
        elif self.controller.session is not None:
            self.last_year.take_dropped(paths[0])
        else:
            self.filing.open(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Settle unsaved changes first, then stop all work."""
        if not self._may_close:
            self.filing.settle(self._allow_closing)
        if not self._may_close or not self._explanations_are_settled():
            self._may_close = False
            event.ignore()
            return
        self.last_year.shut_down()
        self.filing.saving.wait()
        self.controller.shut_down()
        super().closeEvent(event)

    def _explanations_are_settled(self) -> bool:
        """Return whether what was explained is in its file, or may be lost."""
        if self.explaining.is_saved or self.explaining.save():
            return True
        return self.filing.dialogs.ask_lost_explanations()

    def _allow_closing(self) -> None:
        """Close; after saving this comes later than the event that asked."""
        self._may_close = True
        self.close()


def _dropped_paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
