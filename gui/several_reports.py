"""The reports that are open at once: which is shown, how they come and go, and their checks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoGroup

from core.checking import Office
from core.edits import Changes
from gui.causes import Cause
from gui.checking import Checking
from gui.frames import links_of_cause
from gui.highlights import Highlights
from gui.open_report import OpenReport
from gui.open_reports import OpenReports
from gui.shown_report import ShownReport

if TYPE_CHECKING:
    from core.session import Session
    from gui.opening import Opened


class SeveralReports(ShownReport):
    """Holds the open reports, and lets one of them be shown.

    Signals:
        report_opened: A report is open, already checked, and not shown yet (OpenReport).
        session_opened: A report was opened, and it is shown.
        report_closed: A report was put away (OpenReport).
        session_closed: No report stands any more.
        office_changed: The settings or explanations by which is checked are others (Office).
        last_year_changed: Another report stands as last year's, or none (Session or None).
    """

    report_opened = Signal(object)
    session_opened = Signal()
    report_closed = Signal(object)
    session_closed = Signal()
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
        self._is_stepping = False
        self._checking = Checking(self)
        self._checking.checked.connect(self._on_checked)

    @property
    def reports(self) -> tuple[OpenReport, ...]:
        """The open reports, in the order of their tabs."""
        return tuple(self._reports)

    def report_at(self, path: Path) -> OpenReport | None:
        """Return the report that was opened under a path."""
        return self._reports.at(path)

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

    def go_to_step(self, step: int) -> None:
        """Undo or do again as far as a step, counted from one; it is checked once, in the end."""
        if step == self.undo_stack.index() or self.is_giving_way:
            return
        self._is_stepping = True
        try:
            self.undo_stack.setIndex(step)
        finally:
            self._is_stepping = False
        self.check()

    def choose(self, cause: Cause | None) -> None:
        """Frame the cells of a cause, or of none."""
        is_same = cause is self.chosen
        self._frame(cause)
        if not is_same:
            self.cause_chosen.emit(cause)

    def _add(
        self, opened: Opened, replaces: OpenReport | None = None, is_shown: bool = True
    ) -> None:
        """Take a report in, in the place of one that it replaces or at the end."""
        place, was_shown = len(self._reports), self._shown is None
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
        if was_shown or (is_shown and not self.is_typing()):
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
            if not self._is_stepping:
                self.check()

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
