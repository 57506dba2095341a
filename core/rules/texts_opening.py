"""TXT: what the opening says of the report: its parts, its year, the time it covers."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections.abc import Iterator

from core.rules.context import Context
from core.rules.model import Basis, Found, Insufficient, NotApplicable, Passed, Result
from core.rules.parts_named import Composition, composition_of
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.texts import Prose, Sentence, kept, prose_of

_FORM_PARTS = 6
_APPENDIX = re.compile(r"附(?:表|件|录|则|注)?")

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_QUOTED = re.compile(r"《[^《》]{0,120}》")
# 现公布…2023年政府信息公开工作年度报告; 2024年度政府信息公开事项报告如下.
_REPORT_OF_YEAR = re.compile(
    rf"(?<![较比与同、至到—-]){_YEAR}年度?(?!以?来|[起底初末上下])[^，。；：、0-9]{{0,30}}?信息公开"
    r"(?:工作)?(?:年度)?(?:报告|年报|(?:情况|工作|事项)(?=予以|报告|公布|公开|汇报|总结|说明|如下|向社会))"
)
_PRESENTS = re.compile(r"现[就将公向发予把]|编制|编写|撰写|如下|本报告|本年报|特此|形成")
# What follows makes it the name of another paper.
_OTHER_PAPER = re.compile(
    r"[^，。；]{0,25}?(?:通知|要点|方案|考核|评估|培训|部署|会议|指南|意见|文件|函|规定)"
)
_BEGINS_WITH_YEAR = re.compile(rf"{_YEAR}年度?(?!以?来|[起底末初])(?=，|[\u3400-\u9fff]{{2}})")
_YEAR_ALONE = re.compile(rf"(?<![〔（\[0-9]){_YEAR}年(?:度)?(?![0-9起]|以来)")
_FEE = re.compile(r"处理费|收费|收取")

_DAY = r"(?P<month{0}>[0-9]{{1,2}})月(?P<day{0}>[0-9]{{1,2}})日"
_PERIOD = re.compile(
    rf"{_YEAR}年{_DAY.format(1)}(?:零时|0时)?(?:开始|起)?，?(?:至|到|截至|截止到?|[-—–~]{{1,2}})?"
    rf"(?:(?P<until>(?:19|20)[0-9]{{2}})年|同年|当年|本年)?{_DAY.format(2)}"
)
_PERIOD_YEAR = re.compile(
    rf"统计的?(?:数据的?)?(?:期限|时限|期间|时间|周期|区间|年度)[^，。；0-9《》]{{0,6}}{_YEAR}年度?(?![0-9])"
)
_OF_DATA = re.compile(r"统计|数据")
# An organ that came into being during the year reports from that day.
_FOUNDED = re.compile(r"成立|组建|挂牌|划转|撤销|合并|机构改革")
_NO_OPENING = NotApplicable("报告开头没有说明文字")


@rule(
    id="TXT001",
    severity=Severity.WARNING,
    basis=Basis("报告自身", "开头的说明与实际的部分"),
    message="开头说报告有“{stated}”，而{instead}",
)
def wrong_number_of_parts(context: Context) -> Iterator[Result]:
    """开头说的部分数与实际不符。

    报告开头常有“本报告由……共六个部分组成”一类的话。这里说的部分数，应等于后面实际的部分数，也应等于
    同一句里列出的部分数。开头照抄往年报告、后面换了新格式的，往往在这里对不上。

    句中列出附表、附件的，多一个或少一个都不算；列到“等”为止的，不与列出的个数比。缺少某个部分由
    DOC001 提示，这里不再重复。

    没有建议值：该改开头还是该补内容，由填报人决定。
    """
    yield from _number_of_parts(prose_of(context))


@kept
def _number_of_parts(prose: Prose) -> Iterator[Result]:
    stated = [one for one in _compositions(prose) if one.number is not None]
    if not stated:
        yield NotApplicable("开头没有说有几个部分")
        return
    real = len({number for number, heading in prose.headings if not _APPENDIX.match(heading)})
    for one in stated:
        if not real:
            yield Insufficient("没有读出报告各部分的标题")
        elif instead := _otherwise(one, real):
            yield one.sentence.found(one.number_at, {"stated": one.number_text, "instead": instead})
        else:
            yield Passed()


def _otherwise(one: Composition, real: int) -> str:
    """Return what there is in place of the stated number, "" where it is right."""
    number = one.number or 0
    fewer_found = number == _FORM_PARTS and real < number
    if not fewer_found and not number - one.appendices <= real <= number:
        return f"后面实际有 {real} 个部分"
    named = one.named
    if one.complete and named and not named <= number <= named + one.appendices:
        return f"同一句里列出的是 {named} 个"
    return ""


@rule(
    id="TXT002",
    severity=Severity.WARNING,
    basis=Basis("报告自身", "开头的说明与实际的部分"),
    message="开头列出的部分里，{problem}",
)
def other_parts(context: Context) -> Iterator[Result]:
    """开头列出的部分与后面的标题不符。

    开头列出报告由哪些部分组成时，每个部分应各列一次，并与后面的标题相当。按意思比较：“概述”就是总体
    情况，“依申请公开情况”就是收到和处理申请情况，“改进措施”就是改进情况，长短不同的写法都可以。

    同一个部分列了两次的请核实；漏列后面有的部分，或者列了后面没有的旧项目（如“收费及减免情况”），只
    作提示。列到“等”为止的、只列了一两个部分的，不作判断。

    没有建议值：该怎样写由填报人决定。
    """
    yield from _parts(prose_of(context))


@kept
def _parts(prose: Prose) -> Iterator[Result]:
    lists = [one for one in _compositions(prose) if one.sections]
    if not lists:
        yield NotApplicable("开头没有列出各个部分")
        return
    if not prose.headings:
        yield Insufficient("没有读出报告各部分的标题")
        return
    for one in lists:
        yield from tuple(_of_list(one, prose)) or (Passed(),)


def _of_list(one: Composition, prose: Prose) -> Iterator[Found]:
    for again in one.repeated:
        said = f"“{again.text}”列了两次"
        yield one.sentence.found((again.start, again.end), {"problem": said})
    if not one.complete:
        return
    headings = {n: text for n, text in prose.headings if 1 <= n <= _FORM_PARTS}
    missing = [text for n, text in headings.items() if n not in one.sections]
    if len(missing) > one.unknown:
        said = f"没有{'、'.join(f'“{text}”' for text in missing)}"
        yield one.sentence.found(one.listed_at, {"problem": said}, Severity.NOTE)
    for old in one.outdated:
        said = f"“{old.text}”不是后面的一个部分"
        yield one.sentence.found((old.start, old.end), {"problem": said}, Severity.NOTE)


@kept
def _compositions(prose: Prose) -> Iterator[Composition]:
    found = (composition_of(sentence) for sentence in prose.introduction)
    return (one for one in found if one is not None)


@rule(
    id="TXT003",
    severity=Severity.WARNING,
    basis=Basis("报告自身", "标题的年度"),
    message="这里说的是 {year} 年，而报告年度是 {report_year} 年",
)
def other_year(context: Context) -> Iterator[Result]:
    """文中说的年度不是报告年度。

    标题写明报告是哪一年的。开头说“现公布某机关某年政府信息公开工作年度报告”，第一部分以“某年，我局…
    …”起头，第六部分说某年信息处理费的收取情况，这几处的年份都应是同一年；照往年报告改写时最容易漏
    改。

    文件的标题和文号、通知和要点的年份、发布日期、与往年的比较，都不算。第一部分只在通篇没有出现报告
    年度时才提示。

    没有建议值：也可能是标题写错。
    """
    if context.year is None:
        yield Insufficient("不知道报告年度")
        return
    yield from _years(prose_of(context))


@kept
def _years(prose: Prose) -> Iterator[Result]:
    said = list(_years_said(prose))
    if not said:
        yield NotApplicable("文中没有说是哪一年的报告")
    for sentence, at in said:
        if int(at["year"]) == prose.year:
            yield Passed()
        else:
            values = {"year": at["year"], "report_year": str(prose.year)}
            yield sentence.found(at.span("year"), values)


def _years_said(prose: Prose) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Return the places where the text says which year the report is about."""
    for sentence in prose.introduction:
        text = _without_titles(sentence.text)
        for at in _REPORT_OF_YEAR.finditer(text):
            # A title or an entry of a menu stands on a line of its own.
            presented = _PRESENTS.search(sentence.line(at.start()))
            if presented and not _OTHER_PAPER.match(text, at.end()):
                yield sentence, at
    year = f"{prose.year}年"
    first = prose.section(1)
    if first and (begins := _BEGINS_WITH_YEAR.match(first[0].text)):
        mentioned = any(year in sentence.text for sentence in first)
        if not mentioned or begins[0].startswith(year):
            yield first[0], begins
    for sentence in prose.section(_FORM_PARTS):
        years = list(_YEAR_ALONE.finditer(_without_titles(sentence.text)))
        if _FEE.search(sentence.text) and len({at["year"] for at in years}) == 1:
            yield sentence, years[0]


