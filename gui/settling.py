"""Unsaved changes before something drops them: asked about report by report, and saved first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Slot

from core.untitled import is_untitled
from gui.controller import SessionController
from gui.keeping import Keeping
from gui.open_report import OpenReport
from gui.saving import Saved
from gui.views.dialogs import Unsaved

Then = Callable[[], None]


@dataclass(frozen=True)
class _Waiting:
    """What goes on once a report is saved."""

    report: OpenReport
    then: Then


class Settling(QObject):
    """Asks what becomes of changes, and goes on after a save has ended."""

    def __init__(
        self, controller: SessionController, keeping: Keeping, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._keeping = keeping
        self._waiting: _Waiting | None = None
        keeping.saved.connect(self._on_saved)
        keeping.failed.connect(self._on_save_failed)

    def settle(self, report: OpenReport | None, then: Then) -> None:
        """Do something that drops a report's changes, once the user has decided about them."""
        if report is None or not report.unsaved:
            then()
            return
        # It should be seen what is asked about.
        self._controller.show(report)
        path, asking = report.path, self._keeping.dialogs
        answer = asking.ask_unsaved(path.name, report.unsaved, is_new=is_untitled(path))
        if answer is Unsaved.DISCARD:
            # If nothing comes of it, as with an unreadable file, the changes are still unsaved.
            then()
        elif answer is Unsaved.SAVE:
            self._waiting = _Waiting(report, then)
            if not self._keeping.save(report):
                self._waiting = None

    def settle_all(self, then: Then) -> None:
        """Do something that drops the changes of all reports; one 取消 leaves everything."""
        self._settle_rest({}, then)

    def _settle_rest(self, given_up: dict[OpenReport, int], then: Then) -> None:
        """Ask about the next report; `given_up` has the revisions that may be lost."""
        for report in self._controller.reports:
            if report.unsaved and given_up.get(report) != report.session.revision:
                self.settle(report, partial(self._on_settled, report, given_up, then))
                return
        then()

    def _on_settled(self, report: OpenReport, given_up: dict[OpenReport, int], then: Then) -> None:
        # Whoever changes something while another report is being saved is asked again.
        self._settle_rest({**given_up, report: report.session.revision}, then)

    @Slot(object)
    def _on_saved(self, saved: Saved) -> None:
        waiting = self._waiting
        if waiting is None or not saved.output.is_report:
            return
        if saved.session.source is waiting.report.session.source:
            self._waiting = None
            self.settle(waiting.report, waiting.then)

    @Slot(object)
    def _on_save_failed(self, report: OpenReport | None) -> None:
        if self._waiting is not None and report is self._waiting.report:
            self._waiting = None
