"""TBL: whether the tables have the rows, cells and labels that the form prints."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.document import CellRef
from core.edits import CellInsertion, Insertion, RowInsertion
from core.forms.alignment import LabelDifference, LabelMatch, TableMatch
from core.forms.model import short_label
from core.insertions import can_be_made
from core.rules import wording
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

_UNFILLED = "表中没有填写任何内容"
_FIRST_YEAR = 2019


@rule(
    id="TBL001",
    severity=Severity.WARNING,
    basis=Basis("年度报告格式", "所印表格的行和列"),
    message="{place}缺少{what}{hint}",
)
def incomplete_table(context: Context) -> Iterator[Result]:
    """缺少表、行或者单元格。

    三张表应都有，每张表应有格式所印的各行、各格。缺了的，与它有关的勾稽关系不能检查。

    某一行少一格时，哪一格丢了无从知道：现有数字按从左到右对应，推定缺的是最后一格，请对照原文。

    缺的行和格可以补入：行照相邻的法定行补，单元格照同一行的格补，补入后都是空白。没有建议值：缺的内容
    程序无从知道。
    """
    for name in wording.TABLE_LABELS:
        if name not in context.tables:
            yield Found({"place": "报告", "what": f"“{wording.TABLE_LABELS[name]}”", "hint": ""})
            continue
        missing = tuple(_missing(context, name))
        yield from missing
        if not missing:
            yield _whole(context, name)
    for table_id in context.match.repeated:
        yield Insufficient("同一种表出现了不止一次，这一张没有检查", table=table_id)


@rule(
    id="TBL002",
    severity=Severity.WARNING,
    basis=Basis("年度报告格式", "所印表格的栏目名称"),
    message="栏目名称“{found}”与格式所印的“{expected}”不同",
)
def differing_label(context: Context) -> Iterator[Result]:
    """行、列的名称与格式所印的不同。

    比较时不计空格、换行、标点和序号。有错字、漏字、多字的，意思可能变了，列为待核实；只是各地通行的
    另一种写法（如“规范性文件”）的，只作提示。

    名称不同的行和列照样检查，数字不受影响。程序不改名称，请在原文中修改。
    """
    for name, table in context.tables.items():
        for label in table.labels:
            yield _differing(table, label)
        if not table.labels:
            yield _whole(context, name)


@rule(
    id="TBL003",
    severity=Severity.WARNING,
    basis=Basis(
        "格式的印发",
        "2019年印发试行格式（国办公开办函〔2019〕60号），2021年印发新格式（国办公开办函〔2021〕30号）",
    ),
    message="{table}是 {found} 年版格式，{year} 年度报告应使用 {due} 年版格式",
)
def outdated_form(context: Context) -> Iterator[Result]:
    """表格的版本与报告年度不符。

    表格的版本按表中栏目判断。2019、2020 年度用 2019 年版格式（试行），2021 年度起用 2021 年版格式；
    2019 年度只是鼓励使用，所以只作提示。

    复议诉讼表两版相同，不作判断。申请办理表的（六）其他处理只有一行的，由 TBL004 提示。
    不知道报告年度时不作判断。
    """
    if context.due_edition is None:
        yield Insufficient("不知道报告年度")
        return
    for name in ("disclosure", "applications"):
        if name in context.tables:
            yield _edition(context, name, context.due_edition)


@rule(
    id="TBL004",
    severity=Severity.NOTE,
    basis=Basis("年度报告格式", "“（六）其他处理”的各行"),
    message="（六）其他处理只印了一行，2021 年版格式分为三行",
)
def merged_other_row(context: Context) -> Iterator[Result]:
    """（六）其他处理只有一行。

    2021 年版格式把（六）其他处理分为三行：逾期不补正、逾期未缴纳费用、其他。只印一行的，照样按这
    一行参加各项勾稽关系，只是看不出三种情形各有多少。
    """
    table = context.tables.get("applications")
    if table is None or (context.due_edition or context.edition) != "2021":
        yield NotApplicable("不是 2021 年版格式的申请办理表")
    elif "other" not in table.rows:
        yield _whole(context, "applications")
    else:
        values = context.row_values("applications", "other")
        yield _of_values(table, values, {})


@rule(
    id="TBL006",
    severity=Severity.WARNING,
    basis=Basis("年度报告格式", "所印表格的行和列"),
    message="{table}出现了不止一次，只检查了其中一张，这一张没有检查",
)
def repeated_table(context: Context) -> Iterator[Result]:
    """同一种法定表格出现了不止一次。

    报告里每种法定表格应只有一张。多出来的可能是重复粘贴，也可能是另一份报告，或者没有删去的空白表。

    程序检查的是最像格式的那一张，其余的照样显示，但没有检查，请人工确认以哪一张为准。
    """
    for table_id, name in context.match.repeated.items():
        yield Found({"table": context.table_label(name)}, table=table_id)
    names = set(context.tables) - set(context.match.repeated.values())
    yield from (_whole(context, name) for name in context.tables if name in names)


@rule(
    id="TBL005",
    severity=Severity.NOTE,
    basis=Basis("年度报告格式", "所印表格的行和列"),
    message="{table}的“{row}”一行是格式没有的，其中的数字没有参加检查",
)
def extra_row(context: Context) -> Iterator[Result]:
    """表中有格式没有的行。

    有的报告在格式之外加了行，如“其他主动公开文件”。这样的行照样显示，但程序不知道它与别的数字有什么关系，
    不参加勾稽检查。
    """
    for name, table in context.tables.items():
        for row in table.extra_rows:
            cells = context.document.tables[table.table_id].starting_in(row)
            named = {"table": context.table_label(name), "row": short_label(cells[0].text)}
            refs = tuple(CellRef(table.table_id, cell.row, cell.column) for cell in cells)
            yield Found(named, refs, table=table.table_id)
        if not table.extra_rows:
            yield _whole(context, name)


def _whole(context: Context, name: str) -> Result:
    """Return that a table is as the form prints it; for a blank form nothing is said to pass."""
    return Passed() if context.has_values(name) else NotApplicable(_UNFILLED)


def _missing(context: Context, name: str) -> Iterator[Found]:
    """Yield what a table lacks, row by row in the order of the form."""
    table = context.tables[name]
    label = context.table_label(name)
    if not table.places:
        yield Found({"place": label, "what": "数据行", "hint": ""}, table=table.table_id)
        return
    for row in table.rows:
        row_label = wording.row_label(table.form_table, row)
        if row in table.missing_rows:
            named = {"place": label, "what": f"“{row_label}”一行", "hint": ""}
            slots = tuple(value.slot for value in context.row_values(name, row))
            name_of_row = f"{name}.{row}"
            fixes = _insertion(
                context, table, RowInsertion(table.table_id, name_of_row), f"补入“{row_label}”一行"
            )
            yield Found(named, (), slots, table.table_id, fixes=fixes)
            continue
        yield from _missing_cells(context, table, row, f"{label}“{row_label}”")


def _missing_cells(context: Context, table: TableMatch, row: str, place: str) -> Iterator[Found]:
    values = context.row_values(table.name, row)
    absent = [value for value in values if value.state is State.ABSENT]
    holes = [value for value in values if value.hole and value.state is State.UNCERTAIN]
    if not absent and not holes:
        return
    lacking = (*absent, *holes)
    labels = "、".join(context.column_label(value.slot) for value in lacking)
    short = any(value.presumed for value in values)
    hint = "推定；其余数字按从左到右对应，请对照原文" if short else "可能与相邻的格合并"
    what = f"“{labels}”{len(lacking)} 格"
    found = _of_values(table, values, {"place": place, "what": what, "hint": f"（{hint}）"})
    refs = [value.ref for value in holes if value.ref is not None]
    if absent or len(refs) != 1:
        yield found
        return
    fixes = _insertion(context, table, CellInsertion(refs[0]), f"补入“{labels}”的单元格")
    yield replace(found, fixes=fixes)


def _insertion(context: Context, table: TableMatch, edit: Insertion, title: str) -> tuple[Fix, ...]:
    """Return the fix that puts in what is missing, none where it could not be done."""
    if not can_be_made(context.document, table, edit):
        return ()
    reason = "格式印有这一行或者这一格；补入后是空白，请对照原文填写。"
    return (Fix(title, (edit,), Certainty.LIKELY, reason=reason),)


def _of_values(table: TableMatch, values: tuple[Value, ...], named: dict[str, str]) -> Found:
    refs = tuple(value.ref for value in values if value.ref is not None)
    return Found(named, refs, tuple(value.slot for value in values), table.table_id)


def _differing(table: TableMatch, label: LabelMatch) -> Found:
    named = {"found": label.found.replace("\n", ""), "expected": label.expected.replace("\n", "")}
    known = label.difference is LabelDifference.VARIANT
    lowered = Severity.NOTE if known else None
    return Found(named, (label.ref,), table=table.table_id, lowered=lowered)


def _edition(context: Context, name: str, due: str) -> Result:
    """Return whether a table follows the edition due; one row of （六） alone says nothing."""
    table = context.tables[name]
    found = table.form.edition
    if found == due or (name == "applications" and found == "2019"):
        return _whole(context, name)
    named = {
        "table": context.table_label(name),
        "found": found,
        "year": str(context.year),
        "due": due,
    }
    lowered = Severity.NOTE if context.year == _FIRST_YEAR else None
    return Found(named, table=table.table_id, lowered=lowered)
