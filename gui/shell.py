"""What surrounds the work on a report: recent files, settings, help, tour, printing, layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from core.window_state import WindowState
from gui import window_memory
from gui.folder.entry import FolderEntry
from gui.preferring import Preferring
from gui.printing import Printing
from gui.recents import Recents
from gui.tour import Tour

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_UNDER_THE_BAR = 2


class Shell(QObject):
    """Puts these together for a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._remembers = False
        self.recents = Recents(window.controller, window.save_mode, self)
        self.preferring = Preferring(window, self.recents)
        self.printing = Printing(window)
        self.tour = Tour(window)
        self.folder = FolderEntry(window)
        recent = window.start_page.recent
        self.recents.changed.connect(recent.show_files)
        self.recents.missing_found.connect(recent.show_missing)
        recent.open_requested.connect(window.filing.open)
        recent.remove_requested.connect(self.recents.remove)

    def put_into(self, column: QVBoxLayout) -> None:
        """Put the tour's bar into the window, below that for messages."""
        column.insertWidget(_UNDER_THE_BAR, self.tour.bar)

    def begin(self, state: WindowState) -> None:
        """Let the panes be as they were left, and remember how all is left this time."""
        self._remembers = True
        window_memory.arrange(self._window, state)
        self.preferring.apply()

    def begin_later(self) -> None:
        """Do what is not needed for the first look."""
        self.recents.load()
        if not self.recents.files:
            # Whoever has opened a report before does not use the program for the first time.
            self.tour.offer()

    def end(self) -> None:
        """Keep how the window is, as it closes."""
        if self._remembers:
            window_memory.keep(self._window)
        self.recents.shut_down()
