"""The window is seen before the rest of the program is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

# A window that is nowhere to be seen, because it begins as an icon, is not waited for.
_LONGEST = 400  # ms


def wait_until_seen(window: QWidget) -> None:
    """Return once a window that is shown has painted itself.

    What the user does meanwhile is not lost: it waits for the next event loop.
    """
    loop = QEventLoop()
    painting = _Painting(loop)
    window.installEventFilter(painting)
    QTimer.singleShot(_LONGEST, loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    window.removeEventFilter(painting)


class _Painting(QObject):
    """Ends an event loop when what it watches has been painted and brought to the screen."""

    def __init__(self, loop: QEventLoop) -> None:
        super().__init__(loop)
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at each event and let all of them through."""
        if event.type() == QEvent.Type.Paint:
            # Only after this event it is brought to the screen.
            QTimer.singleShot(0, self._loop, self._loop.quit)
        return super().eventFilter(watched, event)
