"""Edits: what a person changed, and what a change touched."""

from __future__ import annotations

from dataclasses import dataclass

from core.document import CellRef


@dataclass(frozen=True, slots=True)
class Edit:
    """A new text for one cell.  `before` must be what stands there when it is applied."""

    ref: CellRef
    before: str
    after: str

    @property
    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.ref, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation touched, for whoever shows it."""

    cells: frozenset[CellRef] = frozenset()
