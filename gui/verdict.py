"""What a check of a report brought, with all that the window makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.rules.model import CheckResult
from gui.causes import Cause, causes_in
from gui.highlights import Highlights, highlights_of
from gui.tally import Tally, tally_of

if TYPE_CHECKING:
    from core.session import Session


@dataclass(frozen=True)
class Verdict:
    """The result of a check, its numbers, the cells to mark, and the causes; empty for none."""

    result: CheckResult = field(default_factory=CheckResult)
    tally: Tally = field(default_factory=Tally)
    highlights: Highlights = field(default_factory=Highlights)
    causes: tuple[Cause, ...] = ()

    @classmethod
    def of(cls, session: Session, result: CheckResult) -> Verdict:
        """Return what follows from a check of a session's present state."""
        marks = highlights_of(result, session.match)
        return cls(result, tally_of(result), marks, causes_in(session, result))
