"""What a diagnosis is given and what it brings: readings, evidence, repairs with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.forms.model import Relation


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a slot: a number, a blank (`number` is None), or nothing usable.

    `usable` is false for a cell that is missing, uncertain, presumed or no
    number.  `total` is true for the 总计 column, the （七）总计 row and the 总计 of
    a block: a blank one leaves its relations undecided, a blank part counts as
    zero (decision 1 of the rules).
    """

    number: Decimal | None = None
    total: bool = False
    usable: bool = True

    @property
    def is_known(self) -> bool:
        """Whether arithmetic may use the cell: a number, or a blank part that counts as zero."""
        return self.usable and (self.number is not None or not self.total)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else is known of a table: it ranks candidates and can refute a proof, never make one.

    `prose` holds the values that the text states for a slot, `last_year` what
    last year's report prints in the slot of the same name.
    """

    prose: Mapping[str, frozenset[Decimal]] = field(default_factory=dict)
    last_year: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that gets another number; `before` is None where it is blank."""

    slot: str
    before: Decimal | None
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """By how much the cell grows, a blank counting as zero."""
        return self.after - (self.before or Decimal(0))


class ReasonKind(StrEnum):
    """What speaks for a repair or against it."""

    DIGITS_SWAPPED = "digits_swapped"
    DIGIT_DOUBLED = "digit_doubled"
    DIGIT_ADDED = "digit_added"
    DIGIT_LOST = "digit_lost"
    DIGIT_MISTAKEN = "digit_mistaken"
    SIGN_MISTAKEN = "sign_mistaken"
    NUMBER_SPLIT = "number_split"
    NUMBERS_JOINED = "numbers_joined"
    CELLS_SWAPPED = "cells_swapped"
    VALUE_SHIFTED = "value_shifted"
    LINE_SHIFTED = "line_shifted"
    BLANK_FILLED = "blank_filled"
    TOTAL_FOLLOWS = "total_follows"
    PROSE_STATES = "prose_states"
    LAST_YEAR_STATES = "last_year_states"
    UNCHANGED_SINCE_LAST_YEAR = "unchanged_since_last_year"
    UNFILLED_AGREE = "unfilled_agree"
    PROSE_STATES_PRESENT = "prose_states_present"
    PROSE_STATES_ANOTHER = "prose_states_another"
    LAST_YEAR_STATES_PRESENT = "last_year_states_present"
    UNFILLED_DISAGREE = "unfilled_disagree"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a repair or against it, and the cells it speaks of."""

    kind: ReasonKind
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that together make relations hold again and break none.

    `relations` are the broken relations that it mends.  It is empty for a
    repair of cells that stand in undecided relations only, see
    `Diagnosis.candidates`.
    """

    changes: tuple[Change, ...]
    relations: tuple[Relation, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots that change."""
        return tuple(change.slot for change in self.changes)


class PatternKind(StrEnum):
    """A mistake in two cells whose lines are known and whose crossing line is not.

    `MOVED_*`: what one line has too much the other has too little.  `SAME_*`:
    both are off by the same amount in the same direction.
    """

    MOVED_BETWEEN_COLUMNS = "moved_between_columns"
    MOVED_BETWEEN_ROWS = "moved_between_rows"
    SAME_IN_COLUMNS = "same_in_columns"
    SAME_IN_ROWS = "same_in_rows"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A two-cell mistake that arithmetic places in two lines, but not across them.

    `choices` lists every pair of slots that repairs the table, as changed: the
    first of each pair stands in the first line.  For `MOVED_*` the first line
    has `amount` too much.  The pairs of a `*_COLUMNS` pattern differ by their
    row, those of a `*_ROWS` pattern by their column.
    """

    kind: PatternKind
    amount: Decimal
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What explains the broken relations of a table.

    `proved` is the only repair there is, confirmed by every relation of its
    cell; it is then the only candidate too.  `candidates` stand best first:
    the fewest changes, then the best evidence.  Empty means that nothing is
    broken, or that more than three cells must be wrong.  Where no relation is
    broken but two ways to compute a blank total disagree, the candidates are
    the cells that reconcile them, and mend no relation.
    """

    proved: Repair | None = None
    candidates: tuple[Repair, ...] = ()
    pattern: Pattern | None = None
