"""The statements of the prose that are tied to cells, of the present state of the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.document import CellRef
from core.numbers import plain
from core.prose import Outcome
from gui.controller import SessionController

if TYPE_CHECKING:
    from core.rules.ties import Tie
    from core.session import Session

OUTCOME_WORDS = {
    Outcome.AGREES: "与表格相符",
    Outcome.DIFFERS: "与表格不符",
    Outcome.CANNOT_SAY: "没有与表格比较",
}


class Statements(QObject):
    """Asks for the ties once for each state of the report that was checked.

    The check of that state has already read the prose, possibly on the worker, and what
    it found is at hand: here only numbers are compared.  Until a check of the present
    state arrives, they are those of the one before.

    Signals:
        changed: There are other ties than before, or of another state.
    """

    changed = Signal()

    def __init__(self, controller: SessionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.ties: tuple[Tie, ...] = ()
        for signal in (controller.session_shown, controller.session_closed, controller.checked):
            signal.connect(self._on_checked)

    def about(self, ref: CellRef) -> list[Tie]:
        """Return the statements that speak of a cell, those about it alone first."""
        found = [tie for tie in self.ties if ref in tie.cells]
        return sorted(found, key=lambda tie: len(tie.cells))

    def next_about(self, ref: CellRef, before: Tie | None) -> Tie | None:
        """Return the statement about a cell that comes after another one, None if there is none."""
        found: Sequence[Tie] = self.about(ref)
        spans = [tie.span for tie in found]
        if before is not None and before.span in spans:
            return found[(spans.index(before.span) + 1) % len(found)]
        return found[0] if found else None

    @Slot()
    def _on_checked(self) -> None:
        session = self._controller.session
        before, self.ties = self.ties, _ties(session) if session else ()
        if self.ties != before:
            self.changed.emit()


def _ties(session: Session) -> tuple[Tie, ...]:
    # Imported here: what compares prose is not needed before there is any.
    from core.rules.ties import ties_of

    return ties_of(session.context())


def tie_sentence(tie: Tie) -> str:
    """Return how a statement stands to the tables, in words for a tooltip."""
    said = OUTCOME_WORDS[tie.outcome]
    if tie.meaning:
        said += f"：{tie.meaning}"
    if tie.table is not None:
        said += f"，表中 {plain(tie.table)}"
    return said
