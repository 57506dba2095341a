"""The application: look, language, the first look at its window, and the end."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from core.leftovers import use_private_temp
from core.preferences import load_preferences, own_preferences_path
from core.version import APPLICATION_ID, NAME, VERSION
from core.window_state import load_window_state, window_state_path
from gui import diagnostics, environment, icons, theme
from gui.first_look import wait_until_seen
from gui.handover import Door
from gui.main_window import MainWindow
from gui.window_memory import put_back

# Qt's own catalogue says 撤消, 重做 and 丢弃; one word for one thing.  It has no words at all
# for the kinds of files in a file dialog.
_OWN_WORDS = {
    "&Undo": "撤销(&U)",
    "Undo": "撤销",
    "&Redo": "恢复(&R)",
    "Redo": "恢复",
    "Don't Save": "不保存",
    "Discard": "不保存",
    "Close without Saving": "不保存",
    "Folder": "文件夹",
    "File Folder": "文件夹",
    "Drive": "磁盘",
    "File": "文件",
    "%1 File": "%1 文件",
    "Shortcut": "快捷方式",
    "Alias": "替身",
    "Unknown": "未知",
}


class OwnWords(QTranslator):
    """Replaces the few words of Qt's Chinese catalogue that differ from ours."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 - Qt's signature
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Return our word, or Qt's null text, which lets the next catalogue answer."""
        return _OWN_WORDS.get(sourceText)  # type: ignore[return-value]  # "" is not null

    def isEmpty(self) -> bool:
        """Return that there are words."""
        return False


def run(arguments: list[str], door: Door | None = None) -> int:
    """Open the window with the files named; return the exit status.

    At the door it takes the files of later starts.
    """
    with diagnostics.kept():
        return _run(arguments, door)


def _run(arguments: list[str], door: Door | None) -> int:
    use_private_temp()
    environment.prepare()
    application = make_application()
    window = MainWindow()
    state = load_window_state(window_state_path())
    put_back(window, state)
    window.show()
    wait_until_seen(window)
    if window.isHidden():  # closed at first sight
        return 0
    # Imported here: with its modules, the panes take longer than all until now.
    from gui.beginning import begin

    begin(application, window, state, [Path(name) for name in arguments], door)
    # The modules stay; to look for garbage among them would delay each later look.
    gc.freeze()
    gc.enable()
    status = application.exec()
    window.stop()
    return status


def make_application() -> QApplication:
    """Return the application, dressed and speaking Chinese."""
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setApplicationDisplayName("")
    application.setApplicationVersion(VERSION)
    application.setDesktopFileName(APPLICATION_ID)
    application.setStyle("Fusion")
    application.setWindowIcon(icons.application_icon())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    _speak_chinese(application)
    application.setFont(theme.interface_font())
    if present is None:
        theme.follow_system(application.palette())
    application.styleHints().colorSchemeChanged.connect(theme.apply)
    theme.choose(load_preferences(own_preferences_path()).look)
    return application


def _speak_chinese(application: QObject) -> None:
    qt_words = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt_words.load("qtbase_zh_CN", folder):
        QApplication.installTranslator(qt_words)
    QApplication.installTranslator(OwnWords(application))
