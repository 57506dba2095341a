"""What a second start hands over comes to the open window, and that to the front."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from gui.handover import Door, Request

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_PAUSE = 200  # ms


class SecondStarts(QObject):
    """Answers at the door for a window.

    While a question waits for its answer, the files wait with it.

    Signals:
        came: The request of a second start.
    """

    came = Signal(object)

    def __init__(self, door: Door, window: MainWindow) -> None:
        super().__init__(window)
        self._door, self._window = door, window
        self._waiting: list[Path] = []
        self._timer = QTimer(self, interval=_PAUSE)
        self._timer.timeout.connect(self._open_waiting)
        self.came.connect(self._on_came)
        door.open(self.came.emit)

    @Slot()
    def stop(self) -> None:
        """Answer nobody any more."""
        self._door.close()

    @Slot(object)
    def _on_came(self, request: Request) -> None:
        if not request.take():
            return
        self._come_to_front()
        self._waiting += request.files
        self._open_waiting()

    def _come_to_front(self) -> None:
        window = self._window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()
        # Where the system does not let it come, it asks for attention.
        QApplication.alert(window)

    @Slot()
    def _open_waiting(self) -> None:
        if QApplication.activeModalWidget() is not None:
            self._timer.start()
            return
        self._timer.stop()
        files, self._waiting = self._waiting, []
        self._window.filing.open_together(files)
