"""What undecided relations still say once the unknown cells are eliminated from them.

A blank row total is unknown, but the row and the column that it stands in must
give it the same value.  Such a consequence is no finding; it tells candidates
apart, and a proof must not contradict it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from core.diagnosis.equations import Constraint, Exact, System, is_count
from core.diagnosis.model import Change

Terms = dict[str, int]


def consequences(system: System) -> tuple[Constraint, ...]:
    """Return what must hold whatever stands in the unknown cells."""
    tested = set(map(id, system.tested))
    rows = [
        {**dict.fromkeys(relation.left, 1), **dict.fromkeys(relation.right, -1)}
        for relation in system.relations
        if id(relation) not in tested
    ]
    for slot in system.readings:
        if slot not in system.known:
            rows = _without(slot, rows)
    return tuple(Constraint(terms, _value(terms, system)) for terms in rows if terms)


def reconciling(system: System, constraints: Sequence[Constraint]) -> Iterator[Change]:
    """Yield the changes of one cell that make all consequences hold, in reading order.

    Only cells without a relation that can be decided: those hold, and any
    other change would break one.
    """
    broken = next((c for c in constraints if c.residual), None)
    if broken is None:
        return
    for slot in system.order:
        coefficient = broken.coefficients.get(slot)
        if coefficient is None or slot in system.signatures:
            continue
        grown = Fraction(-broken.residual) / coefficient
        fits = is_count(system.known[slot] + grown)
        if fits and not any(c.after({slot: grown}) for c in constraints):
            yield system.change(slot, grown)


def _without(slot: str, rows: list[Terms]) -> list[Terms]:
    """Eliminate a cell, sparing the shortest equation that has it."""
    having = sorted((terms for terms in rows if slot in terms), key=len)
    lacking = [terms for terms in rows if slot not in terms]
    if not having:
        return lacking
    first, *others = having
    return [*lacking, *(_combined(terms, first, slot) for terms in others)]


def _combined(terms: Terms, other: Terms, slot: str) -> Terms:
    """Return the combination of two equations in which a cell cancels out."""
    factor, other_factor = other[slot], -terms[slot]
    combined = {name: factor * value for name, value in terms.items()}
    for name, value in other.items():
        rest = combined.get(name, 0) + other_factor * value
        if rest:
            combined[name] = rest
        else:
            del combined[name]
    return combined


def _value(terms: Terms, system: System) -> Exact:
    values: Iterable[Exact] = (value * system.known[slot] for slot, value in terms.items())
    return sum(values, 0)
