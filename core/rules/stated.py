"""What the tables say where the prose states a number, and what the prose says for a slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core import prose
from core.document import CellRef
from core.forms.model import Comparison as Sides
from core.forms.model import Relation, table_name
from core.prose import Certainty, Kind, Statement
from core.rules.context import Context, State, Value

# What the 信息处理费 must at least reach is asked by a rule of its own.
_COMPARED_ELSEWHERE = (Kind.FEE,)


@dataclass(frozen=True, slots=True)
class Stand:
    """What a slot counts as beside a statement: its number, and the slots that it comes from.

    A total that was left blank is the sum of its parts (decision 1); `summed` says so.
    """

    number: Decimal | None
    slots: tuple[str, ...]
    summed: bool = False


def statements(context: Context) -> tuple[Statement, ...]:
    """Return the statements of the report that are compared with the tables."""
    found = prose.find_statements(context.document, context.match)
    return tuple(statement for statement in found if statement.kind not in _COMPARED_ELSEWHERE)


def stand(context: Context, slot: str) -> Stand:
    """Return what a slot counts as when the prose is compared with it."""
    if table_name(slot) not in context.tables:
        return Stand(None, (slot,))
    value = context.value(slot)
    if value.state is State.NUMBER and not value.presumed:
        return Stand(value.number, (slot,))
    if value.state is not State.BLANK:
        return Stand(None, (slot,))
    return _sum_of_parts(context, slot) if value.total else _blank_part(context, slot)


def _blank_part(context: Context, slot: str) -> Stand:
    """Return zero for a blank part beside other numbers of its table, nothing in an empty one."""
    number = Decimal(0) if context.has_values(table_name(slot)) else None
    return Stand(number, (slot,))


def _sum_of_parts(context: Context, slot: str) -> Stand:
    for relation in context.tables[table_name(slot)].relations:
        if relation.right != (slot,) or relation.comparison is not Sides.EQUAL:
            continue
        parts = context.values(relation.left)
        if _are_known(parts) and context.has_values(table_name(slot)):
            total = sum((part.amount for part in parts), Decimal(0))
            return Stand(total, _named(relation), summed=True)
    return Stand(None, (slot,))


def _are_known(parts: tuple[Value, ...]) -> bool:
    """Return whether each of some parts is a number, or a blank that counts as zero."""
    return all(
        part.state is State.NUMBER or (part.state is State.BLANK and not part.total)
        for part in parts
    )


def _named(relation: Relation) -> tuple[str, ...]:
    return (*relation.right, *relation.left)


def refs_of(context: Context, slots: tuple[str, ...]) -> tuple[CellRef, ...]:
    """Return where some slots stand, those that the report has."""
    known = (slot for slot in slots if table_name(slot) in context.tables)
    return tuple(ref for slot in known if (ref := context.value(slot).ref) is not None)


def stated_values(context: Context) -> Mapping[str, frozenset[Decimal]]:
    """Return what the prose surely and exactly says of single slots, by slot name."""
    values: dict[str, set[Decimal]] = {}
    for statement in statements(context):
        if statement.certainty is not Certainty.CERTAIN or statement.low != statement.high:
            continue
        reading = statement.readings[0]
        if (
            statement.kind is not Kind.SHARE
            and len(reading.all_slots) == 1
            and not reading.at_least
        ):
            values.setdefault(reading.slots[0], set()).add(statement.value)
    return {slot: frozenset(found) for slot, found in values.items()}
