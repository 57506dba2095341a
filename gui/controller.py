"""Joins the session and the widgets: opening, editing, checking, choosing a cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from core.checking import Office
from core.document import CellRef, fold
from core.edits import AnyEdit, Edit, LabelEdit
from core.recovery import Recoverable
from core.rules.model import CheckResult, Fix
from core.writable import writable
from gui import commands
from gui.causes import Cause, causes_in, fits, insertion_of
from gui.edit_words import change_words
from gui.frames import Frames, links_of_cause
from gui.highlights import Highlights, highlights_of
from gui.jobs import JobRunner
from gui.naming import cell_title
from gui.reading import Reading
from gui.tally import Tally, tally_of
from gui.timed_check import Checked, timed_check
from gui.untitled import Make

if TYPE_CHECKING:
    from core.session import Session
    from gui.opening import Opened, Recovered

# Where checks take longer they run on the worker, so that typing never waits for them.
# A single slow one, such as the first, says little.
_MOST_SECONDS_AT_ONCE = 0.02
_MOST_SLOW_CHECKS = 2


class SessionController(QObject):
    """Holds the one open session; every change to it passes through here.

    Signals:
        opening_started: The path that is being read.
        opening_progressed: Steps done, steps in all.
        opening_failed: The path and the exception; whatever was open still is.
        opening_cancelled: The user stopped it; whatever was open still is.
        session_opened: Another session stands now, already checked.
        session_closed: No session stands any more.
        edits_applied: The edits that were made just now, in order (tuple of AnyEdit).
        session_changed: Which cells an edit touched (Changes).
        read_only_changed: Other cells may be edited than before, none of a report read-only.
        edit_refused: A sentence that says why nothing can be changed.
        office_changed: The settings or explanations by which is checked are others (Office).
        last_year_changed: Another report stands as last year's, or none (Session or None).
        companion_failed: The file of two that could not be read, and the exception; the
            other one is open.
        checked: A result for the present revision has arrived (CheckResult).
        highlights_changed: The cells that are marked otherwise (frozenset of CellRef).
        cause_chosen: The cause whose cells are framed, or None.
        frames_changed: The cells whose frame came or went (frozenset of CellRef).
    """

    opening_started = Signal(object)
    opening_progressed = Signal(int, int)
    opening_failed = Signal(object, object)
    opening_cancelled = Signal()
    session_opened = Signal()
    session_closed = Signal()
    edits_applied = Signal(object)
    session_changed = Signal(object)
    read_only_changed = Signal()
    edit_refused = Signal(str)
    office_changed = Signal(object)
    last_year_changed = Signal(object)
    companion_failed = Signal(object, object)
    checked = Signal(object)
    highlights_changed = Signal(object)
    cause_chosen = Signal(object)
    frames_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.session: Session | None = None
        self.recovered: Recovered | None = None
        self.remarks: tuple[str, ...] = ()
        self.is_read_only = False
        # Labels of the form are only corrected after a person has said so.
        self.labels_unlocked = False
        self.office = Office()
        self.result = CheckResult()
        self.tally = Tally()
        self.highlights = Highlights()
        self.causes: tuple[Cause, ...] = ()
        self.chosen: Cause | None = None
        self.frames = Frames(self)
        self.frames.changed.connect(self.frames_changed)
        self._slow_checks = 0
        self._is_stepping = False
        self._reading = Reading(self)
        self._reading.started.connect(self.opening_started)
        self._reading.progressed.connect(self.opening_progressed)
        self._reading.read.connect(self._on_read)
        self._reading.failed.connect(self.opening_failed)
        self._reading.cancelled.connect(self.opening_cancelled)
        self._checking = JobRunner(self)
        self._checking.succeeded.connect(self._on_checked)

    @property
    def present(self) -> Session:
        """The open session, for those that are only shown while there is one."""
        if self.session is None:
            raise LookupError("no session is open")
        return self.session

    @property
    def framed(self) -> frozenset[CellRef]:
        """The cells that are framed now."""
        return self.frames.cells

    @property
    def is_opening(self) -> bool:
        """Whether a file is being read; nothing may be edited meanwhile."""
        return self._reading.is_running

    def open(self, path: Path, beside: Path | None = None) -> None:
        """Read, match and check a file off the GUI thread; what is open stays until then.

        Of two files the one of the later year is the report, the other last year's.
        """
        self._reading.open(path, beside, self.office)

    def recover(self, entry: Recoverable) -> None:
        """Read the report of a journal and make its edits again, off the GUI thread."""
        self._reading.recover(entry, self.office)

    def open_made(self, name: str, make: Make) -> None:
        """Open what stands in no file of the user's, off the GUI thread."""
        self._reading.make(name, make, self.office)

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
        """Put a session in the place of the one that is open.

        Of a recovered one every command can be undone, back to the source.
        """
        self._checking.cancel()
        self.undo_stack.clear()
        self.session = session
        self.recovered, self.remarks, self.is_read_only = recovered, remarks, False
        self.labels_unlocked = False
        if session.office is not self.office:  # changed while the file was being read
            session.set_office(self.office)
            result = session.check()
        self._take(result)
        self.chosen = None
        self.frames.forget()
        self._slow_checks = 0
        if recovered is not None:
            entry = recovered.entry
            # Where rows came in, the places of earlier edits have other names now.
            is_as_read = not session.restructuring
            about = [change_words(each, session) for each in entry.commands] if is_as_read else ()
            commands.take_over(self.undo_stack, self, entry.commands, entry.saved, about)
        self.session_opened.emit()

    def close_session(self) -> None:
        """Put the open report away."""
        self._checking.cancel()
        self.undo_stack.clear()
        self.session = None
        self.recovered, self.remarks, self.is_read_only = None, (), False
        self.labels_unlocked = False
        self.result, self.tally, self.highlights = CheckResult(), Tally(), Highlights()
        self.causes = ()
        self.chosen = None
        self.frames.forget()
        self.session_closed.emit()

    def set_text(self, ref: CellRef, text: str) -> bool:
        """Type a text into a cell as one undo step; return whether that changed anything."""
        return self.set_texts(
            [(ref, text)], self.tr("修改 {0}").format(cell_title(self.present, ref))
        )

    def set_texts(self, texts: Iterable[tuple[CellRef, str]], name: str) -> bool:
        """Change cells as one undo step with a name; what stays the same is left out."""
        edits = [
            (LabelEdit if self._is_open_label(ref) else Edit)(ref, before, after)
            for ref, text in texts
            if (before := self.present.text(ref)) != (after := fold(writable(text)))
        ]
        return self.make(edits, name)

    def make(self, edits: Sequence[AnyEdit], name: str) -> bool:
        """Make edits of any kind as one undo step; return whether that was possible."""
        if not edits or self.is_opening:
            return False
        if self.is_read_only:
            self.refuse()
            return False
        about = change_words(edits, self.present)
        self.undo_stack.push(commands.ApplyEdits(self, edits, name, about=about))
        return True

    def refuse(self) -> None:
        """Say why a report that is only shown cannot be edited."""
        self.edit_refused.emit(self.tr("这份报告以只读方式打开，不能修改；可以另存为副本"))

    def may_edit(self, ref: CellRef) -> bool:
        """Return whether a cell can be changed now."""
        if self.is_opening or self.is_read_only:
            return False
        return self.present.is_editable(ref) or self._is_open_label(ref)

    def unlock_labels(self, unlocked: bool) -> None:
        """Let labels of the statutory tables be corrected, or no longer."""
        self.labels_unlocked = unlocked
        self.read_only_changed.emit()

    def _is_open_label(self, ref: CellRef) -> bool:
        return self.labels_unlocked and self.present.is_label(ref)

    def set_read_only(self, read_only: bool) -> None:
        """Only show the report from now on, or let it be edited again."""
        if read_only != self.is_read_only:
            self.is_read_only = read_only
            self.read_only_changed.emit()

    def apply(self, edits: Sequence[AnyEdit]) -> None:
        """Make edits and check again.  Only undo commands call this."""
        changes = self.present.apply_all(edits)
        self.edits_applied.emit(tuple(edits))
        self.session_changed.emit(changes)
        if not self._is_stepping:
            self.check()

    def go_to_step(self, step: int) -> None:
        """Undo or do again as far as a step, counted from one; it is checked once, in the end."""
        if step == self.undo_stack.index() or self.is_opening:
            return
        self._is_stepping = True
        try:
            self.undo_stack.setIndex(step)
        finally:
            self._is_stepping = False
        self.check()

    def use_office(self, office: Office) -> None:
        """Check by other settings or explanations, this report and those opened later."""
        self.office = office
        if self.session is not None:
            self.session.set_office(office)
        self.office_changed.emit(office)
        if self.session is not None:
            self.check()

    def use_last_year(self, report: Session | None) -> None:
        """Take a report as last year's, or with None no longer any.

        The first check beside it reads all its prose, so that it is done on the worker.
        """
        self.present.load_last_year(report)
        self.last_year_changed.emit(report)
        self._check_on_worker()

    def check(self) -> None:
        """Check the present state: at once where that is quick, else on the worker."""
        session = self.present
        if self._slow_checks < _MOST_SLOW_CHECKS:
            context, office, revision = session.context(), session.office, session.revision
            self._on_checked(timed_check(context, office, revision))
        else:
            self._check_on_worker()

    def accept(self, fix: Fix) -> bool:
        """Make a proposed correction as one undo step; return whether that changed anything."""
        if (put_in := insertion_of(fix)) is not None:
            # A list that the worker has yet to renew may offer what is there already.
            return fits(put_in, self.present) and self.make(fix.edits, fix.title)
        return self.set_texts([(edit.ref, edit.after) for edit in fix.texts], fix.title)

    def choose(self, cause: Cause | None) -> None:
        """Frame the cells of a cause, or of none."""
        is_same = cause is self.chosen
        self._frame(cause)
        if not is_same:
            self.cause_chosen.emit(cause)

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self._reading.close()
        self._checking.close()

    def _check_on_worker(self) -> None:
        session = self.present
        context, office, revision = session.context(), session.office, session.revision
        self._checking.start(lambda _progress: timed_check(context, office, revision))

    def _take(self, result: CheckResult) -> None:
        """Keep what a check of the present state brought, and all that follows from it."""
        self.result, self.tally = result, tally_of(result)
        self.causes = causes_in(self.present, result)
        self.highlights = highlights_of(result, self.present.match)

    def _frame(self, cause: Cause | None) -> None:
        self.chosen = cause
        if cause is None:
            self.frames.show(())
        else:
            self.frames.show(cause.cells, links_of_cause(cause, self.present.match))

    @Slot(object)
    def _on_read(self, opened: Opened) -> None:
        self.adopt(opened.session, opened.result, opened.recovered, opened.remarks)
        if opened.problem is not None:
            self.companion_failed.emit(*opened.problem)

    @Slot(object)
    def _on_checked(self, checked: Checked) -> None:
        revision, result, seconds = checked
        if self.session is None or revision != self.session.revision:
            return
        self._slow_checks = self._slow_checks + 1 if seconds > _MOST_SECONDS_AT_ONCE else 0
        before = self.highlights
        self._take(result)
        self._keep_chosen()
        if changed := self.highlights.changed_since(before):
            self.highlights_changed.emit(changed)
        self.checked.emit(result)

    def _keep_chosen(self) -> None:
        """Choose the same cause in the new result; one that is mended is chosen no more."""
        if self.chosen is None:
            return
        wanted = self.chosen.identity
        self._frame(next((cause for cause in self.causes if cause.identity & wanted), None))
        if self.chosen is None:
            self.cause_chosen.emit(None)
