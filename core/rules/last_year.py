"""YOY: what last year's report says must go on in this year's."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from core.forms.model import column_key, slot_name
from core.numbers import plain
from core.rules.context import Context, Value
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.registry import rule
from core.rules.relations import PRESUMED
from core.rules.severity import Severity
from core.rules.two_years import (
    NOT_LOADED,
    Flow,
    beside_last_year,
    milder_unless_sure,
    same_agency,
    with_table,
    years_follow,
)

_FIRST_STOCK = 2021


@rule(
    id="YOY001",
    severity=Severity.ERROR,
    basis=Basis("表中标签", "“上年结转”与上年年报的“结转下年度继续办理”是同一批申请"),
    message="{column}：上年结转 {carried_in} ≠ 上年年报的结转下年度 {carried_out}{remark}",
)
def carried_in_differently(context: Context) -> Iterator[Result]:
    """上年结转，不等于上年年报的结转下年度继续办理。

    上年没有办完的申请结转到今年，所以今年表三的“二、上年结转”应等于上年年报表三的“四、结转下年度继续
    办理”，自然人、各类法人或其他组织、总计七列都要成立。两年的格式版本不同也一样。

    空白按 0 计；总计空白、缺格或者不是数字时不作判断。没有载入上年年报时不检查。不能确定载入的是
    同一机关上一年度的年报时，只列为待核实。

    没有建议值：可能是今年的数不对，也可能是上年年报的数不对。
    """
    return beside_last_year(context, with_table("applications", _carried_in))


@rule(
    id="YOY002",
    severity=Severity.WARNING,
    basis=Basis("算术", "年底的现行有效件数由年初的件数加制发、减废止得出"),
    message="{row}：现行有效 {in_force} ≠ 上年现行有效 {before} + 本年制发 {issued}"
    " − 本年废止 {repealed} = {expected}{remark}",
    editions=("2021",),
)
def stock_out_of_step(context: Context) -> Iterator[Result]:
    """现行有效件数与上年年报接不上。

    今年的现行有效件数，应等于上年年报的现行有效件数加本年制发件数、减本年废止件数。规章、行政规范性文件
    两行分别检查，上年年报是 2021 年度以后的才比较。

    这是推算，不是格式所印的关系，所以列为待核实：清理、自然失效、改变统计口径等都会使它不成立，报告中
    说明原因就可以。

    空白按 0 计。没有载入上年年报时不检查。没有建议值：程序无从知道哪一年的哪个数不对。
    """
    return beside_last_year(context, with_table("disclosure", _stocks, "2021"))


@rule(
    id="YOY003",
    severity=Severity.WARNING,
    basis=Basis("表中标签", "“上一年项目数量”是上年年报的项目数量加减“本年增/减”"),
    message="{row}：上一年项目数量 {items} ≠ 上年年报的上一年项目数量 {before}"
    " + 本年增/减 {change} = {expected}{remark}",
    editions=("2019",),
)
def items_out_of_step(context: Context) -> Iterator[Result]:
    """上一年项目数量与上年年报接不上。

    2019 年版格式中，今年的“上一年项目数量”应等于上年年报的“上一年项目数量”加减“本年增/减”。行政
    许可、其他对外管理服务事项、行政处罚、行政强制、行政事业性收费各行分别检查。

    事项清单调整后重新统计的，两年可能接不上，所以列为待核实。空白按 0 计。两年都是 2019 年版格式时
    才比较，没有载入上年年报时不检查。
    """
    return beside_last_year(context, with_table("disclosure", _items, "2019"))


@rule(
    id="YOY004",
    severity=Severity.NOTE,
    basis=Basis("算术", "对外公开总数量由上年的总数量加本年新公开得出"),
    message="{row}：对外公开总数量 {total} ≠ 上年年报的对外公开总数量 {before}"
    " + 本年新公开 {published} = {expected}{remark}",
    editions=("2019",),
)
def published_out_of_step(context: Context) -> Iterator[Result]:
    """对外公开总数量与上年年报接不上。

    2019 年版格式中，今年的“对外公开总数量”一般等于上年年报的“对外公开总数量”加“本年新公开数量”。
    有的文件失效后不再公开，所以只作提示。

    空白按 0 计。两年都是 2019 年版格式时才比较：2021 年版格式的“现行有效件数”是另一回事。没有载入
    上年年报时不检查。
    """
    return beside_last_year(context, with_table("disclosure", _published, "2019"))


@rule(
    id="YOY009",
    severity=Severity.WARNING,
    basis=Basis("与上年年报比对", "同一机关上一年度的年报才能比较"),
    message="载入的上年年报是{found}，本报告是{present}：{problem}",
)
def other_report(context: Context) -> Iterator[Result]:
    """载入的上年年报不是同一机关上一年度的。

    与上年年报的核对，只对同一机关、上一年度的年报有意义。年度不相接的，不作比较；机关名称不同的，仍
    然比较，但不列为强制性错误：机关可能改了名称，也可能选错了文件。

    机关名称中省略省、市名称的，算同一机关。报告没有写明机关或者年度的，不作判断。
    """
    last = context.last_year
    if last is None:
        yield NotApplicable(NOT_LOADED)
        return
    problems = []
    if years_follow(context, last) is False:
        problems.append("年度不相接，没有比较")
    if same_agency(context, last) is False:
        problems.append("机关名称不同，请确认是不是同一机关")
    if problems:
        named = {"found": _whose(last), "present": _whose(context)}
        yield Found({**named, "problem": "；".join(problems)})
    elif years_follow(context, last) and same_agency(context, last):
        yield Passed()
    else:
        yield Insufficient("不知道是哪个机关、哪一年度的报告，不能确定载入的是上年年报")


def _whose(context: Context) -> str:
    year = "年度不详" if context.year is None else f"{context.year} 年度"
    return f"“{context.document.agency or '机关不详'}”{year}"


def _carried_in(context: Context, last: Context) -> Iterator[Result]:
    lowered = milder_unless_sure(context, last)
    for value in context.row_values("applications", "carried_in"):
        column = column_key(value.slot)
        before = last.value(slot_name("applications", "carried_out", column))
        flow = Flow(value, (before,))
        named = {
            "column": context.column_label(value.slot),
            "carried_in": plain(value.amount),
            "carried_out": plain(before.amount),
        }
        yield _decided(context, flow, named, lowered)


def _stocks(context: Context, last: Context) -> Iterator[Result]:
    if last.year is not None and last.year < _FIRST_STOCK:
        yield NotApplicable("上年年报还没有“现行有效件数”这一栏")
        return
    for row in _rows(context, "in_force"):
        in_force, issued, repealed = _of_row(context, row, "in_force", "issued", "repealed")
        flow = Flow(in_force, _of_row(last, row, "in_force"), (issued,), (repealed,))
        named = {
            "in_force": plain(in_force.amount),
            "issued": plain(issued.amount),
            "repealed": plain(repealed.amount),
        }
        yield _decided_row(context, last, flow, named)


def _items(context: Context, last: Context) -> Iterator[Result]:
    for row in _rows(context, "previous_items"):
        (items,) = _of_row(context, row, "previous_items")
        flow = Flow(items, _of_row(last, row, "previous_items", "change"))
        before, change = flow.before
        named = {"items": plain(items.amount), "change": plain(change.amount)}
        yield _decided_row(context, last, flow, {**named, "before": plain(before.amount)})


def _published(context: Context, last: Context) -> Iterator[Result]:
    for row in _rows(context, "total_published"):
        total, published = _of_row(context, row, "total_published", "published")
        flow = Flow(total, _of_row(last, row, "total_published"), (published,))
        named = {"total": plain(total.amount), "published": plain(published.amount)}
        yield _decided_row(context, last, flow, named)


def _rows(context: Context, column: str) -> Sequence[str]:
    """Return the rows of the disclosure table that have a column, in the order of the form."""
    table = context.tables["disclosure"]
    return [
        row
        for row in table.rows
        if any(key.key == column for key in table.form_table.columns_of[row])
    ]


def _of_row(context: Context, row: str, *columns: str) -> tuple[Value, ...]:
    return context.values(slot_name("disclosure", row, column) for column in columns)


def _decided_row(context: Context, last: Context, flow: Flow, named: Mapping[str, str]) -> Result:
    row = {"row": context.row_label(flow.result.slot), "expected": plain(flow.expected)}
    before = {"before": plain(flow.before[0].amount)}
    return _decided(context, flow, {**before, **named, **row})


def _decided(
    context: Context, flow: Flow, named: Mapping[str, str], lowered: Severity | None = None
) -> Result:
    if reason := flow.undecided:
        return Insufficient(reason, flow.cells)
    if flow.result.amount == flow.expected:
        return Passed(flow.cells)
    if flow.presumed:
        return Insufficient(PRESUMED, flow.cells)
    return Found({**named, "remark": flow.remark}, flow.cells, flow.slots, lowered=lowered)
