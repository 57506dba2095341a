"""Hands on the grid: keys, mouse and clipboard as a person uses them."""

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from core.document import CellRef

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


def press(widget, *keys, modifier=NONE):
    for key in keys:
        QTest.keyClick(widget, key, modifier)


def write(widget, text):
    """Type a text of any script."""
    for character in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, NONE, character)
        QApplication.sendEvent(widget, event)


def type_text(grid, text):
    """Type over the current cell; the editor stays open."""
    for character in text:
        QTest.keyClicks(grid.cell_editor or grid, character)
    return grid.cell_editor


def here(grid):
    index = grid.currentIndex()
    return index.row(), index.column()


def selected(grid):
    """Return the one range as (top, left, bottom, right)."""
    return tuple(grid.ways.area)


def stand(window, ref):
    """Make a cell the current one, with the keyboard in the grid."""
    window.activateWindow()
    window.page.show_cell(ref)
    window.page.grid.setFocus()
    return window.page.grid


def point(grid, row, column):
    return grid.cell_rect(grid.model().index(row, column)).center()


def click(grid, row, column, modifier=NONE):
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, point(grid, row, column))


def drag(grid, start, end):
    view = grid.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, point(grid, *start))
    QTest.mouseMove(view, point(grid, *end))
    move(view, point(grid, *end))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, point(grid, *end))


def move(view, place):
    """Send a move with the left button down, which offscreen nobody else does."""
    left = Qt.MouseButton.LeftButton
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(place),
        QPointF(view.mapToGlobal(place)),
        Qt.MouseButton.NoButton,
        left,
        NONE,
    )
    QApplication.sendEvent(view, event)


def put_on_clipboard(text=None, html=None):
    mime = QMimeData()
    if text is not None:
        mime.setText(text)
    if html is not None:
        mime.setHtml(html)
    QApplication.clipboard().setMimeData(mime)


def texts(session, table_id, top, left, bottom, right):
    """Return the texts of a range, row by row."""
    return [
        [session.text(CellRef(table_id, row, column)) for column in range(left, right + 1)]
        for row in range(top, bottom + 1)
    ]


def open_menu():
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def lines(menu):
    return [
        action.text().replace("&", "").partition("(")[0].rstrip("…")
        for action in menu.actions()
        if not action.isSeparator()
    ]
