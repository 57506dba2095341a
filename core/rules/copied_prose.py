"""YOY: prose that was copied from last year's report."""

# The help pages are Chinese, and so is the full stop of their titles.
# ruff: noqa: D415

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from core.rules.context import Context
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Passed,
    Result,
)
from core.rules.registry import rule
from core.rules.sentences import Sentence, sentences_in
from core.rules.severity import Severity
from core.rules.two_years import beside_last_year

# §六 is alike every year where there is nothing to report, and the opening always is.
_SECTIONS = {1: "一、总体情况", 5: "五、存在的主要问题及改进情况"}
_YEAR = re.compile(r"(?:20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})年?度?")
_LONG = 15
# Less text than this is alike by chance, or because there is little to say.
_TELLING = 40
_LARGE, _NEARLY_ALL = 50, 80
_QUOTED = 30


@rule(
    id="YOY008",
    severity=Severity.WARNING,
    basis=Basis("与上年年报比对", "文字逐句相同"),
    message="“{section}”有 {share}% 的文字与上年年报逐句相同（{count} 句），如“{sentence}”",
)
def copied_from_last_year(context: Context) -> Iterator[Result]:
    """文字沿用上年年报。

    “一、总体情况”“五、存在的主要问题及改进情况”两部分，与上年年报逐句比较：15 个字以上、除年份外
    一字不差的句子，算相同。相同的占这一部分文字的八成以上，列为待核实；五成以上，只作提示。问题和改进措施
    年年相同的，请确认是不是没有更新。

    其他部分不比较：“六、其他需要报告的事项”没有新情况时，本来就年年相同。

    相同的句子可以在上年年报中找到对照。没有载入上年年报时不检查。
    """
    return beside_last_year(context, _copied)


def _copied(context: Context, last: Context) -> Iterator[Result]:
    before = {_key(s.text) for s in sentences_in(last.document, _SECTIONS)}
    if not before:
        yield Insufficient("上年年报中没有读到这两部分的文字")
        return
    sentences = tuple(sentences_in(context.document, _SECTIONS))
    for number, heading in _SECTIONS.items():
        own = [sentence for sentence in sentences if sentence.span.section == number]
        yield _of_section(heading, own, before)


def _of_section(heading: str, sentences: Sequence[Sentence], before: set[str]) -> Result:
    if not sentences:
        return NotApplicable(f"没有读到“{heading}”的文字")
    same = [s for s in sentences if len(key := _key(s.text)) > _LONG and key in before]
    length = sum(len(sentence.text) for sentence in same)
    share = 100 * length // sum(len(sentence.text) for sentence in sentences)
    if length < _TELLING or share < _LARGE:
        return Passed()
    first = same[0]
    quoted = first.text if len(first.text) <= _QUOTED else f"{first.text[:_QUOTED]}…"
    named = {
        "section": heading,
        "share": str(share),
        "count": str(len(same)),
        "sentence": quoted,
    }
    lowered = None if share >= _NEARLY_ALL else Severity.NOTE
    return Found(named, span=first.span, lowered=lowered)


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Return a sentence without years and without the mark that ends it."""
    return _YEAR.sub("", text).rstrip("。！？；!?;")
