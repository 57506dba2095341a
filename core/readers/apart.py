"""Read a file in a process of its own, which can be stopped and may die.

A parser written in C can hang, crash, or ask for all memory there is.  Here that
costs one process: it has a deadline and a bound on its memory, and whoever waits
for it may change their mind at any time.
"""

from __future__ import annotations

import io
import json
import logging
import multiprocessing
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.connection import Connection
from threading import Lock
from types import ModuleType
from typing import Any

from core.document import Document
from core.errors import ReportError, UnreadableFileError
from core.progress import Progress
from core.readers import TOO_BIG
from core.readers.confinement import Job, confine_myself

Read = Callable[[bytes, str, Progress], Document]
# What the other process does with a file; what it brings is bytes that nobody trusts.
Work = Callable[[bytes, str, Progress], bytes]

# Seconds: without a sign of life, in all, and until a slow disk has brought the program.
STILL, ALTOGETHER, STARTING = 8.0, 60.0, 60.0
# A step is reported as often as a person can see; every one of them would cost more than reading.
_BETWEEN_STEPS = 0.1
_LOOK_EVERY = 0.05
# The first byte of a message says what it is.  Behind it stands JSON, or a packed document.
_READY, _STEP, _LOGGED, _REFUSED, _READ = b"0", b"1", b"2", b"3", b"4"
# What a document is made of; anything else would be code of whoever has taken the process over.
_DOCUMENT_MODULE = "core.document"

_SAFE = "没有打开，原文件没有改动。"
TOO_SLOW = (
    f"读取这个文件花的时间太长，已经停止，{_SAFE}请用 Word 或 WPS 打开它，另存为 .docx 后再试。"
)
DIED = f"读取这个文件时读取程序意外中断，文件可能已损坏或有害，{_SAFE}请向发件人重新索取。"

_STARTS = Lock()

_log = logging.getLogger(__name__)


def read_apart(
    read: Read,
    data: bytes,
    name: str,
    progress: Progress,
    *,
    still: float = STILL,
    altogether: float = ALTOGETHER,
) -> Document:
    """Return what `read` makes of a file, in a process that ends with this call.

    `read` is a function of a module, so that the other process can find it.  It is
    stopped after `still` seconds without a step, and after `altogether` seconds.

    Raises:
        UnreadableFileError: `read` said so; or it took too long, too much memory, or died.
        Cancelled: `progress` asked to stop.
    """
    work = partial(_packed, read)
    return _unpacked(work_apart(work, data, name, progress, still=still, altogether=altogether))


