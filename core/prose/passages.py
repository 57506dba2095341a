"""The prose as it is read: widths and spaces evened out, wrapped lines joined, places kept.

A passage is what was written in one go.  Text taken from a PDF breaks it into lines,
with page numbers between them; a number may then stand apart from its sentence.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.document import Document, Paragraph, Section
from core.prose.model import Span

# A line shorter than this did not end because the page was full.
_FULL_LINE = 18
_LONGEST_SENTENCE = 1500

_SPACES = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_ENDS = re.compile(r"[。！？；：!?;:|】》”）)]\s*$")
_GOES_ON = re.compile(r"[，、,]\s*$")
_OPENS = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]+[章条]|[|#])"
)
_PAGE_NUMBER = re.compile(r"[\s\-—–―·.]*(?:第\s*)?\d{0,4}(?:\s*页)?[\s\-—–―·.]*")
_SENTENCE_END = re.compile(r"[。！？]|!|\?")
_KEEP_APART = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})


class _Folding(dict[int, str]):
    """One character for one: full width to half width, bullets such as ① to a semicolon."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character)
        if unicodedata.category(character) == "No":
            plain = "；"
        elif len(plain) != 1:
            plain = character
        # A full-width comma never stands inside a number; an ASCII one may.
        if character != ",":
            plain = plain.translate(_KEEP_APART)
        self[code] = plain
        return plain


_FOLDED = _Folding()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage that stands unbroken in one paragraph of the file."""

    at: int
    section: int
    paragraph: int
    start: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Evened-out text with the way back to the file."""

    text: str
    pieces: tuple[Piece, ...]

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the passage stands; the part before a page break only."""
        first, last = self._piece(start), self._piece(end - 1)
        begin = first.start + start - first.at
        if (first.section, first.paragraph) == (last.section, last.paragraph):
            return Span(first.section, first.paragraph, begin, last.start + end - last.at)
        following = self.pieces[self.pieces.index(first) + 1].at
        return Span(first.section, first.paragraph, begin, first.start + following - first.at)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Return the sentences with their starts; what nobody would call one is cut up."""
        start = 0
        ends = [found.end() for found in _SENTENCE_END.finditer(self.text)]
        for end in (*ends, len(self.text)):
            for part in range(start, end, _LONGEST_SENTENCE):
                yield part, self.text[part : min(part + _LONGEST_SENTENCE, end)]
            start = end

    def _piece(self, at: int) -> Piece:
        return self.pieces[bisect_right(self.pieces, at, key=lambda piece: piece.at) - 1]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as the reader gave it."""

    section: int
    paragraph: int
    text: str


def lines_of(document: Document) -> tuple[tuple[Line, ...], ...]:
    """Return the paragraphs of a report; a table between two of them keeps them apart.

    Only the first of several sections with one number can be named by a span.
    """
    runs: list[tuple[Line, ...]] = []
    seen: set[int] = set()
    for section in document.sections:
        if section.number not in seen:
            seen.add(section.number)
            runs += _runs(section)
    return tuple(runs)


def _runs(section: Section) -> Iterator[tuple[Line, ...]]:
    run: list[Line] = []
    number = 0
    for block in section.blocks:
        if isinstance(block, Paragraph):
            run.append(Line(section.number, number, block.text))
            number += 1
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def passages(lines: Iterable[Line]) -> Iterator[Passage]:
    """Return what was written in one go, page numbers left out, empty lines skipped."""
    held: list[Line] = []
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line.text[:20]) and len(line.text) <= 20:
            continue
        if held and not _goes_on(held[-1].text, line.text):
            yield _joined(held)
            held = []
        held.append(line)
    if held:
        yield _joined(held)


def _goes_on(before: str, after: str) -> bool:
    if _OPENS.match(after):
        return False
    end = before[-20:]
    return bool(_GOES_ON.search(end)) or (
        len(before.strip()) >= _FULL_LINE and not _ENDS.search(end)
    )


def _joined(lines: Iterable[Line]) -> Passage:
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for line in lines:
        folded = line.text.translate(_FOLDED)
        for start, text in _stretches(folded):
            # Two numbers that a break or a gap keeps apart are not one number.
            if texts and texts[-1][-1].isdigit() and text[0].isdigit():
                texts.append(" ")
                length += 1
            pieces.append(Piece(length, line.section, line.paragraph, start))
            texts.append(text)
            length += len(text)
    return Passage("".join(texts), tuple(pieces))


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in _SPACES.finditer(text):
        if gap.start() > start:
            yield start, text[start : gap.start()]
        start = gap.end()
    if start < len(text):
        yield start, text[start:]
