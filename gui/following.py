"""The window follows the report that is shown: its page, its title, and the status bar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.untitled import is_untitled
from core.version import DISPLAY_NAME
from gui import enabling
from gui.office_settings import named
from gui.open_report import OpenReport

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# Adding up more would be felt while a selection is dragged.
_MOST_ADDED_UP = 20_000


class Following(QObject):
    """Keeps the window in step with the controller."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller = window.controller
        self._status = window.status
        # Between two reports there is nothing to say, and all of it would be said anew.
        self._is_between = False
        controller.report_opened.connect(self._on_report_opened)
        controller.session_leaving.connect(self._on_session_leaving)
        controller.session_shown.connect(self._on_session_shown)
        controller.session_closed.connect(self.show_nothing)
        controller.session_changed.connect(self._on_selection_changed)
        controller.opening_started.connect(self._on_opening_started)
        controller.opening_progressed.connect(self._status.show_progress)
        controller.opening_failed.connect(self._on_opening_failed)
        controller.opening_cancelled.connect(self._on_opening_cancelled)
        controller.opening_ended.connect(self._on_opening_ended)
        controller.edit_refused.connect(self._status.say)
        controller.office_changed.connect(self._on_office_changed)
        controller.read_only_changed.connect(self._show_title)
        grid = window.page.grid
        grid.selection_changed.connect(self._on_selection_changed)
        window.keeping.unsaved_changed.connect(self._on_unsaved_changed)
        for signal in (
            controller.checked,
            controller.read_only_changed,
            controller.undo_group.indexChanged,
            controller.cause_chosen,
            controller.last_year_changed,
            controller.report_opened,
            controller.report_closed,
            grid.current_cell_changed,
        ):
            signal.connect(self._enable)

    @Slot()
    def show_nothing(self) -> None:
        """Show the start page, as no report is open."""
        self._is_between = False
        self._window.show_start_page()
        self._status.show_selection([])
        self._status.say(self.tr("就绪"))
        self._show_title()
        enabling.tell_saving(self._window)
        self._enable()

    @Slot()
    def _on_session_leaving(self) -> None:
        self._is_between = True

    @Slot()
    def _on_session_shown(self) -> None:
        self._is_between = False
        self._window.show_report_page()
        self._show_title()
        self._on_selection_changed()
        enabling.tell_saving(self._window)
        self._enable()

    @Slot(object)
    def _on_report_opened(self, report: OpenReport) -> None:
        self._status.say(self.tr("已打开“{0}”").format(report.path.name))

    @Slot()
    def _enable(self) -> None:
        if not self._is_between:
            enabling.enable(self._window)

    @Slot(object)
    def _on_opening_started(self, path: Path) -> None:
        sentence = self.tr("正在读取“{0}”…").format(path.name)
        if waiting := self._controller.waiting:
            sentence += self.tr("后面还有 {0} 份").format(waiting)
        self._status.begin(sentence)

    @Slot()
    def _on_opening_failed(self) -> None:
        self._status.say(self.tr("没有打开"))

    @Slot()
    def _on_opening_cancelled(self) -> None:
        self._status.say(self.tr("已取消读取"))

    @Slot()
    def _on_opening_ended(self) -> None:
        self._status.end(self._status.sentence)

    @Slot(int)
    def _on_unsaved_changed(self, count: int) -> None:
        self._status.show_unsaved(count)
        if bool(count) != self._window.isWindowModified():
            self._show_title()
            self._window.setWindowModified(bool(count))

    @Slot()
    def _on_selection_changed(self) -> None:
        session, grid = self._controller.session, self._window.page.grid
        if self._is_between:
            return
        if session is None:
            self._status.show_selection([])
        elif (count := grid.selected_positions()) > _MOST_ADDED_UP:
            self._status.show_count(count)
        else:
            self._status.show_selection([session.text(ref) for ref in grid.selected_refs()])

    @Slot()
    def _on_office_changed(self) -> None:
        settings = self._controller.office.settings
        self._status.show_settings(named(settings) if self._window.settings.is_used else "")
        self._enable()

    @Slot()
    def _show_title(self) -> None:
        session = self._controller.session
        mark = self.tr("（只读）") if self._controller.is_read_only else ""
        is_new = session is not None and is_untitled(session.path)
        mark = self.tr("（新建）") if is_new and not mark else mark
        self._status.show_promise(not is_new)
        name = f"{session.path.name}{mark}[*] — " if session else ""
        self._window.setWindowTitle(self.tr("{0}{1} · 年报校核").format(name, DISPLAY_NAME))
