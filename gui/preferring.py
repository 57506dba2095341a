"""The settings of a person: asked for, applied to the window at once, and traces cleared."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from core.backups import backups_path, clear_backups, keep_backups
from core.refusals import code
from core.traces import clear_traces, traces
from gui import bindings, theme
from gui.office_settings import named
from gui.recents import Recents
from gui.views.information_bar import Kind

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.views.settings_dialog import SettingsDialog

_log = logging.getLogger(__name__)


class Preferring(QObject):
    """Lets the person set what is remembered, and sees to it that it holds."""

    def __init__(self, window: MainWindow, recents: Recents) -> None:
        super().__init__(window)
        self._window = window
        self._recents = recents
        window.save_mode.changed.connect(self.apply)

    @Slot()
    def apply(self) -> None:
        """Let everything hold that is chosen."""
        chosen = self._window.save_mode.preferences
        keep_backups(chosen.backups_kept)
        for grid in (self._window.page.grid, self._window.page.past.grid):
            grid.set_points(chosen.grid_points)
        if chosen.look is not theme.chosen():
            theme.choose(chosen.look)
        bindings.show_preferences(self._window)
        if not chosen.keeps_recent:
            self._recents.clear()

    def ask(self) -> None:
        """Show the settings and take what is saved there."""
        dialog = self.dialog()
        if self._window.filing.dialogs.run(dialog):
            self._window.save_mode.use(dialog.chosen)

    def dialog(self) -> SettingsDialog:
        """Return the settings as they are now."""
        # Imported here, as all that the first window does not need.
        from gui.views.settings_dialog import SettingsDialog, Surroundings

        settings, window = self._window.settings, self._window
        office = window.controller.office.settings
        rules = (
            f"{named(office)}。{office.remark}" if settings.is_used else "按程序自带的设置检查。"
        )
        around = Surroundings(rules, settings.sentences, backups_path())
        dialog = SettingsDialog(window.save_mode.preferences, around, window)
        dialog.settings_file_requested.connect(dialog.reject)
        dialog.settings_file_requested.connect(window.filing.choose_settings)
        dialog.backups_clearing_requested.connect(self._clear_backups)
        dialog.traces_clearing_requested.connect(self._clear_traces)
        return dialog

    @Slot()
    def _clear_backups(self) -> None:
        question = "清除所有被替换文件的备份？"
        if not self._window.filing.dialogs.ask_clear(question, "清除后不能再找回；文档不受影响。"):
            return
        try:
            clear_backups()
        except OSError as error:
            _log.warning("backups are left: %s", code(error))
            self._window.bar.say(Kind.WARNING, "备份没有全部清除，请稍后再试。")
            return
        self._window.status.say("已清除备份")

    @Slot()
    def _clear_traces(self) -> None:
        said = "\n".join(f"· {each.name}：{each.count} {each.unit}" for each in traces())
        kept = "没有保存的修改、出错说明和设置会留下；文档不受影响。清除后不能再找回。"
        if not self._window.filing.dialogs.ask_clear("清除下列使用痕迹？", f"{said}\n\n{kept}"):
            return
        problems = clear_traces()
        self._recents.forget()
        if problems:
            self._window.bar.say(Kind.WARNING, "\n".join(problems))
        else:
            self._window.status.say("已清除使用痕迹")
