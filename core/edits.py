"""Edits: what a person changed, and what a change touched."""

from __future__ import annotations

from dataclasses import dataclass

from core.document import CellRef, ParagraphRef


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
class TextEdit:
    """A new text for the characters from `start` to `end` of one paragraph.

    They count from zero in the paragraph as it is when the edit is applied, and
    `before` must be what stands there then.  A paragraph of which nothing but
    space is left goes; its address stays, so that it can come back.
    """

    ref: ParagraphRef
    start: int
    end: int
    before: str
    after: str

    @property
    def inverse(self) -> TextEdit:
        """The edit that takes this one back."""
        end = self.start + len(self.after)
        return TextEdit(self.ref, self.start, end, self.after, self.before)


@dataclass(frozen=True, slots=True)
class ParagraphInsertion:
    """A paragraph for a section that has neither prose nor tables; its index is 0."""

    ref: ParagraphRef
    text: str

    @property
    def inverse(self) -> TextEdit:
        """The edit that takes this one back."""
        return TextEdit(self.ref, 0, len(self.text), self.text, "")


AnyEdit = Edit | TextEdit | ParagraphInsertion


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation touched, for whoever shows it."""

    cells: frozenset[CellRef] = frozenset()
    paragraphs: frozenset[ParagraphRef] = frozenset()
