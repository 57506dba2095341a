"""One window at a time edits a report: the second one only shows it, and says who holds it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from core.locks import Holder, Lock, acquire
from gui.controller import SessionController
from gui.remarks import Remark, Remarks


class Locking(QObject):
    """Holds the lock of the report that is open, from opening to closing."""

    def __init__(
        self, controller: SessionController, remarks: Remarks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._remarks = remarks
        self._lock: Lock | None = None
        self._path: Path | None = None
        self._holder: Holder | None = None
        remarks.sources.append(self._remark)
        controller.session_opened.connect(self._on_session_opened)
        controller.session_closed.connect(self.release)

    def holder_of(self, path: Path) -> Holder | None:
        """Return who else has a report open, None if nobody has."""
        # Imported here: the writers' libraries would delay the first window.
        from core.export import is_same_file

        if self._lock is not None and self._path is not None and is_same_file(path, self._path):
            return None
        found = acquire(path)
        if isinstance(found, Holder):
            return found
        found.release()
        return None

    @Slot()
    def release(self) -> None:
        """Let others edit."""
        if self._lock is not None:
            self._lock.release()
        self._lock, self._path, self._holder = None, None, None

    @Slot()
    def _on_session_opened(self) -> None:
        self.release()
        self._acquire(force=False)

    def _acquire(self, force: bool) -> None:
        self._path = self._controller.present.path
        found = acquire(self._path, force=force)
        if isinstance(found, Lock):
            self._lock, self._holder = found, None
        else:
            self._lock, self._holder = None, found
        self._controller.set_read_only(self._holder is not None)

    def _edit_in_spite(self) -> None:
        """Edit although another computer holds the report, as the user answers for."""
        self._acquire(force=True)
        self._remarks.say()

    def _remark(self) -> Remark | None:
        if self._holder is None:
            return None
        verbs = {}
        if self._holder.writer.is_elsewhere:
            verbs[self.tr("那台电脑没有在改，仍然修改")] = self._edit_in_spite
        return Remark(self._holder.sentence, verbs)
