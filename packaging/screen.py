"""A screen of its own with a window manager, a keyboard to type on, and pictures of it.

Needs Xvfb, openbox, xdotool and ImageMagick's `import`; `MISSING` names those that are not there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from types import TracebackType

from PySide6.QtGui import QImage

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import")
MISSING = tuple(name for name in PROGRAMS if shutil.which(name) is None)

_PATIENCE = 20.0
_STEP = 0.15
# A cursor that blinks is no change.
_BLINK = 200


class Screen:
    """A virtual screen; everything on it happens through the keyboard."""

    def __init__(self, size: tuple[int, int], environment: Mapping[str, str]) -> None:
        read, write = os.pipe()
        geometry = f"{size[0]}x{size[1]}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", geometry, "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as answer:
            self.environment = {**environment, "DISPLAY": f":{answer.readline().strip()}"}
        self._desktop = subprocess.Popen(
            ["openbox"], env=self.environment, stderr=subprocess.DEVNULL
        )
        # Until the window manager runs no window gets the keyboard.
        self.wait_for(lambda: bool(self._xdotool("search", "--class", "openbox")), "a desktop")

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in (self._desktop, self._server):
            process.terminate()
            process.wait()

    @property
    def title(self) -> str:
        """The title of the window that has the keyboard, empty if none has."""
        return self._xdotool("getactivewindow", "getwindowname")

    def press(self, *keys: str) -> None:
        """Press keys one after another, as X names them: `ctrl+Return`, `F8`."""
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)
            self.wait_until_still()

    def type(self, text: str) -> None:
        """Type a text."""
        # What no key has is given a key for the moment, which programs must learn of first.
        delay = "40" if text.isascii() else "200"
        self._xdotool("type", "--clearmodifiers", "--delay", delay, text)
        self.wait_until_still()

    def wait_for(self, condition: Callable[[], bool], what: str) -> None:
        """Wait until something has come about.

        Raises:
            TimeoutError: It has not.
        """
        end = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(what)
            time.sleep(_STEP)

    def wait_for_title(self, part: str) -> None:
        """Wait until the window with the keyboard has a title like this."""
        self.wait_for(lambda: part in self.title, f"{part!r}, not {self.title!r}")
        self.wait_until_still()

    def wait_until_still(self) -> QImage:
        """Return the picture of the screen, once it no longer changes."""
        end = time.monotonic() + _PATIENCE
        before = self.picture()
        while time.monotonic() < end:
            time.sleep(_STEP)
            now = self.picture()
            if _differing(before, now) <= _BLINK:
                return now
            before = now
        raise TimeoutError("the screen does not come to rest")

    def picture(self) -> QImage:
        """Return what the screen shows now."""
        drawn = subprocess.run(
            ["import", "-window", "root", "ppm:-"],
            env=self.environment,
            check=True,
            capture_output=True,
        ).stdout
        return QImage.fromData(drawn, "PPM").convertToFormat(QImage.Format.Format_RGB32)

    def _xdotool(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment, capture_output=True, text=True
        )
        return done.stdout.strip()


def _differing(one: QImage, other: QImage) -> int:
    """Return how many points of two pictures differ."""
    if one == other:
        return 0
    first = memoryview(one.constBits()).cast("I")
    second = memoryview(other.constBits()).cast("I")
    return sum(a != b for a, b in zip(first, second, strict=True))
