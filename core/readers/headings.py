"""Recognise the headings of the form among the paragraphs of a report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core.forms.labels import label_key, similarity
from core.forms.loader import load_forms

_CHINESE_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九十", start=1)}
_NUMBERED = re.compile(r"([一二三四五六七八九十]{1,2}|\d{1,2})\s*[、.,:](?!\d)\s*(\S.*)")
# Words that agencies put in or leave out without changing which section is meant.
_FILLERS = re.compile(r"行政机关|工作|的|[及和与]")
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,2}[、.．]\s*")
_ENDING_A_HEADING = frozenset("。；;！!？?，,\n")
_LONGEST_HEADING = 60
_LONGEST_UNKNOWN = 30
_SENTENCE_MARKS = re.compile(r"[。；;！!？?…]|[：:,，、]$")
# A numbered heading whose number is the form's own may differ more from the printed
# wording ("存在的主要问题和改进措施") than one whose number disagrees.
_ALIKE_SAME_NUMBER = 0.7
_ALIKE_OTHER_NUMBER = 0.95
_SHORTEST_CONTENTS = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A paragraph that opens a section: its number and what the form expects there."""

    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    heading: Heading
    known: bool


def phrase_key(text: str) -> str:
    """Return a heading's phrase without numeral, punctuation and words that make no difference."""
    numbered = _NUMBERED.fullmatch(_plain(text))
    plain = label_key(numbered[2] if numbered else text).replace("措施", "情况")
    return _FILLERS.sub("", plain) or plain


def is_known_heading(text: str) -> bool:
    """Return whether a line is, by its words, a heading that the form has."""
    candidate = _candidate(0, text)
    return candidate is not None and candidate.known


def heading_in(text: str, start: int) -> int | None:
    """Return where a heading of the form ends that begins at `start`, None if none does.

    For text that has lost its line breaks: only the form's own words count there.
    """
    numeral = _NUMERAL.match(text, start)
    if numeral is None:
        return None
    best, end = 0.0, None
    for stop in range(numeral.end() + 1, min(start + _LONGEST_HEADING, len(text)) + 1):
        if text[stop - 1] in _ENDING_A_HEADING:
            break
        likeness = _likeness(text[start:stop])
        if likeness > best:
            best, end = likeness, stop
    return end if best >= _ALIKE_OTHER_NUMBER else None


def _likeness(text: str) -> float:
    key = phrase_key(text)
    return max(similarity(key, phrase) for phrase in _numbers_by_phrase())


def find_headings(texts: Sequence[str | None]) -> Mapping[int, Heading]:
    """Return which of some paragraphs are section headings, by index.

    None stands for a block that is no paragraph.  A numbered line with words that the
    form does not know counts only where it carries on the numbering between two
    known headings: the points of a list begin again at 一、.  A table of contents
    is no heading.
    """
    found = [_candidate(index, text) for index, text in enumerate(texts) if text]
    candidates = _without_contents([item for item in found if item is not None], texts)
    known = [position for position, item in enumerate(candidates) if item.known]
    if not known:
        return {}
    chosen = [candidates[position] for position in known]
    for start, end in zip(known, [*known[1:], None], strict=True):
        before = candidates[start].heading.number
        limit = None if end is None else candidates[end].heading.number
        chosen += _continuing(candidates[start + 1 : end], before, limit)
    first = candidates[known[0]].heading.number
    chosen += _continuing(candidates[: known[0]], 0, first)
    return {item.index: item.heading for item in chosen}


def _continuing(stretch: Sequence[_Candidate], before: int, limit: int | None) -> list[_Candidate]:
    numbers = [item.heading.number for item in stretch]
    expected = list(range(before + 1, before + 1 + len(numbers)))
    fits = numbers == expected and (limit is None or before + len(numbers) < limit)
    return list(stretch) if fits else []


def _without_contents(
    candidates: list[_Candidate], texts: Sequence[str | None]
) -> list[_Candidate]:
    """Drop headings that follow each other without anything between and all come again."""
    keys = [phrase_key(texts[item.index] or "") for item in candidates]
    run, seen = 0, set[str]()
    while run < len(keys) and keys[run] not in seen:
        if run and candidates[run].index != candidates[run - 1].index + 1:
            break
        seen.add(keys[run])
        run += 1
    repeated = seen <= set(keys[run:])
    is_contents = run >= _SHORTEST_CONTENTS and repeated
    return candidates[run:] if is_contents else candidates


def _candidate(index: int, text: str) -> _Candidate | None:
    plain = _plain(text[: 4 * _LONGEST_HEADING])
    if not plain or len(plain) > _LONGEST_HEADING or "\n" in plain:
        return None
    if not (numbered := _NUMBERED.fullmatch(plain)):
        return _unnumbered(index, plain)
    number, key = _value(numbered[1]), phrase_key(plain)
    section, likeness = _nearest(key, number)
    if likeness >= (_ALIKE_SAME_NUMBER if section == number else _ALIKE_OTHER_NUMBER):
        return _Candidate(index, Heading(number, _kinds()[section]), known=True)
    if numbered[1].isdigit() or len(plain) > _LONGEST_UNKNOWN or _SENTENCE_MARKS.search(plain):
        return None
    return _Candidate(index, Heading(number, _kinds().get(number, "text")), known=False)


def _unnumbered(index: int, plain: str) -> _Candidate | None:
    """A heading whose numeral Word makes, or that has none: only the form's very words."""
    section = _numbers_by_phrase().get(phrase_key(plain))
    if section is None or _SENTENCE_MARKS.search(plain):
        return None
    return _Candidate(index, Heading(section, _kinds()[section]), known=True)


def _nearest(key: str, number: int) -> tuple[int, float]:
    """Return the section whose wording is nearest, the one with this number if several are."""
    scored = [
        (similarity(key, phrase), section == number, section)
        for phrase, section in _numbers_by_phrase().items()
    ]
    likeness, _, section = max(scored)
    return section, likeness


@cache
def _numbers_by_phrase() -> Mapping[str, int]:
    return {
        phrase_key(wording): section.number
        for form in load_forms().values()
        for section in form.sections
        for wording in (section.heading, *section.variants)
    }


@cache
def _kinds() -> Mapping[int, str]:
    return {
        section.number: section.kind for form in load_forms().values() for section in form.sections
    }


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    if len(numeral) == 1:
        return _CHINESE_DIGITS[numeral]
    tens, ones = (_CHINESE_DIGITS[digit] for digit in numeral)
    return tens + ones if tens == 10 else tens * 10


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
