"""Names for new files: free, and short enough for every file system."""

from __future__ import annotations

import os
import re
from pathlib import Path

MAX_NAME_BYTES = 255
MAX_WINDOWS_PATH = 259  # UTF-16 units of a whole path, without the long-path setting

_WINDOWS = os.name == "nt"


def proposed_path(source: Path, suffix: str, label: str = "校对版") -> Path:
    """Return a free path beside `source`, such as 原名(校对版).docx, then 原名(校对版2).docx.

    A label that the name already carries is not repeated.  A long name is
    shortened so that every file system takes it.
    """
    stem = re.sub(rf"\({re.escape(label)}\d*\)$", "", source.stem) or source.stem
    number = 1
    while True:
        ending = f"({label}{number if number > 1 else ''}){suffix}"
        path = source.with_name(shortened(stem, ending, source.parent) + ending)
        if not os.path.lexists(path):
            return path
        number += 1


def free_path(path: Path) -> Path:
    """Return a path as it is if nothing has its name, else 原名(2).docx, then 原名(3).docx."""
    number = 1
    while True:
        ending = f"({number}){path.suffix}" if number > 1 else path.suffix
        wanted = path.with_name(shortened(path.stem, ending, path.parent) + ending)
        if not os.path.lexists(wanted):
            return wanted
        number += 1


def shortened(stem: str, ending: str, folder: Path) -> str:
    """Return as much of a stem as fits before an ending in a folder; one character at least."""
    while len(stem) > 1 and not _fits(folder / (stem + ending)):
        stem = stem[:-1].rstrip(" .")
    return stem


def is_beyond_windows(path: Path) -> bool:
    """Return whether Windows says of a path that its folder is missing because it is too long."""
    units = len(str(path).encode("utf-16-le", "surrogatepass")) // 2
    return _WINDOWS and units > MAX_WINDOWS_PATH


def _fits(path: Path) -> bool:
    return not is_beyond_windows(path) and len(os.fsencode(path.name)) <= MAX_NAME_BYTES


def written_out(path: Path) -> str:
    """Return a path as one of its kind; the file itself is not asked."""
    return os.path.normcase(os.path.abspath(path))
