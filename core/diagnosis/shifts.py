"""Rows and columns whose numbers slipped by one cell: one mistake of many cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.diagnosis.equations import Exact, System, is_count
from core.diagnosis.model import Change

# Two cells that changed places are found as two changes.
_SHORTEST = 3


def shifted_lines(system: System) -> Iterator[tuple[Change, ...]]:
    """Yield the changes that undo a shift by one cell, where this mends everything broken.

    A stretch of the parts of a row or a column is moved back; what fell out at
    its one end is taken to stand at the other.  Only shifts that change at
    least three cells are meant.
    """
    if len(system.broken) < _SHORTEST:
        return
    crossing = [set(system.tested[i].slots) for i in system.broken]
    for relation in system.relations:
        line = relation.left
        places = [i for i, slot in enumerate(line) if any(slot in slots for slots in crossing)]
        if len(places) >= _SHORTEST and not any(slots.isdisjoint(line) for slots in crossing):
            yield from _undone(system, line[places[0] : places[-1] + 1])


def _undone(system: System, stretch: Sequence[str]) -> Iterator[tuple[Change, ...]]:
    if any(slot not in system.known for slot in stretch):
        return
    present = [system.known[slot] for slot in stretch]
    for moved in ([*present[1:], present[0]], [present[-1], *present[:-1]]):
        grown = {
            slot: after - before
            for slot, before, after in zip(stretch, present, moved, strict=True)
            if after != before
        }
        if len(grown) >= _SHORTEST and all(map(is_count, moved)) and _mends(system, grown):
            yield tuple(system.change(slot, difference) for slot, difference in grown.items())


def _mends(system: System, grown: dict[str, Exact]) -> bool:
    residuals = dict(system.broken)
    for slot, difference in grown.items():
        for i, side in system.signatures.get(slot, ()):
            residuals[i] = residuals.get(i, 0) + side * difference
    return not any(residuals.values())
