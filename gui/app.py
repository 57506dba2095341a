"""The application: look, language, beginning and end, and the files of the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTimer, QTranslator, Signal, Slot
from PySide6.QtWidgets import QApplication

from core.leftovers import sweep, use_private_temp
from core.preferences import load_preferences, own_preferences_path
from core.untitled import sweep_untitled
from core.version import APPLICATION_ID, NAME, VERSION
from gui import crash, diagnostics, environment, icons, theme
from gui.controller import SessionController
from gui.ending import Ending
from gui.handover import Door
from gui.jobs import JobRunner
from gui.main_window import MainWindow
from gui.second_starts import SecondStarts
from gui.warming import Warming

_WARM_AFTER, _SWEEP_AFTER = 200, 2000  # ms

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
    window = MainWindow(SessionController())
    crash.install(window.journaling.is_safe)
    ending = Ending(application, window.journaling.is_safe, window.journaling.leave)
    ending.watch_signals()
    window.closing.ending = ending
    window.shell.begin()
    window.show()
    window.filing.open_together([Path(name) for name in arguments])
    if door is not None:
        application.aboutToQuit.connect(SecondStarts(door, window).stop)
    # What follows is not needed for the first look.
    QTimer.singleShot(0, window.recovering.load)
    QTimer.singleShot(0, window.shell.begin_later)
    warming = Warming(application)
    QTimer.singleShot(_WARM_AFTER, warming.start)
    application.aboutToQuit.connect(warming.stop)
    QTimer.singleShot(_SWEEP_AFTER, Sweeper(application).start)
    status = application.exec()
    window.stop()
    return status


class Sweeper(QObject):
    """Removes what killed processes have left behind, on the worker.

    Signals:
        swept: The number of files that are gone.
    """

    swept = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.swept)
        self._jobs.failed.connect(crash.report)

    @Slot()
    def start(self) -> None:
        """Begin; nobody waits for it."""
        self._jobs.start(lambda _progress: sweep() + sweep_untitled())


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
