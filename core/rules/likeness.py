"""YOY: numbers that are too unlike last year's, or too like them."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from core.forms.model import SlotKind, column_key, table_name
from core.numbers import plain
from core.rules import wording
from core.rules.context import Context, State, Value
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.registry import rule
from core.rules.relations import refs
from core.rules.severity import Severity
from core.rules.two_years import beside_last_year, shared_slots, with_table

# A ratio of smaller numbers says nothing.
_MATTERS = 10
# Numbers that stay as they are when nothing happens in a year.
_STOCKS = ("in_force", "total_published", "previous_items")
# With fewer digits in all, two years may well be alike by chance.
_TELLING_DIGITS = 4
_NAMED = 5

Pair = tuple[Value, Value]
Compared = Callable[[Context, Context, str], Result]


@rule(
    id="YOY005",
    severity=Severity.NOTE,
    basis=Basis("与上年年报比对", "两年的数相差悬殊"),
    message="{table}有 {count} 个数与上年相差悬殊：{cells}",
)
def far_from_last_year(context: Context) -> Iterator[Result]:
    """数字与上年相差悬殊。

    今年的数超过上年的 5 倍，或者不到上年的 0.2 倍，请核对是不是多写、少写了一位，或者用错了单位、
    换了统计口径。倍数可以在设置中调整。

    主动公开表的每个数、申请办理表的“总计”列和复议诉讼表的各个总计参加比较；两年都小于 10 的不比较，
    上年是 0 的，今年超过 10 的 5 倍才提示。每张表只提示一次，列出全部这样的数。

    属实就不必改动。没有载入上年年报时不检查。
    """
    return _each_table(context, _far)


@rule(
    id="YOY006",
    severity=Severity.WARNING,
    basis=Basis("与上年年报比对", "整张表与上年年报相同"),
    message="{table}与上年年报完全相同，{count} 个不为 0 的数一个也没有变：{cells}",
)
def same_as_last_year(context: Context) -> Iterator[Result]:
    """整张表与上年年报相同。

    表中每个数都与上年年报相同，而且不全是 0，可能是沿用了上年的表而没有填今年的数。

    “现行有效件数”等本来可以不变的数不算在内。不为 0 的数很少、很小时，两年相同可能只是巧合，只作
    提示。

    属实就不必改动。没有载入上年年报时不检查。
    """
    return _each_table(context, _same)


@rule(
    id="YOY007",
    severity=Severity.WARNING,
    basis=Basis("与上年年报比对", "上年年报中有数，今年整张表没有"),
    message="{table}全部为 0 或者未填，而上年年报的这张表有 {count} 个不为 0 的数：{cells}",
)
def nothing_left(context: Context) -> Iterator[Result]:
    """整张表为 0 或者未填，而上年不是。

    今年整张表全部为 0 或者未填，而上年年报的这张表有不为 0 的数，可能是今年的数忘了填。上年的数都
    小于 10 时，今年没有发生也属正常，只作提示。

    属实就不必改动。没有载入上年年报时不检查。
    """
    return _each_table(context, _empty)


def _each_table(context: Context, compare: Compared) -> Iterator[Result]:
    def compare_all(context: Context, last: Context) -> Iterator[Result]:
        for name in wording.TABLE_LABELS:

            def one(context: Context, last: Context, name: str = name) -> Iterator[Result]:
                yield compare(context, last, name)

            yield from with_table(name, one)(context, last)

    return beside_last_year(context, compare_all)


def _far(context: Context, last: Context, name: str) -> Result:
    pairs = [pair for pair in _pairs(context, last, name) if _is_compared(context, pair[0])]
    pairs = [pair for pair in pairs if all(value.state is State.NUMBER for value in pair)]
    if not pairs:
        return NotApplicable("没有两年都填写的数")
    if not any(now.amount for now, _ in pairs):
        return NotApplicable("今年的数全是 0，由 YOY007 提示")
    high, low = context.threshold("ratio_high"), context.threshold("ratio_low")
    far = [(now, then) for now, then in pairs if _is_far(now.amount, then.amount, high, low)]
    if not far:
        return Passed(refs([now for now, _ in pairs]))
    shown = [f"{context.label(now.slot)} {_from_to(now, then)}" for now, then in far]
    return _found(context, name, [now for now, _ in far], shown)


def _same(context: Context, last: Context, name: str) -> Result:
    pairs = [pair for pair in _pairs(context, last, name) if not _is_stock(pair[0])]
    readable = [pair for pair in pairs if all(_is_readable(value) for value in pair)]
    if any(now.amount != then.amount for now, then in readable):
        return Passed(refs([now for now, _ in readable]))
    said = [now for now, _ in readable if now.amount]
    if len(readable) < len(pairs):
        return Insufficient("有的单元格不能比较", table=context.tables[name].table_id)
    if not said:
        return NotApplicable("两年都没有不为 0 的数")
    inputs = [value for value in said if not value.total]
    telling = sum(len(plain(value.amount)) for value in inputs) >= _TELLING_DIGITS
    shown = [f"{context.label(value.slot)} {plain(value.amount)}" for value in said]
    return _found(context, name, said, shown, None if telling else Severity.NOTE)


def _empty(context: Context, last: Context, name: str) -> Result:
    values = context.values(context.slots(name))
    if any(value.amount for value in values):
        return Passed(refs(values))
    if any(value.state in (State.TEXT, State.UNCERTAIN) and not value.hole for value in values):
        return Insufficient("有的单元格不能比较", table=context.tables[name].table_id)
    before = [value for value in last.values(last.slots(name)) if value.amount]
    if not before:
        return NotApplicable("上年年报的这张表也没有不为 0 的数")
    slots = frozenset(value.slot for value in before)
    shown = [f"{last.label(value.slot)} {plain(value.amount)}" for value in before]
    matters = max(value.amount for value in before) >= _MATTERS
    gone = [value for value in values if value.slot in slots]
    return _found(context, name, gone, shown, None if matters else Severity.NOTE)


def _found(
    context: Context,
    name: str,
    values: Sequence[Value],
    shown: Sequence[str],
    lowered: Severity | None = None,
) -> Found:
    rest = "等" if len(shown) > _NAMED else ""
    named = {
        "table": context.table_label(name),
        "count": str(len(shown)),
        "cells": "；".join(shown[:_NAMED]) + rest,
    }
    slots = tuple(value.slot for value in values)
    return Found(named, refs(values), slots, context.tables[name].table_id, lowered)


def _pairs(context: Context, last: Context, name: str) -> list[Pair]:
    """Return the values of both years in the slots that both reports print, or should."""
    pairs = [(context.value(s), last.value(s)) for s in shared_slots(context, last, name)]
    return [pair for pair in pairs if any(value.state is not State.ABSENT for value in pair)]


def _is_compared(context: Context, value: Value) -> bool:
    table = context.tables[table_name(value.slot)]
    if table.name == "disclosure":
        return table.form_table.slots[value.slot].kind is not SlotKind.CHANGE
    return column_key(value.slot) == "total"


def _is_stock(value: Value) -> bool:
    return column_key(value.slot) in _STOCKS


def _is_readable(value: Value) -> bool:
    return value.state in (State.NUMBER, State.BLANK)


def _is_far(now: Decimal, then: Decimal, high: Decimal, low: Decimal) -> bool:
    if max(now, then) < _MATTERS:
        return False
    return now < low * then or now > high * (then or _MATTERS)


def _from_to(now: Value, then: Value) -> str:
    return f"上年 {plain(then.amount)}、今年 {plain(now.amount)}"
