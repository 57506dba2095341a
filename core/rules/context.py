"""What a rule may see: values by slot, what must hold between them, labels for people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from core.document import Cell, CellRef, Confidence, Document
from core.forms.alignment import Place, ReportMatch, TableMatch
from core.forms.model import FormTable, Relation, row_key, table_name
from core.numbers import is_blank, number_in
from core.rules import wording
from core.thresholds import DEFAULTS

FIRST_YEAR_OF_2021_EDITION = 2021


class State(StrEnum):
    """What stands in a slot; blank, zero, missing and unreadable are four things."""

    NUMBER = "number"
    BLANK = "blank"
    TEXT = "text"
    UNCERTAIN = "uncertain"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Value:
    """What a slot holds now.

    `number` is None unless `state` is `NUMBER`; amounts are in 万元.  `ref` is
    None only for an absent slot.  `hole` is the place presumed for the cell
    that a short row lacks, `presumed` a number of such a row.
    """

    slot: str
    state: State
    ref: CellRef | None = None
    text: str = ""
    number: Decimal | None = None
    confidence: Confidence = Confidence.EXACT
    readings: tuple[str, ...] = ()
    total: bool = False
    hole: bool = False
    presumed: bool = False

    @property
    def amount(self) -> Decimal:
        """The number, a blank counting as zero (decision 1)."""
        return self.number or Decimal(0)


class Context:
    """The present state of a report as rules see it; computed when asked, then kept.

    `last_year` is what rules may see of the report of the year before, None
    when none was given; whether it really is that report is for a rule to ask.
    `thresholds` are those that an office has set; the program's own hold for
    the others.
    """

    def __init__(
        self,
        document: Document,
        match: ReportMatch,
        last_year: Context | None = None,
        thresholds: Mapping[str, Decimal] = DEFAULTS,
    ) -> None:
        self.document = document
        self.match = match
        self.last_year = last_year
        self._thresholds = thresholds
        self._values: dict[str, Value] = {}
        self._has_values: dict[str, bool] = {}

    def threshold(self, name: str) -> Decimal:
        """Return a limit of `core.thresholds`.

        Raises:
            KeyError: There is no threshold of that name.
        """
        return self._thresholds.get(name, DEFAULTS[name])

    @property
    def tables(self) -> Mapping[str, TableMatch]:
        """The statutory tables that were recognised, by name."""
        return self.match.tables

    @property
    def year(self) -> int | None:
        """The year that the report is about, None where it does not say."""
        return self.document.year

    @property
    def edition(self) -> str | None:
        """The edition of the report's tables, by the year where there is none."""
        return self.match.edition or self.due_edition

    @property
    def due_edition(self) -> str | None:
        """The edition that the report year calls for (decision 7), None without a year."""
        if self.year is None:
            return None
        return "2021" if self.year >= FIRST_YEAR_OF_2021_EDITION else "2019"

    @cached_property
    def editions(self) -> frozenset[str]:
        """All editions that the report's tables follow; more than one in a hybrid."""
        found = frozenset(table.form.edition for table in self.tables.values())
        return found or frozenset(filter(None, (self.edition,)))

    def keep(self, earlier: Context, changed: Collection[CellRef]) -> None:
        """Take over what an earlier context of the same match read, but for changed cells.

        After an edit all other cells say what they said before, and reading them
        again is a good part of a check.
        """
        kept = earlier._values.items()
        self._values |= {slot: value for slot, value in kept if value.ref not in changed}

    def value(self, slot: str) -> Value:
        """Return what a slot holds; a slot that the report does not have is absent."""
        if slot not in self._values:
            self._values[slot] = self._read(slot)
        return self._values[slot]

    def values(self, slots: Iterable[str]) -> tuple[Value, ...]:
        """Return what some slots hold, in their order."""
        return tuple(self.value(slot) for slot in slots)

    def slots(self, name: str) -> tuple[str, ...]:
        """Return all slots that a table has or should have, row by row."""
        return self.tables[name].slots

    def row_values(self, name: str, row: str) -> tuple[Value, ...]:
        """Return what the slots of one row hold, from left to right."""
        return self.values(self.tables[name].slots_of_row[row])

    def has_values(self, name: str) -> bool:
        """Return whether anything at all is filled in in a table; a blank form has nothing."""
        if name not in self._has_values:
            filled = any(self._is_filled(self.value(slot)) for slot in self.slots(name))
            self._has_values[name] = filled
        return self._has_values[name]

    def relations(self, equation: str) -> tuple[Relation, ...]:
        """Return what an equation demands of this report, in the order of the form."""
        return tuple(
            relation
            for table in self.tables.values()
            for relation in table.relations_of.get(equation, ())
        )

    def table_label(self, name: str) -> str:
        """Return what a statutory table is called in messages."""
        return wording.TABLE_LABELS[name]

    def row_label(self, slot: str) -> str:
        """Return the short label of the row of a slot."""
        return wording.row_label(self._form_table_of(slot), row_key(slot))

    def column_label(self, slot: str) -> str:
        """Return the short label of the column of a slot."""
        return wording.column_label(self._form_table_of(slot), slot)

    def label(self, slot: str) -> str:
        """Return the short label of a slot, its row's and its column's."""
        return wording.cell_label(self._form_table_of(slot), slot)

    def _form_table_of(self, slot: str) -> FormTable:
        return self.tables[table_name(slot)].form_table

    @staticmethod
    def _is_filled(value: Value) -> bool:
        if value.state is State.UNCERTAIN:
            return not value.hole
        return value.state in (State.NUMBER, State.TEXT)

    def _read(self, slot: str) -> Value:
        table = self.tables[table_name(slot)]
        if slot not in table.form_table.slots:
            # The table follows the other edition, which has no such cell.
            return Value(slot, State.ABSENT)
        total = table.form_table.is_total(slot)
        place = table.places.get(slot)
        if place is None:
            return Value(slot, State.ABSENT, total=total)
        cell = self.document.cell(place.ref)
        if cell is None or place.confidence is Confidence.UNCERTAIN:
            return Value(
                slot,
                State.UNCERTAIN,
                place.ref,
                confidence=Confidence.UNCERTAIN,
                readings=place.readings,
                total=total,
                hole=place.hole,
                presumed=place.presumed,
            )
        return self._certain(table, place, cell, total)

    def _certain(self, table: TableMatch, place: Place, cell: Cell, total: bool) -> Value:
        kind = table.form_table.slots[place.slot].kind
        number = number_in(cell.text, kind)
        if number is not None:
            state = State.NUMBER
        else:
            state = State.BLANK if is_blank(cell.text) else State.TEXT
        return Value(
            place.slot,
            state,
            place.ref,
            cell.text,
            number,
            place.confidence,
            total=total,
            presumed=place.presumed,
        )
