"""Which step of the undo stack the saved file holds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from gui.controller import SessionController
from gui.keeping import Keeping
from gui.saving import Saved


class SavedStep(QObject):
    """Marks the step on the stack when the whole report was saved as it is."""

    def __init__(self, controller: SessionController, keeping: Keeping, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        keeping.saved.connect(self._on_saved)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        session, stack = self._controller.session, self._controller.undo_stack
        if session is None or session.source is not saved.session.source:
            return
        if not saved.output.is_report or saved.wish.left_out:
            return
        if session.revision == saved.session.revision:
            stack.setClean()
        else:
            # Something was done while the file was written: no step that could be named.
            stack.resetClean()
