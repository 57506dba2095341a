"""The last resort: a fault of the program is logged, and one dialog says so."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from core.version import DISPLAY_NAME, VERSION
from gui.views.dialogs import show_crash

_log = logging.getLogger(__name__)


class _State:
    """Whether the dialog is open; a fault in a paint event comes sixty times a second."""

    is_shown = False


def install() -> None:
    """Let exceptions that nobody caught end here."""
    sys.excepthook = on_exception


def on_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Log an exception and open the dialog, unless it is open already."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("unexpected error:\n%s", details(error))
    if _State.is_shown:
        return
    _State.is_shown = True
    try:
        show_crash(details(error))
    finally:
        _State.is_shown = False


def report(error: Exception) -> None:
    """Treat an exception that a job brought back as one that nobody caught."""
    on_exception(type(error), error, error.__traceback__)


def details(error: BaseException) -> str:
    """Return what may be reported: versions, type and places, never texts of the document."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    system = f"{DISPLAY_NAME} {VERSION}，Python {platform.python_version()}，{platform.platform()}"
    return "\n".join([system, type(error).__name__, *places])
