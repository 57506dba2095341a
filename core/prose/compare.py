"""Compare a statement with the tables' numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.prose.model import Certainty, Comparison, Kind, Outcome, Reading, Statement

ValueOf = Callable[[str], Decimal | None]

_HUNDRED = Decimal(100)


def compare(statement: Statement, value_of: ValueOf) -> Comparison:
    """Return whether a statement agrees with the tables.

    `value_of` gives the number in a slot, None where there is none to compare with; what
    a blank counts as is for it to say.  A statement agrees if any of its readings holds.
    It differs only if its meaning is sure, every reading has a number, and none holds.
    """
    possible = [one for one in statement.readings if not _is_of_nothing(one, value_of)]
    values = tuple((reading, _worth(reading, value_of)) for reading in possible)
    for reading, table in values:
        if table is not None and _holds(statement, reading, table):
            return Comparison(Outcome.AGREES, reading, table, values)
    if statement.kind is Kind.SHARE and (cut := _share_otherwise(statement, values, value_of)):
        return cut
    unknown = not values or any(table is None for _, table in values)
    if unknown or statement.certainty is Certainty.HINT:
        return Comparison(Outcome.CANNOT_SAY, values=values)
    return Comparison(Outcome.DIFFERS, *values[0], values)


def _worth(reading: Reading, value_of: ValueOf) -> Decimal | None:
    part, minus = _sum(reading.slots, value_of), _sum(reading.minus, value_of)
    if part is None or minus is None:
        return None
    if not reading.of:
        return part - minus
    whole = _sum(reading.of, value_of)
    return None if whole is None else (part - minus) * _HUNDRED / whole


def _is_of_nothing(reading: Reading, value_of: ValueOf) -> bool:
    """Whether the whole of a share is zero; no percentage can be one of nothing."""
    return bool(reading.of) and _sum(reading.of, value_of) == 0


def _sum(slots: tuple[str, ...], value_of: ValueOf) -> Decimal | None:
    total = Decimal(0)
    for slot in slots:
        if (value := value_of(slot)) is None:
            return None
        total += value
    return total


def _holds(statement: Statement, reading: Reading, table: Decimal) -> bool:
    if reading.at_least:
        return table >= statement.low
    return statement.low <= table <= statement.high


def _share_otherwise(
    statement: Statement, values: tuple[tuple[Reading, Decimal | None], ...], value_of: ValueOf
) -> Comparison | None:
    """Accept a share that was cut off, or that follows from the count printed beside it.

    That count is a statement of its own: were it wrong, the share would only repeat it.
    """
    for reading, table in values:
        if table is not None and _is_cut_off(statement, table):
            return Comparison(Outcome.AGREES, reading, table, values, truncated=True)
    for reading, _ in values:
        whole = _sum(reading.of, value_of)
        if statement.amount is None or not whole:
            continue
        share = statement.amount * _HUNDRED / whole
        if statement.low <= share <= statement.high or _is_cut_off(statement, share):
            truncated = not statement.low <= share <= statement.high
            return Comparison(Outcome.AGREES, reading, share, values, truncated)
    return None


def _is_cut_off(statement: Statement, share: Decimal) -> bool:
    return statement.value <= share < statement.value + Decimal(1).scaleb(-statement.decimals)
