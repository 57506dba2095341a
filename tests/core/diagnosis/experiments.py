"""Mistakes made in consistent tables by the hundred, and how often the diagnosis is right.

The tests run a few of each; `packaging/mutants.py` runs them all and prints the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from time import perf_counter

from core.diagnosis import Diagnosis, Repair, diagnose, following_totals
from tests.core.diagnosis.consistent import Filled, filled_applications, wrong_number

Truth = Mapping[str, int]
Case = tuple[Filled, Truth]


@dataclass
class Figures:
    """What came out of one kind of mistake; `ranks` are where the truth stood, from 1."""

    name: str
    tables: int = 0
    detected: int = 0
    proved: int = 0
    wrong_proofs: int = 0
    ranks: list[int] = field(default_factory=list)
    followed: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def within(self, rank: int) -> int:
        """Return how often the truth stood among the first candidates."""
        return sum(found <= rank for found in self.ranks)

    @property
    def named(self) -> int:
        """How often the truth was named: by a candidate, or as the value of a blank total."""
        return len(self.ranks) + self.followed

    def percentile(self, share: float) -> float:
        """Return the time in milliseconds that a share of the tables stayed below."""
        times = sorted(self.milliseconds)
        return times[min(len(times) - 1, int(share * len(times)))]


def repairs(repair: Repair, truth: Truth) -> bool:
    """Return whether a repair puts back exactly what was right."""
    return {c.slot: c.after for c in repair.changes} == {s: Decimal(v) for s, v in truth.items()}


def is_true(proof: Repair, truth: Truth) -> bool:
    """Return whether a proof says the truth; it need not see what no equation sees."""
    return all(truth.get(change.slot) == change.after for change in proof.changes)


def run(name: str, cases: Iterator[Case], number: int) -> Figures:
    """Diagnose so many cases; each is a table with mistakes and what is right there."""
    figures = Figures(name)
    for _, (table, truth) in zip(range(number), cases, strict=False):
        relations, readings = table.relations, table.readings
        start = perf_counter()
        diagnosis = diagnose(relations, readings)
        figures.milliseconds.append((perf_counter() - start) * 1000)
        figures.tables += 1
        _judge(figures, diagnosis, table, truth)
    return figures


def _judge(figures: Figures, diagnosis: Diagnosis, table: Filled, truth: Truth) -> None:
    figures.detected += bool(broken(table) or diagnosis.candidates)
    if diagnosis.proved:
        figures.proved += 1
        figures.wrong_proofs += not is_true(diagnosis.proved, truth)
    ranks = (i for i, r in enumerate(diagnosis.candidates, 1) if repairs(r, truth))
    if rank := next(ranks, None):
        figures.ranks.append(rank)
    elif {(c.slot, int(c.after)) for c in following_totals(table.relations, table.readings)} >= set(
        truth.items()
    ):
        figures.followed += 1


def broken(table: Filled) -> int:
    """Return how many relations of a table do not hold, a blank part counting as zero."""
    count = 0
    for relation in table.relations:
        values = [table.values.get(slot, "unusable") for slot in relation.slots]
        blank_totals = [
            slot
            for slot, value in zip(relation.slots, values, strict=True)
            if value is None and table.blueprint.is_total(slot)
        ]
        if "unusable" in values or blank_totals or not any(v is not None for v in values):
            continue
        numbers = [value or 0 for value in values]
        parts = len(relation.left)
        count += sum(numbers[:parts]) != sum(numbers[parts:])
    return count


def untouched(random: Random) -> Iterator[Case]:
    """Yield tables without a mistake."""
    while True:
        yield filled_applications(random), {}


def wrong_cells(random: Random, cells: int) -> Iterator[Case]:
    """Yield complete tables with so many wrong numbers."""
    while True:
        table = filled_applications(random)
        yield with_wrong_numbers(random, table, random.sample(table.blueprint.slots, cells))


def zeros_blanked(random: Random) -> Iterator[Case]:
    """Yield tables with 1 to 5 zero cells left blank, totals included, and one wrong number."""
    while True:
        table = filled_applications(random)
        zeros = [slot for slot, value in table.values.items() if value == 0]
        blanks = random.sample(zeros, min(len(zeros), random.randint(1, 5)))
        wrong = random.choice([slot for slot in table.values if slot not in blanks])
        if blanks:
            yield with_wrong_numbers(random, table.changed(dict.fromkeys(blanks)), [wrong])


def number_blanked(random: Random) -> Iterator[Case]:
    """Yield tables in which one number that is not zero was left blank."""
    while True:
        table = filled_applications(random)
        numbers = [slot for slot, value in table.values.items() if value]
        if numbers:
            slot = random.choice(numbers)
            yield table.changed({slot: None}), {slot: table.values[slot] or 0}


def gaps_and_two_wrong(random: Random) -> Iterator[Case]:
    """Yield tables with unknown cells and two wrong numbers, often off by the same amount.

    Undecided relations leave gaps through which two wrong cells look like one.
    """
    while True:
        table = filled_applications(random)
        slots = table.blueprint.slots
        gaps = random.sample(slots, random.randint(1, 12))
        totals = [slot for slot in gaps if table.blueprint.is_total(slot)]
        wrong = random.sample([slot for slot in slots if slot not in gaps], 2)
        size = random.choice((1, 1, 2, 7))
        values = {slot: (table.values[slot] or 0) + random.choice((size, -size)) for slot in wrong}
        if min(values.values()) >= 0:
            truth = {slot: table.values[slot] or 0 for slot in wrong}
            gappy = table.changed({**dict.fromkeys(totals), **values})
            yield gappy.without(set(gaps) - set(totals)), truth


def three_wrong_alike(random: Random) -> Iterator[Case]:
    """Yield complete tables with three numbers off by one, the limit of what can be proved.

    At three corners of a rectangle they look like one wrong number at the
    fourth, and no arithmetic can tell.
    """
    while True:
        table = filled_applications(random)
        truth = {s: table.values[s] or 0 for s in random.sample(table.blueprint.slots, 3)}
        wrong = {slot: right + random.choice((1, -1)) for slot, right in truth.items()}
        if min(wrong.values()) >= 0:
            yield table.changed(wrong), truth


def with_wrong_numbers(random: Random, table: Filled, slots: list[str]) -> Case:
    """Return the table with wrong numbers in some cells, and the right ones."""
    truth = {slot: table.values[slot] or 0 for slot in slots}
    return table.changed({s: wrong_number(random, right) for s, right in truth.items()}), truth


# The only experiment in which a proof may be wrong.
LIMIT = "three wrong by one (limit)"

# Without a blank and without a gap every mistake is noticed.
COMPLETE = ("one wrong number", "two wrong numbers")

Experiment = tuple[str, Callable[[Random], Iterator[Case]], int]

EXPERIMENTS: tuple[Experiment, ...] = (
    ("untouched", untouched, 500),
    ("one wrong number", lambda random: wrong_cells(random, 1), 500),
    ("two wrong numbers", lambda random: wrong_cells(random, 2), 500),
    ("three wrong numbers", lambda random: wrong_cells(random, 3), 500),
    ("1-5 zeros blanked, one wrong", zeros_blanked, 300),
    ("one number blanked", number_blanked, 300),
    ("gaps, two wrong alike", gaps_and_two_wrong, 500),
    (LIMIT, three_wrong_alike, 500),
)
