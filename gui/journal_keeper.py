"""The journal of one open report, in step with what is done to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.edits import AnyEdit
from core.errors import ReportError
from core.file_state import FileState, digest_of
from core.journal import Journal
from core.recovery import Recoverable
from gui.open_report import OpenReport
from gui.saving import Saved

if TYPE_CHECKING:
    from core.session import Session

_RECORD_AFTER = 100  # ms: what a kill may take at most
_SYNC_AFTER = 800  # ms after that: what a power failure may take at most
_TRY_AGAIN_AFTER = 5000  # ms, where the disk refused

_Answer = TypeVar("_Answer")


class JournalKeeper(QObject):
    """Hands what is done to a report over to the journals' thread.

    Signals:
        fell_behind: The disk refused (ReportError), told once a report, or a fault.
    """

    fell_behind = Signal(object)

    _failed = Signal(object)
    _succeeded = Signal()
    _discarded = Signal()

    def __init__(self, report: OpenReport, thread: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._thread = thread
        self._writer = _Writer()
        self._mark: Future[int] | None = None
        self._is_behind = self._is_told = self._is_over = False
        self._waiting: list[Sequence[AnyEdit]] = []
        self._delay = QTimer(self, singleShot=True, interval=_RECORD_AFTER)
        self._delay.timeout.connect(self._hand_over)
        self._timer = QTimer(self, singleShot=True, interval=_SYNC_AFTER)
        self._timer.timeout.connect(self.sync)
        self._failed.connect(self._on_failed)
        self._succeeded.connect(self._on_succeeded)
        # Not before, as the other thread still speaks to this object.
        self._discarded.connect(self.deleteLater)
        report.edits_applied.connect(self._on_edits_applied)

    def begin(self) -> None:
        """Begin a journal, or go on in the one that was recovered."""
        session, recovered = self._report.session, self._report.recovered
        if recovered is None:
            self._do(lambda: self._writer.begin(session))
        else:
            self._do(lambda: self._writer.resume(session, recovered.entry))

    def begin_save(self) -> None:
        """Remember how far the journal is, as the present state is being saved."""
        self._hand_over()
        self._mark = self._do(self._writer.mark)

    def note_saved(self, saved: Saved) -> None:
        """Note that everything up to the beginning of the save stands in a file now.

        Where changes were left out of the file, all of them are still offered after a crash.
        """
        if saved.wish.left_out:
            self._mark = None
        if saved.output.is_report and self._mark is not None:
            mark, self._mark = self._mark, None
            self._do(lambda: self._writer.saved(mark, saved.path, saved.state))

    @Slot()
    def sync(self) -> Future[None]:
        """Force everything to the disk."""
        self._hand_over()
        return self._do(self._writer.sync)

    def leave(self) -> Future[None]:
        """Leave the journal for the next start."""
        self._end()
        return self._do(self._writer.leave)

    def discard(self) -> Future[None]:
        """Remove the journal; what was done is saved or not wanted."""
        self._end()
        asked = self._do(self._writer.discard)
        asked.add_done_callback(lambda _done: self._discarded.emit())
        return asked

    def _end(self) -> None:
        self._is_over = True
        self._delay.stop()
        self._timer.stop()
        self._waiting = []
        self._mark = None

    def _do(self, work: Callable[[], _Answer]) -> Future[_Answer]:
        """Do something after all that was asked for before, on the journals' thread."""
        asked = self._thread.submit(work)
        if not self._is_over:
            asked.add_done_callback(self._on_done)
        return asked

    def _on_done(self, asked: Future[_Answer]) -> None:
        """Tell the window's thread; this is the journals'."""
        error = asked.exception()
        if self._is_over:
            return
        if error is not None:
            self._failed.emit(error)
        elif self._is_behind:
            self._succeeded.emit()

    @Slot(object)
    def _on_edits_applied(self, edits: Sequence[AnyEdit]) -> None:
        if self._is_over:
            return
        self._waiting.append(edits)
        if not self._delay.isActive():
            self._delay.start()

    @Slot()
    def _hand_over(self) -> None:
        """Let everything be recorded that was done up to now."""
        self._delay.stop()
        if not self._waiting:
            return
        commands, self._waiting = self._waiting, []
        self._do(lambda: self._writer.record_all(commands))
        if not self._timer.isActive():
            self._timer.start(_SYNC_AFTER)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """Say it once a report, and go on trying."""
        if self._is_over:
            return
        if isinstance(error, ReportError):
            self._is_behind = True
            self._timer.start(_TRY_AGAIN_AFTER)
            if self._is_told:
                return
            self._is_told = True
        self.fell_behind.emit(error)

    @Slot()
    def _on_succeeded(self) -> None:
        self._is_behind = False


class _Writer:
    """The journal itself, touched by its own thread only."""

    def __init__(self) -> None:
        self._journal: Journal | None = None

    def begin(self, session: Session) -> None:
        self._journal = Journal.open_for(session.path, digest_of(session.data))

    def resume(self, session: Session, entry: Recoverable) -> None:
        """Go on in the journal that was recovered; where that fails, in a new one with all of it.

        Raises:
            SaveError: Not all of it is on the disk yet.
        """
        try:
            self._journal = entry.resume()
        except ReportError:
            self.begin(session)
            self.record_all(entry.commands)

    def record_all(self, commands: Iterable[Sequence[AnyEdit]]) -> None:
        """Record commands in order.

        Raises:
            SaveError: Not all of it is on the disk yet.
        """
        if self._journal is None:
            return
        problem: ReportError | None = None
        for command in commands:
            try:
                self._journal.record(command)
            except ReportError as error:
                # It stays in memory, and so must those behind it.
                problem = error
        if problem is not None:
            raise problem

    def mark(self) -> int:
        return self._journal.mark if self._journal is not None else 0

    def saved(self, mark: Future[int], output: Path, state: FileState) -> None:
        if self._journal is not None:
            self._journal.saved(mark.result(), output, state)

    def sync(self) -> None:
        if self._journal is not None:
            self._journal.sync()

    def discard(self) -> None:
        if self._journal is not None:
            self._journal.discard()
        self._journal = None

    def leave(self) -> None:
        if self._journal is not None:
            self._journal.close()
        self._journal = None
