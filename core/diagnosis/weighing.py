"""Write solutions out as sets of cells, and put these in order by what speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from core.diagnosis.equations import System
from core.diagnosis.evidence import Witness, weight
from core.diagnosis.model import Change, Reason, ReasonKind, Repair
from core.diagnosis.search import Search, Solution
from core.diagnosis.shifts import shifted_lines

# How many sets of cells are weighed; more would take longer than a keystroke.
_MOST_WEIGHED = 200
# One slip moves a whole line: as likely as two wrong cells, however many cells it changes.
_MISTAKES_OF_A_SHIFT = 2

Changes = tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Changes with what speaks for them; `mistakes` counts slips, not cells."""

    changes: Changes
    reasons: tuple[Reason, ...]
    mistakes: int

    def repair(self, system: System) -> Repair:
        """Return the changes as a repair of what is broken."""
        return Repair(self.changes, system.broken_relations, self.reasons)


def weigh(system: System, witness: Witness, sets: Iterable[Changes]) -> list[Weighed]:
    """Return sets of changes, best first."""
    weighed = (Weighed(changes, witness.reasons(changes), len(changes)) for changes in sets)
    return in_order(system, weighed)


def in_order(system: System, weighed: Iterable[Weighed]) -> list[Weighed]:
    """Return weighed changes by fewest mistakes, then most evidence, then reading order."""

    def rank(one: Weighed) -> tuple[int, int, tuple[int, ...]]:
        places = tuple(system.order[change.slot] for change in one.changes)
        return (one.mistakes, -weight(one.reasons), places)

    return sorted(weighed, key=rank)


def written_out(
    system: System, search: Search, witness: Witness, solutions: Sequence[Solution]
) -> Iterator[Changes]:
    """Yield one cell of each family of each solution, in every way that is worth weighing."""
    share = max(1, _MOST_WEIGHED // max(1, len(solutions)))
    ways = (way for s in solutions for way in _ways(system, search, witness, s, share))
    return islice(ways, _MOST_WEIGHED)


def _ways(
    system: System, search: Search, witness: Witness, solution: Solution, most: int
) -> Iterator[Changes]:
    options = [[system.change(slot, step[1]) for slot in search.fitting(step)] for step in solution]
    if prod(map(len, options)) > most:
        for option in options:
            option.sort(key=lambda change: -weight(witness.of_cell(change)))
    while prod(map(len, options)) > most:
        max(options, key=len).pop()
    for changes in product(*options):
        yield tuple(sorted(changes, key=lambda change: system.order[change.slot]))


def with_shifts(system: System, weighed: Sequence[Weighed]) -> list[Weighed]:
    """Add the shifts of a row or column that mend what is broken, each in place of its cells."""
    shifts = [
        Weighed(
            changes,
            (Reason(ReasonKind.LINE_SHIFTED, tuple(change.slot for change in changes)),),
            _MISTAKES_OF_A_SHIFT,
        )
        for changes in shifted_lines(system)
    ]
    named = {frozenset(shift.changes) for shift in shifts}
    rest = [one for one in weighed if frozenset(one.changes) not in named]
    return in_order(system, [*shifts, *rest]) if shifts else rest
