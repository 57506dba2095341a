"""Closing the window: what has to be settled before, and what is put away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.ending import Ending

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class Closing(QObject):
    """Asks about everything that would be lost."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_settled = False
        # The program's, once there is one.
        self.ending: Ending | None = None

    @property
    def _session_ends(self) -> bool:
        """Whether the computer is being shut down, so that there is nobody to answer."""
        return self.ending is not None and self.ending.is_ending

    def may_close(self) -> bool:
        """Return whether the window may close now; after saving it is closed later."""
        if self._session_ends:
            return True
        if not self._is_settled:
            self._window.page.finish()
            self._window.filing.settling.settle_all(self._close)
        may = self._is_settled and self._explanations_are_settled()
        self._is_settled = may
        return may

    def put_away(self) -> None:
        """Let go of the reports: all in them is saved or not wanted, or in the journals."""
        if self._session_ends:
            self._window.journaling.leave()
        self._window.journaling.finish()
        self._window.locking.release()

    def _explanations_are_settled(self) -> bool:
        """Return whether what was explained is in its file, or may be lost."""
        explaining = self._window.explaining
        if explaining.is_saved or explaining.save():
            return True
        return self._window.filing.dialogs.ask_lost_explanations()

    def _close(self) -> None:
        """Close; after saving this comes later than the event that asked."""
        self._is_settled = True
        self._window.close()
