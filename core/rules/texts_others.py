"""TXT: what belongs to others: people's numbers, another organ's name."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from core.rules.context import Context
from core.rules.model import Basis, NotApplicable, Passed, Result
from core.rules.names_of_organs import introductions, is_other_organ, self_names
from core.rules.registry import rule
from core.rules.severity import Severity
from core.rules.texts import NO_TEXT, Prose, Sentence, kept, prose_of

# Six digits of a place, a date of birth, three of a sequence, a check digit; a gap between
# digits is kept as one space.
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9](?: ?[0-9]){5} ?(?:1 ?[89]|2 ?0)(?: ?[0-9]){9} ?[0-9Xx](?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_MOBILE = re.compile(
    r"1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z./_=@-]|[余多]?[次条人元件万个%份篇])"
)
_BEFORE_MOBILE = re.compile(r"(?:^|[^0-9A-Za-z./_=@-])(?:(?:\+|00)?86[ -]?)?$")
_CONTACT = re.compile(
    r"联系(?:电话|人|方式|地址)?|电话|传真|地址|邮[编箱]|邮政编码|电子信箱|咨询|热线|值班"
)
# Beside these words the number is that of a person who asked, not of the office.
_OF_A_PERSON = re.compile(r"申请人|当事人|举报人|投诉人|原告|第三人|村民|居民|业主|身份证")
_NEAR = 60


@rule(
    id="TXT041",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "报告中不出现个人信息"),
    message="文中有居民身份证号码“{masked}”，发布前请隐去",
)
def identity_number(context: Context) -> Iterator[Result]:
    """文中有居民身份证号码。

    公开的报告里不应有个人的身份证号码。这里只认 18 位、出生日期有效并且校验码正确的号码，所以一般的
    编号、统一社会信用代码不会被误认。为免再次泄露，提示里只显示首尾几位。

    没有建议值：程序不改文字。
    """
    yield from _identities(prose_of(context))


@kept
def _identities(prose: Prose) -> Iterator[Result]:
    found = False
    for sentence in prose.sentences:
        for at in _IDENTITY.finditer(sentence.text):
            digits = at[0].replace(" ", "").upper()
            if _is_valid(digits):
                found = True
                yield sentence.found(at, {"masked": f"{digits[:4]}…{digits[-2:]}"})
    if not found:
        yield Passed() if prose.sentences else NO_TEXT


def _is_valid(digits: str) -> bool:
    """Whether 18 places are an ID number: a real day of birth, and a check digit that fits."""
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return digits[17] == _CHECK_DIGITS[total % 11]


@rule(
    id="TXT042",
    severity=Severity.WARNING,
    basis=Basis("年度报告惯例", "报告中不出现个人信息"),
    message="文中有手机号码“{masked}”，不在联系方式中，请确认可以公开",
)
def mobile_number(context: Context) -> Iterator[Result]:
    """联系方式以外的地方有个人手机号码。

    报告可以写明办公地址、电话、邮箱等联系方式，其中的手机号码不作提示；别处出现的手机号码，可能是申
    请人或者工作人员的，请确认可以公开。为免再次泄露，提示里只显示首尾几位。

    固定电话、网址里的数字、带单位的数（如浏览量）都不算。

    没有建议值：程序不改文字。
    """
    yield from _mobiles(prose_of(context))


@kept
def _mobiles(prose: Prose) -> Iterator[Result]:
    found = False
    for sentence in prose.sentences:
        for at in _MOBILE.finditer(sentence.text):
            alone = _BEFORE_MOBILE.search(sentence.text[max(0, at.start() - 6) : at.start()])
            if alone and not _is_contact(sentence, at):
                found = True
                digits = re.sub(r"[^0-9]", "", at[0])
                yield sentence.found(at, {"masked": f"{digits[:3]}…{digits[-2:]}"})
    if not found:
        yield Passed() if prose.sentences else NO_TEXT


def _is_contact(sentence: Sentence, at: re.Match[str]) -> bool:
    before = sentence.text[max(0, at.start() - _NEAR) : at.start()]
    after = sentence.text[at.end() : at.end() + _NEAR]
    if _OF_A_PERSON.search(before):
        return False
    return bool(_CONTACT.search(before) or _CONTACT.search(after))


@rule(
    id="TXT043",
    severity=Severity.WARNING,
    basis=Basis("报告自身", "标题的机关名称"),
    message="这里的“{other}”不是本报告的机关“{agency}”",
)
def other_agency(context: Context) -> Iterator[Result]:
    """文中把别的机关当作本机关。

    照别处的报告改写时，最容易漏改机关的名称。这里只看名称就是指本机关的几处：开头“现公布某机关某年
    政府信息公开工作年度报告”，“请与某机关（办公室）联系”，“某机关（以下简称本局）”，第一部分以某机
    关起头的句子。

    名称与标题里的机关同类而地方不同（另一个县的同名局），或者地方相同而局名不同的，才作提示。简称、
    上级、下级、合作单位和列举的别的机关都不算。

    没有建议值：程序不改文字。
    """
    prose = prose_of(context)
    if not prose.agency:
        yield NotApplicable("不知道报告的机关名称")
        return
    yield from _agencies(prose)


@kept
def _agencies(prose: Prose) -> Iterator[Result]:
    agency = prose.agency or ""
    named = list(introductions(prose))
    if not named:
        yield NotApplicable("文中没有介绍本机关的名称")
    for sentence, at in named:
        if is_other_organ(at["name"], agency):
            yield sentence.found(at.span("name"), {"other": at["name"], "agency": agency})
        else:
            yield Passed()


@rule(
    id="TXT044",
    severity=Severity.NOTE,
    basis=Basis("报告自身", "标题的机关名称"),
    message="本报告的机关是“{agency}”，文中却自称“{said}”",
)
def other_self_name(context: Context) -> Iterator[Result]:
    """文中的自称与机关的性质不符。

    乡镇政府、街道办事处的报告里写“我局”，局的报告里写“我镇”“我街道”，多半是从别的单位的报告复制来
    的。只看这几种明显不符的自称，每种提示一次。

    “我县”“我市”“我区”是说所在的地方，不算；名称看不出性质的机关不作判断。

    没有建议值：程序不改文字。
    """
    prose = prose_of(context)
    if not prose.agency:
        yield NotApplicable("不知道报告的机关名称")
        return
    yield from _self_names(prose)


@kept
def _self_names(prose: Prose) -> Iterator[Result]:
    agency = prose.agency or ""
    wrong = self_names(agency)
    if wrong is None:
        yield NotApplicable("从机关名称看不出应当怎样自称")
        return
    seen: set[str] = set()
    for sentence in prose.sentences:
        for at in wrong.finditer(sentence.text):
            if at[0] not in seen:
                seen.add(at[0])
                yield sentence.found(at, {"agency": agency, "said": at[0]})
    if not seen:
        yield Passed()
