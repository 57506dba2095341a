"""Joins sessions and widgets: which reports are open, which is shown, and their checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoGroup

from core.checking import Office
from core.edits import Changes
from core.recovery import Recoverable
from core.rules.model import CheckResult
from core.session import Session
from gui.causes import Cause
from gui.checking import Checking
from gui.frames import links_of_cause
from gui.highlights import Highlights
from gui.open_report import OpenReport
from gui.open_reports import OpenReports
from gui.opening import Opened, Recovered
from gui.reading import Reading, Wish, wish_to_make, wish_to_open, wish_to_recover
from gui.shown_report import ShownReport
from gui.untitled import Make


class SessionController(ShownReport):
    """Holds the open reports.

    Signals:
        opening_started: The path that is being read.
        opening_progressed: Steps done, steps in all.
        opening_failed: The path and the exception; whatever was open still is.
        opening_cancelled: The user stopped it; whatever was open still is.
        opening_ended: Nothing more is being read, whatever came of it.
        report_opened: A report is open, already checked, and not shown yet (OpenReport).
        session_opened: A report was opened, and it is shown.
        report_closed: A report was put away (OpenReport).
        session_closed: No report stands any more.
        reports_moved: They stand in another order.
        office_changed: The settings or explanations by which is checked are others (Office).
        last_year_changed: Another report stands as last year's, or none (Session or None).
    """

    opening_started = Signal(object)
    opening_progressed = Signal(int, int)
    opening_failed = Signal(object, object)
    opening_cancelled = Signal()
    opening_ended = Signal()
    report_opened = Signal(object)
    session_opened = Signal()
    report_closed = Signal(object)
    session_closed = Signal()
    reports_moved = Signal()
    office_changed = Signal(object)
    last_year_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reports = OpenReports()
        # Undo and redo of whichever report is shown.
        self.undo_group = QUndoGroup(self)
        self.office = Office()
        # Whether keys would go astray if another report came to be shown.
        self.is_typing: Callable[[], bool] = lambda: False
        self._reading = Reading(self)
        self._reading.started.connect(self.opening_started)
        self._reading.progressed.connect(self.opening_progressed)
        self._reading.read.connect(self._on_read)
        self._reading.failed.connect(self.opening_failed)
        self._reading.cancelled.connect(self.opening_cancelled)
        self._reading.ended.connect(self.opening_ended)
        self._checking = Checking(self)
        self._checking.checked.connect(self._on_checked)

    @property
    def reports(self) -> tuple[OpenReport, ...]:
        """The open reports, in the order of their tabs."""
        return tuple(self._reports)

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
        wish, shown = self._reading.wish, self._shown
        return wish is not None and shown is not None and wish.replaces is shown

    def report_at(self, path: Path) -> OpenReport | None:
        """Return the report that was opened under a path."""
        return self._reports.at(path)

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
        self._add(Opened(session, result, None, remarks, recovered))

    def show(self, report: OpenReport) -> None:
        """Show another of the open reports, as it was left."""
        if report is not self._shown and report in self._reports:
            self._leave()
            self._take_up(report)

    def step(self, by: int) -> None:
        """Show the next or previous report, round and round."""
        if self._shown is not None:
            self.show(self._reports.beside(self._shown, by))

    def move(self, start: int, end: int) -> None:
        """Let a report stand elsewhere among the others."""
        self._reports.move(start, end)
        self.reports_moved.emit()

    def close(self, report: OpenReport) -> None:
        """Put a report away, and show its neighbour if it was shown."""
        was_shown = report is self._shown
        neighbour = self._reports.near(self._put_away(report))
        if neighbour is None:
            self.session_closed.emit()
        elif was_shown:
            self._take_up(neighbour)

    def close_all(self) -> None:
        """Put all reports away, those first that nobody sees."""
        for report in sorted(self._reports, key=lambda report: report is self._shown):
            self.close(report)

    def close_session(self) -> None:
        """Put the report that is shown away."""
        if self._shown is not None:
            self.close(self._shown)

    def set_read_only(self, read_only: bool, report: OpenReport | None = None) -> None:
        """Only show a report from now on, or let it be edited again."""
        report = report or self.report
        if read_only != report.is_read_only:
            report.is_read_only = read_only
            if report is self._shown:
                self.read_only_changed.emit()

    def use_office(self, office: Office) -> None:
        """Check by other settings or explanations; reports not shown follow when they are."""
        self.office = office
        if self._shown is not None:
            self._shown.use_office(office)
        self.office_changed.emit(office)
        self.check()

    def use_last_year(self, last: Session | None, report: OpenReport | None = None) -> None:
        """Take a report as last year's of one that is open, or with None no longer any.

        The first check beside it reads all its prose, so that it is done on the worker.
        """
        report = report or self.report
        report.session.load_last_year(last)
        if report is self._shown:
            self.last_year_changed.emit(last)
            self._checking.check_on_worker(report)

    def check(self) -> None:
        """Check the present state of the report that is shown, if one is."""
        if self._shown is not None:
            self._checking.check(self._shown)

    def choose(self, cause: Cause | None) -> None:
        """Frame the cells of a cause, or of none."""
        is_same = cause is self.chosen
        self._frame(cause)
        if not is_same:
            self.cause_chosen.emit(cause)

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self._reading.close()
        self._checking.shut_down()

    def _add(self, opened: Opened, wish: Wish | None = None) -> None:
        """Take a report in, in the place of one that it replaces or at the end."""
        place, was_shown = len(self._reports), self._shown is None
        replaces = wish.replaces if wish else None
        if replaces is not None and replaces in self._reports:
            was_shown = was_shown or replaces is self._shown
            place = self._put_away(replaces)
        report = OpenReport(opened, self)
        if report.session.office is not self.office:  # changed while the file was being read
            report.use_office(self.office)
            report.take(report.session.check())
        self._reports.insert(place, report)
        self.undo_group.addStack(report.undo_stack)
        report.edits_applied.connect(self.edits_applied)
        report.changed.connect(partial(self._on_changed, report))
        self.report_opened.emit(report)
        if was_shown or wish is None or (wish.is_shown and not self.is_typing()):
            self._leave()
            self._take_up(report)
            self.session_opened.emit()

    def _put_away(self, report: OpenReport) -> int:
        """Take a report out, and return where it stood; the one that was shown is no more."""
        if report is self._shown:
            self._checking.cancel()
            self._leave()
        place = self._reports.remove(report)
        self.undo_group.removeStack(report.undo_stack)
        report.undo_stack.clear()
        self.report_closed.emit(report)
        report.deleteLater()
        return place

    def _leave(self) -> None:
        """Let everybody note where they are in the report that is shown, and show none."""
        if self._shown is not None:
            self.session_leaving.emit()
            self._shown.framed = self.frames.held
            self._shown = None

    def _take_up(self, report: OpenReport) -> None:
        self._shown = report
        self.frames.hold(report.framed)
        report.use_office(self.office)
        if not report.is_checked and self._checking.is_quick(report):
            # Nobody sees the old verdict, so that nobody need be told of the new one.
            report.take(report.session.check())
        if report.chosen is not None:
            report.keep_chosen()
            self._frame(report.chosen)
        self.session_shown.emit()
        self.undo_group.setActiveStack(report.undo_stack)
        if not report.is_checked:
            self._checking.check_on_worker(report)

    def _frame(self, cause: Cause | None) -> None:
        if self._shown is None:
            return
        self._shown.chosen = cause
        if cause is None:
            self.frames.show(())
        else:
            self.frames.show(cause.cells, links_of_cause(cause, self.present.match))

    def _on_changed(self, report: OpenReport, changes: Changes) -> None:
        if report is self._shown:
            self.session_changed.emit(changes)
            self.check()

    @Slot(object, object)
    def _on_read(self, wish: Wish, opened: Opened) -> None:
        found = self._reports.of_file(opened)
        if found is None or found is wish.replaces:
            self._add(opened, wish)
        else:
            if opened.session.last_year is not None:
                self.use_last_year(opened.session.last_year, found)
            self.show(found)

    @Slot(object, object)
    def _on_checked(self, report: OpenReport, before: Highlights) -> None:
        if report is not self._shown:
            return
        if report.chosen is not None:
            report.keep_chosen()
            self._frame(report.chosen)
            if report.chosen is None:
                self.cause_chosen.emit(None)
        if changed := report.verdict.highlights.changed_since(before):
            self.highlights_changed.emit(changed)
        self.checked.emit(report.verdict.result)
