"""Saving on the worker: a snapshot of the session is written, while the window stays usable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.checking import Office
from core.document import CellRef, Document
from core.edits import Edit
from core.session import Session
from gui.jobs import JobRunner


class Output(Enum):
    """What can be saved: its suffix, the label in its name, and what people call it."""

    WORD = (".docx", "校对版", "Word")
    EXCEL = (".xlsx", "校对版", "Excel")
    FINDINGS = (".xlsx", "疑点清单", "疑点清单")

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


@dataclass(frozen=True)
class Saved:
    """What was or should be written, where, and the edits that are in it."""

    output: Output
    path: Path
    overwrite: bool
    edits: Mapping[CellRef, str]


@dataclass(frozen=True)
class _Snapshot:
    """The session at the moment of saving; edits made meanwhile do not reach it."""

    path: Path
    data: bytes
    source: Document
    edits: Mapping[CellRef, str]
    office: Office
    last_year: Session | None

    def session(self) -> Session:
        """Return a session of its own for the worker."""
        session = Session(self.path, self.data, self.source)
        session.apply_all([Edit(ref, session.text(ref), text) for ref, text in self.edits.items()])
        session.set_office(self.office)
        session.load_last_year(self.last_year)
        return session


class Saving(QObject):
    """Writes one file at a time.

    Signals:
        saved: What was written (Saved).
        failed: What was wanted (Saved) and the exception; nothing was damaged.
    """

    saved = Signal(object)
    failed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Saved | None = None
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self._on_succeeded)
        self._jobs.failed.connect(self._on_failed)

    @property
    def is_running(self) -> bool:
        """Whether a file is being written."""
        return self._jobs.is_running

    def save(self, session: Session, output: Output, path: Path, overwrite: bool) -> None:
        """Start to write a file."""
        edits = dict(session.edits)
        snapshot = _Snapshot(
            session.path, session.data, session.source, edits, session.office, session.last_year
        )
        self._wanted = Saved(output, path, overwrite, edits)
        self._jobs.start(lambda _progress: _write(snapshot, output, path, overwrite))

    def wait(self) -> None:
        """Wait until the file is written; a save is never broken off."""
        self._jobs.wait()

    @Slot(object)
    def _on_succeeded(self, _value: object) -> None:
        self.saved.emit(self._wanted)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(self._wanted, error)


def _write(snapshot: _Snapshot, output: Output, path: Path, overwrite: bool) -> None:
    # Imported here: the writers' libraries would delay the first window.
    from core import export

    targets = {
        Output.WORD: export.word_target,
        Output.EXCEL: export.excel_target,
        Output.FINDINGS: export.findings_target,
    }
    session = snapshot.session()
    export.write_all(session, session.check(), [targets[output](path)], overwrite)
