"""What matching found: which cell of the report is which slot of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from core.document import CellRef, Confidence, least
from core.forms.model import Form, FormTable, Relation, slot_name


@dataclass(frozen=True, slots=True)
class Place:
    """Where a slot stands in the report.

    `hole` is true where the row is one cell short and this is the empty place
    presumed for it: the report has no cell there.  `presumed` is true for every
    number of such a row, because which column lost its cell cannot be known.
    """

    slot: str
    ref: CellRef
    confidence: Confidence
    readings: tuple[str, ...] = ()
    hole: bool = False
    presumed: bool = False


class LabelDifference(StrEnum):
    """How a label that matched stands to the printed one.

    `VARIANT` is a known other wording; `CHARACTERS` means that characters differ.
    """

    VARIANT = "variant"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label of the report that matched one of the form, but differs from it."""

    ref: CellRef
    expected: str
    found: str
    difference: LabelDifference


@dataclass(frozen=True)
class TableMatch:
    """A table of the report recognised as a statutory one.

    `rows` are the row keys that the report prints or should print, in the form's
    order, an alternative row in place of those that it replaces.  `missing_rows`
    are those of them that were not found; `missing_slots` are slots of rows that
    were found whose cell was not.  `labels` lists only labels that differ;
    `label_cells` are all cells that are headers, row headers or notes.
    """

    table_id: str
    name: str
    form: Form
    rows: tuple[str, ...]
    places: Mapping[str, Place]
    missing_rows: tuple[str, ...] = ()
    missing_slots: tuple[str, ...] = ()
    labels: tuple[LabelMatch, ...] = ()
    label_cells: frozenset[CellRef] = frozenset()
    extra_rows: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def form_table(self) -> FormTable:
        """The form's own description of the table."""
        return self.form.tables[self.name]

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What must hold in this table, written out for the rows that it prints."""
        return self.form_table.relations(self.rows)

    @cached_property
    def relations_of(self) -> Mapping[str, tuple[Relation, ...]]:
        """The relations of each equation by its id, in the order of the form."""
        found: dict[str, tuple[Relation, ...]] = {}
        for relation in self.relations:
            found[relation.equation] = (*found.get(relation.equation, ()), relation)
        return found

    @cached_property
    def slots_of_row(self) -> Mapping[str, tuple[str, ...]]:
        """All slots that each row has or should have, by row key, from left to right."""
        columns = self.form_table.columns_of
        return {
            row: tuple(slot_name(self.name, row, column.key) for column in columns[row])
            for row in self.rows
        }

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """All slots that the table has or should have, row by row."""
        return tuple(slot for slots in self.slots_of_row.values() for slot in slots)

    @cached_property
    def confidence(self) -> Confidence:
        """The least confidence of its slots."""
        return least(place.confidence for place in self.places.values())


@dataclass(frozen=True)
class ReportMatch:
    """The statutory tables of a report, by name; `edition` is None when none was recognised.

    A table that is none of the three is in no match and still in the document.
    `repeated` names further tables that match a name already taken, by their id.
    """

    edition: str | None
    tables: Mapping[str, TableMatch]
    repeated: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The places of all slots that were found, by slot name."""
        return {
            name: place for table in self.tables.values() for name, place in table.places.items()
        }

    @cached_property
    def slot_at(self) -> Mapping[CellRef, str]:
        """The slot that each cell is, by its address."""
        return {place.ref: name for name, place in self.places.items()}

    @cached_property
    def by_table_id(self) -> Mapping[str, TableMatch]:
        """The recognised tables by the id of their table in the document."""
        return {table.table_id: table for table in self.tables.values()}