@rule(
    id="TXT004",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "数据统计期限是报告年度的1月1日至12月31日"),
    message="统计期限写作“{period}”，而报告年度是 {report_year} 年，应是 1 月 1 日至 12 月 31 日",
)
def wrong_period(context: Context) -> Iterator[Result]:
    """统计期限不是报告年度的 1 月 1 日至 12 月 31 日。

    开头写明的数据统计期限，应是报告年度的 1 月 1 日至 12 月 31 日。年份没有改过来、起止写反、跨了两
    年的，都在这里提示。

    只看说到“统计”或“数据”的句子，发布日期、公示期不算。年内新成立、合并或撤销的机关从成立之日起统
    计，句中写明了的不算。

    没有建议值：也可能是标题的年份写错。
    """
    if context.year is None:
        yield Insufficient("不知道报告年度")
        return
    yield from _periods(prose_of(context))


@kept
def _periods(prose: Prose) -> Iterator[Result]:
    said = False
    for sentence in prose.introduction:
        if not _OF_DATA.search(sentence.text) or _FOUNDED.search(sentence.text):
            continue
        text = _without_titles(sentence.text)
        dated = list(_PERIOD.finditer(text))
        for at in dated or _PERIOD_YEAR.finditer(text):
            said = True
            if _is_whole_year(at, prose.year):
                yield Passed()
            else:
                values = {"period": at[0], "report_year": str(prose.year)}
                yield sentence.found(at, values)
    if not said:
        yield NotApplicable("开头没有写统计期限")


def _is_whole_year(at: re.Match[str], year: int | None) -> bool:
    if int(at["year"]) != year:
        return False
    if at.re is _PERIOD_YEAR:
        return True
    days = tuple(int(at[name]) for name in ("month1", "day1", "month2", "day2"))
    return days == (1, 1, 12, 31) and at["until"] in (None, at["year"])


def _without_titles(text: str) -> str:
    """Return the text with the titles of papers blanked out, places kept."""
    return _QUOTED.sub(lambda found: "□" * len(found[0]), text)
