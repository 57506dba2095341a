"""Which stretches of prose are tied to cells of the tables, and whether both agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.document import CellRef
from core.prose import Kind, Outcome, Reading, Span, Statement, compare
from core.rules.context import Context
from core.rules.stated import refs_of, stand, statements


@dataclass(frozen=True, slots=True)
class Tie:
    """A statement of the prose beside the cells that it speaks of.

    `cells` are all that take part, those of the reading that counts first; `table` is what
    they come to, None where that cannot be said.
    """

    span: Span
    text: str
    kind: Kind
    outcome: Outcome
    cells: tuple[CellRef, ...]
    meaning: str = ""
    table: Decimal | None = None


def ties_of(context: Context) -> tuple[Tie, ...]:
    """Return every statement that speaks of cells which the report has, in its order."""
    ties = (_tie(context, statement) for statement in statements(context))
    return tuple(tie for tie in ties if tie.cells)


def _tie(context: Context, statement: Statement) -> Tie:
    compared = compare(statement, lambda slot: stand(context, slot).number)
    reading = compared.reading or statement.readings[0]
    return Tie(
        statement.span,
        statement.text,
        statement.kind,
        compared.outcome,
        _cells(context, reading, statement),
        reading.meaning,
        compared.table,
    )


def _cells(context: Context, reading: Reading, statement: Statement) -> tuple[CellRef, ...]:
    ordered = dict.fromkeys((*reading.all_slots, *statement.slots))
    slots = (slot for named in ordered for slot in stand(context, named).slots)
    return tuple(dict.fromkeys(refs_of(context, tuple(slots))))
