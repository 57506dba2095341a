"""Files being read on the worker, one after another, for the sessions that they will make."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.checking import Office
from core.file_names import written_out
from core.progress import Progress
from core.recovery import Recoverable
from gui.jobs import JobRunner
from gui.untitled import Make

if TYPE_CHECKING:
    from gui.open_report import OpenReport
    from gui.opening import Opened

Work = Callable[[Office, Progress], "Opened"]


@dataclass(frozen=True)
class Wish:
    """What is to be read, in whose place it comes, and whether it is to be shown at once."""

    path: Path
    work: Work
    replaces: OpenReport | None = None
    is_shown: bool = True
    is_alone: bool = True


def wish_to_open(
    path: Path,
    beside: Path | None = None,
    replaces: OpenReport | None = None,
    is_shown: bool = True,
) -> Wish:
    """Return the wish for a report, or of two files for the later year's."""

    def work(office: Office, progress: Progress) -> Opened:
        # Imported here and below, on the worker: what reads reports would delay the window.
        from gui.opening import open_and_check, open_pair

        if beside is None:
            return open_and_check(path, office, progress)
        return open_pair((path, beside), office, progress)

    return Wish(path, work, replaces, is_shown, is_alone=beside is None)


def wish_to_recover(entry: Recoverable, replaces: OpenReport | None, is_shown: bool) -> Wish:
    """Return the wish for the report of a journal with its edits made again."""

    def work(office: Office, progress: Progress) -> Opened:
        from gui.opening import open_recovered

        return open_recovered(entry, office, progress)

    return Wish(entry.source, work, replaces, is_shown, is_alone=False)


def wish_to_make(name: str, make: Make) -> Wish:
    """Return the wish for what stands in no file of the user's."""
    return Wish(Path(name), make, is_alone=False)


class Reading(QObject):
    """Reads one file at a time; what is wanted meanwhile waits.

    Signals:
        started: The path that is being read; said again when another one waits for it.
        progressed: Steps done, steps in all.
        read: The wish and what was read (Wish, Opened).
        failed: The path and the exception.
        cancelled: The user stopped it; what waited is forgotten.
        ended: Nothing is being read any more, and nothing waits.
    """

    started = Signal(object)
    progressed = Signal(int, int)
    read = Signal(object, object)
    failed = Signal(object, object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._office = Office()
        self._waiting: deque[Wish] = deque()
        self._jobs = JobRunner(self)
        self._jobs.progressed.connect(self.progressed)
        self._jobs.succeeded.connect(self._on_succeeded)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.cancelled.connect(self._on_cancelled)

    @property
    def wish(self) -> Wish | None:
        """What is being read, None for nothing."""
        return self._wish

    @property
    def waiting(self) -> int:
        """How many files wait for it."""
        return len(self._waiting)

    def replaces(self, report: OpenReport) -> bool:
        """Return whether a report is being read anew, or is to be."""
        wishes = (self._wish, *self._waiting)
        return any(wish is not None and wish.replaces is report for wish in wishes)

    def add(self, wish: Wish, office: Office) -> None:
        """Read a file, after those that were asked for before; one that waits already is not."""
        self._office = office
        if wish.is_alone and any(_is_same(wish, each) for each in (self._wish, *self._waiting)):
            return
        self._waiting.append(wish)
        if self._wish is None:
            self._go_on()
        else:
            self.started.emit(self._wish.path)

    def cancel(self) -> None:
        """Stop reading."""
        self._jobs.cancel()

    def close(self) -> None:
        """Stop reading and wait."""
        self._jobs.close()

    def _go_on(self) -> None:
        if not self._waiting:
            self.ended.emit()
            return
        self._wish = wish = self._waiting.popleft()
        office = self._office
        self.started.emit(wish.path)
        self._jobs.start(lambda progress: _identified(wish.work(office, progress)))

    @Slot(object)
    def _on_succeeded(self, opened: Opened) -> None:
        wish, self._wish = self._wish, None
        self.read.emit(wish, opened)
        self._go_on_unless_begun()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        wish, self._wish = self._wish, None
        self.failed.emit(wish.path if wish else None, error)
        self._go_on_unless_begun()

    @Slot()
    def _on_cancelled(self) -> None:
        self._wish = None
        self._waiting.clear()
        self.cancelled.emit()
        self.ended.emit()

    def _go_on_unless_begun(self) -> None:
        # Whoever was told may have asked for another file.
        if self._wish is None:
            self._go_on()


def _is_same(wish: Wish, other: Wish | None) -> bool:
    if other is None or not other.is_alone or wish.replaces is not other.replaces:
        return False
    return written_out(wish.path) == written_out(other.path)


def _identified(opened: Opened) -> Opened:
    """Return what was read with the identity of its file, which is asked for on this thread."""
    from gui.opening import identity_of

    return replace(opened, identity=identity_of(opened.session.path))
