"""The program cannot start: that is logged, and said where a person can see it.

Qt may be what is missing, so nothing here needs it but the window that says so.
"""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from contextlib import suppress

from core.private_folder import private_folder
from core.storage import open_log
from core.version import DISPLAY_NAME, NAME, VERSION

FAILED = 1
SENTENCE = "程序没有能够启动，文件没有被修改。"
_NO_DISPLAY = "没有可以显示窗口的屏幕，或者缺少显示窗口所需的系统组件。"
_WHERE = "错误信息记在日志里：{}"
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
# Windows of these are seen by nobody, so that nobody could close them.
_UNSEEN = ("offscreen", "minimal", "minimalegl", "vnc")

_log = logging.getLogger(__name__)


def report(error: Exception) -> int:
    """Log why the program cannot start and say that it cannot; return the exit status."""
    said = details(error)
    place = _logged(said)
    more = _WHERE.format(place) if place else ""
    say(f"{SENTENCE}{more}")
    _show(said, more)
    return FAILED


def say_no_display() -> None:
    """Say, where only text can be read, that no window can be shown."""
    say(f"{SENTENCE}{_NO_DISPLAY}")


def say(sentence: str) -> None:
    """Write a sentence on the standard error, if there is one."""
    if sys.stderr is None:  # a program without a console, on Windows
        return
    with suppress(OSError, ValueError):
        sys.stderr.buffer.write(f"{sentence}\n".encode())
        sys.stderr.flush()


def details(error: BaseException) -> str:
    """Return what may be reported: versions, kinds and places of errors, missing modules.

    Texts of other errors stay out: a start with a file has its name in some of them.
    """
    system = f"{DISPLAY_NAME} {VERSION}，Python {platform.python_version()}，{platform.platform()}"
    lines = [system]
    present: BaseException | None = error
    while present is not None:
        text = f": {present}" if isinstance(present, ImportError) else ""
        lines.append(f"{type(present).__name__}{text}")
        frames = traceback.extract_tb(present.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        present = present.__cause__
    return "\n".join(lines)


def _logged(said: str) -> str:
    """Write into the log, whether or not it was begun; return where it is, "" if nowhere."""
    try:
        place = private_folder("logs") / "gouji.log"
        handler = open_log(place)
    except OSError:
        return ""
    handler.setFormatter(logging.Formatter(_FORMAT))
    record = _log.makeRecord(_log.name, logging.CRITICAL, "", 0, "no start:\n%s", (said,), None)
    handler.handle(record)
    handler.close()
    return str(place)


def _show(said: str, more: str) -> None:
    """Show a window that says so, where Qt is there and somebody can see it."""
    try:
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtWidgets import QApplication

        application = QApplication.instance() or QApplication(sys.argv[:1])
        application.setApplicationName(NAME)
        if can_be_seen(QGuiApplication.platformName()):
            from gui.views.crash_dialog import start_box

            start_box(SENTENCE, more, said).exec()
    except Exception as problem:  # noqa: BLE001 - it has been said, and there is nothing else left
        _log.error("no window for it: %s", type(problem).__name__)


def can_be_seen(platform_name: str) -> bool:
    """Return whether windows of a platform of Qt's are on a screen."""
    return platform_name not in _UNSEEN
