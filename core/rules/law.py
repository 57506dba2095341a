"""LAW: numbers that the law leaves little room for."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator

from core.numbers import plain
from core.rules.blank_totals import BlankTotals
from core.rules.context import Context, State
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.organs import may_make_no_rules
from core.rules.registry import rule
from core.rules.relations import reason_of, refs, unread
from core.rules.severity import Severity

# The revised law is in force from 2024-01-01.
_RECONSIDERATION_FIRST = 2024
_DIRECT = "cases.direct_lawsuit.total"


@rule(
    id="LAW001",
    severity=Severity.NOTE,
    basis=Basis("立法法", "第九十一条、第九十三条"),
    message="“规章”一行填了{numbers}，而从名称看，“{agency}”可能没有规章制定权，"
    "请核对是不是把规范性文件计入了规章",
)
def rules_without_power(context: Context) -> Iterator[Result]:
    """没有规章制定权的机关填了规章。

    规章由国务院部门，省、自治区、直辖市人民政府，设区的市、自治州人民政府制定。从名称看是乡镇、街道、
    县（区）和地方部门的，“规章”一行一般是 0；不是 0 的，可能是把规范性文件填错了行，也可能计入了本
    机关起草的规章。

    从名称看不出来的（如“某某市人民政府”），不作判断。属实就不必改动。

    没有建议值：这些文件该填在哪里，程序无从知道。
    """
    agency = context.document.agency
    table = context.tables.get("disclosure")
    if table is None or not agency or not may_make_no_rules(agency):
        yield NotApplicable("从机关名称看不出有没有规章制定权")
        return
    for value in (values := context.row_values("disclosure", "regulations")):
        if value.state in (State.TEXT, State.UNCERTAIN):
            yield Insufficient(reason_of([value]), refs([value]))
    made = [value for value in values if value.amount > 0]
    if made:
        shown = "、".join(f"{context.column_label(v.slot)} {plain(v.amount)}" for v in made)
        slots = tuple(value.slot for value in made)
        yield Found({"numbers": shown, "agency": agency}, refs(made), slots)
    elif any(value.state is State.NUMBER for value in values):
        yield Passed(refs(values))
    else:
        yield NotApplicable("“规章”一行没有填数")


@rule(
    id="LAW002",
    severity=Severity.NOTE,
    basis=Basis("行政复议法", "第二十三条第一款第（四）项"),
    message="有 {count} 件“未经复议直接起诉”的案件，而 {since} 年起，对不予公开不服的，"
    "应当先申请行政复议，请确认这些案件不属于这种情形",
    editions=("2021",),
)
def lawsuit_without_reconsideration(context: Context) -> Iterator[Result]:
    """2024 年起仍有未经复议直接起诉的案件。

    行政复议法 2023 年修订后，自 2024 年起，申请政府信息公开而行政机关不予公开的，应当先申请行政
    复议，对复议决定不服才能起诉。所以 2024 年度以后的报告中，“未经复议直接起诉”的案件请逐件确认。

    以前起诉、今年审结的，或者对其他答复（如部分公开的形式、不予处理）起诉的，都可以有，所以只作提示。
    “总计”未填时，按各项结果之和计算。

    没有建议值：案件属于哪种情形，程序无从知道。
    """
    if context.year is None:
        yield Insufficient("不知道报告年度")
        return
    if context.year < _RECONSIDERATION_FIRST:
        yield NotApplicable("2024 年度以前没有这项规定")
        return
    if "cases" not in context.tables:
        yield Insufficient("报告中没有找到复议诉讼表")
        return
    total = context.value(_DIRECT)
    count = total.number
    if total.state is State.BLANK:
        count = BlankTotals(context, "cases").standing_for(_DIRECT)
    if count is None:
        yield unread(context, _DIRECT) or NotApplicable()
    elif count > 0:
        named = {"count": plain(count), "since": str(_RECONSIDERATION_FIRST)}
        yield Found(named, refs([total]), (_DIRECT,))
    else:
        yield Passed(refs([total]))
