"""NUM: the form of what is filled in, and what is left blank."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from core.document import CellRef
from core.edits import Edit
from core.forms.model import SlotKind
from core.numbers import plain
from core.rules.blank_totals import BlankTotals
from core.rules.context import Context, State, Value
from core.rules.model import (
    Basis,
    Certainty,
    Fix,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.registry import rule
from core.rules.severity import Severity

# An amount in 万元 is exact to 分 with six.
_MOST_DECIMALS = 6
_LONGEST_TEXT = 24
_NAMED = 3


@rule(
    id="NUM001",
    severity=Severity.WARNING,
    basis=Basis("表中标签", "各栏填写的是数量或者金额"),
    message="{cell}填的是“{text}”，不是数字，与它有关的勾稽关系不能检查",
)
def not_a_number(context: Context) -> Iterator[Result]:
    """数据单元格里填的不是数字。

    每个填了内容的数据单元格都应是一个数字。全角数字、千分位、“12件”“减4”“251000元”都能识别，不算疑点；
    空白、“/”、“-”、“无”是未填，由 NUM002、NUM003 提示。

    识别时有多种读法的单元格不作判断，请对照原文。

    没有建议值：这里本应是多少，程序无从知道。
    """
    for value in _all_values(context):
        if value.state is State.TEXT:
            text = _shortened(value.text)
            yield _found(context, value, {"text": text})
        elif value.state is State.NUMBER:
            yield Passed(_refs([value]))
        else:
            yield _unjudged(value)


@rule(
    id="NUM002",
    severity=Severity.WARNING,
    basis=Basis("表中标签", "各栏填写的是数量或者金额"),
    message="{table}有 {count} 个数据单元格未填（空白、“/”、“-”或“无”）",
)
def blank_inputs(context: Context) -> Iterator[Result]:
    """数据单元格未填。

    每张表只提示一次，列出全部未填的单元格；总计未填由 NUM003 提示。没有发生的，各地多填“0”；
    格式没有说明可以空着还是必须填“0”，所以列为待核实，2019 年版格式试行时只作提示。

    勾稽关系中，空白的部分按 0 计算，并在说明中写明。

    建议“全部填 0”只适用于确实没有发生的情况，请逐格核对后再采纳。
    """
    for name, table in context.tables.items():
        values = context.values(context.slots(name))
        blanks = [v for v in values if v.state is State.BLANK and not v.total]
        if not blanks:
            yield _nothing_blank(values)
            continue
        yield Found(
            {"table": context.table_label(name), "count": str(len(blanks))},
            _refs(blanks),
            tuple(value.slot for value in blanks),
            table.table_id,
            Severity.NOTE if table.form.edition == "2019" else None,
            fixes=(_fill(f"未填的 {len(blanks)} 格都填“0”", blanks, "0"),),
        )


@rule(
    id="NUM003",
    severity=Severity.WARNING,
    basis=Basis("算术", "各部分不全为 0 时，总计不是 0"),
    message="{table}有 {count} 个总计未填，而各部分不全为 0：{cells}",
)
def blank_totals(context: Context) -> Iterator[Result]:
    """总计未填，而它的各部分不全为 0。

    每张表只提示一次，列出这样的总计单元格。总计未填时，需要它的勾稽关系都不能检查。各部分全是 0
    或者也未填的，不提示。

    建议值由各部分相加得出；各部分中有缺格、有多种读法或者不是数字的，或者按行、按列得出的数不同的，不给建议值。
    """
    for name, table in context.tables.items():
        if not context.has_values(name):
            yield NotApplicable("表中没有填写任何内容")
            continue
        totals = BlankTotals(context, name)
        if not totals.exist:
            yield NotApplicable("表中没有总计")
            continue
        blanks = totals.with_parts
        if not blanks:
            yield Passed()
            continue
        fixes = (
            _fill(f"把“{context.label(value.slot)}”填为 {plain(number)}", [value], plain(number))
            for value in blanks
            if (number := totals.following(value.slot)) is not None
        )
        yield Found(
            {
                "table": context.table_label(name),
                "count": str(len(blanks)),
                "cells": _listed([context.label(value.slot) for value in blanks]),
            },
            _refs(blanks),
            tuple(value.slot for value in blanks),
            table.table_id,
            fixes=tuple(fixes),
        )


@rule(
    id="NUM004",
    severity=Severity.ERROR,
    basis=Basis("算术", "件数是不小于 0 的整数"),
    message="{cell}是 {value}，{reason}",
)
def impossible_count(context: Context) -> Iterator[Result]:
    """件数是负数或者不是整数。

    件数只能是 0、1、2……；2019 年版格式的“本年增/减”可以是负数，但也是整数。金额（万元）不能是负数，
    可以有小数；小数超过六位（精确到分以下）时只作提示。

    没有建议值：这里本应是多少，程序无从知道。
    """
    for value in _all_values(context):
        if value.number is None:
            yield _unjudged(value)
            continue
        kind = context.match.tables[value.slot.split(".")[0]].form_table.slots[value.slot].kind
        reason, lowered = _impossible(value.number, kind)
        if reason:
            yield _found(context, value, {"value": plain(value.number), "reason": reason}, lowered)
        else:
            yield Passed(_refs([value]))


def _impossible(number: Decimal, kind: SlotKind) -> tuple[str, Severity | None]:
    """Return why a number cannot stand in a slot, empty if it can, and a milder severity."""
    if number < 0 and kind is not SlotKind.CHANGE:
        return ("金额" if kind is SlotKind.AMOUNT else "件数") + "不能是负数", None
    if kind is not SlotKind.AMOUNT:
        return ("" if number == number.to_integral_value() else "件数应是整数"), None
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _MOST_DECIMALS:
        return "金额的小数超过六位", Severity.NOTE
    return "", None


def _all_values(context: Context) -> Iterator[Value]:
    for name in context.tables:
        yield from context.values(context.slots(name))


def _found(
    context: Context, value: Value, values: dict[str, str], lowered: Severity | None = None
) -> Found:
    named = {"cell": f"“{context.label(value.slot)}”", **values}
    return Found(named, _refs([value]), (value.slot,), lowered=lowered)


def _unjudged(value: Value) -> Result:
    """Return how a cell without a number ends: only one that says something is undecided."""
    if value.state is State.TEXT:
        return Insufficient("不是数字", _refs([value]))
    if value.state is State.UNCERTAIN and not value.hole:
        return Insufficient("有多种读法，不能确定", _refs([value]))
    return NotApplicable("未填" if value.state is State.BLANK else "没有这一格")


def _nothing_blank(values: Sequence[Value]) -> Result:
    if any(v.state is State.UNCERTAIN and not v.hole and not v.total for v in values):
        return Insufficient("有的单元格有多种读法，不能确定是否未填")
    return Passed()


def _fill(title: str, values: Sequence[Value], text: str) -> Fix:
    edits = (Edit(value.ref, value.text, text) for value in values if value.ref is not None)
    return Fix(title, tuple(edits), Certainty.LIKELY)


def _refs(values: Sequence[Value]) -> tuple[CellRef, ...]:
    return tuple(value.ref for value in values if value.ref is not None)


def _listed(labels: Sequence[str]) -> str:
    shown = "、".join(labels[:_NAMED])
    return shown if len(labels) <= _NAMED else f"{shown}等"


def _shortened(text: str) -> str:
    flat = text.replace("\n", " ")
    return flat if len(flat) <= _LONGEST_TEXT else f"{flat[:_LONGEST_TEXT]}…"
