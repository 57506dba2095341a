"""Decide relations of the form: whether they hold, are broken, or cannot be decided.

Decision 1 of the domain stands here once: a blank part counts as zero where the
relation has any number, a blank total leaves it undecided, and so does a cell
that is missing, unreadable or no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.document import CellRef
from core.forms.model import Comparison, Relation, row_key, table_name
from core.rules.context import Context, State, Value
from core.rules.model import (
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.severity import Severity

BLANK_REMARK = "（空白按 0 计）"
PRESUMED = "该行少一格，列位是推定的"
_REASONS = {
    State.ABSENT: "缺少单元格",
    State.TEXT: "不是数字",
    State.UNCERTAIN: "有多种读法，不能确定",
    State.BLANK: "总计未填",
}


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a broken relation with all values that take part."""

    relation: Relation
    values: tuple[Value, ...]
    left: Decimal
    right: Decimal

    @property
    def remark(self) -> str:
        """What the message says about blanks, empty where there is none."""
        return remark_on(self.values)


def remark_on(values: Sequence[Value]) -> str:
    """Return what a message says about blanks among some values, empty where there is none."""
    return BLANK_REMARK if any(value.state is State.BLANK for value in values) else ""


Describe = Callable[[Sides], Mapping[str, str]]


def decide_all(
    context: Context,
    table: str,
    equation: str,
    describe: Describe,
    lowered: Severity | None = None,
) -> Iterator[Result]:
    """Decide an equation for every row, column or block of a table.

    `describe` gives the values that fill the rule's message.  Without the table
    nothing can be decided; a table of another edition does not have the equation.
    """
    if table not in context.tables:
        yield Insufficient(f"报告中没有找到{context.table_label(table)}")
        return
    relations = context.relations(equation)
    if not relations:
        yield NotApplicable("这一版格式没有这项关系")
    for relation in relations:
        yield decide(context, relation, describe, lowered)


def decide(
    context: Context, relation: Relation, describe: Describe, lowered: Severity | None = None
) -> Result:
    """Return how one relation ends."""
    values = context.values(relation.slots)
    table = context.tables[relation.table].table_id
    if stopping := undecided(values):
        return Insufficient(reason_of(stopping), refs(stopping), table, relation)
    sides = Sides(
        relation,
        values,
        total_of(values[: len(relation.left)]),
        total_of(values[len(relation.left) :]),
    )
    if _holds(sides):
        return Passed(refs(values), relation)
    if presumed := [value for value in values if value.presumed]:
        return Insufficient(PRESUMED, refs(presumed), table, relation)
    return Found(
        {**describe(sides), "remark": sides.remark},
        refs(values),
        relation.slots,
        table,
        lowered,
        relation,
    )


def unread(context: Context, slot: str) -> Insufficient | NotApplicable | None:
    """Return why a slot has no number to judge by itself, None if it has one."""
    table = context.tables.get(table_name(slot))
    if table is None:
        return Insufficient(f"报告中没有找到{context.table_label(table_name(slot))}")
    if row_key(slot) not in table.rows:
        return NotApplicable("表中没有这一栏")
    value = context.value(slot)
    if value.state is State.NUMBER:
        return None
    if value.state is State.BLANK and not value.total:
        return NotApplicable("未填")
    return Insufficient(reason_of([value]), refs([value]), table.table_id)


def undecided(values: Sequence[Value]) -> tuple[Value, ...]:
    """Return the values that leave a relation undecided; all of them if none is a number."""
    unreadable = (State.ABSENT, State.TEXT, State.UNCERTAIN)
    stopping = tuple(
        value
        for value in values
        if value.state in unreadable or (value.state is State.BLANK and value.total)
    )
    if stopping or any(value.state is State.NUMBER for value in values):
        return stopping
    return tuple(values)


def reason_of(values: Sequence[Value]) -> str:
    """Return why values leave a relation undecided, each reason once."""
    return "；".join(dict.fromkeys(_reason(value) for value in values))


def _reason(value: Value) -> str:
    if value.hole:
        return "该行少一格"
    if value.state is State.BLANK and not value.total:
        return "各项均未填"
    return _REASONS[value.state]


def refs(values: Sequence[Value]) -> tuple[CellRef, ...]:
    """Return the cells of some values, those that there are."""
    return tuple(value.ref for value in values if value.ref is not None)


def total_of(values: Sequence[Value]) -> Decimal:
    """Return the sum of some values, a blank counting as zero."""
    return sum((value.amount for value in values), Decimal(0))


def _holds(sides: Sides) -> bool:
    if sides.relation.comparison is Comparison.EQUAL:
        return sides.left == sides.right
    return sides.left >= sides.right
