"""Checking an open report: at once where that is quick, else on the worker."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gui.jobs import JobRunner
from gui.open_report import OpenReport
from gui.timed_check import Checked, timed_check

# Where checks take longer they run on the worker, so that typing never waits for them.
# A single slow one, such as the first, says little.
_MOST_SECONDS_AT_ONCE = 0.02
_MOST_SLOW_CHECKS = 2


class Checking(QObject):
    """Checks one report at a time; what it brings is that report's, whichever is shown by then.

    A report whose check was broken off for another one's stays unchecked, and says so.

    Signals:
        checked: A verdict about its present state has arrived (OpenReport), and the cells
            that were marked before (Highlights).
    """

    checked = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self._on_succeeded)

    def is_quick(self, report: OpenReport) -> bool:
        """Return whether nobody will notice that a report is checked at once."""
        return report.slow_checks < _MOST_SLOW_CHECKS

    def check(self, report: OpenReport) -> None:
        """Check the present state of a report."""
        if self.is_quick(report):
            session = report.session
            self.take(report, timed_check(session.context(), session.office, session.revision))
        else:
            self.check_on_worker(report)

    def check_on_worker(self, report: OpenReport) -> None:
        """Check the present state of a report without letting anybody wait."""
        session = report.session
        context, office, revision = session.context(), session.office, session.revision
        self._jobs.start(lambda _progress: (report, timed_check(context, office, revision)))

    def take(self, report: OpenReport, checked: Checked) -> None:
        """Let a report have what a check brought, unless it is of another state."""
        revision, result, seconds = checked
        if revision != report.session.revision:
            return
        report.slow_checks = report.slow_checks + 1 if seconds > _MOST_SECONDS_AT_ONCE else 0
        before = report.verdict.highlights
        report.take(result)
        self.checked.emit(report, before)

    def cancel(self) -> None:
        """Drop the check that is running."""
        self._jobs.cancel()

    def shut_down(self) -> None:
        """Stop and wait."""
        self._jobs.close()

    @Slot(object)
    def _on_succeeded(self, done: tuple[OpenReport, Checked]) -> None:
        self.take(*done)
