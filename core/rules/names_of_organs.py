"""Names of organs in the text: where one stands for the report's own, and whether it is another.

Precision comes first.  A name is only looked at where it can mean nothing but
the report's own organ, and is only called another when its place or its
business differs beyond any short form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.rules.texts import Prose, Sentence

_HAN = r"[\u3400-\u9fff]"
_KIND = r"(?:局|委员会|委|人民政府|管委会|办事处|人民政府办公室|人民政府办公厅|政府办公室)"
_NAME = rf"(?P<name>{_HAN}{{2,20}}?{_KIND})"
_YEAR = r"(?:20[0-9]{2})年度?"
_REPORT = r"(?:的)?政府信息公开(?:工作)?(?:年度)?(?:报告|年报)"
_OWN = (
    # 现公布某县某局2023年政府信息公开工作年度报告; 现将2023年某县某局….
    re.compile(
        rf"(?:现公布|现发布|现将|现就|编制|编写|公布|发布)(?:了)?(?:{_NAME})(?:{_YEAR}){_REPORT}"
    ),
    re.compile(rf"(?:现公布|现发布|现将|现就|编制|编写|公布|发布)(?:了)?{_YEAR}{_NAME}{_REPORT}"),
    re.compile(rf"请(?:与|向|联系){_NAME}(?:办公室|政务公开科|信息公开科)?(?:联系|咨询|反映)"),
    re.compile(rf"(?<!{_HAN}){_NAME}（以下简称[“\"]?[本我](?:局|委|机关|单位|部门|镇|街道|办)"),
)
# A sentence that begins with an organ doing its duty: 2023年，某县某局坚持….
_SUBJECT = re.compile(
    rf"(?:{_YEAR}(?:以来)?，?)?{_NAME}(?:坚持|认真|深入|始终|严格|高度重视|紧紧围绕|全面贯彻|全面落实"
    r"|积极推进|以习近平|按照|共主动公开|主动公开|共收到|未收到)"
)
_PLACE_WORD = r"(?:省|自治区|自治州|自治县|(?<!城)市|县|区|旗|州(?![市县区])|盟|镇|(?<!城)乡|街道)"
# 城市管理 and 城乡建设 are no places, and neither is what begins with 市场 or 区域.
_PLACE = re.compile(rf"{_HAN}{{1,12}}?{_PLACE_WORD}(?![场域村])(?=.)")
_PLACE_END = re.compile(rf"{_PLACE_WORD}$")
# 我市, 全县, 本区 and the like name no place.
_NO_PLACE = re.compile(r"(?:[我本全各该]|上级)?[省市县区州镇乡]")
_NOT_PART_OF_NAME = re.compile(
    r"[的和与及对在由为是将向]|根据|按照|关于|加强|推进|指导|领导|会同|联合|配合|协助|部门|单位|各级|政府信息"
)
_BUREAU = re.compile(r"局$")
_TOWN = re.compile(r"(?:镇|乡)人民政府$|街道办事处$|(?:镇|乡|街道)$")
# As the subject of a sentence: 2023年我局; not 由我局, which another may say of us.
_AS_SUBJECT = rf"(?:(?<!{_HAN})|(?<=[年度来]))"
_SAYS_BUREAU = re.compile(rf"{_AS_SUBJECT}[我本]局(?!长)")
_SAYS_TOWN = re.compile(rf"{_AS_SUBJECT}我(?:镇|乡|街道)(?!村|下辖)")


def introductions(prose: Prose) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Return where a name stands for the report's own organ; the name is the group `name`."""
    for sentence in prose.opening:
        for pattern in _OWN:
            for at in pattern.finditer(sentence.text):
                if not _NOT_PART_OF_NAME.search(at["name"]):
                    yield sentence, at
    first = prose.section(1)
    for sentence in first[:1]:
        subject = _SUBJECT.match(sentence.text)
        if subject and not _NOT_PART_OF_NAME.search(subject["name"]):
            yield sentence, subject


def is_other_organ(name: str, agency: str) -> bool:
    """Whether a name surely means another organ than the report's: of its kind, elsewhere.

    Short forms, a longer name of the same organ, its superior and its parts are not.
    """
    place, business = _split(name)
    own_place, own_business = _split(agency)
    if not place or not own_place or not business or not own_business:
        return False
    if _is_within(place, own_place):
        return _is_other_business(business, own_business)
    return _is_same(business, own_business)


def self_names(agency: str) -> re.Pattern[str] | None:
    """Return what such an organ never calls itself, None where its name does not show that."""
    if _TOWN.search(agency):
        return _SAYS_BUREAU
    if _BUREAU.search(agency):
        return _SAYS_TOWN
    return None


def _split(name: str) -> tuple[str, str]:
    """Return the place that a name begins with, and what the organ there is for."""
    end = 0
    while found := _PLACE.match(name, end):
        end = found.end()
    place, business = name[:end], name[end:]
    if _NO_PLACE.fullmatch(place):
        return "", business
    return place, business


def _is_within(place: str, own: str) -> bool:
    """Whether one place may be the other, lie in it or contain it."""
    return _stem(place) in own or _stem(own) in place


def _stem(place: str) -> str:
    """Return the distinctive part of the last place: 上海市黄浦区 is 黄浦."""
    last = place
    while found := _PLACE.match(last):
        last = last[found.end() :]
    return _PLACE_END.sub("", last)


def _is_same(one: str, other: str) -> bool:
    """Whether two businesses are the same, one perhaps in a short form (卫健, 卫生健康)."""
    return _is_short_for(one, other) or _is_short_for(other, one)


def _is_short_for(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _is_other_business(one: str, other: str) -> bool:
    """Whether two bureaus of one place are surely not the same one."""
    both = _BUREAU.search(one) and _BUREAU.search(other)
    return bool(both) and not _is_same(one, other) and not set(one[:-1]) & set(other[:-1])
