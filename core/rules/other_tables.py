"""SUM: tables that are none of the three statutory ones, and the totals that they print."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.document import Table
from core.numbers import plain
from core.rules.context import Context
from core.rules.lines import Lines, Sum
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.registry import rule
from core.rules.severity import Severity

# One broken position is a mistake only where so many others show what the total covers.
_LEAST_HOLDING = 3
_LEAST_SHARE = 0.75
# A larger table is no annex of a report; trying its totals would take long.
_MOST_CELLS = 6_000
_MOST_TRIALS = 40_000
_ROW, _COLUMN = "行", "列"


@rule(
    id="SUM006",
    severity=Severity.WARNING,
    basis=Basis("算术", "合计等于它所合计的各项之和"),
    message="{table}“{total_line}”{place}：{parts_place}之和 {parts} ≠ {total}，"
    "而其余 {holding} {unit}都相等",
)
def wrong_total_elsewhere(context: Context) -> Iterator[Result]:
    """三张法定表格以外的表，合计与各项之和不等。

    报告中另外的表格，有“合计”“总计”“小计”“共计”的行或列，程序试着找出它合计的是哪些行、列：相邻的
    各项、各个小计，或者小计加上没有列入小计的项目。至少三处、四分之三以上相等，只有一处不等的，提示这
    一处；看不出合计的是哪些的，不作判断。

    空白按 0 计；文字、合并的单元格和有多种读法的单元格不参加；序号、平均、比例、单价等不相加。

    格式没有规定这样的表，所以只列为待核实。没有建议值：可能是某一项不对，也可能是合计不对。
    """
    others = [
        table
        for table in context.document.tables.values()
        if table.id not in context.match.by_table_id and table.id not in context.match.repeated
    ]
    if not others:
        yield NotApplicable("没有三张法定表格以外的表")
    for table in others:
        yield from _of_table(table)


def _of_table(table: Table) -> Iterator[Result]:
    if table.rows * table.columns > _MOST_CELLS:
        yield Insufficient("表格太大，没有检查其中的合计", table=table.id)
        return
    rows, columns = Lines(table), Lines(table, columns=True)
    if not rows.totals and not columns.totals:
        yield NotApplicable("表中没有合计")
        return
    trials = len(rows.totals) + len(columns.totals)
    if trials * table.rows * table.columns > _MOST_TRIALS:
        yield Insufficient("表格太大，没有检查其中的合计", table=table.id)
        return
    results = [
        *_decided(table, rows.sums(columns), columns, _ROW),
        *_decided(table, columns.sums(rows), rows, _COLUMN),
    ]
    yield from results or [NotApplicable("看不出合计的是哪些行、列")]


def _decided(table: Table, sums: Iterator[Sum], across: Lines, kind: str) -> Iterator[Result]:
    for found in sums:
        if not found.fails:
            cells = dict.fromkeys(ref for p in found.holds for ref in found.cells(p))
            yield Passed(tuple(cells))
        elif len(found.fails) == 1 and _is_telling(found):
            yield _found(table, found, across, kind)


def _is_telling(found: Sum) -> bool:
    holding = len(found.holds)
    return holding >= _LEAST_HOLDING and holding >= _LEAST_SHARE * (holding + len(found.fails))


def _found(table: Table, found: Sum, across: Lines, kind: str) -> Found:
    (position,) = found.fails
    other = _COLUMN if kind == _ROW else _ROW
    label = across.all[position].name
    total = found.total.numbers[position]
    named = {
        "table": f"表“{table.caption}”" if table.caption else "",
        "total_line": found.total.name,
        "place": f"{kind}{f'“{label}”' if label else f'第 {position + 1} '}{other}",
        "parts_place": f"第 {_numbers([part.index for part in found.parts])} {kind}",
        "parts": plain(found.amount(position)),
        "total": plain(total.value) if total else "",
        "holding": str(len(found.holds)),
        "unit": other,
    }
    return Found(named, found.cells(position), table=table.id)


def _numbers(indices: Sequence[int]) -> str:
    """Return line numbers for people, runs of them as a range."""
    runs: list[list[int]] = []
    for index in sorted(indices):
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return "、".join(
        f"{run[0] + 1}—{run[-1] + 1}" if len(run) > 1 else str(run[0] + 1) for run in runs
    )
