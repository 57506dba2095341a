"""Processes of the program's own that check files: each expendable, bounded and replaced.

A file that hangs, crashes or wants all memory costs only itself.  A process that
somebody else has ended loses nothing: its file is tried once more in a new one.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from core.batch_report import Common, Task, check_file
from core.batch_row import packed, unpacked, unread
from core.errors import Cancelled
from core.readers import TOO_BIG
from core.readers.apart import ALTOGETHER, DIED, STARTING, TOO_SLOW, no_main_module
from core.readers.confinement import Job, confine_myself

Check = Callable[[Task], bytes]

# What a message is, by its first byte.
_READY, _STEP, _LOGGED, _DONE, _FULL = b"0", b"1", b"2", b"3", b"4"
# Seconds: longer than for a file that is only read, because the rules give no sign of life.
_STILL = 30.0
_BETWEEN_STEPS = 0.1
_LOOK_EVERY = 0.2
_TRIES = 2
_MOST = 8

_log = logging.getLogger(__name__)


class _DiedError(Exception):
    """The process is gone, whoever ended it."""


class _TooSlowError(Exception):
    """The process has shown no sign of life for too long, or worked for too long."""


def jobs_by_default() -> int:
    """Return how many processes suit this computer."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)


class Workers(Executor):
    """An executor for `core.batch_report.check_file` only, on so many processes.

    `still` and `altogether` are the seconds that a file may take without a sign of
    life, and in all.  `check` is a function of a module that the
    processes run; tests put others there.
    """

    def __init__(
        self,
        jobs: int,
        *,
        still: float = _STILL,
        altogether: float = ALTOGETHER,
        check: Callable[..., bytes] = check_file,
    ) -> None:
        self._queue: SimpleQueue[tuple[Future[bytes], Task] | None] = SimpleQueue()
        self._ended = Event()
        self._limits = still, altogether
        self._check = check
        self._threads = [Thread(target=self._run, daemon=True) for _ in range(jobs)]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Put a file in the queue; only `check_file` with one `Task` can be asked for.

        Raises:
            ValueError: Something else is.
            RuntimeError: The workers have been shut down.
        """
        if fn is not check_file or len(args) != 1 or not isinstance(args[0], Task):
            raise ValueError("only check_file and a task")
        if self._ended.is_set():
            raise RuntimeError("shut down")
        future: Future[bytes] = Future()
        self._queue.put((future, replace(args[0], here=True)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes; with `cancel_futures` at once, else after the files submitted."""
        if cancel_futures:
            self._ended.set()
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads if wait else ():
            thread.join()
        self._ended.set()

    def __exit__(self, *_: object) -> None:
        """End all processes; whoever leaves waits for no more files."""
        self.shutdown(cancel_futures=True)

    def _run(self) -> None:
        """Serve one process after the other: the life of a thread."""
        worker: _Worker | None = None
        try:
            while (item := self._queue.get()) is not None:
                future, task = item
                if self._ended.is_set() or not future.set_running_or_notify_cancel():
                    future.cancel()
                    continue
                worker = self._serve(worker, future, task)
        finally:
            if worker is not None:
                worker.close()

    def _serve(self, worker: _Worker | None, future: Future[bytes], task: Task) -> _Worker | None:
        """Fulfil a future; return the process if it is still good."""
        for _ in range(_TRIES):
            if self._ended.is_set():
                break
            try:
                worker = worker or _Worker(self._check)
                answer, is_full = worker.answer(task, *self._limits, self._ended)
            except _TooSlowError:
                future.set_result(packed(unread(task.file.name, TOO_SLOW)))
                _close(worker)
                return None
            except Cancelled:
                break
            except (_DiedError, OSError):
                _close(worker)
                worker = None
            else:
                future.set_result(answer)
                if is_full:
                    _close(worker)
                return None if is_full else worker
        if self._ended.is_set():
            future.set_exception(Cancelled())
        else:
            future.set_result(packed(unread(task.file.name, DIED)))
        _close(worker)
        return None


def _close(worker: _Worker | None) -> None:
    if worker is not None:
        worker.close()


class _Worker:
    """One process, from its start to its end."""

    def __init__(self, check: Callable[..., bytes]) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, check), daemon=True)
        with no_main_module():
            self._process.start()
        theirs.close()
        self._job = Job(self._process.pid or 0)
        self._is_ready = False
        self._told: Common | None = None

    def answer(
        self, task: Task, still: float, altogether: float, ended: Event
    ) -> tuple[bytes, bool]:
        """Return what the process makes of a file, and whether its memory is full.

        Raises:
            _DiedError: It is gone.
            _TooSlowError: It took too long.
            Cancelled: Nobody waits any more.
        """
        try:
            if not self._is_ready:
                self._expect_ready(ended)
            # What all files share is large, and said once.
            common = None if task.common is self._told else task.common
            self._told = task.common
            self._connection.send_bytes(pickle.dumps((replace(task, common=Common()), common)))
            return self._listen(still, altogether, ended)
        except (EOFError, ConnectionError) as error:
            raise _DiedError from error

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self._process.kill()
        self._process.join()
        self._process.close()
        self._job.close()

    def _expect_ready(self, ended: Event) -> None:
        if self._next(time.monotonic() + STARTING, ended)[:1] != _READY:
            raise _DiedError
        self._is_ready = True

    def _listen(self, still: float, altogether: float, ended: Event) -> tuple[bytes, bool]:
        end = time.monotonic() + altogether
        while True:
            message = self._next(min(end, time.monotonic() + still), ended)
            kind, content = message[:1], message[1:]
            if kind in (_DONE, _FULL):
                return content, kind == _FULL
            if kind == _LOGGED:
                _log.warning("%s", content.decode("utf-8", "replace"))
            elif kind != _STEP:
                raise _DiedError

    def _next(self, deadline: float, ended: Event) -> bytes:
        while not self._connection.poll(_LOOK_EVERY):
            if ended.is_set():
                raise Cancelled
            if time.monotonic() > deadline:
                raise _TooSlowError
        return self._connection.recv_bytes()


class _Records(logging.Handler):
    """Hands what is logged in this process to the one that waits."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        super().__init__(logging.WARNING)
        self._connection = connection

    def emit(self, record: logging.LogRecord) -> None:
        self._connection.send_bytes(_LOGGED + record.getMessage().encode("utf-8", "replace"))


def _work(connection: Connection[Any, Any], check: Callable[..., bytes]) -> None:
    """Check the files that the other side names: the whole life of the process."""
    confine_myself()
    logging.getLogger().addHandler(_Records(connection))
    # When nobody waits any more there is nobody to tell.
    with suppress(ConnectionError, EOFError, KeyboardInterrupt):
        connection.send_bytes(_READY)
        common = Common()
        while True:
            task, told = pickle.loads(connection.recv_bytes())
            common = told or common
            answer = check(replace(task, common=common), _steps(connection))
            # What is left of a file that took all memory must not spoil the next one.
            is_full = unpacked(answer).row.error == TOO_BIG
            connection.send_bytes((_FULL if is_full else _DONE) + answer)


def _steps(connection: Connection[Any, Any]) -> Callable[[int, int], None]:
    said = 0.0

    def step(_done: int, _total: int, /) -> None:
        nonlocal said
        if time.monotonic() - said >= _BETWEEN_STEPS:
            said = time.monotonic()
            connection.send_bytes(_STEP)

    return step
