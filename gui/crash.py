"""The last resort: a fault of the program is logged, and one dialog says so."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from core.version import DISPLAY_NAME, VERSION
from gui.views.crash_dialog import show_crash, show_crash_with_loss

_log = logging.getLogger(__name__)

# The same fault comes back with every paint; who has read of it need not at once read it again.
_SILENT_SECONDS = 60.0


def _always() -> bool:
    return True


class _State:
    """Whether the dialog is open, what it said last and when, and who knows of the edits."""

    is_shown = False
    shown_at: dict[str, float] = {}  # noqa: RUF012 - there is one program, and it has one
    edits_are_safe: Callable[[], bool] = staticmethod(_always)
    relay: _Relay | None = None


class _Relay(QObject):
    """Brings faults to the window's thread, when it has finished what it does, such as painting.

    Signals:
        met: The exception.
    """

    met = Signal(object)

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.met.connect(self._on_met, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _on_met(self, error: BaseException) -> None:
        said = details(error)
        if time.monotonic() - _State.shown_at.get(said, -_SILENT_SECONDS) < _SILENT_SECONDS:
            return
        _show(error)
        _State.shown_at[said] = time.monotonic()


def install(edits_are_safe: Callable[[], bool] = _always) -> None:
    """Let exceptions that nobody caught, on any thread, end here.

    `edits_are_safe` says whether everything that was edited can be recovered.
    """
    _State.edits_are_safe = staticmethod(edits_are_safe)
    _State.relay = _Relay(QCoreApplication.instance())
    sys.excepthook = on_exception
    threading.excepthook = _on_thread_exception
    sys.unraisablehook = _on_unraisable


def on_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an exception and have the dialog opened."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("unexpected error:\n%s", details(error))
    if _State.relay is not None:
        _State.relay.met.emit(error)


def report(error: Exception) -> None:
    """Treat an exception that a job brought back as one that nobody caught."""
    _log.error("unexpected error:\n%s", details(error))
    _show(error)


def details(error: BaseException) -> str:
    """Return what may be reported: versions, type and places, never texts of the document."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    system = f"{DISPLAY_NAME} {VERSION}，Python {platform.python_version()}，{platform.platform()}"
    return "\n".join([system, type(error).__name__, *places])


def _show(error: BaseException) -> None:
    """Open the dialog, unless it is open already."""
    if _State.is_shown:
        return
    _State.is_shown = True
    try:
        show = show_crash if _State.edits_are_safe() else show_crash_with_loss
        show(details(error))
    finally:
        _State.is_shown = False


def _on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _on_unraisable(arguments: sys.UnraisableHookArgs) -> None:
    """Log what went wrong while something was put away; nobody waits for it any more."""
    if arguments.exc_value is not None:
        _log.error("error in passing:\n%s", details(arguments.exc_value))
