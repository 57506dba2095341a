"""How a person wants the program to be: a small file in the user's configuration folder.

It decides no check, so nothing in it is worth a complaint: a value that is not
right counts as not set, and a file that is damaged as missing.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import platformdirs

from core.backups import KEPT
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
# Points of the grid's font, and backups of one file.
LEAST_POINTS, MOST_POINTS = 9, 24
LEAST_KEPT, MOST_KEPT = 1, 50

_MODE, _AUTHOR = "word_mode", "author"
_REVIEWS, _POINTS, _LOOK = "review_every_save", "grid_points", "look"
_BACKUPS, _RECENT, _TOUR = "backups_kept", "recent_files", "tour_over"

_log = logging.getLogger(__name__)


class Look(StrEnum):
    """The colours of the window: those of the system, or always the same."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Preferences:
    """How changes are shown in a Word file and by whom they were made, and how the window is.

    An empty author is the program.  `reviews_every_save` lists the changes before every
    save, not only before a report's first one.  `grid_points` is the size of the grid's
    font, `backups_kept` how many backups of one file stay.
    """

    mode: Mode = Mode.TRACKED
    author: str = ""
    reviews_every_save: bool = False
    grid_points: int = 10
    look: Look = Look.SYSTEM
    backups_kept: int = KEPT
    keeps_recent: bool = True
    is_tour_over: bool = False


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
    usual = Preferences()
    return Preferences(
        _mode(content.get(_MODE)),
        _author(content.get(_AUTHOR)),
        _switch(content.get(_REVIEWS), usual.reviews_every_save),
        _number(content.get(_POINTS), (LEAST_POINTS, MOST_POINTS), usual.grid_points),
        _look(content.get(_LOOK)),
        _number(content.get(_BACKUPS), (LEAST_KEPT, MOST_KEPT), usual.backups_kept),
        _switch(content.get(_RECENT), usual.keeps_recent),
        _switch(content.get(_TOUR), usual.is_tour_over),
    )


def save_preferences(path: Path, preferences: Preferences) -> None:
    """Write preferences into a file; what stood there goes to the backups.

    Raises:
        SaveError: The disk refused; what stood there still does.
    """
    content = {
        _MODE: preferences.mode.value,
        _AUTHOR: preferences.author,
        _REVIEWS: preferences.reviews_every_save,
        _POINTS: preferences.grid_points,
        _LOOK: preferences.look.value,
        _BACKUPS: preferences.backups_kept,
        _RECENT: preferences.keeps_recent,
        _TOUR: preferences.is_tour_over,
    }
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


def _look(value: Any) -> Look:
    try:
        return Look(value)
    except ValueError:
        return Look.SYSTEM


def _switch(value: Any, usual: bool) -> bool:
    return value if isinstance(value, bool) else usual


def _number(value: Any, limits: tuple[int, int], usual: int) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return value if is_whole and limits[0] <= value <= limits[1] else usual
