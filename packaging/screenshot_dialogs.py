"""Pictures of what surrounds a report: dialogs, help, tour, preview, recent files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QTabWidget
from screenshot_studio import Studio

from core.changes_made import changes_made
from core.recent_files import RecentFile
from core.resources import SAMPLE
from core.session import open_session
from gui.help_window import HelpWindow
from gui.printing import Printed
from gui.views.about_dialog import AboutDialog
from gui.views.changes_dialog import BeforeSaving, ChangesDialog
from gui.views.settings_dialog import SettingsDialog, Surroundings

_SLOT = "applications.unavailable_not_held.natural_person"
_DAY = datetime(2025, 1, 20, 9, 30)
_BACKUPS = Path("/数据/勾稽/备份")
_RECENT = (
    "/文档/年报/临江县林业局2024年政府信息公开工作年度报告.docx",
    "/文档/旧/临江县水务局2023年年报.doc",
)


def surroundings(studio: Studio) -> None:
    """Draw them all; the window is left without a report."""
    session = studio.open(open_session(SAMPLE))
    studio.controller.set_text(session.match.places[_SLOT].ref, "6")
    window, changes = studio.window, changes_made(session)
    open_findings = "还有未处理的疑点：强制性错误 1 处，待核实 3 处。仍然可以保存。"
    how = "Word 保存方式：修订；作者：勾稽。原文件不会被修改。"
    before = BeforeSaving(session, changes, (), open_findings, how, False)
    _show(studio, "before-saving", ChangesDialog(before, window))
    # The folder of backups is one of the moment, which no picture should name.
    around = Surroundings("按程序自带的设置检查。", window.settings.sentences, _BACKUPS)
    _show(studio, "settings", SettingsDialog(window.save_mode.preferences, around, window))
    _show(studio, "help", HelpWindow(window))
    _show(studio, "about", AboutDialog(window))
    for what in Printed:
        _show(studio, f"print-{what.name.lower()}", window.shell.printing.preview(what))
    studio.controller.undo_stack.undo()
    window.shell.tour.begin()
    studio.take("tour")
    window.shell.tour.bar.hide()
    studio.controller.close_all()
    files = [RecentFile(Path(name), _DAY) for name in _RECENT]
    window.start_page.recent.show_files(files)
    window.start_page.recent.show_missing(frozenset({files[1].path}))
    studio.take("recent-files")
    window.start_page.recent.show_files(())


def _show(studio: Studio, name: str, dialog: QDialog) -> None:
    dialog.show()
    tabs = dialog.findChild(QTabWidget)
    for page in range(tabs.count() if tabs else 1):
        if tabs:
            tabs.setCurrentIndex(page)
        studio.take(f"{name}-{page + 1}" if page else name, dialog)
    dialog.close()
    dialog.deleteLater()
