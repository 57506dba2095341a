"""One window at a time edits a report: the second one only shows it, and says who holds it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from core.locks import Holder, Lock, acquire
from gui.controller import SessionController
from gui.open_report import OpenReport
from gui.remarks import Remark, Remarks


class Locking(QObject):
    """Holds the locks of the reports that are open, each from opening to closing."""

    def __init__(
        self, controller: SessionController, remarks: Remarks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._remarks = remarks
        # Ours, or whoever has the report open.
        self._held: dict[OpenReport, Lock | Holder] = {}
        remarks.sources.append(self._remark)
        controller.report_opened.connect(self._acquire)
        controller.report_closed.connect(self._release)

    def holder_of(self, path: Path) -> Holder | None:
        """Return who else has a report open, None if nobody has."""
        # Imported here: the writers' libraries would delay the first window.
        from core.export import is_same_file

        for report, held in self._held.items():
            if isinstance(held, Lock) and is_same_file(path, report.path):
                return None
        found = acquire(path)
        if isinstance(found, Holder):
            return found
        found.release()
        return None

    @Slot()
    def release(self) -> None:
        """Let others edit every report."""
        for report in tuple(self._held):
            self._release(report)

    @Slot(object)
    def _acquire(self, report: OpenReport, force: bool = False) -> None:
        self._release(report)
        self._held[report] = found = acquire(report.path, force=force)
        self._controller.set_read_only(isinstance(found, Holder), report)

    @Slot(object)
    def _release(self, report: OpenReport) -> None:
        held = self._held.pop(report, None)
        if isinstance(held, Lock):
            held.release()

    def _edit_in_spite(self, report: OpenReport) -> None:
        """Edit although another computer holds the report, as the user answers for."""
        if report in self._held:
            self._acquire(report, force=True)
            self._remarks.say()

    def _remark(self, report: OpenReport) -> Remark | None:
        holder = self._held.get(report)
        if not isinstance(holder, Holder):
            return None
        verbs = {}
        if holder.writer.is_elsewhere:
            word = self.tr("那台电脑没有在改，仍然修改")
            verbs[word] = partial(self._edit_in_spite, report)
        return Remark(holder.sentence, verbs)
