"""Corrections that are accepted with one key or button, where they can be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.rules.model import Fix
from gui.views.card_buttons import sure_fix

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Accepting(QObject):
    """Makes the corrections of a window's findings.

    Signals:
        said: A sentence for the status bar.
    """

    said = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._controller = window.controller
        self._page = window.page
        window.findings.fix_chosen.connect(self.accept)

    def accept_sure_fix(self) -> None:
        """Make the correction of the chosen card, if it is the only one possible."""
        if fix := sure_fix(self._controller.chosen):
            self.accept(fix)

    @Slot(object)
    def accept(self, fix: Fix) -> None:
        """Show the cell first, so that nothing changes out of sight."""
        self._page.show_fix(fix)
        if self._controller.accept(fix):
            if not fix.texts:
                # What was put in is blank and wants to be filled.
                self._page.grid.setFocus()
            self.said.emit(self.tr("已采纳：{0}。可以撤销。").format(fix.title))
