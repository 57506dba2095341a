"""Totals left blank: which of them have parts, and what follows for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from core.forms.model import Comparison
from core.rules.context import Context, State, Value


class BlankTotals:
    """The blank totals of one table.

    A total may itself be part of another one: （七）总计 of the column 总计 is
    the sum of its row and of its column.  The form's sums have no circle.
    """

    def __init__(self, context: Context, table: str) -> None:
        self._context = context
        self._table = table
        self._derived: dict[str, Decimal | None] = {}

    @property
    def exist(self) -> bool:
        """Whether the table has totals at all; the disclosure table has none."""
        return bool(self._sums)

    @cached_property
    def with_parts(self) -> tuple[Value, ...]:
        """The blank totals whose parts are not all zero or blank, in the order of the form."""
        values = self._context.values(self._context.slots(self._table))
        return tuple(v for v in values if self._is_blank_total(v) and self._has_parts(v.slot))

    def following(self, slot: str) -> Decimal | None:
        """Return what a blank total must be.

        None where a part is unreadable, missing or only presumed, and where the
        row and the column say different things.
        """
        if slot not in self._derived:
            sums = {total for parts in self._sums[slot] if (total := self._sum(parts)) is not None}
            self._derived[slot] = sums.pop() if len(sums) == 1 else None
        return self._derived[slot]

    def standing_for(self, slot: str) -> Decimal | None:
        """Return what a blank total must be, None also where no part of it is filled in."""
        parts = self._context.values(part for sum_ in self._sums.get(slot, ()) for part in sum_)
        filled = any(part.state is State.NUMBER for part in parts)
        return self.following(slot) if filled else None

    @cached_property
    def _sums(self) -> Mapping[str, list[tuple[str, ...]]]:
        """The parts that each total is the sum of; （七）总计 has two such sums."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for relation in self._context.tables[self._table].relations:
            if relation.comparison is Comparison.EQUAL and len(relation.right) == 1:
                found.setdefault(relation.right[0], []).append(relation.left)
        return found

    @staticmethod
    def _is_blank_total(value: Value) -> bool:
        return value.total and value.state is State.BLANK

    def _has_parts(self, slot: str) -> bool:
        parts = self._context.values(part for sum_ in self._sums.get(slot, ()) for part in sum_)
        return any(
            self._has_parts(part.slot) if self._is_blank_total(part) else part.amount != 0
            for part in parts
        )

    def _sum(self, parts: tuple[str, ...]) -> Decimal | None:
        total = Decimal(0)
        for value in self._context.values(parts):
            number = self._number(value)
            if number is None:
                return None
            total += number
        return total

    def _number(self, value: Value) -> Decimal | None:
        if self._is_blank_total(value):
            return self.following(value.slot)
        if value.presumed or value.state not in (State.NUMBER, State.BLANK):
            return None
        return value.amount
