"""NUM: amounts of money that are too large to be in 万元."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from core.document import CellRef
from core.edits import Edit
from core.numbers import plain
from core.rules.context import Context, Value
from core.rules.model import (
    Basis,
    Certainty,
    Fix,
    Found,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.organs import is_no_government
from core.rules.registry import rule
from core.rules.relations import refs, unread
from core.rules.severity import Severity

_AMOUNT = "disclosure.procurement.amount"
_ITEMS = "disclosure.procurement.items"
_FEES = "disclosure.fees.amount"
_YUAN_IN_WAN = Decimal(10_000)


@rule(
    id="NUM005",
    severity=Severity.NOTE,
    basis=Basis("算术", "平均每项采购金额的数量级"),
    message="政府集中采购 {items} 项、{amount} 万元，平均每项 {each} 万元，"
    "请核对单位是不是元（{amount} 元即 {as_yuan} 万元）",
    editions=("2019",),
)
def purchases_in_yuan(context: Context) -> Iterator[Result]:
    """政府集中采购的金额可能用错了单位。

    采购总金额以万元计。不是一级政府的机关，平均每项采购超过 1000 万元的，可能是把元当成了万元。这个
    限额可以在设置中调整。

    政府的年报汇总所属各部门的采购，不作判断；从名称看不出是不是政府的，也不作判断。

    建议值是按元换算的数，请核对原始数据后再采纳；属实就不必改动。
    """
    if reason := unread(context, _AMOUNT):
        yield reason
        return
    if not is_no_government(context.document.agency or ""):
        yield NotApplicable("是一级政府，或者从机关名称看不出来")
        return
    items, amount = context.values((_ITEMS, _AMOUNT))
    each = amount.amount / max(items.amount, Decimal(1))
    if each <= context.threshold("procurement_per_item"):
        yield Passed(refs([items, amount]))
        return
    named = {"items": plain(items.amount), "each": str(round(each))}
    yield _found(context, amount, (items, amount), named)


@rule(
    id="NUM006",
    severity=Severity.NOTE,
    basis=Basis("算术", "行政事业性收费金额的数量级"),
    message="行政事业性收费 {amount} 万元，请核对单位是不是元（{amount} 元即 {as_yuan} 万元）",
    editions=("2021",),
)
def charges_in_yuan(context: Context) -> Iterator[Result]:
    """行政事业性收费的金额可能用错了单位。

    本年收费金额以万元计。超过 1000000 万元（100 亿元）的，可能是把元当成了万元。这个限额可以在设置
    中调整。

    建议值是按元换算的数，请核对原始数据后再采纳；属实（如全省汇总的数）就不必改动。
    """
    if reason := unread(context, _FEES):
        yield reason
        return
    amount = context.value(_FEES)
    if amount.amount <= context.threshold("fees"):
        yield Passed(refs([amount]))
    else:
        yield _found(context, amount, (amount,), {})


def _found(
    context: Context, amount: Value, values: tuple[Value, ...], named: Mapping[str, str]
) -> Found:
    as_yuan = plain(amount.amount / _YUAN_IN_WAN)
    money = {"amount": plain(amount.amount), "as_yuan": as_yuan}
    slots = tuple(value.slot for value in values)
    return Found({**money, **named}, refs(values), slots, fixes=_fixes(context, amount, as_yuan))


def _fixes(context: Context, amount: Value, as_yuan: str) -> tuple[Fix, ...]:
    """Return the reading in 元, written so that it is read the same under the table's header."""
    if amount.ref is None:
        return ()
    after = as_yuan if _is_headed_in_wan(context, amount.ref) else f"{plain(amount.amount)}元"
    title = f"按元计算，改为 {as_yuan} 万元"
    return (Fix(title, (Edit(amount.ref, amount.text, after),), Certainty.LIKELY),)


def _is_headed_in_wan(context: Context, ref: CellRef) -> bool:
    table = context.document.tables[ref.table]
    labels = context.match.by_table_id[ref.table].label_cells
    above = (table.at(row, ref.column) for row in range(ref.row))
    return any(cell and "万元" in cell.text and table.ref(cell) in labels for cell in above)
