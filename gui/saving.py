"""Saving on the worker: a snapshot of the session is written, while the window stays usable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.errors import SaveError
from core.file_state import FileState
from core.leaving_out import without
from core.reasons import Style
from gui.jobs import JobRunner

if TYPE_CHECKING:
    from core.changes_made import Change
    from core.export import Target
    from core.review import Review
    from core.rules.model import CheckResult
    from core.session import Session


class Output(Enum):
    """What can be saved: its suffix, the label in its name, and what people call it."""

    WORD = (".docx", "校对版", "Word")
    EXCEL = (".xlsx", "校对版", "Excel 核对表")
    EXCEL_COPY = (".xlsx", "副本", "Excel 副本")
    FINDINGS = (".xlsx", "疑点清单", "疑点清单")
    REVIEW_WORD = (".docx", "校核报告", "校核报告 Word")
    REVIEW_PDF = (".pdf", "校核报告", "校核报告 PDF")

    @property
    def is_report(self) -> bool:
        """Whether it holds the whole report with all its edits."""
        return self in (Output.WORD, Output.EXCEL_COPY)

    @property
    def suffix(self) -> str:
        """The file name's suffix with its dot."""
        return self.value[0]

    @property
    def label(self) -> str:
        """What the proposed name has in brackets."""
        return self.value[1]

    @property
    def word(self) -> str:
        """What people call it."""
        return self.value[2]


class SourceChangedError(SaveError):
    """The report that was opened is no longer what was opened; nothing was written yet."""


@dataclass(frozen=True)
class Wish:
    """What should be written: where, over what, and how a Word file shows its changes.

    With `expected` the file is our own last output and is replaced as long as it
    still is what we wrote.  `is_source_settled` says that a person knows of a
    source that another program has changed.  `left_out` are the changes that this file
    is not to have.
    """

    output: Output
    path: Path
    overwrite: bool
    style: Style = field(default_factory=Style)
    expected: FileState | None = None
    is_source_settled: bool = False
    left_out: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Saved:
    """A wish that was fulfilled: the session as it was written, and what stands there now."""

    wish: Wish
    session: Session
    state: FileState
    notices: tuple[str, ...] = ()

    @property
    def output(self) -> Output:
        """What was written."""
        return self.wish.output

    @property
    def path(self) -> Path:
        """Where it was written."""
        return self.wish.path


class Saving(QObject):
    """Writes one file at a time.

    Signals:
        saved: What was written (Saved).
        failed: What was wanted (Wish) and the exception; nothing was damaged.
    """

    saved = Signal(object)
    failed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish: Wish | None = None
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.saved)
        self._jobs.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """Whether a file is being written."""
        return self._jobs.is_running

    def save(self, session: Session, wish: Wish) -> None:
        """Start to write a file; edits made meanwhile do not reach it.

        Raises:
            RuntimeError: One is being written; a save is never broken off.
        """
        if self.is_running:
            raise RuntimeError("a file is being written")
        self._wish = wish
        snapshot = without(session, wish.left_out) if wish.left_out else session.snapshot()
        self._jobs.start(lambda _progress: _write(snapshot, wish))

    def wait(self) -> None:
        """Wait until the file is written; a save is never broken off."""
        self._jobs.wait()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(self._wish, error)


def _write(session: Session, wish: Wish) -> Saved:
    # Imported here: the writers' libraries would delay the first window.
    from core import export

    if not wish.is_source_settled:
        _require_same_source(session)
    path, result = wish.path, session.check()
    targets = {
        Output.WORD: lambda: export.word_target(path, wish.style),
        Output.EXCEL: lambda: export.excel_target(path),
        Output.EXCEL_COPY: lambda: export.workbook_copy_target(path),
        Output.FINDINGS: lambda: export.findings_target(path),
        Output.REVIEW_WORD: lambda: export.review_target(path, _review(session, result, wish)),
        Output.REVIEW_PDF: lambda: _pdf_target(path, _review(session, result, wish)),
    }
    target = replace(targets[wish.output](), expected=wish.expected)
    done = export.write_all(session, result, [target], wish.overwrite)[0]
    return Saved(wish, session, done.state, done.notices)


def _review(session: Session, result: CheckResult, wish: Wish) -> Review:
    from core.review import review_of

    return review_of(session, result, wish.style.author, date.today())


def _pdf_target(path: Path, review: Review) -> Target:
    """Return the PDF of a review; Qt paints it on this thread, touching no widget."""
    from core.export import Target
    from core.review_readback import confirm_review_pdf
    from gui.review_pdf import review_pdf

    return Target(
        path,
        lambda _session, _result: review_pdf(review),
        lambda _session, data: confirm_review_pdf(review, data),
    )


def _require_same_source(session: Session) -> None:
    """Refuse to go on from a file that another program has changed, until a person says so.

    One that is gone, or cannot be read now, takes nothing from what was opened.

    Raises:
        SourceChangedError: It holds something else.
    """
    try:
        state = FileState.of(session.path)
    except OSError:
        return
    if state is not None and not state.is_of(session.data):
        raise SourceChangedError(
            f"“{session.path.name}”打开以后已被其他程序改动，副本会以打开时的内容为准，"
            "还没有保存，您的修改都在。请选择重新载入它，或者仍然保存。"
        )
