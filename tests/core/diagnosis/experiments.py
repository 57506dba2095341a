"""Mistakes made in consistent tables by the hundred, and how often the diagnosis is right.

The tests run a few of each; `packaging/mutants.py` runs them all and prints the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from random import Random
from time import thread_time

from core.diagnosis import Diagnosis, Reading, Repair, diagnose, following_totals
from core.forms.model import Relation
from tests.core.diagnosis.consistent import Filled, filled_applications, wrong_number

Truth = Mapping[str, int]
Case = tuple[Filled, Truth]
# The relations and readings of a table, and how many of its relations are broken.
Opened = tuple[tuple[Relation, ...], Mapping[str, Reading], int]


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


def directly(table: Filled) -> Opened:
    """Return what a table says, without a file."""
    return table.relations, table.readings, broken(table)


def run(
    name: str,
    cases: Iterator[Case],
    number: int,
    way: Callable[[Filled], Opened] = directly,
) -> Figures:
    """Diagnose so many cases; each is a table with mistakes and what is right there.

    `way` is how a table gets to the diagnosis.  Only the diagnosis is timed, in
    processor time, so that a busy machine prints the same.
    """
    figures = Figures(name)
    for _, (table, truth) in zip(range(number), cases, strict=False):
        relations, readings, errors = way(table)
        start = thread_time()
        diagnosis = diagnose(relations, readings)
        figures.milliseconds.append((thread_time() - start) * 1000)
        figures.tables += 1
        figures.detected += bool(errors or diagnosis.candidates)
        figures.followed += _follows(relations, readings, truth)
        _judge(figures, diagnosis, truth)
    return figures


def _follows(
    relations: tuple[Relation, ...], readings: Mapping[str, Reading], truth: Truth
) -> bool:
    """Return whether what is right is the value that follows for a blank total."""
    following = {c.slot: int(c.after) for c in following_totals(relations, readings)}
    return bool(truth) and all(following.get(slot) == right for slot, right in truth.items())


def _judge(figures: Figures, diagnosis: Diagnosis, truth: Truth) -> None:
    if diagnosis.proved:
        figures.proved += 1
        figures.wrong_proofs += not is_true(diagnosis.proved, truth)
    ranks = (i for i, r in enumerate(diagnosis.candidates, 1) if repairs(r, truth))
    if rank := next(ranks, None):
        figures.ranks.append(rank)


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


def _nothing_is_reported(figures: Figures) -> bool:
    return not figures.detected and not figures.proved and not figures.ranks


def _all_is_proved(figures: Figures) -> bool:
    return figures.within(1) == figures.proved == figures.tables and not figures.wrong_proofs


def _all_is_noticed_and_most_is_named(figures: Figures) -> bool:
    named = figures.within(3) >= 0.9 * figures.tables
    return figures.detected == figures.tables and named and not figures.wrong_proofs


def _two_are_never_proved(figures: Figures) -> bool:
    return _all_is_noticed_and_most_is_named(figures) and not figures.proved


def _all_is_named(figures: Figures) -> bool:
    return figures.named == figures.tables and not figures.wrong_proofs


def _no_proof_is_wrong(figures: Figures) -> bool:
    return not figures.wrong_proofs


@dataclass(frozen=True)
class Experiment:
    """A kind of mistake, how often it is tried, and what must come out."""

    name: str
    cases: Callable[[Random], Iterator[Case]]
    number: int
    holds: Callable[[Figures], bool]


EXPERIMENTS = (
    Experiment("untouched", untouched, 500, _nothing_is_reported),
    Experiment("one wrong number", partial(wrong_cells, cells=1), 500, _all_is_proved),
    Experiment("two wrong numbers", partial(wrong_cells, cells=2), 500, _two_are_never_proved),
    Experiment(
        "three wrong numbers", partial(wrong_cells, cells=3), 500, _all_is_noticed_and_most_is_named
    ),
    Experiment("1-5 zeros blanked, one wrong", zeros_blanked, 300, _all_is_named),
    Experiment("one number blanked", number_blanked, 300, _all_is_named),
    Experiment("gaps, two wrong alike", gaps_and_two_wrong, 500, _no_proof_is_wrong),
    # The one kind of mistake that can be proved wrongly.
    Experiment("three wrong by one (limit)", three_wrong_alike, 500, lambda figures: True),
)
