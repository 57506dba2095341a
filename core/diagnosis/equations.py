"""The equations of a table as numbers: which can be tested, and by how much each is broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from core.diagnosis.model import Change, Reading
from core.forms.model import Comparison, Relation, row_key

# Decimals round at 28 digits; a sum that rounds would hide a mistake or invent one.
Exact = int | Fraction

_MISSING = Reading(usable=False)


def exact(number: Decimal) -> Exact:
    """Return a number for exact arithmetic, an int wherever it is whole."""
    return int(number) if number == number.to_integral_value() else Fraction(number)


def is_count(value: Exact) -> bool:
    """Return whether a value can stand in a cell: whole and not negative."""
    return value >= 0 and value == int(value)


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that must be zero: the sum of coefficient times value over some cells.

    `residual` is what it is now.
    """

    coefficients: Mapping[str, int]
    residual: Exact

    def after(self, differences: Mapping[str, Exact]) -> Exact:
        """Return the residual when cells grow by some differences."""
        return self.residual + sum(
            (self.coefficients.get(slot, 0) * grown for slot, grown in differences.items()), 0
        )


@dataclass(frozen=True, slots=True)
class Family:
    """Cells that stand in the same tested relations on the same sides.

    Arithmetic cannot tell them apart.  `signature` pairs the index of each
    relation with the side: 1 left, -1 right.
    """

    signature: tuple[tuple[int, int], ...]
    slots: tuple[str, ...]


@dataclass(frozen=True)
class System:
    """The equations of one block of a table with the present numbers.

    `relations` are all equations of the block, `tested` those that can be
    decided.  `known` are the numbers that arithmetic may use, blank parts as 0.
    """

    relations: tuple[Relation, ...]
    readings: Mapping[str, Reading]
    tested: tuple[Relation, ...]
    known: Mapping[str, Exact]

    @cached_property
    def residuals(self) -> tuple[Exact, ...]:
        """Left side minus right side of each tested relation."""
        known = self.known
        return tuple(
            sum((known[slot] for slot in relation.left), 0)
            - sum((known[slot] for slot in relation.right), 0)
            for relation in self.tested
        )

    @cached_property
    def broken(self) -> Mapping[int, Exact]:
        """The residuals of the broken relations by their index in `tested`."""
        return {i: residual for i, residual in enumerate(self.residuals) if residual}

    @cached_property
    def broken_relations(self) -> tuple[Relation, ...]:
        """The relations that can be decided and do not hold."""
        return tuple(self.tested[i] for i in self.broken)

    @cached_property
    def signatures(self) -> Mapping[str, tuple[tuple[int, int], ...]]:
        """In which tested relations each known cell stands, and on which side."""
        found: dict[str, list[tuple[int, int]]] = {}
        for i, relation in enumerate(self.tested):
            for slot in relation.left:
                found.setdefault(slot, []).append((i, 1))
            for slot in relation.right:
                found.setdefault(slot, []).append((i, -1))
        return {slot: tuple(entries) for slot, entries in found.items()}

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The cells of tested relations, those together that arithmetic cannot tell apart."""
        found: dict[tuple[tuple[int, int], ...], list[str]] = {}
        for slot, signature in self.signatures.items():
            found.setdefault(signature, []).append(slot)
        return tuple(Family(signature, tuple(slots)) for signature, slots in found.items())

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of each slot in reading order, row by row."""
        rows = [r for r in self.relations if len({row_key(slot) for slot in r.slots}) == 1]
        slots = [slot for relation in (*rows, *self.relations) for slot in relation.slots]
        return {slot: i for i, slot in enumerate(dict.fromkeys(slots))}

    def relations_of(self, slot: str) -> int:
        """Return in how many relations a slot takes part, the undecided ones included."""
        return self._shares.get(slot, 0)

    @cached_property
    def _shares(self) -> Mapping[str, int]:
        shares: dict[str, int] = {}
        for relation in self.relations:
            for slot in relation.slots:
                shares[slot] = shares.get(slot, 0) + 1
        return shares

    def change(self, slot: str, difference: Exact) -> Change:
        """Return the change that lets a cell grow by a whole difference."""
        after = self.known[slot] + difference
        return Change(slot, self.readings[slot].number, Decimal(int(after)))


def systems(relations: Iterable[Relation], readings: Mapping[str, Reading]) -> tuple[System, ...]:
    """Return the equations of a table, one system for each block that shares no cell with others.

    Inequalities are left out: they do not say what a value should be.

    Raises:
        ValueError: The relations belong to several tables.
    """
    equal = [r for r in relations if r.comparison is Comparison.EQUAL]
    if len({relation.table for relation in equal}) > 1:
        raise ValueError("a diagnosis is made of one table at a time")
    return tuple(_system(block, readings) for block in _blocks(equal))


def _system(relations: Sequence[Relation], readings: Mapping[str, Reading]) -> System:
    slots = dict.fromkeys(slot for relation in relations for slot in relation.slots)
    found = {slot: readings.get(slot, _MISSING) for slot in slots}
    known = {
        slot: exact(reading.number) if reading.number is not None else 0
        for slot, reading in found.items()
        if reading.is_known
    }
    tested = tuple(
        relation
        for relation in relations
        if all(slot in known for slot in relation.slots)
        and any(found[slot].number is not None for slot in relation.slots)
    )
    return System(tuple(relations), found, tested, known)


def _blocks(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Return the relations in groups that share no cell, in the order of the form."""
    blocks: list[tuple[set[str], list[Relation]]] = []
    for relation in relations:
        slots, members = set(relation.slots), [relation]
        apart = []
        for block in blocks:
            if block[0].isdisjoint(slots):
                apart.append(block)
            else:
                slots |= block[0]
                members = block[1] + members
        blocks = [*apart, (slots, members)]
    return [members for _, members in blocks]
