"""Read mutants by the thousand in processes that may hang or die, and count what happens.

A mutant is known by its format and number alone, so that each can be made again.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from random import Random
from typing import Any

from core.document import Document
from core.errors import UnreadableFileError
from core.readers import read_here
from core.readers.confinement import confine_myself
from tests.fuzzing.mutator import mutated
from tests.fuzzing.sources import SOURCES

LONGEST = 10.0  # seconds, for one mutant
_STARTING = 60.0
# What fails so often is not worth starting a process for again.
_MOST_FAILURES = 100
_MEGABYTE = 1024**2
Read = Callable[[bytes, str], Document]

READ, REFUSED, FAILED = "read", "refused", "failed"


@dataclass
class Figures:
    """What became of the mutants of one format; `failures` are numbers with what happened."""

    name: str
    seconds: list[float] = field(default_factory=list)
    read: int = 0
    refused: int = 0
    memory: int = 0
    failures: list[tuple[int, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many were tried."""
        return self.read + self.refused + len(self.failures)

    @property
    def slowest(self) -> float:
        """The seconds that the slowest took."""
        return max(self.seconds, default=0.0)

    @property
    def p99(self) -> float:
        """The seconds below which all but one in a hundred stayed."""
        return sorted(self.seconds)[len(self.seconds) * 99 // 100] if self.seconds else 0.0

    def add(self, number: int, outcome: str, said: str, seconds: float, memory: int) -> None:
        """Count one mutant; its `memory` is the most that its process has had."""
        self.seconds.append(seconds)
        self.memory = max(self.memory, memory)
        if outcome == READ:
            self.read += 1
        elif outcome == REFUSED:
            self.refused += 1
        else:
            self.failures.append((number, said))


def mutant(name: str, number: int, whole: Sequence[bytes]) -> bytes:
    """Return the mutant of a format that has a number, from the whole files of that format."""
    chance = Random(f"{name} {number}")
    return mutated(chance.choice(whole), chance)


class _Faults(logging.Handler):
    """Keeps what the readers' last boundary says of an exception that nobody expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def _attempt(read: Read, data: bytes, name: str, faults: _Faults) -> tuple[str, str]:
    """Read one file; return what happened, and for a failure where."""
    faults.said.clear()
    try:
        read(data, f"年报.{name}")
        outcome, said = READ, ""
    except UnreadableFileError as error:
        outcome, said = REFUSED, str(error)
        if not said.endswith("。") or "\n" in said:
            return FAILED, f"no sentence: {said!r}"
    except Exception as error:  # noqa: BLE001 - the project's own alone may come out
        return FAILED, repr(error)
    if faults.said:
        return FAILED, " | ".join(faults.said)
    return outcome, said


def _serve(connection: Connection[Any, Any], read: Read, name: str, numbers: Sequence[int]) -> None:
    """Read mutants one after the other, in the bounds of a process for one file."""
    whole = SOURCES[name]()
    confine_myself()
    faults = _Faults()
    logging.getLogger().addHandler(faults)
    connection.send(None)
    for number in numbers:
        data = mutant(name, number, whole)
        started = time.perf_counter()
        outcome, said = _attempt(read, data, name, faults)
        taken = time.perf_counter() - started
        connection.send((number, outcome, said, taken, _peak()))


def _peak() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    # Kilobytes, but bytes on macOS.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class _Worker:
    """One process with the numbers that it has still to do."""

    def __init__(self, read: Read, name: str, numbers: Sequence[int], longest: float) -> None:
        self.read, self.name, self.numbers, self.longest = read, name, list(numbers), longest
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe(duplex=False)
        self.process = context.Process(
            target=_serve, args=(theirs, read, name, numbers), daemon=True
        )
        self.process.start()
        theirs.close()
        self.deadline = time.monotonic() + _STARTING

    def take(self, figures: Figures) -> _Worker | None:
        """Count what the process says; return who goes on, None when all are done."""
        try:
            message = self.connection.recv()
        except (EOFError, ConnectionError):
            return self._replaced(figures, "the process died")
        self.deadline = time.monotonic() + self.longest
        if message is not None:
            figures.add(*message)
            self.numbers.pop(0)
        return self if self.numbers else self._ended()

    def late(self, figures: Figures) -> _Worker | None:
        """End a process that has hung; return who goes on."""
        return self._replaced(figures, f"longer than {self.longest:g} s")

    def _replaced(self, figures: Figures, why: str) -> _Worker | None:
        self._ended()
        if not self.numbers:
            return None
        figures.failures.append((self.numbers[0], f"{why} (status {self.process.exitcode})"))
        rest = self.numbers[1:]
        return _Worker(self.read, self.name, rest, self.longest) if rest else None

    def _ended(self) -> None:
        if self.numbers:
            self.process.kill()
        self.connection.close()
        self.process.join()


def run(
    name: str,
    numbers: Sequence[int],
    jobs: int = 2,
    *,
    read: Read = read_here,
    longest: float = LONGEST,
) -> Figures:
    """Read the mutants of a format that have some numbers, in so many processes at once.

    `read` is a function of a module, so that the other processes can find it; each mutant
    may take `longest` seconds.
    """
    figures = Figures(name)
    shares = [numbers[start::jobs] for start in range(jobs)]
    workers = [_Worker(read, name, share, longest) for share in shares if share]
    try:
        while workers and len(figures.failures) < _MOST_FAILURES:
            ready = wait([worker.connection for worker in workers], timeout=0.5)
            going = []
            for worker in workers:
                after: _Worker | None = worker
                if worker.connection in ready:
                    after = worker.take(figures)
                elif time.monotonic() > worker.deadline:
                    after = worker.late(figures)
                if after:
                    going.append(after)
            workers = going
    finally:
        for worker in workers:
            worker.process.kill()
    return figures


HEADINGS = ("mutants", "read", "refused", "failed", "p99 ms", "slowest ms", "peak MB")


def line(figures: Figures) -> str:
    """Return the figures of a format as a line under `HEADINGS`."""
    numbers = (figures.count, figures.read, figures.refused, len(figures.failures))
    measured = (1000 * figures.p99, 1000 * figures.slowest, figures.memory / _MEGABYTE)
    return (
        f"{figures.name:<8}"
        + "".join(f"{number:>11}" for number in numbers)
        + "".join(f"{number:>11.0f}" for number in measured)
    )
