"""One folder at a time being found and checked, off the GUI thread."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.batch import Batch, Wish, batch_of
from core.batch_row import Row
from core.batch_state import Kept
from core.batch_workers import Workers, jobs_by_default
from core.checking import Office
from core.progress import Progress
from gui.jobs import JobRunner

Engine = Callable[[], AbstractContextManager[Executor]]

# Results may come faster than a list should move; a long one takes longer to sort.
_TAKEN_EVERY, _TAKEN_EVERY_FILES = 150, 10  # ms, and files that make it a ms more


class Phase(Enum):
    """How far a folder is."""

    EMPTY = "empty"
    FINDING = "finding"
    READY = "ready"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True)
class Wanted:
    """What is to be checked, and by what."""

    folder: Path
    last_year: Path | None = None
    office: Office | None = None


@dataclass(frozen=True)
class _Found:
    batch: Batch
    kept: Kept


def own_workers() -> AbstractContextManager[Executor]:
    """Return the program's own processes, as many as suit this computer."""
    return Workers(jobs_by_default())


class FolderCheck(QObject):
    """Finds the files of a folder, checks them, stops and goes on.

    Signals:
        phase_changed: How far it is (Phase).
        found: The files of another folder are known (Batch, Kept).
        arrived: What has ended since the last time (list of Row).
        progressed: Files done, files in all, those of last year among them.
        failed: The exception; nothing is checked any more.
    """

    phase_changed = Signal(object)
    found = Signal(object, object)
    arrived = Signal(object)
    progressed = Signal(int, int)
    failed = Signal(object)

    def __init__(self, engine: Engine = own_workers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.engine = engine
        self.phase = Phase.EMPTY
        self.batch: Batch | None = None
        self.kept = Kept()
        self._starts_at_once = False
        self._new: deque[Row] = deque()
        self._finding, self._running = JobRunner(self), JobRunner(self)
        self._finding.succeeded.connect(self._on_found)
        self._finding.failed.connect(self._on_failed)
        self._running.progressed.connect(self.progressed)
        self._running.succeeded.connect(self._on_done)
        self._running.failed.connect(self._on_failed)
        self._timer = QTimer(self, interval=_TAKEN_EVERY)
        self._timer.timeout.connect(self._take)

    def find(self, wanted: Wanted, *, starts: bool = False) -> None:
        """Look what there is in a folder; with `starts` check all of it then, from the start."""
        self._stop()
        self._starts_at_once, self.batch = starts, None
        self._change(Phase.FINDING)
        wish = Wish(findings=True, slots=True, prose=True, office=wanted.office)

        def work(_progress: Progress) -> _Found:
            batch = batch_of(wanted.folder, wanted.last_year, wish, resumes=True)
            return _Found(batch, batch.kept())

        self._finding.start(work)

    def start(self, *, anew: bool = False) -> None:
        """Check the folder that was found; what an earlier run has left is taken over."""
        batch = self.batch
        if batch is None or self.phase in (Phase.FINDING, Phase.RUNNING):
            return
        new: deque[Row] = deque()
        self._new = new
        self._change(Phase.RUNNING)

        def work(progress: Progress) -> None:
            if anew:
                batch.forget()
            with self.engine() as engine:
                for checked in batch.run(engine, progress):
                    new.append(checked.row)

        self._running.start(work)
        files = len(batch.listing.files)
        self._timer.start(max(_TAKEN_EVERY, files // _TAKEN_EVERY_FILES))

    def cancel(self) -> None:
        """Stop; what has been checked stays for the next time."""
        if self.phase is Phase.FINDING:
            self._stop()
            self._change(Phase.EMPTY)
        elif self.phase is Phase.RUNNING:
            self._stop()
            self._change(Phase.STOPPED)

    def close(self) -> None:
        """Stop and wait for the end."""
        self.cancel()
        self._finding.close()
        self._running.close()

    def _stop(self) -> None:
        self._finding.cancel()
        self._running.cancel()
        self._timer.stop()
        self._take()

    def _change(self, phase: Phase) -> None:
        self.phase = phase
        self.phase_changed.emit(phase)

    @Slot()
    def _take(self) -> None:
        """Hand on what has ended; the worker goes on putting more at the end."""
        if rows := [self._new.popleft() for _ in range(len(self._new))]:
            self.arrived.emit(rows)

    @Slot(object)
    def _on_found(self, found: _Found) -> None:
        self.batch, self.kept = found.batch, found.kept
        self.found.emit(found.batch, found.kept)
        self._change(Phase.READY)
        if self._starts_at_once:
            self.start(anew=True)

    @Slot(object)
    def _on_done(self, _nothing: object) -> None:
        self._timer.stop()
        self._take()
        self.kept = Kept()
        self._change(Phase.DONE)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._timer.stop()
        self._take()
        was_running = self.phase is Phase.RUNNING
        self._change(Phase.STOPPED if was_running else Phase.EMPTY)
        self.failed.emit(error)
