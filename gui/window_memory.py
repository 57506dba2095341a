"""The window comes back as it was left, as far as that fits the screens that are there now."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

from core.errors import SaveError
from core.window_state import (
    HIDDEN_AT_FIRST,
    PANES,
    WindowState,
    save_window_state,
    window_state_path,
)

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# Of a window so much must be on a screen, in logical pixels, that it can be taken hold of.
_LEAST_SEEN = (160, 60)

_log = logging.getLogger(__name__)


def put_back(window: MainWindow, state: WindowState) -> None:
    """Give a window, which need not have its panes yet, the place it had when it was closed."""
    place = fitting(state, [screen.availableGeometry() for screen in QGuiApplication.screens()])
    if place is not None:
        window.setGeometry(place)
    if state.is_maximized or (place is None and not fits(window)):
        # Not shown yet: it would be laid out before it has its panes and fonts, and again after.
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def arrange(window: MainWindow, state: WindowState) -> None:
    """Give the panes of a window the sizes and zoom they had, and show those that were shown."""
    if state.widths:
        window.set_pane_widths(state.widths)
    if state.heights:
        window.page.splitter.setSizes(list(state.heights))
    for name in (*state.hidden, *state.shown):
        window.actions_by_name[name].setChecked(name in state.shown)
    window.status.zoom.show_percent(state.zoom)


def keep(window: MainWindow, path: Path | None = None) -> None:
    """Remember how a window is; that this fails is nobody's worry."""
    try:
        save_window_state(path or window_state_path(), state_of(window))
    except (SaveError, OSError) as error:
        _log.info("the state of the window is not kept: %s", type(error).__name__)


def state_of(window: MainWindow) -> WindowState:
    """Return how a window is."""
    place = window.normalGeometry() if window.isMaximized() else window.geometry()
    return WindowState(
        (place.left(), place.top(), place.width(), place.height()),
        window.isMaximized(),
        tuple(window.pane_widths),
        tuple(window.page.heights),
        tuple(name for name in PANES if not window.actions_by_name[name].isChecked()),
        window.status.zoom.percent,
        tuple(name for name in HIDDEN_AT_FIRST if window.actions_by_name[name].isChecked()),
    )


def fits(window: MainWindow) -> bool:
    """Return whether a window's first size has room on its screen: an agency's is often small."""
    return window.size().boundedTo(window.screen().availableSize()) == window.size()


def fitting(state: WindowState, screens: list[QRect]) -> QRect | None:
    """Return where a window may stand, None where its place is on no screen any more.

    One that is larger than the screen it is on is cut to it.
    """
    if state.place is None:
        return None
    place = QRect(*state.place)
    for screen in screens:
        seen = screen.intersected(place)
        if seen.width() >= _LEAST_SEEN[0] and seen.height() >= _LEAST_SEEN[1]:
            size = place.size().boundedTo(screen.size())
            return QRect(place.topLeft(), size) if size != place.size() else place
    return None
