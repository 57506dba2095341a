"""What a process that was killed leaves behind, and the private place for temporary files.

Libraries write temporary files of their own: openpyxl one for every sheet.  They
go to the private folder, because they hold what stands in the document.
"""

from __future__ import annotations

import logging
import re
import stat
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from core.private_folder import private_folder, private_path
from core.refusals import code

TEMPORARY_PREFIX = ".~"
TEMPORARY_SUFFIX = ".tmp"

_OWN = re.compile(
    re.escape(TEMPORARY_PREFIX) + r"[0-9a-f]{6}" + re.escape(TEMPORARY_SUFFIX) + r"\Z", re.ASCII
)
_ANY = re.compile(r"")
_DAY = 24 * 60 * 60  # seconds; no save takes that long
_TEMPORARY = "temporary"

_log = logging.getLogger(__name__)


def use_private_temp() -> None:
    """Send the temporary files of all libraries to the private folder, and clear out old ones.

    Without a private folder the system's own place is used: the program still starts.
    """
    try:
        tempfile.tempdir = str(private_folder(_TEMPORARY))
    except OSError as error:
        _log.warning("no private folder for temporary files: %s", code(error))


def sweep(folders: Iterable[Path] = ()) -> int:
    """Remove what was left behind for more than a day; return the number of files.

    Everything in the private place for temporary files goes; in the rest of the
    private folder, and in the folders named, only files of the program's own pattern.
    """
    removed = _sweep(private_path(_TEMPORARY), _ANY)
    return removed + sum(map(sweep_folder, (*_folders_in(private_path()), *folders)))


def sweep_folder(folder: Path) -> int:
    """Remove old files of the program's own pattern from one folder, as after a save there."""
    return _sweep(folder, _OWN)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return [folder, *(entry for entry in folder.rglob("*") if entry.is_dir())]
    except OSError:
        return []


def _sweep(folder: Path, pattern: re.Pattern[str]) -> int:
    try:
        found = [entry for entry in folder.iterdir() if pattern.match(entry.name)]
    except OSError:
        return 0
    return sum(_removed(entry) for entry in found)


def _removed(entry: Path) -> bool:
    try:
        found = entry.lstat()
        if not stat.S_ISREG(found.st_mode) or time.time() - found.st_mtime < _DAY:
            return False
        entry.unlink()
    except OSError as error:
        # Another process may have been quicker.
        _log.info("a left-over file stays: %s", code(error))
        return False
    return True
