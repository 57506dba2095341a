"""FEE: the fee for dealing with applications (信息处理费), in the tables and in section six."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.forms.model import SlotKind
from core.numbers import number_in, plain
from core.rules.blank_totals import BlankTotals
from core.rules.context import Context, State, Value
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
from core.rules.relations import BLANK_REMARK, refs, unread
from core.rules.sentences import Sentence, sentences_in
from core.rules.severity import Severity

_SECTION = 6
_NO_SECTION = "报告中没有第六部分"
_UNPAID = "applications.other_fee_unpaid.total"
_FEES = "disclosure.fees.amount"

# 《…管理办法》, （国办函〔2020〕109号）, 2024年度 say nothing about what happened.
_NO_EVENT = re.compile(r"《[^》]*》|（[^）]*号）|〔\d+〕\d+号|20\d\d年度?")
_FEE = re.compile(r"处理费|[收缴交]费|缴款")
_CLAUSE = re.compile(r"[^，；。！？]+")
_REPORTED = re.compile(r"通知|告知|应收|应缴|计收|逾期|未缴|未交|[1-9]\d*(?:万?元|件|份|笔|次|宗)")
_DENIED = re.compile(
    r"(?:未|没有|没|无|不)[^，；。]{0,8}"
    r"(?:通知|告知|产生|发生|涉及|需要|收费(?:情况|事项|行为)|信息处理费(?:情况|事项))|免收"
)
_NOT_COLLECTED = re.compile(
    r"(?:未|没有|没|无|不)[^，；。]{0,12}(?:收|处理费)|(?<!\d)0(?:万?元|件|笔)"
)

_MONEY = re.compile(r"\d[\d,]*(?:\.\d+)?(?:亿元|万元|元)")
_COLLECTED = re.compile(r"收取|收缴|征收|收到|收费|缴纳|入库")
_OTHERWISE = re.compile(
    r"应收|应缴|计收|通知|未|没有|上年|去年|同比|标准|每|超过|不足|预计|拟|退|减免|页|罚"
)
_YEAR = re.compile(r"20\d\d(?=年)")


@rule(
    id="FEE001",
    severity=Severity.WARNING,
    basis=Basis("表中标签", "“逾期未按收费通知要求缴纳费用”，说明发出过收费通知"),
    message="有 {count} 件申请因逾期未按收费通知缴费而不再处理，而第六部分{problem}",
    editions=("2021",),
)
def unreported_fee_notices(context: Context) -> Iterator[Result]:
    """有申请因逾期未缴费不再处理，第六部分却没有报告收费通知。

    表三“申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请”一行的总计大于 0，
    说明本年发出过收费通知，第六部分应当报告收取信息处理费的情况。

    第六部分没有提到，或者说没有发出收费通知、没有产生信息处理费的，列为待核实；只说没有收取信息处理费、
    没有说明收费通知情况的，只作提示。总计未填时，按各类申请人之和计算。
    """
    if reason := _no_count(context):
        yield reason
        return
    total = context.value(_UNPAID)
    count = _count(context, total)
    if count <= 0:
        yield Passed(refs([total]))
        return
    sentences = [s for s in sentences_in(context.document, [_SECTION]) if _FEE.search(s.text)]
    said = _said(sentences)
    if said is None:
        yield Passed(refs([total]))
        return
    named = {"count": plain(count), "problem": said.problem}
    yield Found(named, refs([total]), (_UNPAID,), lowered=said.lowered, span=said.span)


@rule(
    id="FEE002",
    severity=Severity.WARNING,
    basis=Basis("算术", "信息处理费是行政事业性收费的一部分，不会大于全部"),
    message="第六部分说实际收取信息处理费 {fee}（{in_wan} 万元），"
    "大于主动公开表的行政事业性收费 {charges} 万元{remark}",
    editions=("2021",),
)
def fee_missing_from_charges(context: Context) -> Iterator[Result]:
    """实际收取的信息处理费大于行政事业性收费。

    信息处理费属于行政事业性收费，所以第六部分写明实际收取的金额，不会大于表二“本年收费金额”。表二按
    万元计：400 元是 0.04 万元，不是 0。

    只看第六部分写明已经收取的金额；收费通知的金额、收费标准、上年的金额不算。表二的金额四舍五入后不小于
    它的，不算疑点。反过来，行政事业性收费大于信息处理费是正常的。

    没有建议值：可能是表二漏计，也可能是第六部分写错。
    """
    if context.document.section(_SECTION) is None:
        yield Insufficient(_NO_SECTION)
        return
    paid = _largest_paid(context)
    if paid is None:
        yield NotApplicable("第六部分没有写明实际收取的金额")
        return
    charges = context.value(_FEES) if "disclosure" in context.tables else None
    if charges is None or charges.state not in (State.NUMBER, State.BLANK):
        yield unread(context, _FEES) or NotApplicable()
    elif paid.amount <= charges.amount or _is_rounded(paid.amount, charges):
        yield Passed(refs([charges]))
    else:
        named = {
            "fee": paid.text,
            "in_wan": plain(paid.amount),
            "charges": plain(charges.amount),
            "remark": BLANK_REMARK if charges.state is State.BLANK else "",
        }
        yield Found(named, refs([charges]), (_FEES,), span=paid.span)


@dataclass(frozen=True, slots=True)
class _Saying:
    """What section six says instead of reporting fee notices."""

    problem: str
    lowered: Severity | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Paid:
    """Money that section six says was collected, in 万元."""

    amount: Decimal
    text: str
    span: Span


def _no_count(context: Context) -> Result | None:
    """Return why it is not known whether fees were left unpaid, None if it is."""
    if context.document.section(_SECTION) is None:
        return Insufficient(_NO_SECTION)
    reason = unread(context, _UNPAID)
    if isinstance(reason, Insufficient) and _blank_total(context) is not None:
        return None
    return reason


def _count(context: Context, total: Value) -> Decimal:
    return total.amount if total.number is not None else _blank_total(context) or Decimal(0)


def _blank_total(context: Context) -> Decimal | None:
    table = context.tables.get("applications")
    if table is None or context.value(_UNPAID).state is not State.BLANK:
        return None
    return BlankTotals(context, "applications").standing_for(_UNPAID)


def _said(sentences: Sequence[Sentence]) -> _Saying | None:
    """Return what section six says about fees, None if it reports notices."""
    denied: _Saying | None = None
    uncollected: _Saying | None = None
    for sentence in sentences:
        for clause in _CLAUSE.findall(_NO_EVENT.sub("", sentence.text)):
            if _DENIED.search(clause):
                denied = denied or _Saying(f"说“{clause}”", None, sentence.span)
            elif _NOT_COLLECTED.search(clause):
                problem = f"只说“{clause}”，没有说明收费通知的情况"
                uncollected = uncollected or _Saying(problem, Severity.NOTE, sentence.span)
            elif _REPORTED.search(clause):
                return None
    if denied or uncollected:
        return denied or uncollected
    if sentences:
        return _Saying("没有说明收费通知的情况", Severity.NOTE, sentences[0].span)
    return _Saying("没有提到信息处理费和收费通知")


def _largest_paid(context: Context) -> _Paid | None:
    found = [
        paid
        for sentence in sentences_in(context.document, [_SECTION])
        if _FEE.search(sentence.text)
        for paid in _paid(sentence, context.year)
    ]
    return max(found, key=lambda paid: paid.amount, default=None)


def _paid(sentence: Sentence, year: int | None) -> Iterator[_Paid]:
    for money in _MONEY.finditer(sentence.text):
        clauses = re.split(r"[，；]", sentence.text[: money.start()])
        nearest = clauses[-1] if _COLLECTED.search(clauses[-1]) else "，".join(clauses[-2:])
        years = {int(found) for found in _YEAR.findall(nearest)}
        if not _COLLECTED.search(nearest) or _OTHERWISE.search(nearest) or years - {year}:
            continue
        amount = number_in(money[0], SlotKind.AMOUNT)
        if amount is not None:
            yield _Paid(amount, money[0], sentence.span)


def _is_rounded(amount: Decimal, charges: Value) -> bool:
    """Return whether a charge that is not zero is only printed with fewer decimals."""
    exponent = charges.amount.as_tuple().exponent
    places = min(exponent, 0) if isinstance(exponent, int) else 0
    return charges.amount > 0 and amount - charges.amount <= Decimal(5).scaleb(places - 1)
