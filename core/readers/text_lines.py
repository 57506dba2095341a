"""A text file as lines and pieces, each with its place in the decoded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.document import Provenance

# Only these end a line for an editor; str.splitlines knows eight more.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, which may be empty: its words and where they stand.

    `start` and `end` are character offsets, `line` counts from zero.
    """

    text: str
    start: int
    end: int
    line: int

    @property
    def provenance(self) -> Provenance:
        """The same place as the document keeps it."""
        return Provenance("", self.start, self.end, self.line)


def lines_of(text: str) -> tuple[Piece, ...]:
    """Return the lines of a text without their ends."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Piece]:
    for number, found in enumerate(_LINE.finditer(text)):
        if found[0]:
            yield Piece(found[1], found.start(1), found.end(1), number)


def is_empty(line: Piece) -> bool:
    """Return whether a line shows nothing."""
    return not line.text.strip().strip(_INVISIBLE).strip()


def trimmed(line: Piece) -> Piece:
    """Return a line without the white space around its words."""
    left = len(line.text) - len(line.text.lstrip())
    text = line.text.strip()
    start = line.start + left
    return Piece(text, start, start + len(text), line.line)


def joined(first: Piece, second: Piece) -> Piece:
    """Return two lines of one cell as one piece with a line break in it."""
    return Piece(f"{first.text}\n{second.text}", first.start, second.end, first.line)


def split_at(line: Piece, mark: str) -> list[Piece]:
    """Return what stands between the marks of a line, its end included, trimmed."""
    pieces, start = [], 0
    for text in line.text.split(mark):
        begin = line.start + start
        pieces.append(trimmed(Piece(text, begin, begin + len(text), line.line)))
        start += len(text) + len(mark)
    return pieces
