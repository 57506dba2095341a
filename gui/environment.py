"""What stands in the environment before Qt starts: the input method, and where libraries are.

On other systems than Linux there is nothing to do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

Environment = MutableMapping[str, str]

_PROCESSES = Path("/proc")
_PLUGIN = "platforminputcontexts/libfcitx*.so"


def prepare() -> None:
    """Set right what Qt and the programs started from the window will read."""
    if sys.platform != "linux":
        return
    give_back_library_path(os.environ)
    if not has_fcitx_plugin(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))):
        reach_fcitx_by_ibus(os.environ, running_programs())


def give_back_library_path(environment: Environment) -> None:
    """Undo what PyInstaller set for the start.

    Our own libraries are loaded already.  A file manager that the window opens
    would load them too, and may not start with them:
    https://pyinstaller.org/en/stable/common-issues-and-pitfalls.html
    """
    if not getattr(sys, "frozen", False):
        return
    before = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is None:
        environment.pop("LD_LIBRARY_PATH", None)
    else:
        environment["LD_LIBRARY_PATH"] = before


def has_fcitx_plugin(plugins: Path) -> bool:
    """Tell whether Qt can speak to fcitx itself; the wheels of PySide6 6.9 cannot."""
    return any(plugins.glob(_PLUGIN))


def reach_fcitx_by_ibus(environment: Environment, programs: Iterable[str]) -> None:
    """Let Qt speak to fcitx 5 as if it were ibus, where it asks for fcitx and cannot.

    Fcitx 5 answers for the portal of ibus; fcitx 4 does not, so it is left alone.
    """
    asked = environment.get("QT_IM_MODULE", "")
    if asked not in ("fcitx", "fcitx5") or "fcitx5" not in programs:
        return
    environment["QT_IM_MODULE"] = "ibus"
    environment["IBUS_USE_PORTAL"] = "1"
    # Where it is set, Qt 6.7 and later look at this list alone.
    if listed := environment.get("QT_IM_MODULES"):
        environment["QT_IM_MODULES"] = listed.replace("fcitx5", "fcitx").replace("fcitx", "ibus")


def running_programs() -> Iterator[str]:
    """Yield the names of all programs that run."""
    for process in _PROCESSES.glob("[0-9]*/comm"):
        try:
            yield process.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            # It has ended since.
            continue
