"""What the last saved file holds, to know how many changes are in no file yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from core.document import CellRef, Document
from core.restructuring import InsertedRow, Restructuring
from core.rewording import Rewording

if TYPE_CHECKING:
    from core.session import Session

_Key = TypeVar("_Key")


@dataclass(frozen=True)
class SavedState:
    """A state of a report: its changed cells, its prose and structure, the whole document."""

    edits: Mapping[CellRef, str]
    rewording: Rewording
    document: Document
    restructuring: Restructuring = field(default_factory=Restructuring)

    @classmethod
    def source(cls, session: Session) -> SavedState:
        """Return the state of the file that was opened."""
        return cls({}, Rewording(), session.source)

    @classmethod
    def of(cls, session: Session) -> SavedState:
        """Return the present state of a session."""
        return cls(dict(session.edits), session.rewording, session.document, session.restructuring)

    def changes_in(self, session: Session) -> int:
        """Return in how many places a session says something else."""
        if session.document is self.document:
            return 0
        made, had = session.restructuring, self.restructuring
        cells = _differing(_by_source(session.edits, made), _by_source(self.edits, had))
        now, then = session.rewording, self.rewording
        prose = _differing(now.replaced, then.replaced) + _differing(now.added, then.added)
        structure = len({*made.rows} ^ {*had.rows}) + len({*made.cells} ^ {*had.cells})
        if cells + prose + structure:
            return cells + prose + structure
        return int(session.document != self.document)


def _by_source(
    edits: Mapping[CellRef, str], done: Restructuring
) -> Mapping[tuple[InsertedRow | None, CellRef], str]:
    """Return texts by what does not move: the place in the source, or an inserted row."""
    if not done:
        return {(None, ref): text for ref, text in edits.items()}
    found: dict[tuple[InsertedRow | None, CellRef], str] = {}
    for ref, text in edits.items():
        source = done.source_ref(ref)
        # An inserted row stands at no fixed number, so that only its column counts.
        key = source or CellRef(ref.table, 0, ref.column)
        found[None if source else done.inserted_at(ref.table, ref.row), key] = text
    return found


def _differing(one: Mapping[_Key, object], other: Mapping[_Key, object]) -> int:
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())
