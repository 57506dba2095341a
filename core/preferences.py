"""How a person wants files to be saved: a small file in the user's configuration folder.

It decides no check, so nothing in it is worth a complaint: a value that is not
right counts as not set, and a file that is damaged as missing.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from core.errors import ReportError
from core.json_file import Origin, load_bytes, read_object, stamped
from core.refusals import code, refusal
from core.storage import replace_file
from core.version import NAME
from core.writable import UNWRITABLE
from core.writers.marking import Mode

FORMAT = "gouji-preferences"
VERSION = 1
LONGEST_AUTHOR = 100

_MODE, _AUTHOR = "word_mode", "author"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How changes are shown in a Word file, and by whom they were made.

    An empty author is the program.
    """

    mode: Mode = Mode.TRACKED
    author: str = ""


def own_preferences_path() -> Path:
    """Return where a person's own preferences are kept, whether there are any yet or not."""
    return platformdirs.user_config_path(NAME, appauthor=False) / "preferences.json"


def load_preferences(path: Path) -> Preferences:
    """Return the preferences in a file; whatever is missing or wrong is as the program has it."""
    if not path.is_file():
        return Preferences()
    origin = Origin(path.name, "设置", "没有采用。")
    try:
        content = read_object(load_bytes(path, origin), origin, FORMAT, VERSION)
    except ReportError as error:
        _log.info("the preferences cannot be read: %s", type(error).__name__)
        return Preferences()
    return Preferences(_mode(content.get(_MODE)), _author(content.get(_AUTHOR)))


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write preferences into a file; what stood there goes to the backups.

    Raises:
        SaveError: The disk refused; what stood there still does.
    """
    content = {_MODE: preferences.mode.value, _AUTHOR: preferences.author}
    text = json.dumps({**stamped(FORMAT, VERSION), **content}, ensure_ascii=False, indent=2)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _log.info("no folder for the preferences: %s", code(error))
        raise refusal(error, path, len(text)) from error
    replace_file(path, f"{text}\n".encode(), overwrite=True)


def author_from(text: str) -> str:
    """Return a name as it may stand beside a revision: one line, cut to size."""
    return " ".join(UNWRITABLE.sub("", text).split())[:LONGEST_AUTHOR].strip()


def _mode(value: Any) -> Mode:
    try:
        return Mode(value)
    except ValueError:
        return Mode.TRACKED


def _author(value: Any) -> str:
    return author_from(value) if isinstance(value, str) else ""
