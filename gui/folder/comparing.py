"""What the reports of a folder show together, worked out off the GUI thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from core.agency_list import Comparison, compared, list_findings
from core.batch_likeness import Alikes, alike, likeness_findings
from core.batch_row import Row
from core.batch_totals import FolderFinding, folder_findings
from core.progress import Progress
from core.summary import superior_findings
from gui import crash
from gui.jobs import JobRunner


@dataclass(frozen=True)
class Question:
    """What is compared: `names` are agencies that should have handed in a report.

    `accepted` has for a name the file that a person said is its report.  Of a check that
    was stopped (`is_whole` is false) nothing is said that a file not checked could refute:
    which reports are missing, and what the units below a superior come to.
    """

    rows: Sequence[Row]
    unread_past: Sequence[Row] = ()
    year: int | None = None
    names: Sequence[str] = ()
    accepted: Mapping[str, str] | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class Together:
    """What they show: sentences, pairs of like texts, and the list if there is one."""

    findings: tuple[FolderFinding, ...] = ()
    alikes: Alikes = field(default_factory=Alikes)
    comparison: Comparison | None = None
    is_whole: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The agencies of the list that have no report."""
        return tuple(each.name for each in self.comparison.missing) if self.comparison else ()


class Comparing(QObject):
    """Answers the latest question; one that was asked before is forgotten.

    Signals:
        compared: What came of it (Together).
    """

    compared = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.compared)
        self._jobs.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """Whether an answer is still to come."""
        return self._jobs.is_running

    def ask(self, question: Question) -> None:
        """Begin to compare."""
        self._jobs.start(lambda progress: _answer(question, progress))

    def cancel(self) -> None:
        """Forget what was asked."""
        self._jobs.cancel()

    def close(self) -> None:
        """Stop and wait."""
        self._jobs.close()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        crash.report(error)


def _answer(question: Question, progress: Progress) -> Together:
    rows = question.rows
    found = folder_findings(rows, question.unread_past, question.year)
    progress(1, 4)
    if question.is_whole:
        found += superior_findings(rows)
    progress(2, 4)
    alikes = alike(rows)
    found += likeness_findings(alikes)
    progress(3, 4)
    comparison = None
    if question.names and question.is_whole:
        comparison = compared(question.names, rows, question.accepted)
        found += list_findings(comparison)
    return Together(tuple(found), alikes, comparison, question.is_whole)
