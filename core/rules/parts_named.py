"""What an opening says the report consists of: how many parts, and which.

本报告由概述、主动公开政府信息情况、…共四个部分组成: the parts are known by
their meaning, so that long, short and older names all count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from core.numbers import chinese_number
from core.rules.texts import Sentence

_FEWEST_LISTED = 3
# A sentence has few words that can open a list; the bound keeps strange texts cheap.
_MOST_LISTS = 12
_DIGITS = "一二三四五六七八九十"
_COUNT = rf"(?P<count>[0-9]{{1,2}}|[{_DIGITS}两]{{1,3}})个?大?(?:部分|部份|方面|章节|篇章)"
_COUNTED = re.compile(rf"(?<!第){_COUNT}")
# Without a list it must be said of the report itself: 本报告共分六个部分.
_SAID_OF_REPORT = re.compile(
    rf"(?:报告|年报|全文|本文)(?:全文|正文|主要|内容)*(?:共|由|分|包括|包含|含|总)[^，。；、0-9{_DIGITS}]{{0,6}}{_COUNT}"
)
_OF_REPORT = re.compile(r"报告|年报|全文|本文|内容")
_BEFORE_LIST = re.compile(r"包括|包含|分为|分成|涵盖|由|含|分别[为是]|如下|[：:]|[为是]")
_AFTER_LIST = re.compile(
    rf"(?:共|共计|等)*(?<!第){_COUNT}|等(?:几个)?(?:方面|内容|情况|部分|[，。])|等?(?:组成|构成)|[。！？]"
)
_BETWEEN = re.compile(
    r"[、；，：;,:]+(?:以及|及|和|与)?|”[、，]?(?:以及|及|和|与)?“|(?:以及|及|和|与)(?=其他|其它|附|因|存在|(?:政府信息公开)?(?:工作)?存在)"
)
_NUMERAL = re.compile(rf"^(?:第?[{_DIGITS}0-9]{{1,2}}(?:部分)?[是为.]?|[□“])+")
_BRACKET = re.compile(r"（[^（）]{0,150}）")
# The first that fits decides: 复议 stands before 申请, for 被申请行政复议 has both.
_SECTIONS = (
    (4, re.compile(r"复议|诉讼")),
    (5, re.compile(r"问题|改进|不足|困难")),
    (6, re.compile(r"其[他它](?:需|事项|情况|应|有关|$)|需要?(?:报告|说明)的")),
    (3, re.compile(r"申请|收到")),
    (2, re.compile(r"主动公开")),
    (1, re.compile(r"总体|概述|概况|总述|综述|基本情况")),
)
_OUTDATED = re.compile(r"收费|减免|咨询|支出|申诉|举报")
_APPENDIX = re.compile(r"附|说明|统计表|指标")


@dataclass(frozen=True, slots=True)
class Part:
    """A part as the opening names it; `section` is None for one that the form does not have."""

    text: str
    start: int
    end: int
    section: int | None

    @property
    def is_appendix(self) -> bool:
        """Whether it stands beside the parts of the form, such as 附表."""
        return self.section is None and _APPENDIX.search(self.text) is not None


@dataclass(frozen=True)
class Composition:
    """A sentence that says what the report consists of.

    `number` is how many parts it states, None where it does not.  `complete`
    is false where the list breaks off with 等.
    """

    sentence: Sentence
    number: int | None = None
    number_text: str = ""
    number_at: tuple[int, int] = (0, 0)
    parts: tuple[Part, ...] = ()
    complete: bool = False

    @cached_property
    def sections(self) -> frozenset[int]:
        """The numbers of the form's sections that are named."""
        return frozenset(part.section for part in self.parts if part.section)

    @property
    def listed_at(self) -> tuple[int, int]:
        """Where the list stands in the sentence."""
        return self.parts[0].start, self.parts[-1].end

    @property
    def appendices(self) -> int:
        """How many appendices are named, which people count as parts or not."""
        return sum(part.is_appendix for part in self.parts)

    @property
    def outdated(self) -> tuple[Part, ...]:
        """Parts of the form that was in use before 2019."""
        return tuple(
            part for part in self.parts if part.section is None and _OUTDATED.search(part.text)
        )

    @property
    def unknown(self) -> int:
        """How many parts have a name that says nothing, and may be any of the form's."""
        return sum(part.section is None for part in self.parts) - self.appendices

    @property
    def named(self) -> int:
        """How many different parts are named, appendices left out."""
        return len(self.sections) + self.unknown

    @cached_property
    def repeated(self) -> tuple[Part, ...]:
        """Parts that are named a second time in the same words."""
        texts = [part.text for part in self.parts]
        return tuple(part for i, part in enumerate(self.parts) if part.text in texts[:i])


def composition_of(sentence: Sentence) -> Composition | None:
    """Return what a sentence says the report consists of, None if it says nothing of that."""
    if not _OF_REPORT.search(sentence.text):
        return None
    # What is explained in brackets may be a list of its own.
    text = _BRACKET.sub(lambda found: "□" * len(found[0]), sentence.text)
    parts, end = max(_lists(text), key=_likeness, default=((), 0))
    if _likeness((parts, end))[0] < _FEWEST_LISTED:
        at = _SAID_OF_REPORT.search(text)
        return _counted(sentence, at) if at else None
    return _counted(sentence, _COUNTED.search(text), parts, complete=not text.startswith("等", end))


def _likeness(found: tuple[tuple[Part, ...], int]) -> tuple[int, int]:
    """Return how much a list is one of the form's parts: those it names, less the others."""
    parts, _ = found
    return len({part.section for part in parts if part.section}), -len(parts)


def _counted(
    sentence: Sentence,
    at: re.Match[str] | None,
    parts: Sequence[Part] = (),
    *,
    complete: bool = False,
) -> Composition:
    if at is None:
        return Composition(sentence, parts=tuple(parts), complete=complete)
    number = int(at["count"]) if at["count"].isdigit() else int(chinese_number(at["count"]) or 0)
    start, end = at.start("count"), at.end()
    return Composition(
        sentence, number, sentence.text[start:end], (start, end), tuple(parts), complete
    )


def _lists(text: str) -> Iterator[tuple[tuple[Part, ...], int]]:
    """Return the lists that can be read, each with its end: one after every word that opens one."""
    for opening in islice(_BEFORE_LIST.finditer(text), _MOST_LISTS):
        start = opening.end()
        closing = _AFTER_LIST.search(text, start)
        end = closing.start() if closing else len(text)
        if end > start:
            yield tuple(_merged(_parts(text, start, end))), end


def _parts(text: str, start: int, end: int) -> Iterator[Part]:
    at = start
    for between in (*_BETWEEN.finditer(text, start, end), None):
        stop = between.start() if between else end
        named = text[at:stop]
        bare = _NUMERAL.sub("", named)
        name = bare.rstrip("□”")
        if len(name) > 1:
            first = stop - len(bare)
            yield Part(name, first, first + len(name), _section(name))
        at = between.end() if between else end


def _section(name: str) -> int | None:
    return next((number for number, words in _SECTIONS if words.search(name)), None)


def _merged(parts: Iterator[Part]) -> Iterator[Part]:
    """Join what a comma cut in two: 行政复议、行政诉讼情况; 存在的问题、改进措施."""
    held: Part | None = None
    for part in parts:
        same = held and held.section and held.section == part.section and held.text != part.text
        if held and same:
            held = Part(held.text + "、" + part.text, held.start, part.end, held.section)
            continue
        if held:
            yield held
        held = part
    if held:
        yield held
