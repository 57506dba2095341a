"""The journals of the reports that are open: every edit on the disk within a second.

All of it happens on a thread of its own, in the order in which it was asked for, and
begins a moment after the key: by then its edit is checked and painted, so that neither
the disk nor a change of threads is felt while typing.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

from PySide6.QtCore import QObject, Slot

from core.errors import ReportError
from gui import crash
from gui.controller import SessionController
from gui.journal_keeper import JournalKeeper
from gui.open_report import OpenReport
from gui.saving import Saved
from gui.views.information_bar import InformationBar, Kind

_PATIENCE = 5.0  # seconds, when the computer is shut down


class Journaling(QObject):
    """Records what is done to each report, and puts its journal away in the end."""

    def __init__(
        self, controller: SessionController, bar: InformationBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._keepers: dict[OpenReport, JournalKeeper] = {}
        # The last journal that was removed, behind which nothing else may wait.
        self._last: Future[None] | None = None
        self._is_over = False
        controller.report_opened.connect(self._on_report_opened)
        controller.report_closed.connect(self._on_report_closed)

    @Slot(object)
    def begin_save(self, report: OpenReport) -> None:
        """Remember how far a report's journal is, as its present state is being saved."""
        if report in self._keepers:
            self._keepers[report].begin_save()

    @Slot(object, object)
    def note_saved(self, report: OpenReport, saved: Saved) -> None:
        """Note that everything up to the beginning of the save stands in a file now."""
        if report in self._keepers:
            self._keepers[report].note_saved(saved)

    def is_safe(self) -> bool:
        """Force everything to the disk now; return whether all of it is there."""
        if self._is_over:
            return True
        asked = [keeper.sync() for keeper in self._keepers.values()]
        if not asked and self._last is not None:
            asked = [self._last]
        until = monotonic() + _PATIENCE
        return all([_has_succeeded(each, until) for each in asked])

    def leave(self) -> None:
        """Force everything to the disk and leave it for the next start, as at a shutdown."""
        self.is_safe()
        self._end(JournalKeeper.leave)

    def finish(self) -> None:
        """Remove the journals: the window closes, and what was done is saved or not wanted."""
        self._end(JournalKeeper.discard)

    def _end(self, put_away: Callable[[JournalKeeper], Future[None]]) -> None:
        if self._is_over:
            return
        self._is_over = True
        for keeper in self._keepers.values():
            put_away(keeper)
        self._keepers.clear()
        self._thread.shutdown()

    @Slot(object)
    def _on_report_opened(self, report: OpenReport) -> None:
        if self._is_over:
            return
        self._keepers[report] = keeper = JournalKeeper(report, self._thread, self)
        keeper.fell_behind.connect(self._on_fell_behind)
        keeper.begin()

    @Slot(object)
    def _on_report_closed(self, report: OpenReport) -> None:
        if keeper := self._keepers.pop(report, None):
            self._last = keeper.discard()

    @Slot(object)
    def _on_fell_behind(self, error: Exception) -> None:
        if isinstance(error, ReportError):
            self._bar.say(Kind.WARNING, str(error))
        else:
            crash.report(error)


def _has_succeeded(asked: Future[None], until: float) -> bool:
    try:
        return asked.exception(max(until - monotonic(), 0.0)) is None
    except TimeoutError:
        return False