def work_apart(
    work: Work,
    data: bytes,
    name: str,
    progress: Progress,
    *,
    still: float = STILL,
    altogether: float = ALTOGETHER,
) -> bytes:
    """Return the bytes that `work` makes of a file, in a process that ends with this call.

    They come from a process that a hostile file may have taken over: whoever takes
    them must find out what they are.  All else is as for `read_apart`.

    Raises:
        UnreadableFileError: `work` said so; or it took too long, too much memory, or died.
        Cancelled: `progress` asked to stop.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, name), daemon=True)
    with no_main_module():
        process.start()
    theirs.close()
    job = Job(process.pid or 0)
    try:
        return _Conversation(ours, progress, still, altogether).answer_to(data)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
        job.close()


@contextmanager
def no_main_module() -> Iterator[None]:
    """Let a new process run nothing but what it is for.

    WORKAROUND Python 3.11-3.13: a spawned process first runs its parent's main module again
    (https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods),
    be it a script that opens a report at once, and so would start another process.
    """
    with _STARTS:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


class _Conversation:
    """What is said with the other process, from its first sign of life to its answer."""

    def __init__(
        self, connection: Connection[Any, Any], progress: Progress, still: float, altogether: float
    ) -> None:
        self._connection = connection
        self._progress = progress
        self._still = still
        self._altogether = altogether
        self._steps = (0, 1)

    def answer_to(self, data: bytes) -> bytes:
        try:
            self._expect_ready()
            self._connection.send_bytes(data)
            return self._answer()
        except (EOFError, ConnectionError) as error:
            raise UnreadableFileError(DIED, "the process died") from error

    def _expect_ready(self) -> None:
        kind, _ = self._next(time.monotonic() + STARTING)
        if kind != _READY:
            raise UnreadableFileError(DIED, f"began with {kind!r}")

    def _answer(self) -> bytes:
        end = time.monotonic() + self._altogether
        while True:
            kind, content = self._next(min(end, time.monotonic() + self._still))
            if kind == _READ:
                return content
            first, second = _values(content)
            if kind == _REFUSED:
                raise UnreadableFileError(str(first), str(second))
            if kind == _STEP:
                self._steps = (_whole(first), _whole(second))
                self._progress(*self._steps)
            elif kind == _LOGGED:
                _log.log(_whole(first), "%s", second)

    def _next(self, deadline: float) -> tuple[bytes, bytes]:
        """Return the next message; ask every moment whether anybody still wants it."""
        while not self._connection.poll(_LOOK_EVERY):
            self._progress(*self._steps)
            if time.monotonic() > deadline:
                raise UnreadableFileError(TOO_SLOW, "deadline")
        message = self._connection.recv_bytes()
        return message[:1], message[1:]


def _values(content: bytes) -> tuple[object, object]:
    try:
        first, second = json.loads(content)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableFileError(DIED, "no message") from error
    return first, second


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise UnreadableFileError(DIED, "no number")
    return value


class _DocumentsOnly(pickle.Unpickler):
    """Makes documents out of bytes, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        # A name with dots would lead on to whatever that module has imported.
        if module != _DOCUMENT_MODULE or not name.isidentifier():
            raise pickle.UnpicklingError("no part of a document")
        found = super().find_class(module, name)
        if getattr(found, "__module__", "") != _DOCUMENT_MODULE:
            raise pickle.UnpicklingError("no part of a document")
        return found


def _unpacked(packed: bytes) -> Document:
    try:
        found = _DocumentsOnly(io.BytesIO(packed)).load()
    except Exception as error:  # bytes of a process that was taken over may raise anything
        raise UnreadableFileError(DIED, "no document") from error
    if not isinstance(found, Document):
        raise UnreadableFileError(DIED, "no document")
    return found


class _Records(logging.Handler):
    """Hands what is logged in this process to the one that waits."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        super().__init__(logging.WARNING)
        self._connection = connection

    def emit(self, record: logging.LogRecord) -> None:
        _say(self._connection, _LOGGED, record.levelno, record.getMessage())


def _say(connection: Connection[Any, Any], kind: bytes, *values: object) -> None:
    connection.send_bytes(kind + json.dumps(values).encode("ascii"))


def _packed(read: Read, data: bytes, name: str, progress: Progress) -> bytes:
    return pickle.dumps(read(data, name, progress))


def _serve(connection: Connection[Any, Any], work: Work, name: str) -> None:
    """Work on one file that the other side sends: the whole life of the process."""
    confine_myself()
    logging.getLogger().addHandler(_Records(connection))
    # When nobody waits any more there is nobody to tell.
    with suppress(ConnectionError, EOFError):
        _say(connection, _READY)
        _answer(connection, work, name)


def _answer(connection: Connection[Any, Any], work: Work, name: str) -> None:
    said = 0.0

    def step(done: int, total: int, /) -> None:
        nonlocal said
        if time.monotonic() - said >= _BETWEEN_STEPS:
            said = time.monotonic()
            _say(connection, _STEP, done, total)

    try:
        made = work(connection.recv_bytes(), name, step)
    except ReportError as error:
        _say(connection, _REFUSED, str(error), error.detail)
    except MemoryError:
        _say(connection, _REFUSED, TOO_BIG, "memory")
    else:
        connection.send_bytes(_READ + made)
