"""Last year's report of the one that is shown, as panes see a report; nobody edits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.rules.model import CheckResult
from gui.controller import SessionController
from gui.open_report import OpenReport
from gui.shown_report import ShownReport

if TYPE_CHECKING:
    from core.session import Session


class PastReport(ShownReport):
    """Follows which report is shown, and what stands as its last year's.

    Signals:
        changed: Another report is last year's now, or none.
    """

    changed = Signal()

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        controller.session_shown.connect(self._follow)
        controller.session_closed.connect(self._follow)
        controller.last_year_changed.connect(self._follow)

    @property
    def is_read_only(self) -> bool:
        """That it is only shown."""
        return True

    @Slot()
    def _follow(self) -> None:
        this = self._controller.session
        last = this.last_year if this else None
        if last is self.session:
            return
        before = self._shown
        self._shown = self._opened(last) if last else None
        self.changed.emit()
        if before is not None:
            before.deleteLater()

    def _opened(self, last: Session) -> OpenReport:
        # Imported here: what reads reports would delay the first window.
        from gui.opening import Opened

        return OpenReport(Opened(last, CheckResult()), self)
