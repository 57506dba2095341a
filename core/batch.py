"""Check all reports of a folder, on any `concurrent.futures.Executor`.

Results come in name order, each as soon as its file and all before it have
ended, and are the same whatever runs them.  Only so many files are under way
that memory stays flat.  A check that was stopped can go on where it was (see
`core.batch_state`).
"""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

from core.batch_files import BatchFile, Listing, list_files
from core.batch_last_year import Past, packed_pasts
from core.batch_report import INTERNAL, Common, Task, check_file, packed_office
from core.batch_row import Checked, Row, unpacked, unread
from core.batch_state import BatchState, Kept, fingerprint
from core.batch_workers import Workers
from core.checking import Office
from core.errors import Cancelled
from core.progress import Progress, silent
from core.readers.apart import DIED
from core.rules.engine import where

# Files under way: enough that one slow file at the front does not stop the others at once.
UNDER_WAY = 64
_LOOK_EVERY = 0.2
_PAST, _NOW = "past", "now"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of every file besides its counts.

    `findings` for lists of findings, `slots` for a roll-up, `prose` for a comparison
    of texts.  `office` are the settings and explanations to check by.
    """

    findings: bool = False
    slots: bool = False
    prose: bool = False
    office: Office | None = None


@dataclass
class Batch:
    """The reports of a folder, beside those of last year's folder if there is one.

    With `resumes`, what an interrupted run of the same check has brought is taken
    over, and what this one brings is kept until it is done.  `notices` are
    sentences about that, and `unread_past` are last year's files that could not be
    read; both are known as soon as `run` has yielded anything.
    """

    listing: Listing
    past: Listing | None = None
    wish: Wish = Wish()
    folder: Path = Path()
    resumes: bool = False
    unread_past: list[Row] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    resumed: int = 0

    def run(
        self, engine: Executor, progress: Progress = silent, under_way: int = UNDER_WAY
    ) -> Iterator[Checked]:
        """Yield every file, in name order.

        `under_way` is how many files the engine is given at a time.

        Raises:
            Cancelled: `progress` asked to stop; files not begun are given up.
        """
        files = self.listing.files
        steps = _Steps(progress, len(files) + len(self.past.files if self.past else ()))
        office = packed_office(self.wish.office)
        state = self._state(office)
        self.notices, self.resumed = state.notices if state else [], 0
        line = _Line(engine, state, steps, under_way)
        try:
            common = Common(self._past(line), office)
            for checked in line.in_order((self._task(file, common) for file in files), _NOW):
                self.resumed = line.taken_over
                yield checked
        except BaseException:
            # Cancelled, or nobody listens any more: what there is stays for the next time.
            if state is not None:
                state.close()
            raise
        if state is not None:
            state.discard()

    def kept(self) -> Kept:
        """Return what an interrupted run of the same check has left, to be asked about."""
        state = self._state(packed_office(self.wish.office))
        if state is None:
            return Kept()
        state.close()
        return Kept(state.count, state.at)

    def forget(self) -> None:
        """Remove what an interrupted run has left, so that the next one begins anew."""
        if state := self._state(packed_office(self.wish.office)):
            state.discard()

    def file_of(self, row: Row) -> BatchFile:
        """Return where a report is, to open it."""
        return self._files[row.file]

    @cached_property
    def _files(self) -> dict[str, BatchFile]:
        return {file.name: file for file in self.listing.files}

    def _task(self, file: BatchFile, common: Common) -> Task:
        wish = self.wish
        return Task(file, common, findings=wish.findings, slots=wish.slots, prose=wish.prose)

    def _past(self, line: _Line) -> bytes:
        """Return whose reports last year's folder holds, packed; nothing without a folder."""
        if self.past is None:
            return b""
        files = {file.name: file for file in self.past.files}
        self.unread_past = []
        pasts = []
        tasks = (Task(file, identify=True) for file in self.past.files)
        for checked in line.in_order(tasks, _PAST):
            if checked.row.error:
                self.unread_past.append(checked.row)
            else:
                pasts.append(_past_of(checked.row, files[checked.row.file]))
        return packed_pasts(pasts)

    def _state(self, office: bytes) -> BatchState | None:
        if not self.resumes:
            return None
        wish = f"{self.wish.findings} {self.wish.slots} {self.wish.prose}"
        past = fingerprint(self.past.files) if self.past else ""
        folder = str(self.folder.resolve())
        return BatchState.of((folder, wish, hashlib.sha256(office).hexdigest(), past))


