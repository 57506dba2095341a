"""Joins sessions and widgets: opens reports off the window's thread, and holds them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.recovery import Recoverable
from gui.reading import Reading, Wish, wish_to_make, wish_to_open, wish_to_recover
from gui.several_reports import SeveralReports
from gui.untitled import Make

if TYPE_CHECKING:
    from core.rules.model import CheckResult
    from core.session import Session
    from gui.open_report import OpenReport
    from gui.opening import Opened, Recovered


class SessionController(SeveralReports):
    """Opens reports beside those that are open.

    Signals:
        opening_started: The path that is being read.
        opening_progressed: Steps done, steps in all.
        opening_failed: The path and the exception; whatever was open still is.
        opening_cancelled: The user stopped it; whatever was open still is.
        opening_ended: Nothing more is being read, whatever came of it.
    """

    opening_started = Signal(object)
    opening_progressed = Signal(int, int)
    opening_failed = Signal(object, object)
    opening_cancelled = Signal()
    opening_ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading = Reading(self)
        self._reading.started.connect(self.opening_started)
        self._reading.progressed.connect(self.opening_progressed)
        self._reading.read.connect(self._on_read)
        self._reading.failed.connect(self.opening_failed)
        self._reading.cancelled.connect(self.opening_cancelled)
        self._reading.ended.connect(self.opening_ended)

    @property
    def is_opening(self) -> bool:
        """Whether a file is being read."""
        return self._reading.wish is not None

    @property
    def waiting(self) -> int:
        """How many files are still to be read after the present one."""
        return self._reading.waiting

    @property
    def is_giving_way(self) -> bool:
        """Whether the report that is shown is just being read anew."""
        return self._shown is not None and self._reading.replaces(self._shown)

    def open(
        self,
        path: Path,
        beside: Path | None = None,
        *,
        replaces: OpenReport | None = None,
        is_shown: bool = True,
    ) -> None:
        """Read, match and check a file off the GUI thread, after those that wait.

        Of two files the one of the later year is the report, the other last year's.
        """
        self._reading.add(wish_to_open(path, beside, replaces, is_shown), self.office)

    def recover(
        self, entry: Recoverable, replaces: OpenReport | None = None, is_shown: bool = True
    ) -> None:
        """Read the report of a journal and make its edits again, off the GUI thread."""
        self._reading.add(wish_to_recover(entry, replaces, is_shown), self.office)

    def open_made(self, name: str, make: Make) -> None:
        """Open what stands in no file of the user's, off the GUI thread."""
        self._reading.add(wish_to_make(name, make), self.office)

    def cancel_opening(self) -> None:
        """Stop reading and keep what is open."""
        self._reading.cancel()

    def adopt(
        self,
        session: Session,
        result: CheckResult,
        recovered: Recovered | None = None,
        remarks: tuple[str, ...] = (),
    ) -> None:
        """Show a session beside those that are open.

        Of a recovered one every command can be undone, back to the source.
        """
        from gui.opening import Opened

        self._add(Opened(session, result, None, remarks, recovered))

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self._reading.close()
        self._checking.shut_down()

    @Slot(object, object)
    def _on_read(self, wish: Wish, opened: Opened) -> None:
        found = self._reports.of_file(opened)
        if found is None or found is wish.replaces:
            self._add(opened, wish.replaces, wish.is_shown)
            return
        if opened.session.last_year is not None:
            self.use_last_year(opened.session.last_year, found)
        if wish.is_shown and not self.is_typing():
            self.show(found)
