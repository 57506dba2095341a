"""Paragraphs of a new Word file: title, headings and prose as GB/T 9704-2012 sets them.

The text says by its own numbering what it is: 一、, （一）, 1. or （1）.  A heading may
stand alone or open a paragraph that goes on; the second one is set in 楷体 up to its full stop.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from core.writers.official_page import UPRIGHT_WIDTH
from core.writers.official_styles import HEADING_FONT, SECOND_FONT, fonts
from core.writers.texts import clean, width

_NUMERAL = "一二三四五六七八九十"
_LEVELS: Final = (
    (1, re.compile(rf"\s*[{_NUMERAL}]{{1,3}}、")),
    (2, re.compile(rf"\s*[（(][{_NUMERAL}]{{1,3}}[）)]")),
    (3, re.compile(r"\s*[0-9０-９]{1,2}[.．、](?![0-9０-９])")),
    (4, re.compile(r"\s*[（(][0-9０-９]{1,2}[）)]")),
)
_FONTS = {1: HEADING_FONT, 2: SECOND_FONT}
# A heading on a line of its own is no sentence; one that opens a paragraph is a mere name.
_ALONE = re.compile(r"[^。；;：:！!？?\n]{1,38}[：:]?\s*\Z")
_OPENING = re.compile(r"[^。，,；;：:！!？?\n0-9]{1,30}[。：:]")

# So that no text sticks to the table above or below it; in twips.
_UNDER_TABLE, _OVER_TABLE = 'w:before="145"', 'w:after="90"'

# 2号 in twips.  Nearly a character is kept free, as digits may be a little wider: not one
# more, or the first character of the next line would fit as well.
_TITLE_CHARACTER, _TITLE_SLACK = 440, 400
_TITLE_ROOM = UPRIGHT_WIDTH - _TITLE_SLACK
# Where a long title may break, the meaning of both lines whole.
_TITLE_BREAKS = re.compile(r"(?<=[年度])(?=政府信息)|(?<=公开)(?=工作|年度)|(?<=工作)(?=年度)")


def paragraph(style: str, text: str, properties: str = "", font: str = "") -> str:
    """Return a w:p in a style, with further properties, its text in a font of its own."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{run(text, font)}</w:p>'


def beside_table(*, is_under: bool, is_over: bool) -> str:
    """Return the spacing of a paragraph under or over a table; nothing where it is neither."""
    sides = " ".join([_UNDER_TABLE] * is_under + [_OVER_TABLE] * is_over)
    return f"<w:spacing {sides}/>" if sides else ""


def prose(text: str, spacing: str = "") -> str:
    """Return a paragraph of prose; headings in it are known by their numbering.

    A text that brings its own white space in front is not indented twice.
    """
    own = text[:1].isspace()
    properties = spacing + ('<w:ind w:firstLine="0" w:firstLineChars="0"/>' if own else "")
    level, end = heading_in(text)
    if not level:
        return paragraph("Normal", text, properties)
    if end == len(text):
        return paragraph(f"Heading{level}", text, properties)
    name, rest = run(text[:end], _FONTS.get(level, "")), run(text[end:])
    return f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{properties}</w:pPr>{name}{rest}</w:p>'


def heading_in(text: str) -> tuple[int, int]:
    """Return the level of the heading with which a text begins, and where it ends; 0, 0 for none.

    It ends with the text where it stands alone.
    """
    for level, numbering in _LEVELS:
        if found := numbering.match(text):
            if _ALONE.match(text, found.end()):
                return level, len(text)
            opening = _OPENING.match(text, found.end())
            return (level, opening.end()) if opening else (0, 0)
    return 0, 0


def title(text: str) -> str:
    """Return the title; one that is too long for a line breaks where its meaning does.

    No character is put in for that: the lines are made as short as the first of them.
    """
    first = _first_line(text)
    if not first:
        return paragraph("Title", text)
    side = (UPRIGHT_WIDTH - first * _TITLE_CHARACTER // 2 - _TITLE_SLACK) // 2
    indent = f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0" w:firstLineChars="0"/>'
    return paragraph("Title", text, indent)


def _first_line(text: str) -> int:
    """Return how wide the first line of a title is, in half characters; 0 where nothing is done.

    It must not be shorter than what follows, or that would break once more.
    """
    half = _TITLE_CHARACTER // 2
    if "\n" in text or width(text) * half <= _TITLE_ROOM:
        return 0
    lines = [
        (width(text[: found.start()]), width(text[found.start() :]))
        for found in _TITLE_BREAKS.finditer(text)
    ]
    fitting = [first for first, second in lines if second <= first <= _TITLE_ROOM // half]
    return min(fitting, default=0)


def run(text: str, font: str = "") -> str:
    """Return a `w:r` with a text, its tabs and line breaks; an empty one for an empty text."""
    if not text:
        return ""
    look = f"<w:rPr>{fonts(font)}</w:rPr>" if font else ""
    return f"<w:r>{look}{''.join(_pieces(clean(text)))}</w:r>"


def _pieces(text: str) -> Iterator[str]:
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            yield "<w:br/>"
        for part_number, part in enumerate(line.split("\t")):
            if part_number:
                yield "<w:tab/>"
            if part:
                yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'
