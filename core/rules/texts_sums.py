"""TXT: numbers of the text that do not fit each other, whatever the tables say."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.numbers import plain
from core.prose import Certainty, Statement, find_statements
from core.rules.context import Context
from core.rules.counted_lists import CountedList, Shown, lists_in
from core.rules.counts import Clause, Count, clauses_of
from core.rules.model import Basis, Found, NotApplicable, Passed, Result, Span
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.shares_named import Share, judge, shares_in
from core.rules.texts import Prose, Sentence, kept, prose_of

# One of these stands wherever a total is told from its parts.
_TELLING = (
    "其中",
    "分别",
    "包括",
    "包含",
    "涵盖",
    "分为",
    "含",
    "共",
    "计",
    "占",
    "总",
    "：",
    "）",
    "%",
)
_TWO_NUMBERS = re.compile(r"[0-9][^0-9.]+[0-9]")
_AMONG = "其中"
_WAN, _YI = Decimal(10) ** 4, Decimal(10) ** 8
_NEARLY = Decimal("0.8")
# How far back in a paragraph the total of a percentage is looked for.
_TOTALS_LOOKED_AT = 60
# What is counted since long ago is no part of this year's; what is published in several
# places may be counted several times.
_SINCE = re.compile(r"累计|历年|历次")
_OVERLAPPING = re.compile(r"网站|微信|微博|公众号|媒体|平台|客户端|抖音|累计|历年|报刊|电视")
_LISTED_IN_FULL = (Shown.BY_REST, Shown.BY_SET, Shown.BY_SHARES, Shown.BY_TOTAL)


@dataclass(frozen=True)
class _Judged:
    """A result, and where the numbers stand that it rests on."""

    result: Result
    spans: tuple[Span, ...]


@rule(
    id="TXT051",
    severity=Severity.WARNING,
    basis=Basis("算术", "一句话里列全的各项之和等于合计"),
    message="{problem}",
)
def parts_unlike_total(context: Context) -> Iterator[Result]:
    """一句话里的合计与所列各项不符。

    “共收到 20 件，其中网上 12 件、信函 5 件、其他 3 件”“甲 5 件、乙 6 件，共计 11 件”一类的话，各项
    之和应等于合计。漏改一个数，或者多写了一个“万”，在这里提示。

    只有句子表明各项已经列全才比较；没有列全，而所列的已经比合计还多的，也作提示。表明列全的是：列到
    “其他”“其余”，先列各项再说“共计”，各项的占比加起来是 100%，每项后面用括号注明，或者是线上线下、
    主动公开依申请公开不予公开这样完整的分类。“其中”之后只举几项的、列到“等”为止的、“余”“约”一类的大
    概数、同一条信息可能在几个平台发布的，都不算。

    与表格直接对应的数由文表比对的规则检查，这里不再重复。没有建议值：哪个数错了，程序无从知道。
    """
    yield from _not_of_tables(_sums(prose_of(context)), context)


@kept
def _sums(prose: Prose) -> Iterator[_Judged]:
    for sentence, clauses, before in _counted(prose):
        seen: set[tuple[int, int]] = set()
        for one in lists_in(clauses, before):
            place = (one.total.start, one.parts[0].start)
            if place in seen or (result := _of_list(one, sentence)) is None:
                continue
            seen.add(place)
            numbers = (*one.parts, *(() if one.total in before else (one.total,)))
            yield _Judged(result, tuple(sentence.span(c.start, c.end) for c in numbers))


def _of_list(one: CountedList, sentence: Sentence) -> Result | None:
    """Return what a list comes to, None where it need not be complete."""
    if one.holds:
        return Passed()
    problem, lowered = _problem(one)
    if not problem:
        return None
    at = (one.parts[0].start, one.parts[-1].end)
    return sentence.found(at, {"problem": problem}, lowered)


def _problem(one: CountedList) -> tuple[str, Severity | None]:
    total, added = one.total, one.sum
    listed = f"“{total.text}”与所列各项之和 {_addition(one)} = {plain(added)} 不符"
    if len(one.parts) > 1 and total.value in (added * _WAN, added * _YI):
        return f"{listed}，请核对“{total.text}”的“万”或“亿”", None
    if not total.is_exact or not all(part.is_exact for part in one.parts):
        return "", None
    largest = max(one.parts, key=lambda part: part.value)
    larger = one.among and largest.value > max(total.value for total in one.totals)
    if larger and not _SINCE.search(largest.label):
        return f"所列的“{largest.text}”大于合计“{total.text}”", None
    if one.shown in _LISTED_IN_FULL:
        return listed, None
    if any(_OVERLAPPING.search(part.label) for part in one.parts):
        return "", None
    if one.among and one.exceeds:
        return f"所列各项之和 {_addition(one)} = {plain(added)} 大于“{total.text}”", Severity.NOTE
    if one.shown is Shown.NOT:
        return "", None
    nearly = one.shown is Shown.BY_EACH or total.value * _NEARLY <= added
    return (listed, Severity.NOTE) if nearly else ("", None)


def _addition(one: CountedList) -> str:
    return " + ".join(plain(part.value) for part in one.parts)


@rule(
    id="TXT052",
    severity=Severity.WARNING,
    basis=Basis("算术", "占比等于部分除以总数，按所印的小数位数四舍五入"),
    message="“{part}”占“{total}”的 {real}%，文中写作 {share}{remark}",
)
def share_unlike_numbers(context: Context) -> Iterator[Result]:
    """文中的占比与前面的数算不出来。

    “共收到 106 件，其中网上 66 件，占 62.26%”：占比应等于部分除以总数，按所印的小数位数四舍五入。一
    段话里有几个总数的，每个占比与任何一个总数相符都算对。末位是截去而不是四舍五入的（如 4.348% 写作
    4.34%），只作提示。

    增长率、办结率、满意度，以及“占全市总量的”这样总数不在文中的占比，不作判断；同一句里没有别的占比
    可以印证、总数又不止一个的，也不作判断。

    与表格直接对应的占比由文表比对的规则检查，这里不再重复。没有建议值：哪个数错了，程序无从知道。
    """
    yield from _not_of_tables(_shares(prose_of(context)), context)


@kept
def _shares(prose: Prose) -> Iterator[_Judged]:
    totals: deque[Count] = deque(maxlen=_TOTALS_LOOKED_AT)
    passage: object = None
    for sentence, clauses, before in _counted(prose):
        if sentence.passage is not passage:
            passage = sentence.passage
            totals.clear()
        totals.extend(count for clause in clauses for count in clause.counts)
        together = list(shares_in(clauses, before))
        for share in together:
            if (result := _of_share(share, together, list(totals), sentence)) is not None:
                yield _Judged(result, (sentence.span(share.share.start, share.share.end),))


def _of_share(
    share: Share, together: list[Share], totals: list[Count], sentence: Sentence
) -> Result | None:
    verdict = judge(share, together, totals)
    if verdict is None:
        return None
    if verdict.holds or verdict.total is None:
        return Passed()
    values = {
        "part": share.part.text,
        "total": verdict.total.text,
        "real": plain(verdict.real),
        "share": share.share.text,
        "remark": "（末位截去，没有四舍五入）" if verdict.truncated else "",
    }
    at = (share.share.start, share.share.end)
    return sentence.found(at, values, Severity.NOTE if verdict.truncated else None)


@kept
def _counted(prose: Prose) -> Iterator[tuple[Sentence, list[Clause], list[Count]]]:
    """Return the sentences in which numbers can be compared, with the counts of the one before.

    Those are only asked for where a sentence begins with 其中.
    """
    last: Sentence | None = None
    for sentence in prose.sentences:
        goes_on = sentence.start > 0 and sentence.text.startswith(_AMONG)
        telling = any(word in sentence.text for word in _TELLING)
        if goes_on or (telling and _TWO_NUMBERS.search(sentence.text)):
            before = clauses_of(last.text) if goes_on and last else []
            counts = [count for clause in before for count in clause.counts]
            yield sentence, clauses_of(sentence.text), counts
        last = sentence


def _not_of_tables(judged: Iterable[_Judged], context: Context) -> Iterator[Result]:
    """Return the results, without findings on numbers that are compared with the tables."""
    results = [
        one.result
        for one in judged
        if not isinstance(one.result, Found) or not _is_of_tables(one.spans, context)
    ]
    yield from results or [NotApplicable("文中没有可以核算的数")]


def _is_of_tables(spans: Iterable[Span], context: Context) -> bool:
    statements = find_statements(context.document, context.match)
    sure = [one for one in statements if one.certainty is not Certainty.HINT]
    return all(any(_overlap(span, statement) for statement in sure) for span in spans)


def _overlap(span: Span, statement: Statement) -> bool:
    other = statement.span
    same = (span.section, span.paragraph) == (other.section, other.paragraph)
    return same and span.start < other.end and other.start < span.end
