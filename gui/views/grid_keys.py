"""The keys of the grid that Qt's own table leaves alone or takes otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from gui.views.cell_editor import Way

if TYPE_CHECKING:
    from gui.views.grid import GridView

_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT, _CONTROL, _ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def take_key(grid: GridView, event: QKeyEvent) -> bool:
    """Do what a key means in a spreadsheet; return whether it means anything."""
    key = Qt.Key(event.key())
    if event.modifiers() & _ALT:
        return False
    shift, control = bool(event.modifiers() & _SHIFT), bool(event.modifiers() & _CONTROL)
    return (
        _move(grid, key, shift, control)
        or (not control and _leave(grid, key, shift))
        or (not control and not shift and _change(grid, key))
        or (control and not shift and _command(grid, key))
    )


def _move(grid: GridView, key: Qt.Key, shift: bool, control: bool) -> bool:
    ways = grid.ways
    if key in _ARROWS:
        if shift:
            (ways.stretch_to_edge if control else ways.stretch)(*_ARROWS[key])
        else:
            (ways.jump if control else ways.move)(*_ARROWS[key])
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        if control:
            ways.corner_of_table(key == Qt.Key.Key_End, shift)
        elif key == Qt.Key.Key_Home:
            ways.start_of_row(shift)
        else:
            ways.end_of_row(shift)
    elif key in _PAGES and not control:
        ways.page(_PAGES[key], shift)
    else:
        return False
    return True


def _leave(grid: GridView, key: Qt.Key, shift: bool) -> bool:
    if key in _ENTER:
        grid.ways.leave(Way.UP if shift else Way.DOWN)
    elif key == Qt.Key.Key_Backtab or (key == Qt.Key.Key_Tab and shift):
        grid.ways.leave(Way.LEFT)
    elif key == Qt.Key.Key_Tab:
        grid.ways.leave(Way.RIGHT)
    else:
        return False
    return True


def _change(grid: GridView, key: Qt.Key) -> bool:
    if key == Qt.Key.Key_Delete:
        grid.clear_requested.emit()
    elif key == Qt.Key.Key_Backspace:
        grid.edit_anew()
    else:
        return False
    return True


def _command(grid: GridView, key: Qt.Key) -> bool:
    """Take the keys whose menu shortcuts only hold while the grid has the focus."""
    if key == Qt.Key.Key_A:
        grid.ways.select_all()
    elif key == Qt.Key.Key_C:
        grid.copy()
    elif key == Qt.Key.Key_X:
        grid.cut_requested.emit()
    elif key == Qt.Key.Key_V:
        grid.paste_requested.emit()
    else:
        return False
    return True
