"""Take the characters of a page by PDFium: what is seen, where, and which way up.

What nobody sees (no ink, no size, white on white, off the page) is counted and left out.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from core.errors import UnreadableFileError
from core.readers.pdf_marks import Box, Glyph, Page, box_around, is_wide
from core.readers.pdf_matrix import Matrix

MAX_GLYPHS = 60_000
_TOO_MANY = (
    f"PDF 第 {{page}} 页的文字太多（超过 {MAX_GLYPHS // 10_000} 万字），没有打开，原文件没有改动。"
    "请只保留年度报告的内容后再试。"
)
UNKNOWN = "\ufffd"
# PDFium's own mark of a hyphen that ends a line.
_HYPHENS = {0x02: "-", 0xFFFE: "-", 0xAD: "-"}
# Fonts often give these codes to characters that are typed as others and look the same.
_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBLE = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_PRIVATE = range(0xE000, 0xF900)
_SURROGATES = range(0xD800, 0xE000)
_INVISIBLE_MODES = (3, 7)
_SMALLEST = 1.0
_LIGHT = 245
_SLANT = math.radians(8)
# Where an upright box is not known: the usual share of a font's size over and under its line.
_ASCENT, _DESCENT = 0.86, 0.14
_HIGHEST = 1.6
_TWICE = 0.12
_MOST_AT_A_PLACE = 8


def folded(code: int) -> str:
    """Return a character as it would be typed: radicals and compatibility ideographs only."""
    if code in _KANGXI or any(code in block for block in _COMPATIBLE):
        return unicodedata.normalize("NFKC", chr(code))
    return chr(code)


def read_glyphs(source: pdfium.PdfPage, page: Page, shown: Matrix) -> Counter[int]:
    """Add the glyphs of a page to what is known of it, whose fills must be known.

    Return how many glyphs run which way: 0 to the right, 1 downwards, 2 to the left, 3 upwards.

    Raises:
        UnreadableFileError: There are too many of them.
    """
    with closing(source.get_textpage()) as text:
        count = text.count_chars()
        if count > MAX_GLYPHS:
            raise UnreadableFileError(_TOO_MANY.format(page=page.number + 1), f"{count} glyphs")
        reading = _Reading(text.raw, page, shown)
        found = list(reading.glyphs(count))
    quarters = Counter(quarter for glyph, quarter in found if glyph.text != " ")
    most = quarters.most_common(1)[0][0] if quarters else 0
    glyphs = (glyph._replace(turned=quarter != most) for glyph, quarter in found)
    page.glyphs = list(_once(glyphs))
    return quarters


@dataclass(slots=True)
class _Style:
    """What all characters of one text object share."""

    size: float
    angle: float
    along: tuple[float, float]
    down: tuple[float, float]
    seen: bool
    white: bool


class _Reading:
    """One walk over the characters of a page."""

    def __init__(self, text: Any, page: Page, shown: Matrix) -> None:
        self._text = text
        self._page = page
        self._shown = shown
        self._styles: dict[int, _Style] = {}
        self._dark = _DarkAreas(page)

    def glyphs(self, count: int) -> Iterator[tuple[Glyph, int]]:
        """Yield what is seen of the first `count` characters, and which way it runs."""
        high = 0
        for index in range(count):
            if c.FPDFText_IsGenerated(self._text, index) == 1:
                continue
            code = c.FPDFText_GetUnicode(self._text, index)
            if code in (0x0A, 0x0D):
                continue
            if code in _SURROGATES:
                # One half of a character beyond the first 65,536: Windows gives two.
                if code < 0xDC00:
                    high = code
                    continue
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0
            high = 0
            style = self._style(index)
            found = self._glyph(index, self._character(code), style)
            if found is not None:
                yield found

    def _character(self, code: int) -> str:
        if code in _HYPHENS:
            return _HYPHENS[code]
        if code == 0 or code in _PRIVATE or code > 0x10FFFF or chr(code) == UNKNOWN:
            self._page.unnamed += 1
            return UNKNOWN
        character = folded(code)
        return " " if character.isspace() else character

    def _glyph(self, index: int, character: str, style: _Style) -> tuple[Glyph, int] | None:
        # A matrix of absurd numbers turns text by no angle at all.
        if not math.isfinite(style.angle):
            self._page.slanted += 1
            return None
        quarter = round(style.angle / (math.pi / 2)) % 4
        slant = abs((style.angle + math.pi / 4) % (math.pi / 2) - math.pi / 4)
        box = self._box(index, character, style, quarter)
        if character != " ":
            if slant > _SLANT:
                self._page.slanted += 1
                return None
            if not self._is_seen(box, style):
                self._page.unseen += 1
                return None
        return Glyph(character, *box, style.size), quarter

    def _is_seen(self, box: Box, style: _Style) -> bool:
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        inside = 0 <= x <= self._page.width and 0 <= y <= self._page.height
        inked = style.seen and style.size >= _SMALLEST
        return inside and inked and (not style.white or self._dark.hold(x, y))

    def _box(self, index: int, character: str, style: _Style, quarter: int) -> Box:
        if quarter == 0:
            loose = c.FS_RECTF()
            if c.FPDFText_GetLooseCharBox(self._text, index, loose):
                box = self._place(loose.left, loose.top, loose.right, loose.bottom)
                # PDFium forgets the scale of fonts that are written downwards.
                if 0 < box.height <= _HIGHEST * style.size:
                    return box
        return self._own_box(index, character, style)

    def _own_box(self, index: int, character: str, style: _Style) -> Box:
        """Make a loose box from the ink along the line and the font's size across it.

        A glyph without ink is taken to be as wide as its kind of characters is.
        """
        sides = [ctypes.c_double() for _ in range(4)]
        c.FPDFText_GetCharBox(self._text, index, *sides)
        left, right, bottom, top = (side.value for side in sides)
        ink = self._place(left, top, right, bottom)
        x, y = ctypes.c_double(), ctypes.c_double()
        c.FPDFText_GetCharOrigin(self._text, index, x, y)
        start = self._shown.apply(x.value, y.value)
        high, low = (
            _moved(start, style.down, share * style.size) for share in (-_ASCENT, _DESCENT)
        )
        end = _moved(start, style.along, style.size * (1.0 if is_wide(character) else 0.5))
        box = box_around((high, low))
        upright = box.height > box.width
        extent = ink.width if upright else ink.height
        inked = ink if extent > 0 else box_around((start, end))
        if upright:
            return Box(inked.left, box.top, inked.right, box.bottom)
        return Box(box.left, inked.top, box.right, inked.bottom)

    def _place(self, left: float, top: float, right: float, bottom: float) -> Box:
        (x0, y0), (x1, y1) = self._shown.apply(left, top), self._shown.apply(right, bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _style(self, index: int) -> _Style:
        raw = c.FPDFText_GetTextObject(self._text, index)
        address = ctypes.cast(raw, ctypes.c_void_p).value if raw else None
        if address is None:
            return self._read_style(index, None)
        if address not in self._styles:
            self._styles[address] = self._read_style(index, raw)
        return self._styles[address]

    def _read_style(self, index: int, raw: Any) -> _Style:
        found = c.FS_MATRIX()
        if not c.FPDFText_GetMatrix(self._text, index, found):
            found.a = found.d = 1.0
        along = self._shown.along(found.a, found.b)
        down = self._shown.along(-found.c, -found.d)
        scale = math.hypot(*down)
        size = c.FPDFText_GetFontSize(self._text, index) * scale
        color = [ctypes.c_uint() for _ in range(4)]
        known = c.FPDFText_GetFillColor(self._text, index, *color)
        red, green, blue, opacity = (part.value for part in color) if known else (0, 0, 0, 255)
        mode = c.FPDFTextObj_GetTextRenderMode(raw) if raw else 0
        return _Style(
            size=abs(size) if math.isfinite(size) else 0.0,
            angle=math.atan2(along[1], along[0]),
            along=_unit(*along, (1.0, 0.0)),
            down=_unit(*down, (0.0, 1.0)),
            seen=mode not in _INVISIBLE_MODES and opacity > 0,
            white=mode in (0, 4) and min(red, green, blue) >= _LIGHT,
        )


def _unit(x: float, y: float, otherwise: tuple[float, float]) -> tuple[float, float]:
    length = math.hypot(x, y)
    return (x / length, y / length) if length and math.isfinite(length) else otherwise


def _moved(
    place: tuple[float, float], way: tuple[float, float], length: float
) -> tuple[float, float]:
    return place[0] + way[0] * length, place[1] + way[1] * length


class _DarkAreas:
    """Where white text can be seen: on pictures and areas of a colour, by their tops."""

    def __init__(self, page: Page) -> None:
        boxes = [fill.box for fill in page.fills if not fill.light] + page.images
        self._boxes = sorted(boxes, key=lambda box: box.top)
        self._tops = [box.top for box in self._boxes]

    def hold(self, x: float, y: float) -> bool:
        above = bisect_right(self._tops, y)
        # The last ones first: what is near is what is meant, and few are asked.
        return any(
            self._boxes[i].holds(x, y) for i in range(above - 1, max(above - 200, 0) - 1, -1)
        )


def _once(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Leave out glyphs drawn again at the same place, as some programs do for bold."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.text == " ":
            yield glyph
            continue
        x, y = int(glyph.left // 4), int(glyph.top // 4)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, x + dx, y + dy), ())[-_MOST_AT_A_PLACE:]
        )
        reach = _TWICE * glyph.size
        if any(abs(o.left - glyph.left) <= reach and abs(o.top - glyph.top) <= reach for o in near):
            continue
        seen.setdefault((glyph.text, x, y), []).append(glyph)
        yield glyph
