"""What the last saved file holds, to know how many changes are in no file yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from core.document import CellRef, Document
from core.rewording import Rewording
from core.session import Session

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class SavedState:
    """A state of a report: its changed cells, its prose, and the whole document."""

    edits: Mapping[CellRef, str]
    rewording: Rewording
    document: Document

    @classmethod
    def source(cls, session: Session) -> SavedState:
        """Return the state of the file that was opened."""
        return cls({}, Rewording(), session.source)

    @classmethod
    def of(cls, session: Session) -> SavedState:
        """Return the present state of a session."""
        return cls(dict(session.edits), session.rewording, session.document)

    def changes_in(self, session: Session) -> int:
        """Return in how many places a session says something else."""
        if session.document is self.document:
            return 0
        cells = _differing(session.edits, self.edits)
        now, then = session.rewording, self.rewording
        prose = _differing(now.replaced, then.replaced) + _differing(now.added, then.added)
        if cells + prose:
            return cells + prose
        return int(session.document != self.document)


def _differing(one: Mapping[_Key, object], other: Mapping[_Key, object]) -> int:
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())
