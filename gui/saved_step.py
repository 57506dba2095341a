"""Which step of the undo stack the saved file holds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gui.keeping import Keeping
from gui.open_report import OpenReport
from gui.saving import Saved


class SavedStep(QObject):
    """Marks the step on the stack when the whole report was saved as it is."""

    def __init__(self, keeping: Keeping, parent: QObject) -> None:
        super().__init__(parent)
        keeping.report_saved.connect(self._on_saved)

    @Slot(object, object)
    def _on_saved(self, report: OpenReport, saved: Saved) -> None:
        session, stack = report.session, report.undo_stack
        if not saved.output.is_report or saved.wish.left_out:
            return
        if session.revision == saved.session.revision:
            stack.setClean()
        else:
            # Something was done while the file was written: no step that could be named.
            stack.resetClean()
