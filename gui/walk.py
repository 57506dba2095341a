"""Walking through the findings with F8, and choosing one by a click."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gui import naming
from gui.causes import Cause
from gui.controller import SessionController
from gui.models.findings import FindingsModel
from gui.navigation import Position, cell_position, section_position, step
from gui.views.report_page import ReportPage


class FindingWalk(QObject):
    """Leads from one finding to the next, starting where the user is.

    Signals:
        said: A sentence for the status bar, when the walk wraps or changes the table.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: SessionController,
        findings: FindingsModel,
        page: ReportPage,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._findings = findings
        self._page = page

    @Slot(object)
    def choose(self, cause: Cause) -> None:
        """Frame a cause's cells and bring them into view."""
        self._controller.choose(cause)
        self._page.show_cause(cause)
        # What was said about the last one is over.
        self.said.emit(self.tr("就绪"))

    def next(self) -> None:
        """Go to the next finding after the current cell."""
        self._step(forward=True)

    def previous(self) -> None:
        """Go to the last finding before the current cell."""
        self._step(forward=False)

    def hide_frames(self) -> None:
        """Take the frames away."""
        self._controller.choose(None)
        self._controller.frames.show(())

    def _step(self, forward: bool) -> None:
        if self._controller.session is None:
            return
        led = step(self._findings.ordered, self._chosen_here(), self._here(), forward)
        if led is None:
            self.said.emit(self.tr("没有疑点"))
            return
        before = self._page.table_id
        self.choose(led.cause)
        self.said.emit(self._about(led.wrapped, forward, before))

    def _about(self, wrapped: bool, forward: bool, table_before: str) -> str:
        if wrapped:
            words = self.tr("已到报告末尾，回到第一处疑点")
            return words if forward else self.tr("已到报告开头，转到最后一处疑点")
        session, table = self._controller.present, self._page.table_id
        if table and table != table_before:
            title = naming.table_title(session.document, session.match, table)
            return self.tr("已转到{0}").format(title)
        return self.tr("就绪")

    def _chosen_here(self) -> Cause | None:
        """Return the chosen cause if the user is still at it."""
        chosen, ref = self._controller.chosen, self._page.current_ref
        if chosen is None:
            return None
        if ref is None or not chosen.cells:
            return chosen
        return chosen if ref in chosen.cells else None

    def _here(self) -> Position:
        document, ref = self._controller.present.document, self._page.current_ref
        if ref is not None:
            return cell_position(document, ref)
        return section_position(self._page.section_shown_now)
