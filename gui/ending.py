"""When the system ends the program: the journal is left for the next start, and nobody is asked."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtGui import QGuiApplication

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Ending(QObject):
    """Follows the signals of the system and the end of the user's session at the computer.

    `flush` puts everything on the disk; `leave` does so for the last time, and the
    program ends.  `is_ending` holds while Qt closes the windows of a session that ends.
    """

    def __init__(
        self, application: QGuiApplication, flush: Callable[[], object], leave: Callable[[], None]
    ) -> None:
        super().__init__(application)
        self._application = application
        self._flush = flush
        self._leave = leave
        self.is_ending = False
        application.commitDataRequest.connect(self.on_commit)
        self._notifier: QSocketNotifier | None = None

    def watch_signals(self) -> None:
        """Let signals wake the event loop, in which Python runs no handlers of its own."""
        if os.name != "posix":
            return
        self._reading, writing = os.pipe()
        for descriptor in (self._reading, writing):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), _do_nothing)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    @Slot()
    def on_commit(self, *_manager: object) -> None:
        """Put everything on the disk.

        Qt closes all windows as soon as this returns; should it not, or should the
        session go on, everything is as before.
        """
        self._flush()
        self.is_ending = True
        QTimer.singleShot(0, self._on_commit_over)

    @Slot()
    def _on_commit_over(self) -> None:
        self.is_ending = False

    @Slot()
    def _on_signal(self) -> None:
        numbers = os.read(self._reading, 64)
        wanted = {getattr(signal, name) for name in _SIGNALS}
        ending = [number for number in numbers if number in wanted]
        if ending:
            self._leave()
            self._application.exit(128 + ending[0])


def _do_nothing(_number: int, _frame: object) -> None:
    """Stand in for the default, which would end the program at once."""
