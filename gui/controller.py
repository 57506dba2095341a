"""Joins the session and the widgets: opening, editing, checking, choosing a cause."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from core.checking import Office, check_report
from core.document import CellRef, fold
from core.edits import Edit
from core.progress import Progress
from core.rules.context import Context
from core.rules.model import CheckResult, Fix, Outcome
from core.session import Session, open_session
from gui.causes import Cause, causes_of
from gui.commands import SetCellTexts
from gui.highlights import Highlights, highlights_of
from gui.jobs import JobRunner
from gui.naming import cell_title

# Where checks take longer they run on the worker, so that typing never waits for them.
# A single slow one, such as the first, says little.
_MOST_SECONDS_AT_ONCE = 0.02
_MOST_SLOW_CHECKS = 2

Checked = tuple[int, CheckResult, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many relations ended in each way; counted once, asked by many."""

    passed: int = 0
    found: int = 0
    insufficient: int = 0
    failed: int = 0

    @property
    def checked(self) -> int:
        """The relations of which it is known whether they hold."""
        return self.passed + self.found

    @property
    def left_open(self) -> int:
        """What could not be checked."""
        return self.insufficient + self.failed


class SessionController(QObject):
    """Holds the one open session; every change to it passes through here.

    Signals:
        opening_started: The path that is being read.
        opening_progressed: Steps done, steps in all.
        opening_failed: The path and the exception; whatever was open still is.
        opening_cancelled: The user stopped it; whatever was open still is.
        session_opened: Another session stands now, already checked.
        session_closed: No session stands any more.
        session_changed: Which cells an edit touched (Changes).
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
    session_changed = Signal(object)
    checked = Signal(object)
    highlights_changed = Signal(object)
    cause_chosen = Signal(object)
    frames_changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.session: Session | None = None
        self.result = CheckResult()
        self.tally = Tally()
        self.highlights = Highlights()
        self.causes: tuple[Cause, ...] = ()
        self.chosen: Cause | None = None
        self.framed: frozenset[CellRef] = frozenset()
        self._slow_checks = 0
        self._opening: Path | None = None
        self._reading = JobRunner(self)
        self._reading.progressed.connect(self.opening_progressed)
        self._reading.succeeded.connect(self._on_read)
        self._reading.failed.connect(self._on_read_failed)
        self._reading.cancelled.connect(self._on_read_cancelled)
        self._checking = JobRunner(self)
        self._checking.succeeded.connect(self._on_checked)

    @property
    def present(self) -> Session:
        """The open session, for those that are only shown while there is one."""
        if self.session is None:
            raise LookupError("no session is open")
        return self.session

    @property
    def is_opening(self) -> bool:
        """Whether a file is being read; nothing may be edited meanwhile."""
        return self._opening is not None

    def open(self, path: Path) -> None:
        """Read, match and check a file off the GUI thread; what is open stays until then."""
        self._reading.cancel()
        self._opening = path
        self.opening_started.emit(path)
        self._reading.start(lambda progress: _open_and_check(path, progress))

    def cancel_opening(self) -> None:
        """Stop reading and keep what is open."""
        self._reading.cancel()

    def adopt(self, session: Session, result: CheckResult) -> None:
        """Put a session in the place of the one that is open."""
        self._checking.cancel()
        self.undo_stack.clear()
        self.session = session
        self.result, self.tally = result, _tally(result)
        self.causes = causes_of(result)
        self.highlights = highlights_of(result, session.match)
        self.chosen, self.framed = None, frozenset()
        self._slow_checks = 0
        self.session_opened.emit()

    def close_session(self) -> None:
        """Put the open report away."""
        self._checking.cancel()
        self.undo_stack.clear()
        self.session = None
        self.result, self.tally, self.highlights = CheckResult(), Tally(), Highlights()
        self.causes = ()
        self.chosen, self.framed = None, frozenset()
        self.session_closed.emit()

    def set_text(self, ref: CellRef, text: str) -> bool:
        """Type a text into a cell as one undo step; return whether that changed anything."""
        return self.set_texts([(ref, text)], self.tr("修改 {0}").format(self._title(ref)))

    def set_texts(self, texts: Iterable[tuple[CellRef, str]], name: str) -> bool:
        """Change cells as one undo step with a name; what stays the same is left out."""
        edits = [
            Edit(ref, before, after)
            for ref, text in texts
            if (before := self.present.text(ref)) != (after := fold(text))
        ]
        if not edits or self.is_opening:
            return False
        self.undo_stack.push(SetCellTexts(self, edits, name))
        return True

    def apply(self, edits: Sequence[Edit]) -> None:
        """Make edits and check again.  Only undo commands call this."""
        changes = self.present.apply_all(edits)
        self.session_changed.emit(changes)
        self.check()

    def check(self) -> None:
        """Check the present state: at once where that is quick, else on the worker."""
        session = self.present
        context, office, revision = session.context(), session.office, session.revision
        if self._slow_checks < _MOST_SLOW_CHECKS:
            self._on_checked(_timed_check(context, office, revision))
        else:
            self._checking.start(lambda _progress: _timed_check(context, office, revision))

    def accept(self, fix: Fix) -> bool:
        """Make a proposed correction as one undo step; return whether that changed anything."""
        return self.set_texts([(edit.ref, edit.after) for edit in fix.edits], fix.title)

    def choose(self, cause: Cause | None) -> None:
        """Frame the cells of a cause, or of none."""
        if cause is self.chosen:
            return
        self._frame(cause)
        self.cause_chosen.emit(cause)

    def shut_down(self) -> None:
        """Stop all work and wait for it, before the window closes."""
        self._reading.close()
        self._checking.close()

    def _title(self, ref: CellRef) -> str:
        return cell_title(self.present, ref)

    def _frame(self, cause: Cause | None) -> None:
        before = self.framed
        self.chosen = cause
        self.framed = frozenset(cause.cells) if cause else frozenset()
        if changed := before ^ self.framed:
            self.frames_changed.emit(changed)

    @Slot(object)
    def _on_read(self, opened: tuple[Session, CheckResult]) -> None:
        self._opening = None
        self.adopt(*opened)

    @Slot(object)
    def _on_read_failed(self, error: Exception) -> None:
        path, self._opening = self._opening, None
        self.opening_failed.emit(path, error)

    @Slot()
    def _on_read_cancelled(self) -> None:
        self._opening = None
        self.opening_cancelled.emit()

    @Slot(object)
    def _on_checked(self, checked: Checked) -> None:
        revision, result, seconds = checked
        if self.session is None or revision != self.session.revision:
            return
        self._slow_checks = self._slow_checks + 1 if seconds > _MOST_SECONDS_AT_ONCE else 0
        self.result, self.tally, self.causes = result, _tally(result), causes_of(result)
        before = self.highlights
        self.highlights = highlights_of(result, self.session.match)
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


def _open_and_check(path: Path, progress: Progress) -> tuple[Session, CheckResult]:
    session = open_session(path, progress)
    return session, session.check()


def _timed_check(context: Context, office: Office, revision: int) -> Checked:
    # Not the clock on the wall: what other programs do says nothing about a check.
    started = time.thread_time()
    result = check_report(context, office)
    return revision, result, time.thread_time() - started


def _tally(result: CheckResult) -> Tally:
    return Tally(
        result.count(Outcome.PASSED),
        result.count(Outcome.FOUND),
        result.count(Outcome.INSUFFICIENT),
        result.count(Outcome.FAILED),
    )
