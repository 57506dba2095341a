"""How the window was when it was closed: a small file in the user's configuration folder.

Every value is checked by itself; one that is not right counts as not set.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

from core.errors import ReportError
from core.json_file import Origin, load_bytes, read_object, stamped
from core.storage import replace_file
from core.version import NAME

FORMAT = "gouji-window"
VERSION = 1
PANES = ("show_structure", "show_prose", "show_findings")
# Those that are only there when asked for.
HIDDEN_AT_FIRST = ("show_steps",)

_LARGEST = 20_000  # pixels: no screen is larger
_ZOOMS = range(50, 301)  # per cent

_log = logging.getLogger(__name__)

Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class WindowState:
    """Where the window stood and what it showed; None and empty are as the program has it.

    `place` is left, top, width and height in logical pixels; `widths` and `heights` are
    the sizes of the panes side by side and of grid and prose; `hidden` are actions'
    names of panes that are not shown, `shown` of those that usually are not; `zoom` is in
    per cent.
    """

    place: Rectangle | None = None
    is_maximized: bool = False
    widths: tuple[int, ...] = ()
    heights: tuple[int, ...] = ()
    hidden: tuple[str, ...] = ()
    zoom: int = 100
    shown: tuple[str, ...] = ()


def window_state_path() -> Path:
    """Return where the state is kept, whether there is one yet or not."""
    return platformdirs.user_config_path(NAME, appauthor=False) / "window.json"


def load_window_state(path: Path) -> WindowState:
    """Return the state in a file; whatever is missing or wrong is as the program has it."""
    if not path.is_file():
        return WindowState()
    origin = Origin(path.name, "窗口布局", "没有采用。")
    try:
        content = read_object(load_bytes(path, origin), origin, FORMAT, VERSION)
    except ReportError as error:
        _log.info("the state of the window cannot be read: %s", type(error).__name__)
        return WindowState()
    zoom = content.get("zoom")
    return WindowState(
        _place(content.get("place")),
        content.get("is_maximized") is True,
        _sizes(content.get("widths"), 3),
        _sizes(content.get("heights"), 2),
        _named(content.get("hidden"), PANES),
        zoom if isinstance(zoom, int) and zoom in _ZOOMS else 100,
        _named(content.get("shown"), HIDDEN_AT_FIRST),
    )


def save_window_state(path: Path, state: WindowState) -> None:
    """Write a state into its file.

    Raises:
        SaveError: The disk refused; what stood there still does.
        OSError: There is no folder for it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**stamped(FORMAT, VERSION), **asdict(state)}, indent=2)
    replace_file(path, f"{text}\n".encode(), overwrite=True, backup=False)


def _place(value: Any) -> Rectangle | None:
    if not isinstance(value, list) or len(value) != 4 or not all(map(_is_whole, value)):
        return None
    left, top, width, height = value
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        return None
    return left, top, width, height


def _sizes(value: Any, count: int) -> tuple[int, ...]:
    """Return the sizes of so many panes, none unless they are whole, and one is visible."""
    if not isinstance(value, list) or len(value) != count or not all(map(_is_whole, value)):
        return ()
    if not all(0 <= size <= _LARGEST for size in value) or not any(value):
        return ()
    return tuple(value)


def _named(value: Any, panes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in panes if isinstance(value, list) and name in value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST
