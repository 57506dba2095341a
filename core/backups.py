"""Which backups there are of a file that was replaced: the last few, in the private folder.

They stand there and not beside the document, so that no folder fills up with
copies and none is handed on by mistake.  `core.storage` writes them.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
from datetime import datetime
from pathlib import Path

from core.file_names import shortened
from core.private_folder import private_folder, private_path
from core.refusals import code

KEPT = 5

_FOLDER = "backups"
_NAME = re.compile(r"(\d{6})-")

_log = logging.getLogger(__name__)


class _Limit:
    """How many backups of one file stay; a person may want more or fewer."""

    kept = KEPT


def keep_backups(count: int) -> None:
    """Keep so many backups of every file from now on, one at least."""
    _Limit.kept = max(count, 1)


def backups_path() -> Path:
    """Return where all backups stand, whether there are any or not."""
    return private_path(_FOLDER)


def backups_of(path: Path) -> list[Path]:
    """Return the backups of a file, the newest first."""
    try:
        found = [entry for entry in _folder(path).iterdir() if _number(entry)]
    except OSError:
        return []
    return sorted(found, key=_number, reverse=True)


def next_backup(path: Path) -> Path:
    """Return where the next backup of a file goes; its folder is made.

    Raises:
        OSError: The private folder cannot be made.
    """
    folder = private_folder(_FOLDER, _folder(path).name)
    number = max(map(_number, folder.iterdir()), default=0) + 1
    # The number keeps the order where the clock goes back.
    start = f"{number:06d}-{datetime.now():%Y%m%d-%H%M%S}-"
    return folder / (start + shortened(path.stem, start + path.suffix, folder) + path.suffix)


def drop_old_backups(path: Path) -> None:
    """Remove all but the last backups of a file; one that stays for now harms nobody."""
    for backup in backups_of(path)[_Limit.kept :]:
        try:
            backup.unlink()
        except OSError as error:
            _log.warning("an old backup is left: %s", code(error))


def clear_backups() -> None:
    """Remove the backups of all files, at a person's wish.

    Raises:
        OSError: One of them could not be removed.
    """
    if private_path(_FOLDER).exists():
        shutil.rmtree(private_path(_FOLDER))


def _folder(path: Path) -> Path:
    key = hashlib.sha256(os.fsencode(os.path.normcase(os.path.realpath(path)))).hexdigest()
    return private_path(_FOLDER, key[:16])


def _number(entry: Path) -> int:
    found = _NAME.match(entry.name)
    return int(found[1]) if found else 0
