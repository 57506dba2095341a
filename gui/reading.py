"""One file being read on the worker, for the session that it will make."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.checking import Office
from core.progress import Progress
from core.recovery import Recoverable
from gui.jobs import JobRunner
from gui.untitled import Make

if TYPE_CHECKING:
    from gui.opening import Opened


class Reading(QObject):
    """Reads one report at a time; another wish takes the place of the one before.

    Signals:
        started: The path that is being read.
        progressed: Steps done, steps in all.
        read: What was read (Opened).
        failed: The path and the exception.
        cancelled: The user stopped it.
    """

    started = Signal(object)
    progressed = Signal(int, int)
    read = Signal(object)
    failed = Signal(object, object)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._jobs = JobRunner(self)
        self._jobs.progressed.connect(self.progressed)
        self._jobs.succeeded.connect(self._on_succeeded)
        self._jobs.failed.connect(self._on_failed)
        self._jobs.cancelled.connect(self._on_cancelled)

    @property
    def is_running(self) -> bool:
        """Whether a file is being read."""
        return self._path is not None

    def open(self, path: Path, beside: Path | None, office: Office) -> None:
        """Read and check a report, or of two the later year's."""

        def work(progress: Progress) -> Opened:
            # Imported here and below, on the worker: what reads reports would delay the window.
            from gui.opening import open_and_check, open_pair

            if beside is None:
                return open_and_check(path, office, progress)
            return open_pair((path, beside), office, progress)

        self._start(path, work)

    def recover(self, entry: Recoverable, office: Office) -> None:
        """Read the report of a journal and make its edits again."""

        def work(progress: Progress) -> Opened:
            from gui.opening import open_recovered

            return open_recovered(entry, office, progress)

        self._start(entry.source, work)

    def make(self, name: str, make: Make, office: Office) -> None:
        """Open what stands in no file of the user's."""
        self._start(Path(name), lambda progress: make(office, progress))

    def cancel(self) -> None:
        """Stop reading."""
        self._jobs.cancel()

    def close(self) -> None:
        """Stop reading and wait."""
        self._jobs.close()

    def _start(self, path: Path, work: Callable[[Progress], Opened]) -> None:
        self._jobs.cancel()
        self._path = path
        self.started.emit(path)
        self._jobs.start(work)

    @Slot(object)
    def _on_succeeded(self, opened: Opened) -> None:
        self._path = None
        self.read.emit(opened)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        path, self._path = self._path, None
        self.failed.emit(path, error)

    @Slot()
    def _on_cancelled(self) -> None:
        self._path = None
        self.cancelled.emit()
