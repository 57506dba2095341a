"""The reports that were opened last: a small file in the user's configuration folder.

Only paths and times stand in it.  A file that is damaged counts as empty.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

from core.errors import ReportError
from core.json_file import Origin, load_bytes, read_object, stamped
from core.storage import replace_file
from core.version import NAME

FORMAT = "gouji-recent"
VERSION = 1
MOST = 12

_FILES, _PATH, _AT = "files", "path", "at"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A report that was opened, and the local time at which that was done last."""

    path: Path
    at: datetime

    @property
    def is_missing(self) -> bool:
        """Whether it is no longer where it was, or cannot be reached now."""
        try:
            return not self.path.is_file()
        except OSError:
            return True


def recent_path() -> Path:
    """Return where the list is kept, whether there is one yet or not."""
    return platformdirs.user_config_path(NAME, appauthor=False) / "recent.json"


def load_recent(path: Path) -> tuple[RecentFile, ...]:
    """Return the files of a list, the latest first; what is wrong in it is passed over."""
    if not path.is_file():
        return ()
    origin = Origin(path.name, "最近文件", "没有采用。")
    try:
        content = read_object(load_bytes(path, origin), origin, FORMAT, VERSION)
    except ReportError as error:
        _log.info("the recent files cannot be read: %s", type(error).__name__)
        return ()
    entries = content.get(_FILES)
    found = [_entry(each) for each in entries] if isinstance(entries, list) else []
    return _in_order([each for each in found if each is not None])


def save_recent(path: Path, files: Sequence[RecentFile]) -> None:
    """Write a list into its file.  No backup is kept: what is taken out is to be gone.

    Raises:
        SaveError: The disk refused; what stood there still does.
        OSError: There is no folder for it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = [
        {_PATH: str(each.path), _AT: each.at.isoformat(" ", "seconds")}
        for each in files
        if _can_be_written(str(each.path))
    ]
    text = json.dumps({**stamped(FORMAT, VERSION), _FILES: entries}, ensure_ascii=False, indent=2)
    replace_file(path, f"{text}\n".encode(), overwrite=True, backup=False)


def with_file(files: Sequence[RecentFile], path: Path, at: datetime) -> tuple[RecentFile, ...]:
    """Return a list with a file that was just opened, at the front."""
    return _in_order([RecentFile(path, at), *without_file(files, path)])


def without_file(files: Sequence[RecentFile], path: Path) -> tuple[RecentFile, ...]:
    """Return a list without a file."""
    return tuple(each for each in files if each.path != path)


def clear_recent(path: Path) -> None:
    """Remove the list.

    Raises:
        OSError: It could not be removed.
    """
    path.unlink(missing_ok=True)


def _can_be_written(text: str) -> bool:
    """Return whether a name is text: on some systems it may be any bytes."""
    return text.encode("utf-8", "ignore").decode() == text


def _in_order(files: Sequence[RecentFile]) -> tuple[RecentFile, ...]:
    return tuple(sorted(files, key=lambda each: each.at, reverse=True)[:MOST])


def _entry(value: Any) -> RecentFile | None:
    if not isinstance(value, dict):
        return None
    path, at = value.get(_PATH), value.get(_AT)
    if not isinstance(path, str) or not isinstance(at, str) or not path or "\0" in path:
        return None
    try:
        time = datetime.fromisoformat(at)
    except ValueError:
        return None
    return RecentFile(Path(path), time.replace(tzinfo=None))
