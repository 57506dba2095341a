"""BAL: what comes in must come out."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

from collections.abc import Iterator, Mapping

from core.numbers import plain
from core.rules.context import Context
from core.rules.model import Basis, Result
from core.rules.registry import rule
from core.rules.relations import Sides, decide_all
from core.rules.severity import Severity


@rule(
    id="BAL001",
    severity=Severity.ERROR,
    basis=Basis("年度报告格式", "表三表头注"),
    message="{column}：本年新收 {received} + 上年结转 {carried_in} = {left}，"
    "办理结果总计 {handled} + 结转下年度 {carried_out} = {right}，两者应相等{remark}",
)
def unbalanced_applications(context: Context) -> Iterator[Result]:
    """新收加上年结转，不等于办理总计加结转下年度。

    表三的表头注写明：第一项加第二项之和，等于第三项加第四项之和。自然人、各类法人或其他组织、
    总计，每一列都要成立。

    “第三项”是（七）总计一行。新收、结转空白时按 0 计；“总计”空白、缺格或者不是数字时不作判断，
    由其他规则提示。

    没有建议值：四个数中有一个不对，但单凭这个等式不能断定是哪一个。
    """

    def describe(sides: Sides) -> Mapping[str, str]:
        names = ("received", "carried_in", "handled", "carried_out")
        numbers = {
            name: plain(value.amount) for name, value in zip(names, sides.values, strict=True)
        }
        return {
            "column": context.column_label(sides.relation.left[0]),
            **numbers,
            "left": plain(sides.left),
            "right": plain(sides.right),
        }

    return decide_all(context, "applications", "balance", describe)
