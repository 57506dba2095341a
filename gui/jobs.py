"""Work off the GUI thread, one job at a time, reported by signals."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from core.progress import Cancelled, Progress

# A reader may report thousands of steps; the window shows what an eye can follow.
_LEAST_SECONDS_BETWEEN_REPORTS = 0.05


class JobRunner(QObject):
    """Runs one job at a time and reports by signals.

    The signals belong to this object, which lives on the GUI thread.  A
    QObject created for the job alone would be deleted on the pool's thread.
    What a job that was cancelled or replaced still reports is dropped.

    Signals:
        progressed: Steps done, steps in all.
        succeeded: What the work returned.
        failed: The exception it raised.
        cancelled: It was asked to stop; nothing more will be heard of it.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    # From the pool's thread to this object: the job's number first.
    _stepped = Signal(int, int, int)
    _returned = Signal(int, object)
    _raised = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stop = Event()
        self._job = 0
        self._is_running = False
        self._stepped.connect(self._on_stepped)
        self._returned.connect(self._on_returned)
        self._raised.connect(self._on_raised)

    @property
    def is_running(self) -> bool:
        """Whether a job was started and has neither ended nor been cancelled."""
        return self._is_running

    def start(self, work: Callable[[Progress], Any]) -> None:
        """Run `work` on the pool's thread.  A job still running must stop."""
        self.cancel()
        self._job += 1
        self._is_running = True
        job, stop = self._job, Event()
        self._stop = stop
        self._pool.start(lambda: self._run(job, work, stop))

    def cancel(self) -> None:
        """Ask the work to stop at its next step, and forget it."""
        self._stop.set()
        if self._is_running:
            self._job += 1
            self._is_running = False
            self.cancelled.emit()

    def close(self) -> None:
        """Stop and wait.  The main window calls this before it closes."""
        self.cancel()
        self.wait()

    def wait(self) -> None:
        """Wait until the job has ended, without asking it to stop."""
        self._pool.waitForDone()

    def _run(self, job: int, work: Callable[[Progress], Any], stop: Event) -> None:
        reported = 0.0

        def step(done: int, total: int, /) -> None:
            nonlocal reported
            if stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - reported >= _LEAST_SECONDS_BETWEEN_REPORTS:
                reported = now
                self._stepped.emit(job, done, total)

        try:
            value = work(step)
        except Cancelled:
            return
        except Exception as error:  # noqa: BLE001 - the GUI decides what to show
            self._raised.emit(job, error)
        else:
            self._returned.emit(job, value)

    @Slot(int, int, int)
    def _on_stepped(self, job: int, done: int, total: int) -> None:
        if job == self._job:
            self.progressed.emit(done, total)

    @Slot(int, object)
    def _on_returned(self, job: int, value: Any) -> None:
        if job == self._job:
            self._is_running = False
            self.succeeded.emit(value)

    @Slot(int, object)
    def _on_raised(self, job: int, error: Exception) -> None:
        if job == self._job:
            self._is_running = False
            self.failed.emit(error)
