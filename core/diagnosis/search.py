"""The fewest cells whose change makes every broken relation hold.

Cells that arithmetic cannot tell apart are searched as one family.  The
search rests on two facts about a smallest set of changes:

* Some relation is touched by one cell of the set only (two cells of a form
  share at most one relation).  So that relation is broken now, and it alone
  says by how much the cell changes.
* A cell stands in one relation of each kind at most (one row total, one sum of
  results, one balance).  So n broken relations of a kind need n cells.  Where
  just so many changes are left, each of these relations has its own cell, and
  looking at one of them loses nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from core.diagnosis.equations import Exact, System, is_count

# A step: a family (by index) and the difference by which one of its cells grows.
Step = tuple[int, Exact]
Solution = tuple[Step, ...]

# A table where most relations are undecided admits thousands of sets; nobody reads them.
_MOST_SOLUTIONS = 300


class Search:
    """Looks for the smallest sets of changes in one system of equations."""

    def __init__(self, system: System) -> None:
        self._system = system
        self._families = system.families
        self._fitting: dict[Step, tuple[str, ...]] = {}

    def sets(self, size: int) -> list[Solution]:
        """Return the sets of so many changes that mend every broken relation and break none.

        Every new number is a count.  A set that contains a smaller one is not returned.
        """
        found: dict[frozenset[int], Solution] = {}
        if self._is_beyond(self._system.broken, size):
            return []
        for solution in self._extend(dict(self._system.broken), size, (), set()):
            found.setdefault(frozenset(family for family, _ in solution), solution)
            if len(found) >= _MOST_SOLUTIONS:
                break
        return list(found.values())

    def fitting(self, step: Step) -> tuple[str, ...]:
        """Return the cells of a step's family that hold a count after it."""
        if step not in self._fitting:
            family, difference = step
            known = self._system.known
            self._fitting[step] = tuple(
                slot for slot in self._families[family].slots if is_count(known[slot] + difference)
            )
        return self._fitting[step]

    def _extend(
        self,
        broken: dict[int, Exact],
        left: int,
        chosen: Solution,
        seen: set[frozenset[Step]],
    ) -> Iterator[Solution]:
        if left == 1:
            yield from ((*chosen, step) for step in self._last_steps(broken, chosen))
            return
        used = {family for family, _ in chosen}
        for relation in self._worth_mending(broken, left):
            for family, side in self._members[relation]:
                step = (family, -broken[relation] * side)
                if family in used or not self.fitting(step):
                    continue
                rest = self._after(broken, step)
                if not rest or self._is_beyond(rest, left - 1):
                    continue
                steps = frozenset((*chosen, step))
                if steps not in seen:
                    seen.add(steps)
                    yield from self._extend(rest, left - 1, (*chosen, step), seen)

    def _last_steps(self, broken: Mapping[int, Exact], chosen: Solution) -> Iterator[Step]:
        """Yield the changes of one cell that mend exactly what is broken."""
        used = {family for family, _ in chosen}
        for family in self._by_relations.get(frozenset(broken), ()):
            differences = {-broken[i] * side for i, side in self._families[family].signature}
            step = (family, differences.pop())
            if not differences and family not in used and self.fitting(step):
                yield step

    def _worth_mending(self, broken: Mapping[int, Exact], left: int) -> list[int]:
        """Return the broken relations from which the next cell must be taken."""
        counts = self._count(broken)
        tight = [i for i in broken if counts[self._kinds[i]] == left]
        if tight:
            return [min(tight, key=lambda i: len(self._members[i]))]
        return list(broken)

    def _after(self, broken: Mapping[int, Exact], step: Step) -> dict[int, Exact]:
        family, difference = step
        rest = dict(broken)
        for i, side in self._families[family].signature:
            residual = rest.get(i, 0) + side * difference
            if residual:
                rest[i] = residual
            else:
                rest.pop(i, None)
        return rest

    def _is_beyond(self, broken: Mapping[int, Exact], changes: int) -> bool:
        """Return whether so few changes cannot mend so many relations of one kind."""
        return any(count > changes for count in self._count(broken).values())

    def _count(self, broken: Mapping[int, Exact]) -> Counter[str]:
        return Counter(self._kinds[i] for i in broken)

    @cached_property
    def _members(self) -> list[list[tuple[int, int]]]:
        """The families in each tested relation, with their side."""
        members: list[list[tuple[int, int]]] = [[] for _ in self._system.tested]
        for i, family in enumerate(self._families):
            for relation, side in family.signature:
                members[relation].append((i, side))
        return members

    @cached_property
    def _by_relations(self) -> Mapping[frozenset[int], list[int]]:
        """The families by the set of relations that they stand in."""
        found: dict[frozenset[int], list[int]] = {}
        for i, family in enumerate(self._families):
            found.setdefault(frozenset(r for r, _ in family.signature), []).append(i)
        return found

    @cached_property
    def _kinds(self) -> list[str]:
        """The kind of each tested relation; relations of one kind never share a cell."""
        tested = self._system.tested
        slots = Counter((r.equation, slot) for r in tested for slot in r.slots)
        shared = {equation for (equation, _), count in slots.items() if count > 1}
        return [
            f"{relation.equation}:{i}" if relation.equation in shared else relation.equation
            for i, relation in enumerate(tested)
        ]
