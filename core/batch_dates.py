"""When a report was published and signed, where it says so itself; never guessed.

Sites name the day in the page's PubDate or beside the title; a Word file seldom
does.  The day under the text is that of signing, and is kept apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from core.document import Document, Paragraph

BY_PAGE, BY_TEXT = "网页信息", "正文"

_HEAD = 64 * 1024
_LONGEST_LINE, _LINES_LOOKED_AT = 200, 40
_LAST_LINES = 4
_META = re.compile(rb"<meta\b[^>]{0,400}>", re.IGNORECASE)
_PUB_DATE = re.compile(rb"name\s*=\s*[\"']?PubDate\b", re.IGNORECASE)
_CONTENT = re.compile(rb"content\s*=\s*[\"']?([0-9][0-9:/.\-\sTZ]{7,30})", re.IGNORECASE)
_DAY = r"(20\d\d)(?:[-/.]|年)(0?[1-9]|1[0-2])(?:[-/.]|月)(0?[1-9]|[12]\d|3[01])(?!\d)日?"
_LABELLED = re.compile(rf"(?:发布|公开|公布)(?:时间|日期|日)[:：\s]*{_DAY}")
_SIGNED = re.compile(rf"{_DAY}")
_CHINESE_DAY = re.compile(
    r"(二[〇○零][〇○零一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月"
    r"([一二三四五六七八九十]{1,3})日"
)
_DIGITS = {sign: digit for digit, signs in enumerate("〇一二三四五六七八九") for sign in signs}
_DIGITS |= dict.fromkeys("○零", 0)


def release_of(data: bytes, document: Document) -> tuple[str, str]:
    """Return the day of publication as 2025-01-20 and where it is said; empty if nowhere."""
    if document.format == "html":
        for tag in _META.findall(data[:_HEAD]):
            found = _PUB_DATE.search(tag) and _CONTENT.search(tag)
            if found and (day := _first_day(_LABELLED_PAGE, found[1].decode("ascii"))):
                return day, BY_PAGE
    for line in _lines(document):
        if day := _first_day(_LABELLED, line):
            return day, BY_TEXT
    return "", ""


def signed_on(document: Document) -> str:
    """Return the day that stands alone under the text or under the title, empty if none does."""
    lines = [*_last_lines(document), *_lines(document)]
    return next((day for line in lines if (day := _whole_day(line))), "")


_LABELLED_PAGE = re.compile(_DAY)


def _lines(document: Document) -> Iterator[str]:
    """Yield the short lines at the head of a report."""
    opening = document.section(0)
    for paragraph in (opening.paragraphs if opening else ())[:_LINES_LOOKED_AT]:
        if len(paragraph.text) <= _LONGEST_LINE:
            yield _plain(paragraph)


def _last_lines(document: Document) -> Iterator[str]:
    section = document.sections[-1] if document.sections else None
    for paragraph in reversed((section.paragraphs if section else ())[-_LAST_LINES:]):
        if len(paragraph.text) <= _LONGEST_LINE:
            yield _plain(paragraph)


def _plain(paragraph: Paragraph) -> str:
    return unicodedata.normalize("NFKC", paragraph.text).strip()


def _first_day(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return _day(*map(int, found.groups())) if found else ""


def _whole_day(line: str) -> str:
    text = "".join(line.split()).strip("()")
    if found := _SIGNED.fullmatch(text):
        return _day(*map(int, found.groups()))
    if found := _CHINESE_DAY.fullmatch(text):
        year = int("".join(str(_DIGITS[sign]) for sign in found[1]))
        return _day(year, _counted(found[2]), _counted(found[3]))
    return ""


def _counted(text: str) -> int:
    """Return a Chinese number up to 31."""
    tens, ten, ones = text.rpartition("十")
    units = _DIGITS[ones] if ones else 0
    return (_DIGITS[tens] if tens else 1) * 10 + units if ten else units


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
