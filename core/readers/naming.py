"""Find a report's title, agency and year in its own words; None where they do not say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LONGEST_TITLE = 80
# A file without a heading is one long opening; nobody introduces himself that far down.
_MOST_PARAGRAPHS = 300
_LONGEST_PARAGRAPH = 20_000
_NAMES_REPORT = re.compile(r"信息公开.{0,16}?(?:年度报告|年报|报告)|年度报告.{0,8}?信息公开")
_NO_TITLE = re.compile(
    r"[。;!?>]|^(?:现|根据|按照|依据|为)|如下|当前位置|您现在的位置|发布时间|发布日期|来源:"
)
_LABELLED = re.compile(r"^\s*(?:标\s*题|名\s*称|信息名称)\s*[:：]")
_SITE_SUFFIX = re.compile(r"[_|>]|\s[-–—]+\s?|[-–—]+\s")

_YEAR = r"(?:20\d\d|二[〇○零O0][一二三四五六七八九〇○零O0]{2})"
_YEAR_WORD = re.compile(rf"(?P<year>{_YEAR})(?:年度|年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九O", "000123456789" + "0")

_QUOTED = re.compile(r"《[^》]*》|〈[^〉]*〉|〔[^〕]*〕|\([^)]*\)")
_PERIOD = re.compile(
    rf"({_YEAR})年1月1日(?:零时|0时)?(?:开始)?(?:起)?[至到,、\-—~]{{0,3}}(?:({_YEAR})年|同年|当年)?12月31日"
)

# An agency's name: no digits, no placeholders, and it is a name, not a pronoun.
_AGENCY_CHARACTERS = re.compile(r"[\u3400-\u9fff()·、]{2,40}")
_NO_AGENCY = re.compile(
    r"^(?:本|我|该|各|全|贵)|^中华人民共和国$|某某|^国务院办公厅关于|关于|年度|报告|情况|根据|按照|工作要点"
)
_PLACEHOLDER = re.compile(r"[×xX*＊○_]")
_ORGAN = re.compile(
    r"(?:局|委|委员会|办|办公室|办公厅|厅|部|政府|院|署|会|中心|区|县|市|省|州|盟|旗|镇|乡|街道|"
    r"街道办事处|处|队|支队|所|站|公司|学校|大学|集团|银行)$"
)
_LEAD = r"现就|现将|现对|现把|现由|特将|编制|编写|撰写|形成|制作|公布|发布|公开|完成"
_NAME = r"[\u3400-\u9fff()·、]{3,40}?"
_OPENING = re.compile(
    rf"(?:{_LEAD}|[,。;]|^)(?:了|的)?"
    rf"(?:(?P<agency>{_NAME})(?P<year>{_YEAR})年度?|(?P<year2>{_YEAR})年度?(?P<agency2>{_NAME}))"
    r"(?:的)?(?:政府|政务)?信息公开[^,。;]{0,12}?(?:报告|情况|事项)"
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a report says it is."""

    title: str | None = None
    agency: str | None = None
    year: int | None = None


def find_naming(opening: Sequence[str], title_hint: str | None = None) -> Naming:
    """Return title, agency and year from the paragraphs before 一、 and the file's own title.

    The title names the agency and the year; what it leaves out may stand in the
    opening sentence.  Nothing else is asked, and two different years are no year.
    """
    opening = [text for text in opening[:_MOST_PARAGRAPHS] if len(text) <= _LONGEST_PARAGRAPH]
    title = _title(opening) or _hinted(title_hint)
    agency, year = _named_by_title(title) if title else (None, None)
    if agency is None or year is None:
        said_agency, said_year = _named_by_opening(opening)
        agency, year = agency or said_agency, year or said_year
    return Naming(title, agency, year)


def _title(opening: Sequence[str]) -> str | None:
    """Return the first paragraph that is a title; one that names a year goes before menus."""
    candidates = [text for text in opening if _is_title(text)]
    # A title set on two lines: "某市某局" / "2024年政府信息公开工作年度报告".
    candidates += [
        f"{first}{second}"
        for first, second in pairwise(opening)
        if _YEAR_WORD.search(_compact(first + second))
        and not _is_title(first)
        and not _is_title(second)
        and _is_title(first + second)
    ]
    dated = [text for text in candidates if _YEAR_WORD.search(_compact(text))]
    return _folded((dated or candidates)[0]) if candidates else None


def _is_title(text: str) -> bool:
    plain = _compact(text)
    return (
        len(plain) <= _LONGEST_TITLE
        and _NAMES_REPORT.search(plain) is not None
        and _NO_TITLE.search(plain) is None
    )


def _hinted(hint: str | None) -> str | None:
    """Return a page's title without the names of its column and site."""
    if not hint or not hint.strip():
        return None
    parts = [part for part in _SITE_SUFFIX.split(hint) if _is_title(part)]
    return _folded(parts[0] if parts else hint)


def _named_by_title(title: str) -> tuple[str | None, int | None]:
    plain = _compact(title)
    years = {_number(found["year"]) for found in _YEAR_WORD.finditer(plain)}
    head, said, _ = plain.partition("信息公开")
    if not said or len(years) > 1 or _PLACEHOLDER.search(head):
        return None, None
    head = head if head.endswith("人民政府") else head.removesuffix("政府").removesuffix("政务")
    head = _YEAR_WORD.sub("", head).strip("()《》〈〉【】[]:,.-—_").removeprefix("关于")
    agency = _agency(head.removesuffix("的").removesuffix("关于"))
    return agency, years.pop() if years else None


def _named_by_opening(opening: Sequence[str]) -> tuple[str | None, int | None]:
    for text in opening:
        plain = _QUOTED.sub("", _compact(text))
        for found in _OPENING.finditer(plain):
            said = found["agency"] or found["agency2"]
            agency = _agency(re.split(_LEAD, said)[-1].lstrip("了的"))
            if agency and _ORGAN.search(agency):
                return agency, _number(found["year"] or found["year2"])
    periods = {
        _number(found[1])
        for text in opening
        for found in _PERIOD.finditer(_compact(text))
        if found[2] in (None, found[1])
    }
    return None, periods.pop() if len(periods) == 1 else None


def _agency(name: str) -> str | None:
    is_name = _AGENCY_CHARACTERS.fullmatch(name) and not _NO_AGENCY.search(name)
    return name if is_name else None


def _number(year: str) -> int:
    return int(year.translate(_DIGITS))


def _compact(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", _LABELLED.sub("", text)).strip()
