"""What the prose says about numbers: statements, the slots they can mean, and how they compare."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing a statement says.

    `ZERO` is a number not written as one (未收到, 无); `ALL_DONE` says that nothing is
    carried on (全部办结), `ALL_UPHELD` that no case ended otherwise or is pending
    (均维持), `ALL_NATURAL` that no organisation applied (均为自然人): their value is 0.
    `SHARE` is a percentage, `AMOUNT` money in 万元, and `FEE` the 信息处理费, which the
    charges of the disclosure table must at least reach.
    """

    COUNT = "count"
    ZERO = "zero"
    ALL_DONE = "all_done"
    ALL_UPHELD = "all_upheld"
    ALL_NATURAL = "all_natural"
    SHARE = "share"
    AMOUNT = "amount"
    FEE = "fee"


class Certainty(StrEnum):
    """How sure the meaning is.

    A hint may agree with the tables, but is never said to differ from them.
    """

    CERTAIN = "certain"
    TWO_READINGS = "two readings"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in the prose: section number, paragraph in it, characters from start to end."""

    section: int
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a statement can mean: `slots` added up, `minus` taken away.

    `of` is the whole of a share, added up; empty for everything else.  `at_least` means
    that the table may hold more.  `meaning` is a short Chinese name for people.
    """

    slots: tuple[str, ...]
    minus: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    at_least: bool = False
    meaning: str = ""

    @property
    def all_slots(self) -> tuple[str, ...]:
        """Every slot that takes part, each once."""
        return tuple(dict.fromkeys((*self.slots, *self.minus, *self.of)))


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about a number: where it stands, what it says, what it can mean.

    `value` is scaled (2.5万宗 is 25000; money is in 万元; a share is in per cent), and
    `low` to `high` is what it stands for when it is rounded or approximate; all three
    are equal for an exact number.  `text` are the words of the number.  `why` is a
    Chinese sentence for people.  Of a share, `decimals` are those printed and `amount`
    is the count printed beside it, None if there is none.
    """

    span: Span
    sentence: str
    text: str
    value: Decimal
    low: Decimal
    high: Decimal
    kind: Kind
    certainty: Certainty
    readings: tuple[Reading, ...]
    why: str
    decimals: int = 0
    amount: Decimal | None = None

    @property
    def slots(self) -> tuple[str, ...]:
        """Every slot of every reading, each once."""
        return tuple(dict.fromkeys(slot for one in self.readings for slot in one.all_slots))


class Outcome(StrEnum):
    """How a statement stands to the tables."""

    AGREES = "agrees"
    DIFFERS = "differs"
    CANNOT_SAY = "cannot say"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement beside the tables' numbers.

    `values` has the number that each reading comes to, None where a slot has none.
    `reading` is the one that holds; when none does, the first one; `table` is its number.
    `truncated` means that a share was cut off, not rounded (4.348 printed 4.34).
    """

    outcome: Outcome
    reading: Reading | None = None
    table: Decimal | None = None
    values: tuple[tuple[Reading, Decimal | None], ...] = ()
    truncated: bool = False
