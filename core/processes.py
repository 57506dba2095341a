"""Which process wrote a lock or a journal, and whether it still runs."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Writer:
    """A process of a user on a computer.

    `started` tells two processes apart that had the same number, one after the
    other; it is empty where the system does not say.
    """

    pid: int
    host: str
    user: str
    started: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether it ran on another computer, so that nobody here knows if it still does."""
        return self.host != platform.node()

    @property
    def may_run(self) -> bool:
        """Whether it still runs, or may do so on another computer."""
        return self.is_elsewhere or _runs(self.pid, self.started)

    def json(self) -> dict[str, Any]:
        """Return what `writer_from` reads."""
        return asdict(self)


def this_process() -> Writer:
    """Return the process that asks."""
    pid = os.getpid()
    return Writer(pid, platform.node(), _user(), _started(pid))


def writer_from(value: object) -> Writer | None:
    """Return the process that some JSON describes, None if it describes none."""
    if not isinstance(value, Mapping):
        return None
    found = [value.get(field.name) for field in fields(Writer)]
    pid, *texts = found
    if type(pid) is not int or not all(isinstance(text, str) for text in texts):
        return None
    return Writer(pid, *(str(text) for text in texts))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # A user without a name, as in some containers.
        return ""


def _runs(pid: int, started: str) -> bool:
    if pid <= 0 or not _exists(pid):
        return False
    return not started or _started(pid) == started


if sys.platform == "win32":
    import ctypes
    from collections.abc import Iterator
    from contextlib import contextmanager
    from ctypes import wintypes

    _QUERY, _STILL_ACTIVE, _NOT_ALLOWED = 0x1000, 259, 5

    @contextmanager
    def _asked(pid: int) -> Iterator[tuple[ctypes.WinDLL, wintypes.HANDLE]]:
        """Give the system and a process that may be asked; the handle is null where it is not."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = wintypes.HANDLE(kernel.OpenProcess(_QUERY, False, wintypes.DWORD(pid)))
        try:
            yield kernel, handle
        finally:
            if handle:
                kernel.CloseHandle(handle)

    def _exists(pid: int) -> bool:
        """Ask for the exit code: os.kill would end the process."""
        with _asked(pid) as (kernel, handle):
            if not handle:
                # A process that may not be asked is there all the same.
                return ctypes.get_last_error() == _NOT_ALLOWED
            status = wintypes.DWORD()
            asked = kernel.GetExitCodeProcess(handle, ctypes.byref(status))
            return not asked or status.value == _STILL_ACTIVE

    def _started(pid: int) -> str:
        """Return when a process began, in units of 100 ns; Windows soon gives a number again."""
        times = (wintypes.FILETIME * 4)()
        places = [ctypes.byref(times, at * ctypes.sizeof(wintypes.FILETIME)) for at in range(4)]
        with _asked(pid) as (kernel, handle):
            if not handle or not kernel.GetProcessTimes(handle, *places):
                return ""
        return str(times[0].dwHighDateTime << 32 | times[0].dwLowDateTime)

else:

    def _exists(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            # Somebody else's process.
            return True
        return True

    def _started(pid: int) -> str:
        """Return when a process began, in ticks since the computer did; only Linux says."""
        try:
            text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
            boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
            # The name of the program, in brackets, may hold anything.
            return f"{boot} {text.rpartition(')')[2].split()[19]}"
        except (OSError, IndexError):
            return ""
