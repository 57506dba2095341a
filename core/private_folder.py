"""The program's own folder in the user's home: journals, backups, locks, temporary files.

It is closed to everybody else, because what stands in it comes from documents.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

import platformdirs

from core.version import NAME

_MODE = 0o700


def private_path(*names: str) -> Path:
    """Return where something of the program's own stands, whether it is there or not."""
    return platformdirs.user_data_path(NAME, appauthor=False).joinpath(*names)


def private_folder(*names: str) -> Path:
    """Return a folder of the program's own, made if it is missing, closed to others.

    Raises:
        OSError: It cannot be made, as in a home that is full or read-only.
    """
    folder = private_path()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _close(folder)
    for name in names:
        folder = folder / name
        _close(folder)
    return folder


def _close(folder: Path) -> None:
    """Make a folder, or close one that an older version or a copy has left open."""
    folder.mkdir(mode=_MODE, exist_ok=True)
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) != _MODE:
        folder.chmod(_MODE)
