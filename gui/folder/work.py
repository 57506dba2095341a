"""What the folder window works on: the choices, the check, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.agency_list import read_agencies
from core.batch import Batch
from core.batch_files import BatchFile
from core.batch_row import Row
from core.batch_state import Kept
from core.checking import Office
from core.errors import ReportError
from gui import crash
from gui.folder.checking import Engine, FolderCheck, Phase, Wanted, own_workers
from gui.folder.comparing import Comparing, Question, Together
from gui.folder.models.reports import ReportsModel
from gui.folder.summing import Summing, Units
from gui.jobs import JobRunner

_AT_REST = (Phase.STOPPED, Phase.DONE)


class FolderWork(QObject):
    """Holds what a person has chosen, and asks for what follows from it.

    Signals:
        choices_changed: Another folder, list or year was chosen.
        together_changed: What the reports show together is known, or no longer.
        units_changed: The units that can be added are known, or no longer.
        list_failed: A sentence that says why a list was not taken.
    """

    choices_changed = Signal()
    together_changed = Signal()
    units_changed = Signal()
    list_failed = Signal(str)

    def __init__(
        self,
        office: Callable[[], Office],
        engine: Engine = own_workers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self.folder: Path | None = None
        self.last_year: Path | None = None
        self.list: Path | None = None
        self.year: int | None = None
        self.names: tuple[str, ...] = ()
        self.accepted: dict[str, str] = {}
        self.together: Together | None = None
        self.units: Units | None = None
        self.reports = ReportsModel(self)
        self.check = FolderCheck(engine, self)
        self._comparing, self._summing = Comparing(self), Summing(self)
        self._lists = JobRunner(self)
        self.check.found.connect(self._on_found)
        self.check.arrived.connect(self.reports.take)
        self.check.phase_changed.connect(self._on_phase_changed)
        self._comparing.compared.connect(self._on_compared)
        self._summing.found.connect(self._on_units)
        self._lists.succeeded.connect(self._on_list_read)
        self._lists.failed.connect(self._on_list_failed)

    @property
    def batch(self) -> Batch | None:
        """The files of the folder, None until they are found."""
        return self.check.batch

    @property
    def is_at_rest(self) -> bool:
        """Whether there are results that will not change by themselves."""
        return self.check.phase in _AT_REST

    @property
    def remaining(self) -> int:
        """How many files have not been checked."""
        return self.reports.count - len(self.reports.rows)

    @property
    def office_name(self) -> str:
        """In whose name letters are written, empty for nobody named."""
        return self._office().settings.name

    def use_folder(self, folder: Path) -> None:
        """Choose the folder, and look what is in it."""
        self.folder = folder
        self.accepted = {}
        self._find()

    def use_last_year(self, folder: Path | None) -> None:
        """Choose last year's folder, or with None compare with none."""
        self.last_year = folder
        self._find()

    def use_year(self, year: int | None) -> None:
        """Say of which year the reports should be; with None that of most of them."""
        if year != self.year:
            self.year = year
            self._compare()

    def use_list(self, path: Path) -> None:
        """Read a list of agencies."""
        self.list = path
        self._lists.start(lambda _progress: read_agencies(path))

    def forget_list(self) -> None:
        """Use no list any more."""
        self._lists.cancel()
        self.list, self.names, self.accepted = None, (), {}
        self.choices_changed.emit()
        self._compare()

    def accept(self, name: str, file: str) -> None:
        """Take a file as the report of an agency of the list, because a person has said so."""
        self.accepted[name] = file
        self._compare()

    def withdraw(self) -> None:
        """Forget what was said about reports and the list."""
        self.accepted = {}
        self._compare()

    def start(self) -> None:
        """Check, or go on; a check that is done is done again."""
        if self.check.phase is Phase.DONE:
            self.recheck()
        else:
            self.check.start()

    def recheck(self) -> None:
        """Check everything from the start, with the files that are there now."""
        if self.folder is not None:
            self._find(starts=True)

    def file_of(self, name: str) -> BatchFile | None:
        """Return where a file of the folder is, None for one that is not in it."""
        if self.batch is None or not name:
            return None
        try:
            return self.batch.file_of(Row(name))
        except KeyError:
            return None

    def want_units(self) -> None:
        """Look for the units that can be added, unless that is known."""
        if self.units is None and self.is_at_rest:
            self._summing.find(self.reports.rows)

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self.check.close()
        self._comparing.close()
        self._summing.close()
        self._lists.close()

    def _find(self, *, starts: bool = False) -> None:
        if self.folder is not None:
            self.reports.show(())
            self.check.find(Wanted(self.folder, self.last_year, self._office()), starts=starts)
        self.choices_changed.emit()

    def _compare(self) -> None:
        """Ask anew what the reports show together; while they come it is not known."""
        if self.is_at_rest and self.batch is not None:
            rows, past = self.reports.rows, tuple(self.batch.unread_past)
            accepted, is_whole = dict(self.accepted), self.remaining == 0
            question = Question(rows, past, self.year, self.names, accepted, is_whole)
            self._comparing.ask(question)
        elif self.together is not None:
            self._comparing.cancel()
            self.together = None
            self.together_changed.emit()

    @Slot(object, object)
    def _on_found(self, batch: Batch, _kept: Kept) -> None:
        self.reports.show(file.name for file in batch.listing.files)

    @Slot(object)
    def _on_phase_changed(self, _phase: Phase) -> None:
        if self.units is not None:
            self.units = None
            self.units_changed.emit()
        self._compare()

    @Slot(object)
    def _on_compared(self, together: Together) -> None:
        self.together = together
        self.together_changed.emit()

    @Slot(object)
    def _on_units(self, units: Units) -> None:
        if self.is_at_rest:
            self.units = units
            self.units_changed.emit()

    @Slot(object)
    def _on_list_read(self, names: tuple[str, ...]) -> None:
        self.names, self.accepted = names, {}
        self.choices_changed.emit()
        self._compare()

    @Slot(object)
    def _on_list_failed(self, error: Exception) -> None:
        self.list = None
        self.choices_changed.emit()
        if isinstance(error, ReportError):
            self.list_failed.emit(str(error))
        else:
            crash.report(error)
