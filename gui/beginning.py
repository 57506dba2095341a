"""What begins once the window is seen: panes, what watches over them, and the files named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from core.leftovers import sweep
from core.untitled import sweep_untitled
from core.window_state import WindowState
from gui import crash
from gui.controller import SessionController
from gui.ending import Ending
from gui.handover import Door
from gui.jobs import JobRunner
from gui.main_window import MainWindow
from gui.second_starts import SecondStarts
from gui.warming import Warming

_WARM_AFTER, _SWEEP_AFTER = 200, 2000  # ms


def begin(
    application: QApplication,
    window: MainWindow,
    state: WindowState,
    files: Sequence[Path],
    door: Door | None,
) -> None:
    """Furnish the window as it was left, open the files, and at the door those of later starts."""
    window.furnish(SessionController())
    journaling = window.journaling
    crash.install(journaling.is_safe)
    window.closing.ending = ending = Ending(application, journaling.is_safe, journaling.leave)
    ending.watch_signals()
    window.shell.begin(state)
    window.filing.open_together(files)
    if door is not None:
        application.aboutToQuit.connect(SecondStarts(door, window).stop)
    QTimer.singleShot(0, window.recovering.load)
    QTimer.singleShot(0, window.shell.begin_later)
    warming = Warming(application)
    QTimer.singleShot(_WARM_AFTER, warming.start)
    application.aboutToQuit.connect(warming.stop)
    QTimer.singleShot(_SWEEP_AFTER, Sweeper(application).start)


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
