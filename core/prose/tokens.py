"""Cut a sentence into known words, numbers, punctuation and unknown stretches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from core.prose import quantities
from core.prose.quantities import Quantity, quantity_in
from core.prose.subjects import SUBJECTS, VALUED
from core.prose.surroundings import SURROUNDINGS
from core.prose.words import Word

_LONGEST_ORGAN = 16
_DIGITS = "一二三四五六七八九十"
# Numerals of lists and headings, years and dates, clauses and numbers of documents,
# titles of documents: none of them is a count.  All are bounded, so that the search
# takes time in proportion to the text.
_FIXED = {
    Word.CARRY: r"(?:于|按照《条例》)?(?:结转|转结|转接|顺延|延续|延期|延|跨年|转)(?:至|到|入|往)?"
    r"(?:下一?年度?|次年度?|明年|(?:(?:19|20)[0-9]{2}|二[〇○零一二三四五六七八九]{3})年度?(?:[0-9]{1,2}月)?)(?:继续)?(?:办理|答复|处理|办结)?"
    r"|下一?年度?(?:结转|转结)|(?:19|20)[0-9]{2}年度?末?(?:未办结)?(?:结转|转结|遗留|结存|跨年)",
    Word.MARK: rf"(?<!第)（[{_DIGITS}]{{1,3}}）|[{_DIGITS}]{{1,2}}是"
    rf"|(?<![^，；：。！？、）”])(?:（[0-9]{{1,2}}）|[0-9]{{1,2}}[.、](?![0-9])|[{_DIGITS}]{{1,3}}、)",
    Word.TITLE: r"《[^《》]{0,80}》|[〔\[【（]?(?:19|20)[0-9]{2}[〕\]】）][0-9]{1,5}号"
    r"|第（?[0-9零一二三四五六七八九十百]{1,7}）?[条款项章节届次批号轮]",
    Word.OTHER_TIME: r"(?:19|20)[0-9]{2}年?[-—–~至到](?:19|20)[0-9]{2}年|"
    r"[0-9]{1,2}月?份?[-—–~至到][0-9]{1,2}月份?(?![0-9])|前[0-9一二三四五六七八九十]{1,2}个?月",
    Word.YEAR: r"(?:19|20)[0-9]{2}年度?|二[〇○零]{1,2}[〇○零一二三四五六七八九]{1,2}年度?",
    Word.DATE: r"[0-9]{1,2}月(?:[0-9]{1,2}日|份|底|末|[上中下]旬)?",
    Word.COMPARED: r"[较比与同](?=(?:上一?|去)年|往年|同期|(?:19|20)[0-9]{2}年)",
    Word.STOP: r"[，,；：。！？!?…]|(?<![0-9])\.|\.(?![0-9])|——",
    Word.LIST: "、",
    Word.OPEN: r"[（\[【〔]",
    Word.CLOSE: r"[）\]】〕]",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a sentence; `value` says which word it is, `quantity` which number.

    `text` is given for known words and the names of offices.
    """

    word: Word
    value: str
    start: int
    end: int
    quantity: Quantity | None = None
    text: str = ""


@cache
def vocabulary() -> Mapping[str, tuple[Word, str]]:
    """Return every known word with what it is; a word is listed once."""
    entries: dict[str, tuple[Word, str]] = {}
    for text, word, value in _entries():
        if text in entries:
            raise ValueError(f"{text} is both {entries[text]} and {(word, value)}")
        entries[text] = (word, value)
    return entries


def _entries() -> Iterator[tuple[str, Word, str]]:
    for word, values in VALUED.items():
        for value, texts in values.items():
            yield from ((text, word, value) for text in texts.split())
    for word, texts in (*SUBJECTS.items(), *SURROUNDINGS.items()):
        yield from ((text, word, text) for text in texts.split())


@cache
def _pattern() -> re.Pattern[str]:
    by_first: dict[str, list[str]] = {}
    for text in vocabulary():
        by_first.setdefault(text[0], []).append(text[1:])
    known = "|".join(
        re.escape(first) + "(?:" + "|".join(map(re.escape, sorted(rest, key=len)[::-1])) + ")"
        for first, rest in by_first.items()
    )
    fixed = "|".join(f"(?P<{word.name}>{pattern})" for word, pattern in _FIXED.items())
    share = rf"百分之(?P<percent>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?|[零百{_DIGITS}]{{1,5}})"
    return re.compile(f"{fixed}|{share}|(?P<known>{known})|{quantities.PATTERN}")


def tokens_of(sentence: str) -> list[Token]:
    """Return the tokens of a sentence, without a gap."""
    found: list[Token] = []
    at = 0
    for match in _pattern().finditer(sentence):
        if match.start() > at:
            found.append(_unknown(sentence, at, match.start()))
        found.append(_token(match, sentence))
        at = match.end()
    if at < len(sentence):
        found.append(_unknown(sentence, at, len(sentence)))
    return list(_named(_merged(found)))


def _unknown(sentence: str, start: int, end: int) -> Token:
    return Token(Word.UNKNOWN, sentence[start:end], start, end)


def _token(match: re.Match[str], sentence: str) -> Token:
    start, end, text = match.start(), match.end(), match[0]
    kind = match.lastgroup
    if match["known"]:
        word, value = vocabulary()[text]
        return Token(word, value, start, end, text=text)
    if match["percent"]:
        return _percent(match)
    if match["digits"]:
        return _number(match, sentence)
    return Token(Word[str(kind)], text, start, end)


def _number(match: re.Match[str], sentence: str) -> Token:
    start, end = match.span()
    quantity = quantity_in(match, sentence[max(0, start - 3) : start], sentence[end : end + 3])
    if quantity is not None:
        return Token(Word.NUMBER, match[0], start, end, quantity)
    if match[0] == "零":
        return Token(Word.NOT, "零", start, end)
    return _unknown(sentence, start, end)


def _percent(match: re.Match[str]) -> Token:
    digits = {"百": "100"}.get(match["percent"], match["percent"])
    found = re.fullmatch(quantities.PATTERN, digits + "%")
    quantity = quantity_in(found, "", "") if found else None
    word = Word.UNKNOWN if quantity is None else Word.NUMBER
    return Token(word, match[0], match.start(), match.end(), quantity)


def _merged(found: list[Token]) -> Iterator[Token]:
    """Join unknown stretches that touch each other."""
    held: Token | None = None
    for token in found:
        if held and held.word is Word.UNKNOWN and token.word is Word.UNKNOWN:
            held = replace(held, value=held.value + token.value, end=token.end)
            continue
        if held:
            yield held
        held = token
    if held:
        yield held


def _named(found: Iterator[Token]) -> Iterator[Token]:
    """Make one office of an unknown name and what names of offices end with."""
    held: list[Token] = []
    for token in found:
        if token.word is Word.ORGAN and held:
            name = "".join(part.value for part in held) + token.text
            yield replace(token, start=held[0].start, text=name)
            held = []
        elif token.word in (Word.UNKNOWN, Word.FOREIGN) or (held and token.value in _PLACES):
            # 信访局 and 投诉中心 are offices.
            held.append(token)
        else:
            yield from held
            yield token
            held = []
        if held and held[-1].end - held[0].start > _LONGEST_ORGAN:
            yield from held
            held = []
    yield from held


_PLACES = frozenset("省市区县州旗")
