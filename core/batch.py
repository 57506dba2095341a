"""Check all reports of a folder, on any `concurrent.futures.Executor`.

Results come in name order, each as soon as its file and all before it have
ended, and are the same whatever runs them.  Only so many files are under way
that memory stays flat.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from core.batch_files import BatchFile, Listing, list_files
from core.batch_last_year import Past, packed_pasts
from core.batch_report import INTERNAL, Checked, Row, Task, check_file, unpacked, unread
from core.batch_workers import Workers
from core.progress import Progress, silent
from core.readers.apart import DIED
from core.rules.engine import where

# Files under way: enough that one slow file at the front does not stop the others at once.
_UNDER_WAY = 64
_LOOK_EVERY = 0.2

_log = logging.getLogger(__name__)


@dataclass
class Batch:
    """The reports of a folder, beside those of last year's folder if there is one.

    `findings` and `slots` ask for what a list of findings and a roll-up need of every
    file.  `unread_past` are last year's files that could not be read, known as soon
    as `run` has yielded anything.
    """

    listing: Listing
    past: Listing | None = None
    findings: bool = False
    slots: bool = False
    unread_past: list[Row] = field(default_factory=list)

    def run(self, engine: Executor, progress: Progress = silent) -> Iterator[Checked]:
        """Yield every file, in name order.

        Raises:
            Cancelled: `progress` asked to stop; files not begun are given up.
        """
        files = self.listing.files
        steps = _Steps(progress, len(files) + len(self.past.files if self.past else ()))
        past = self._past(engine, steps)
        tasks = [Task(file, past=past, findings=self.findings, slots=self.slots) for file in files]
        return _in_order(engine, tasks, steps)

    def _past(self, engine: Executor, steps: _Steps) -> bytes:
        """Return whose reports last year's folder holds, packed; nothing without a folder."""
        if self.past is None:
            return b""
        files = {file.name: file for file in self.past.files}
        self.unread_past = []
        pasts = []
        tasks = [Task(file, identify=True) for file in self.past.files]
        for checked in _in_order(engine, tasks, steps):
            if checked.row.error:
                self.unread_past.append(checked.row)
            else:
                pasts.append(_past_of(checked.row, files[checked.row.file]))
        return packed_pasts(pasts)


def batch_of(
    folder: Path, last_year: Path | None = None, *, findings: bool = False, slots: bool = False
) -> Batch:
    """Return the reports of a folder, found but not read yet; see `Batch`.

    Raises:
        UnreadableFileError: A folder does not exist.
    """
    past = list_files(last_year) if last_year is not None else None
    return Batch(list_files(folder), past, findings, slots)


def _past_of(row: Row, file: BatchFile) -> Past:
    path = str(file.path.absolute())
    return Past(row.file, path, file.member, row.agency, row.year, row.digest)


class _Steps:
    """Counts files that have ended, of all that there are."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def look(self) -> None:
        """Ask whether anybody still waits."""
        self._progress(self._done, self._total)

    def step(self) -> None:
        """Say that a file has ended."""
        self._done += 1
        self.look()


@dataclass(frozen=True, slots=True)
class _Waiting:
    task: Task
    future: Future[bytes]


def _in_order(engine: Executor, tasks: Iterable[Task], steps: _Steps) -> Iterator[Checked]:
    """Yield what becomes of tasks in their order; give up what is under way when closed."""
    runner = _Runner(engine)
    waiting: deque[_Waiting] = deque()
    left = iter(tasks)
    try:
        while True:
            # An engine that does the work at once has nothing to wait for.
            while len(waiting) < _UNDER_WAY and not (waiting and waiting[0].future.done()):
                more = [runner.begun(task) for task in islice(left, 1)]
                waiting += more
                if not more:
                    break
            if not waiting:
                return
            checked = runner.ended(waiting[0], steps)
            waiting.popleft()
            steps.step()
            yield checked
    finally:
        for each in waiting:
            each.future.cancel()
        runner.close()


class _Runner:
    """Hands files to an engine; when it breaks, to a process of the program's own."""

    def __init__(self, engine: Executor) -> None:
        self._engine = engine
        self._own: Workers | None = None

    def begun(self, task: Task) -> _Waiting:
        """Return a file that is under way."""
        try:
            return _Waiting(task, self._engine.submit(check_file, task))
        except BrokenExecutor:
            return self._begun_anew(task)

    def ended(self, waiting: _Waiting, steps: _Steps) -> Checked:
        """Return what became of a file; none is lost, whatever became of who checked it."""
        name = waiting.task.file.name
        try:
            return unpacked(_result(waiting.future, steps))
        except BrokenExecutor:
            return self.ended(self._begun_anew(waiting.task), steps)
        except ValueError as error:
            _log.error("no answer about a file: %s", where(error))
            return unread(name, DIED)
        except CancelledError:
            return unread(name, INTERNAL)

    def close(self) -> None:
        """End the own process, if there is one."""
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)

    def _begun_anew(self, task: Task) -> _Waiting:
        if self._own is None:
            _log.info("the engine broke; a process of its own goes on")
            self._own = Workers(1)
        return _Waiting(task, self._own.submit(check_file, task))


def _result(future: Future[bytes], steps: _Steps) -> bytes:
    """Return a future's result; ask every moment whether anybody still wants it."""
    while True:
        try:
            return future.result(_LOOK_EVERY)
        except TimeoutError:
            if future.done():
                raise
            steps.look()
