"""Two reports of a folder read once more, to be shown side by side."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from core.batch_files import BatchFile, content_of
from core.batch_likeness import SideBySide, side_by_side
from core.document import Document
from core.errors import ReportError
from core.progress import Progress
from core.readers import read_document
from gui import crash
from gui.jobs import JobRunner


class Reading(QObject):
    """Reads one pair at a time.

    Signals:
        read: What both say (SideBySide).
        failed: A sentence that says why it cannot be shown.
    """

    read = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.read)
        self._jobs.failed.connect(self._on_failed)

    def start(self, one: BatchFile, other: BatchFile) -> None:
        """Begin with two files; those before are forgotten."""

        def work(progress: Progress) -> SideBySide:
            return side_by_side(_document(one, progress), _document(other, progress))

        self._jobs.start(work)

    def close(self) -> None:
        """Stop and wait."""
        self._jobs.close()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, ReportError):
            self.failed.emit(str(error))
        else:
            crash.report(error)


def _document(file: BatchFile, progress: Progress) -> Document:
    name = (file.member or file.path.name).rpartition("/")[2]
    return read_document(content_of(file), name, progress)
