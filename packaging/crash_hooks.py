"""Let a call of Python's os module fail or end the program, where there is no strace."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from typing import Any

NAMES = (
    *("open", "write", "fsync", "close", "chmod", "replace", "rename", "link", "unlink"),
    *("stat", "lstat", "fstat", "access", "mkdir", "listdir", "scandir", "ftruncate"),
)
KILLED = 9


class _Hook:
    """Counts calls from the first that opens something in a folder on."""

    def __init__(self, folder: str, at: int, fault: str) -> None:
        self.count = 0
        self._folder, self._at, self._fault = folder, at, fault
        self._real = {name: getattr(os, name) for name in NAMES}
        self._real_open = io.open

    def install(self) -> None:
        for name in NAMES:
            setattr(os, name, self._wrapped(self._real[name], name == "open"))
        io.open = self._wrapped(self._real_open, True)

    def remove(self) -> None:
        for name in NAMES:
            setattr(os, name, self._real[name])
        io.open = self._real_open

    def _wrapped(self, real: Callable[..., Any], opens: bool) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            inside = opens and str(arguments[0]).startswith(self._folder)
            if self.count or inside:
                self.count += 1
            if self.count and self.count == self._at:
                self._break_off(real, arguments)
            return real(*arguments, **options)

        return call

    def _break_off(self, real: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        if self._fault == "KILL":
            os._exit(KILLED)
        if real is self._real["close"]:
            # A failing close has closed all the same.
            real(*arguments)
        # Only this one fails.
        self.count += 1
        raise OSError(getattr(errno, self._fault), "injected")


def hooked(folder: str, at: int, fault: str) -> None:
    """Break off at a call, for the rest of this process."""
    _Hook(folder, at, fault).install()


def hooked_calls(act: Callable[[], None], folder: str) -> int:
    """Return how many calls there are to break off at."""
    hook = _Hook(folder, -1, "")
    hook.install()
    try:
        act()
    finally:
        hook.remove()
    return hook.count