def batch_of(
    folder: Path,
    last_year: Path | None = None,
    wish: Wish | None = None,
    *,
    resumes: bool = False,
) -> Batch:
    """Return the reports of a folder, found but not read yet; see `Batch`.

    Raises:
        UnreadableFileError: A folder does not exist.
    """
    past = list_files(last_year) if last_year is not None else None
    return Batch(list_files(folder), past, wish or Wish(), folder, resumes)


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
    is_own: bool = False


class _Line:
    """Brings files through an engine in their order; what is known already is not done again."""

    def __init__(
        self, engine: Executor, state: BatchState | None, steps: _Steps, under_way: int
    ) -> None:
        self._engine, self._state, self._steps = engine, state, steps
        self._under_way = under_way
        self.taken_over = 0

    def in_order(self, tasks: Iterable[Task], kind: str) -> Iterator[Checked]:
        """Yield what becomes of tasks in their order; give up what is under way when closed."""
        runner = _Runner(self._engine)
        waiting: deque[_Waiting] = deque()
        left = iter(tasks)
        try:
            while True:
                # An engine that does the work at once has nothing to wait for.
                while len(waiting) < self._under_way and not (waiting and waiting[0].future.done()):
                    more = [self._begun(task, kind, runner) for task in islice(left, 1)]
                    waiting += more
                    if not more:
                        break
                if not waiting:
                    return
                data, checked = runner.ended(waiting[0], self._steps)
                self._keep(waiting.popleft(), kind, data, checked)
                self._steps.step()
                yield checked
        finally:
            for each in waiting:
                each.future.cancel()
            runner.close()

    def _begun(self, task: Task, kind: str, runner: _Runner) -> _Waiting:
        data = self._state.found(task.file, kind) if self._state else None
        if data is None:
            return runner.begun(task)
        known: Future[bytes] = _Known()
        known.set_result(data)
        self.taken_over += 1
        return _Waiting(task, known)

    def _keep(self, waiting: _Waiting, kind: str, data: bytes, checked: Checked) -> None:
        # What could not be read is tried again: it may have been open in another program.
        if self._state and not isinstance(waiting.future, _Known) and not checked.row.error:
            self._state.keep(waiting.task.file, data, kind)


class _Known(Future[bytes]):
    """A result that an earlier run has brought."""


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

    def ended(self, waiting: _Waiting, steps: _Steps) -> tuple[bytes, Checked]:
        """Return what became of a file, packed and not; none is lost, whoever checked it."""
        name = waiting.task.file.name
        _await(waiting.future, steps)
        try:
            data = waiting.future.result()
        except Cancelled:
            raise
        except CancelledError:
            return b"", unread(name, INTERNAL)
        except Exception:
            # Every engine has its own way to say that it has lost a file.
            if waiting.is_own:
                raise
            return self.ended(self._begun_anew(waiting.task), steps)
        try:
            return data, unpacked(data)
        except ValueError as error:
            _log.error("no answer about a file: %s", where(error))
            return b"", unread(name, DIED)

    def close(self) -> None:
        """End the own process, if there is one."""
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)

    def _begun_anew(self, task: Task) -> _Waiting:
        if self._own is None:
            _log.info("the engine broke; a process of its own goes on")
            self._own = Workers(1)
        return _Waiting(task, self._own.submit(check_file, task), is_own=True)


def _await(future: Future[bytes], steps: _Steps) -> None:
    """Wait until a future is done; ask every moment whether anybody still wants it."""
    while not future.done():
        wait((future,), _LOOK_EVERY)
        if not future.done():
            steps.look()
