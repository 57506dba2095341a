"""The keys that lead from pane to pane, and out of the frames of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class PaneSteps(QObject):
    """F6 and Shift+F6 for the window, Escape for its grid."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        escape = QShortcut(QKeySequence("Esc"), window.page.grid)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(window.walk.hide_frames)
        QShortcut(QKeySequence("F6"), window).activated.connect(lambda: self.step(1))
        QShortcut(QKeySequence("Shift+F6"), window).activated.connect(lambda: self.step(-1))

    def step(self, by: int) -> None:
        """Give the keyboard to the next or previous pane."""
        page = self._window.page
        editor, prose, text = page.edit_bar.editor, page.prose.page, page.section.page
        cards = self._window.findings.cards
        steps, tabs = self._window.undo_pane.list, self._window.tabs
        lower = [page.past.grid, prose, text]
        panes = [self._window.structure, steps, editor, page.grid, *lower, cards, tabs]
        shown = [pane for pane in panes if pane.isVisible()]
        if not shown:
            return
        here = next((i for i, pane in enumerate(shown) if pane.hasFocus()), -1)
        shown[(here + by) % len(shown)].setFocus(Qt.FocusReason.ShortcutFocusReason)
