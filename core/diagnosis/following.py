"""The values that follow for totals that were left blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.diagnosis.equations import Exact, System, is_count, systems
from core.diagnosis.model import Change, Reading
from core.forms.model import Relation


def following_totals(
    relations: Iterable[Relation], readings: Mapping[str, Reading]
) -> tuple[Change, ...]:
    """Return the blank totals whose value follows from the other cells, in reading order.

    A value follows when a relation that has any number lacks nothing else, and
    every such relation gives the same count.  Totals that follow help to find
    further ones.  A total on which two relations disagree is left out: some
    other cell is wrong, and `diagnose` names it.

    Raises:
        ValueError: The relations belong to several tables.
    """
    return tuple(
        Change(slot, None, Decimal(int(value)))
        for system in systems(relations, readings)
        for slot, value in _following(system).items()
    )


def _following(system: System) -> dict[str, Exact]:
    found: dict[str, Exact] = {}
    while fresh := _one_step(system, found):
        found |= fresh
    return {slot: found[slot] for slot in system.order if slot in found}


def _one_step(system: System, found: Mapping[str, Exact]) -> dict[str, Exact]:
    """Return the totals that follow directly from what is known and what was found before."""
    known = {**system.known, **found}
    printed = {slot for slot, reading in system.readings.items() if reading.number is not None}
    values: dict[str, set[Exact]] = {}
    for relation in system.relations:
        missing = [slot for slot in relation.slots if slot not in known]
        has_number = any(slot in printed or slot in found for slot in relation.slots)
        if len(missing) == 1 and has_number and system.readings[missing[0]].usable:
            values.setdefault(missing[0], set()).add(_missing_value(relation, known, missing[0]))
    return {
        slot: min(options)
        for slot, options in values.items()
        if len(options) == 1 and is_count(min(options))
    }


def _missing_value(relation: Relation, known: Mapping[str, Exact], slot: str) -> Exact:
    left = sum((known[s] for s in relation.left if s != slot), 0)
    right = sum((known[s] for s in relation.right if s != slot), 0)
    return right - left if slot in relation.left else left - right
