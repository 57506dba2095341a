"""Put glyphs in lines and say what a line or a cell reads.

Characters come in the order in which they stand, not in that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from core.document import fold
from core.readers.pdf_marks import Box, Glyph, is_wide
from core.word.raised import LOWERED, RAISED

# A mark is so much smaller than its line, and its middle so far off that of the line.
_MARK_SIZE = 0.8
_MARK_SHIFT = 0.12
_SAME_LINE = 0.5
# What stands apart by so much of its size is two words, by more two columns.
_WORD_GAP = 0.22
_COLUMN_GAP = 1.8
# Lines in a cell are wrapped where the next character would not have fitted; the cell's
# own margins are not known.
_MARGINS = 13.0
_HANGING = 1.6
_VERTICAL = 0.7
_NO_START = "，。、；：？！）》」』】〕”’…,.;:?!)%％℃万"
_LATIN = re.compile(r"[0-9A-Za-z.,%/\-]")


@dataclass(frozen=True)
class Line:
    """The glyphs of one line, from left to right, spaces at its ends left out."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def box(self) -> Box:
        """The smallest box around its glyphs."""
        return _around(self.glyphs)

    @cached_property
    def size(self) -> float:
        """The size of most of its glyphs."""
        return median(glyph.size for glyph in self.glyphs)

    @cached_property
    def text(self) -> str:
        """What it reads; digits that are set as marks as the characters that look so."""
        parts: list[str] = []
        before: Glyph | None = None
        for glyph in self.glyphs:
            if before is not None and _is_apart(before, glyph, self.size):
                parts.append(" ")
            parts.append(self._shape(glyph))
            before = glyph
        return "".join(parts)

    @property
    def first_word(self) -> float:
        """The width of what could not be broken at its start."""
        end = 1
        while end < len(self.glyphs) and (
            self.glyphs[end].text in _NO_START
            or (
                _LATIN.match(self.glyphs[end].text)
                and _LATIN.match(self.glyphs[end - 1].text) is not None
            )
        ):
            end += 1
        return self.glyphs[end - 1].right - self.glyphs[0].left

    def _shape(self, glyph: Glyph) -> str:
        if glyph.size > _MARK_SIZE * self.size or not glyph.text.isdecimal():
            return glyph.text
        shift = (glyph.middle - self._middle) / self.size
        if abs(shift) < _MARK_SHIFT:
            return glyph.text
        return glyph.text.translate(RAISED if shift < 0 else LOWERED)

    @cached_property
    def _middle(self) -> float:
        large = [g.middle for g in self.glyphs if g.size > _MARK_SIZE * self.size]
        return median(large)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Return glyphs as lines, from the top down; what is blank is left out."""
    found: list[list[Glyph]] = []
    band = Box(0, 0, 0, 0)
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        box = glyph.box
        overlap = min(band.bottom, box.bottom) - max(band.top, box.top)
        if not found or overlap < _SAME_LINE * min(band.height, box.height):
            found.append([])
            band = box
        elif box.height > band.height and glyph.text != " ":
            band = box
        found[-1].append(glyph)
    lines = (_line(group) for group in found)
    return [line for line in lines if line is not None]


def _line(glyphs: list[Glyph]) -> Line | None:
    ordered = sorted(glyphs, key=lambda glyph: (glyph.left, glyph.right))
    inked = [index for index, glyph in enumerate(ordered) if glyph.text != " "]
    return Line(tuple(ordered[inked[0] : inked[-1] + 1])) if inked else None


def _is_apart(one: Glyph, other: Glyph, size: float) -> bool:
    """Return whether a space that is not there belongs between two glyphs."""
    if " " in (one.text, other.text):
        return False
    gap = (other.left - one.right) / max(size, 1.0)
    return gap > (_COLUMN_GAP if is_wide(one.text) or is_wide(other.text) else _WORD_GAP)


def _around(glyphs: Sequence[Glyph]) -> Box:
    return Box(
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
    )


def cell_text(glyphs: Sequence[Glyph], width: float) -> str:
    """Return what a cell reads whose inside is so wide; a line feed ends a paragraph in it.

    Lines that were full are joined: the cell only was too narrow.  Text that runs
    downwards or lies on its side is read as the file has it.
    """
    inked = [glyph for glyph in glyphs if glyph.text != " "]
    if not inked:
        return ""
    if _is_vertical(inked):
        return fold("".join(glyph.text for glyph in inked))
    lines = lines_of(glyphs)
    text = lines[0].text
    for before, line in pairwise(lines):
        joined = is_full(before, line, width)
        text += joint(text, line.text) if joined else "\n"
        text += line.text
    return fold(text)


def is_full(before: Line, line: Line, width: float) -> bool:
    """Return whether a line of a cell ends because no more of the next would have fitted."""
    room = width - before.box.width - _MARGINS
    slack = _HANGING * line.size if is_wide(line.glyphs[0].text) else 0.0
    return room < line.first_word + slack


def joint(before: str, after: str) -> str:
    """Return what stands between two lines of a paragraph: a space between Latin words."""
    words = before[-1:].isascii() and after[:1].isascii()
    return " " if words and before[-1:].isalpha() and after[:1].isalpha() else ""


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Return whether characters follow each other downwards, or lie on their side."""
    if sum(glyph.turned for glyph in glyphs) * 2 > len(glyphs):
        return True
    if len(glyphs) < 3 or any(glyph.text.isdecimal() for glyph in glyphs):
        return False
    steps = sum(
        abs(one.center - other.center) < 0.3 * one.size and other.middle > one.middle + one.size / 2
        for one, other in pairwise(glyphs)
    )
    return steps >= _VERTICAL * (len(glyphs) - 1)
