"""SUM: totals and their parts, stocks and what flows through them."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.numbers import plain
from core.rules.context import Context
from core.rules.model import Basis, Result
from core.rules.registry import rule
from core.rules.relations import Describe, Sides, decide_all
from core.rules.severity import Severity


@rule(
    id="SUM001",
    severity=Severity.ERROR,
    basis=Basis("表中标签", "“（七）总计”是本列各项办理结果之和"),
    message="{column}：各项办理结果之和 {parts} ≠ 总计 {total}{remark}",
)
def wrong_result_sum(context: Context) -> Iterator[Result]:
    """各项办理结果之和，不等于（七）总计。

    （一）予以公开到（六）其他处理的各行相加，应等于（七）总计，每一列都要成立。（六）其他处理
    印成三行或者一行，都按所印的行相加。

    某项结果空白时按 0 计；总计空白、缺格或者不是数字时不作判断。

    没有建议值：可能是某一项不对，也可能是总计不对。
    """

    def describe(sides: Sides) -> Mapping[str, str]:
        column = context.column_label(sides.relation.right[0])
        return {"column": column, **_numbers(sides)}

    return decide_all(context, "applications", "results", describe)


@rule(
    id="SUM002",
    severity=Severity.ERROR,
    basis=Basis("表中标签", "“总计”列是本行各类申请人之和"),
    message="{row}：各类申请人之和 {parts} ≠ 总计 {total}{remark}",
)
def wrong_row_total(context: Context) -> Iterator[Result]:
    """各类申请人之和，不等于本行总计。

    自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他六列相加，应等于总计，每一行都要成立。

    某一列空白时按 0 计；总计空白、缺格或者不是数字时不作判断：“未填”和“不等”是两回事。

    没有建议值：可能是某一列不对，也可能是总计不对。
    """
    return decide_all(context, "applications", "row_total", _of_row(context))


@rule(
    id="SUM003",
    severity=Severity.ERROR,
    basis=Basis("表中标签", "“总计”是本组各项结果之和"),
    message="{row}：各项结果之和 {parts} ≠ 总计 {total}{remark}",
)
def wrong_case_total(context: Context) -> Iterator[Result]:
    """复议、诉讼各项结果之和，不等于总计。

    结果维持、结果纠正、其他结果、尚未审结四项相加，应等于总计。行政复议、未经复议直接起诉、复议后起诉
    三组分别成立；格式没有行政诉讼合计这一格。

    某项结果空白时按 0 计；总计空白、缺格或者不是数字时不作判断。

    没有建议值：一个等式五个格，不能断定是哪一格不对。
    """
    return decide_all(context, "cases", "case_total", _of_row(context))


@rule(
    id="SUM004",
    severity=Severity.WARNING,
    basis=Basis("算术", "年初的现行有效件数（现行有效 − 本年制发 + 本年废止）不会小于 0"),
    message="{row}：现行有效 {in_force} − 本年制发 {issued} + 本年废止 {repealed} = {rest}，"
    "小于 0{remark}",
    editions=("2021",),
)
def negative_stock(context: Context) -> Iterator[Result]:
    """现行有效件数少于本年制发、废止所能得出的件数。

    年底现行有效件数减去本年制发、加上本年废止，就是年初的件数，不会小于 0。规章、行政规范性文件两行
    分别检查。

    这是推算，不是格式所印的关系，所以列为待核实：当年制发、当年又失效等情况需要人工确认。
    三格都空白时不作判断。
    """

    def describe(sides: Sides) -> Mapping[str, str]:
        in_force, repealed, issued = (value.amount for value in sides.values)
        return {
            "row": context.row_label(sides.relation.left[0]),
            "in_force": plain(in_force),
            "issued": plain(issued),
            "repealed": plain(repealed),
            "rest": plain(sides.left - sides.right),
        }

    return decide_all(context, "disclosure", "stock", describe)


@rule(
    id="SUM005",
    severity=Severity.WARNING,
    basis=Basis("算术", "对外公开总数量包含本年新公开，新公开的一般是新制作的"),
    message="{row}：{left_label} {left} 小于{right_label} {right}{remark}",
    editions=("2019",),
)
def too_few_published(context: Context) -> Iterator[Result]:
    """对外公开总数量、新制作数量小于本年新公开数量。

    2019 年版格式中，对外公开总数量包含本年新公开的，小于它是待核实；本年新公开的一般是本年新制作
    的，但也可能公开往年制作的，所以新公开大于新制作只作提示。

    空白按 0 计；三格都空白时不作判断。
    """

    def describe(sides: Sides) -> Mapping[str, str]:
        left, right = sides.relation.left[0], sides.relation.right[0]
        return {
            "row": context.row_label(left),
            "left_label": context.column_label(left),
            "left": plain(sides.left),
            "right_label": context.column_label(right),
            "right": plain(sides.right),
        }

    yield from decide_all(context, "disclosure", "total_published", describe)
    yield from decide_all(context, "disclosure", "published_made", describe, Severity.NOTE)


def _of_row(context: Context) -> Describe:
    def describe(sides: Sides) -> Mapping[str, str]:
        return {"row": context.row_label(sides.relation.right[0]), **_numbers(sides)}

    return describe


def _numbers(sides: Sides) -> Mapping[str, str]:
    return {"parts": plain(sides.left), "total": plain(sides.right)}
