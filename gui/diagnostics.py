"""What is kept of a run to find faults by: a log and the last words of a dying interpreter.

Both stand in the private folder.  They hold places in the program, kinds of errors
and ids of rules, never what stands in a document.
"""

from __future__ import annotations

import faulthandler
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qInstallMessageHandler

from core.private_folder import private_folder
from core.refusals import code
from core.storage import open_fault_file, open_log
from gui.start_failure import say_no_display

_FOLDER = "logs"
_OWN = ("core", "gui")
# Names of classes and functions; whatever Qt quotes may come from a document or its path.
_QUOTED = re.compile(r"""["'“‘].*["'”’]""", re.DOTALL)
_FOREIGN = re.compile(r"[^\x20-\x7e]+")
_LONGEST = 300
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


class _PlacesOnly(logging.Formatter):
    """Leaves out the text of exceptions, which may quote what was read."""

    def formatException(self, ei: object) -> str:
        """Return the kind of an exception."""
        kind = ei[0] if isinstance(ei, tuple) else None
        return getattr(kind, "__name__", "")


@contextmanager
def kept() -> Iterator[None]:
    """Keep the log as long as the program runs; without a private folder it runs without one."""
    with ExitStack() as stack:
        try:
            _begin(stack)
        except OSError as error:
            _log.warning("no log: %s", code(error))
        yield


def _begin(stack: ExitStack) -> None:
    folder = private_folder(_FOLDER)
    handler = open_log(folder / "gouji.log")
    stack.callback(handler.close)
    handler.setFormatter(_PlacesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    for name in _OWN:
        logger = logging.getLogger(name)
        stack.callback(logger.setLevel, logger.level)
        stack.callback(logger.removeHandler, handler)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    faults = stack.enter_context(open_fault_file(folder / "faults.log"))
    faulthandler.enable(faults)
    stack.callback(faulthandler.disable)
    qInstallMessageHandler(on_qt_message)
    stack.callback(qInstallMessageHandler, None)


def on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Put a message of Qt's into the log, without what it quotes."""
    category = getattr(context, "category", None) or "default"
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt %s: %s", category, cleaned(message))
    if kind is QtMsgType.QtFatalMsg and QCoreApplication.startingUp():
        # Qt is about to end the process, because it finds no screen or no way to draw on it.
        say_no_display()


def cleaned(message: str) -> str:
    """Return a message of Qt's without quoted and foreign text, cut to size."""
    return _FOREIGN.sub("?", _QUOTED.sub('"…"', message).replace("…", "..."))[:_LONGEST]
