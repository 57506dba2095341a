"""What stands on a page of a PDF: glyphs, rules and filled areas, in the page as it is shown.

All lengths are points.  The origin is the top left corner of the page as it is
read, with x to the right and y downwards.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.document import Area


class Box(NamedTuple):
    """A rectangle, its sides as distances from the page's left and top."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The length of the horizontal sides."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The length of the vertical sides."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point is inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def around(self, other: Box) -> Box:
        """Return the smallest rectangle around this one and another."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


def box_around(points: Sequence[tuple[float, float]]) -> Box:
    """Return the smallest rectangle around some points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


class Glyph(NamedTuple):
    """A character where it is shown; `size` is that of its font, `turned` that it lies sideways.

    The box is the font's own (from descent to ascent), not that of the ink: a
    comma's box is as high as that of a letter.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    turned: bool = False

    @property
    def center(self) -> float:
        """The x of its middle."""
        return (self.left + self.right) / 2

    @property
    def middle(self) -> float:
        """The y of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Where it is."""
        return Box(self.left, self.top, self.right, self.bottom)


class Rule(NamedTuple):
    """A straight line along an axis: where it is across, and from where to where it runs."""

    at: float
    start: float
    end: float


class Fill(NamedTuple):
    """An area of one colour, `light` where white text would not be seen on it."""

    box: Box
    light: bool


@dataclass(slots=True)
class Page:
    """The marks of a page, turned so that most of its text stands upright.

    `turns` says by how many quarters clockwise the page as shown was turned for that;
    `width` and `height` are those after turning.  `unseen` counts characters that
    nobody can see, `slanted` those of watermarks, `unnamed` those without a code.
    """

    number: int
    width: float
    height: float
    turns: int = 0
    glyphs: list[Glyph] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    unseen: int = 0
    slanted: int = 0
    unnamed: int = 0

    def area(self, box: Box) -> Area:
        """Return a box of this page as a place on the page as it is shown."""
        for height in self._heights_back():
            box = _turned(box, height)
        left, top, right, bottom = (round(side, 2) for side in box)
        return Area(self.number, left, top, right, bottom)

    def _heights_back(self) -> list[float]:
        """The heights of the page before each of the quarter turns that make a full circle."""
        return [self.width if quarter % 2 else self.height for quarter in range(-self.turns % 4)]


def is_wide(character: str) -> bool:
    """Return whether a character is set without spaces around it, as Chinese is."""
    return unicodedata.east_asian_width(character) in "WFA"


def turn(page: Page) -> None:
    """Turn a page and all its marks a quarter clockwise."""
    width, height = page.width, page.height
    page.glyphs = [
        Glyph(glyph.text, *_turned(glyph.box, height), glyph.size, glyph.turned)
        for glyph in page.glyphs
    ]
    # What ran across at a height runs down at that distance from the other side.
    verticals = [Rule(height - rule.at, rule.start, rule.end) for rule in page.horizontals]
    page.horizontals = [
        Rule(rule.at, height - rule.end, height - rule.start) for rule in page.verticals
    ]
    page.verticals = verticals
    page.fills = [Fill(_turned(fill.box, height), fill.light) for fill in page.fills]
    page.images = [_turned(box, height) for box in page.images]
    page.width, page.height = height, width
    page.turns = (page.turns + 1) % 4


def _turned(box: Box, height: float) -> Box:
    return Box(height - box.bottom, box.left, height - box.top, box.right)
