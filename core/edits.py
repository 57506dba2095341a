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
class LabelEdit(Edit):
    """A new text for a label of the form, which nobody changes by accident.

    It is a kind of its own, so that whoever makes one says that a label is meant, and
    a journal that is read again says so too.
    """

    @property
    def inverse(self) -> LabelEdit:
        """The edit that takes this one back."""
        return LabelEdit(self.ref, self.after, self.before)


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


@dataclass(frozen=True, slots=True)
class RowInsertion:
    """A row that the form has and a table lacks, by its name, such as "disclosure.regulations"."""

    table: str
    row: str

    @property
    def inverse(self) -> RowRemoval:
        """The edit that takes this one back."""
        return RowRemoval(self.table, self.row)


@dataclass(frozen=True, slots=True)
class RowRemoval:
    """Takes an inserted row away again, once its cells are as blank as they came."""

    table: str
    row: str

    @property
    def inverse(self) -> RowInsertion:
        """The edit that takes this one back."""
        return RowInsertion(self.table, self.row)


@dataclass(frozen=True, slots=True)
class CellInsertion:
    """A cell for the place where a row is one short."""

    ref: CellRef

    @property
    def inverse(self) -> CellRemoval:
        """The edit that takes this one back."""
        return CellRemoval(self.ref)


@dataclass(frozen=True, slots=True)
class CellRemoval:
    """Takes an inserted cell away again, once it is as blank as it came."""

    ref: CellRef

    @property
    def inverse(self) -> CellInsertion:
        """The edit that takes this one back."""
        return CellInsertion(self.ref)


# What a correction may propose, and what a list of edits may hold.
Insertion = RowInsertion | CellInsertion
Proposal = Edit | TextEdit | ParagraphInsertion | Insertion
StructureEdit = Insertion | RowRemoval | CellRemoval
AnyEdit = Proposal | LabelEdit | RowRemoval | CellRemoval


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation touched, for whoever shows it.

    `tables` are the ids of those that got or lost a row or cell: below it all
    cells have other addresses than before.
    """

    cells: frozenset[CellRef] = frozenset()
    paragraphs: frozenset[ParagraphRef] = frozenset()
    tables: frozenset[str] = frozenset()

    def joined(self, other: Changes) -> Changes:
        """Return what both touched."""
        return Changes(
            self.cells | other.cells,
            self.paragraphs | other.paragraphs,
            self.tables | other.tables,
        )
