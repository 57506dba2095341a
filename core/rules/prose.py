"""TXT: the prose against the tables, number by number."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from core.numbers import plain
from core.prose import Certainty, Comparison, Kind, Outcome, Statement, compare
from core.rules.context import Context
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
    Span,
)
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.stated import Stand, refs_of, stand, statements

_SUMMED = "（表中总计未填，按各部分之和比较）"
_COUNTS = {2: "两", 3: "三"}
_NUMBERS = (Kind.COUNT, Kind.AMOUNT)
_ZEROS = (Kind.ZERO, Kind.ALL_DONE, Kind.ALL_UPHELD, Kind.ALL_NATURAL)


@rule(
    id="TXT101",
    severity=Severity.WARNING,
    basis=Basis("算术", "正文与表格说的是同一件事，数应当相同"),
    message="正文“{stated}”{difference}{remark}",
)
def prose_against_table(context: Context) -> Iterator[Result]:
    """正文里的数，与表格里的数不一致。

    正文说到表格里有的数，如收到、办结、结转的件数，各类办理结果，复议、诉讼件数，制发、废止文件件数等，
    与表中相应的单元格比较。较粗的类别按表中几行之和比较，四舍五入的数按它的精度比较。

    一句话有两种读法的，如“收到”可能含上年结转，合乎其中一种就算一致，都不合才提示。意思不能确定的
    不比较；上年的数、增减幅度、申请渠道、网站条数等不会当成本年表中的数。

    正文和表格哪一处不对，要由人核实，所以列为待核实。
    """
    return _compared(context, _NUMBERS)


@rule(
    id="TXT102",
    severity=Severity.WARNING,
    basis=Basis("算术", "正文与表格说的是同一件事，数应当相同"),
    message="正文说“{stated}”，{difference}{remark}",
)
def nothing_in_prose_only(context: Context) -> Iterator[Result]:
    """正文说没有或全部办结，表格里却有数。

    “未收到申请”“没有发生行政复议、行政诉讼”“已全部办结”“均维持”“均为自然人”等说法，表示表中相应的
    数是 0，与表中比较。

    只在意思明确时比较，由人核实哪一处不对。
    """
    return _compared(context, _ZEROS)


@rule(
    id="TXT103",
    severity=Severity.WARNING,
    basis=Basis("算术", "百分比 = 部分 ÷ 总数 × 100，按所印的小数位四舍五入"),
    message="正文“{stated}”{difference}{remark}",
)
def wrong_share(context: Context) -> Iterator[Result]:
    """正文里的百分比，与表格算出来的不一致。

    “予以公开18件，占42.9%”这样的百分比，用表中的数重新计算，按所印的小数位四舍五入后比较。分母可以是
    本年新收、办理结果总计，或者新收加上年结转，合乎其中一种就算一致。

    把末位截去而没有四舍五入的（如 4.348 印成 4.34），只作提示。
    """
    return _compared(context, (Kind.SHARE,))


def _compared(context: Context, kinds: Collection[Kind]) -> Iterator[Result]:
    for statement in statements(context):
        if statement.kind in kinds:
            yield _result(context, statement)


def _result(context: Context, statement: Statement) -> Result:
    stands = {slot: stand(context, slot) for slot in statement.slots}
    compared = compare(statement, lambda slot: stands[slot].number)
    slots = tuple(dict.fromkeys(s for one in stands.values() for s in one.slots))
    cells = refs_of(context, slots)
    if compared.outcome is Outcome.AGREES and not compared.truncated:
        return Passed(cells)
    if compared.outcome is Outcome.CANNOT_SAY:
        return _undecided(context, statement, stands)
    return Found(
        _values(statement, compared, stands),
        cells,
        slots,
        lowered=Severity.NOTE if compared.truncated else None,
        span=Span(
            statement.span.section,
            statement.span.paragraph,
            statement.span.start,
            statement.span.end,
        ),
    )


def _undecided(context: Context, statement: Statement, stands: Mapping[str, Stand]) -> Result:
    if statement.certainty is Certainty.HINT:
        return NotApplicable("正文这个数的意思不能确定，没有与表格比较")
    unknown = tuple(slot for slot, one in stands.items() if one.number is None)
    reason = f"正文“{statement.text}”所说的数，表中没有填或不能确定"
    return Insufficient(reason, refs_of(context, unknown))


def _values(
    statement: Statement, compared: Comparison, stands: Mapping[str, Stand]
) -> Mapping[str, str]:
    tables = [_shown(statement, table) for _, table in compared.values if table is not None]
    return {
        "stated": statement.text,
        "table": "，".join(dict.fromkeys(tables)),
        "difference": _difference(statement, compared),
        "remark": _SUMMED if any(one.summed for one in stands.values()) else "",
    }


def _difference(statement: Statement, compared: Comparison) -> str:
    if compared.truncated and compared.table is not None:
        rounded = compared.table.quantize(Decimal(1).scaleb(-statement.decimals))
        return f"末位是截去的，按表中的数四舍五入是 {rounded}%"
    against = dict.fromkeys(
        f"{reading.meaning}在表中是 {_shown(statement, table)}"
        for reading, table in compared.values
        if table is not None
    )
    several = f"有{_COUNTS.get(len(against), '几')}种读法，都" if len(against) > 1 else ""
    return f"{several}与表格不一致：{'；'.join(against)}"


def _shown(statement: Statement, table: Decimal) -> str:
    if statement.kind is not Kind.SHARE:
        return plain(table)
    # One digit more than printed, so that a person sees which way it was rounded.
    return f"{table.quantize(Decimal(1).scaleb(-statement.decimals - 1))}%"
