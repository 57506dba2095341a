"""The roll-up: which units there are, their sum, and the sum as a report in the grid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from core.batch_row import Row
from core.checking import Office
from core.numbers import plain
from core.progress import Progress
from core.session import Session
from core.summary import Summary, summary_of, summary_session
from core.untitled import discard_untitled, keep_untitled
from gui import crash
from gui.folder.models.units import UnitLine
from gui.jobs import JobRunner
from gui.opening import Opened
from gui.untitled import Make

_UNSURE = "这份汇总中有 {0} 个单元格，至少一个单位没有确定的数字，和数可能不全，请与各单位核对。"
_ABOUT = "这是 {0} 个单位的汇总，还没有存成文件；各单位的报告没有改动。"


@dataclass(frozen=True)
class Units:
    """The units that can be added, and the reports that cannot, with the reason."""

    lines: tuple[UnitLine, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


class Summing(QObject):
    """Finds the units of a folder off the GUI thread.

    Signals:
        found: The units (Units).
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.found)
        self._jobs.failed.connect(crash.report)

    def find(self, rows: Sequence[Row]) -> None:
        """Begin to look for the units among reports."""
        self._jobs.start(lambda _progress: units_of(rows))

    def close(self) -> None:
        """Stop and wait."""
        self._jobs.close()


def units_of(rows: Sequence[Row]) -> Units:
    """Return the reports that can be added, marked where they should be looked at."""
    summary = summary_of(rows)
    lines = tuple(
        UnitLine(unit.row.file, unit.name, str(unit.row.year or ""), "；".join(unit.marks))
        for unit in summary.units
    )
    return Units(lines, tuple((row.name, why) for row, why in summary.left_out))


def name_of(summary: Summary) -> str:
    """Return what the sum is called."""
    return summary_session(summary).path.stem


def opening_sum(rows: Sequence[Row], chosen: Collection[str]) -> Make:
    """Return what opens the sum of chosen reports; it stands in no file of the user's.

    It is kept as a Word file of the program's own, so that journal, recovery and saving
    work as for a new report; every number is compared with the sum before it is shown.
    """

    def make(office: Office, progress: Progress) -> Opened:
        summary = summary_of(rows, chosen)
        progress(1, 3)
        session = _session_of(summary)
        session.set_office(office)
        progress(2, 3)
        remarks = [_ABOUT.format(len(summary.units))]
        if summary.unsure:
            remarks.append(_UNSURE.format(len(summary.unsure)))
        return Opened(session, session.check(), remarks=tuple(remarks))

    return make


def _session_of(summary: Summary) -> Session:
    # Imported here: what reads and writes Word would delay the first window.
    from core.readers import read_document
    from core.writers.report import new_report

    shown = summary_session(summary)
    data = new_report(shown.document, shown.match)
    read = read_document(data, "汇总.docx")
    document = replace(read, title=shown.document.title, year=summary.year)
    path = keep_untitled(f"{shown.path.stem}.docx", data)
    session = Session(path, data, document)
    try:
        _require_sums(session, summary)
    except LookupError:
        discard_untitled(path)
        raise
    return session


def _require_sums(session: Session, summary: Summary) -> None:
    """See that every cell says its sum, however it has got there.

    Raises:
        LookupError: One does not; that would be a fault of the program.
    """
    places = session.match.places
    for slot, total in summary.sums.items():
        if session.text(places[slot].ref) != plain(total):
            raise LookupError(slot)
