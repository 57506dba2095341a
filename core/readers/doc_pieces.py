"""The text of a binary Word file, put together from its pieces ([MS-DOC] 2.4.1, 2.8.35).

A character is named by its position in the text; its byte in the stream is found
through the piece that it stands in.  One position is one UTF-16 unit.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.readers.doc_file import MAX_PIECES, Place, WordFile, broken, too_many

_CHANGES, _PIECES = 1, 2
_PIECE_SIZE = 8
_COMPRESSED = 0x4000_0000
_CODE_PAGE = "cp1252"
# Places that the code page leaves open stand for themselves.
_UNDEFINED = {0x81: "\x81", 0x8D: "\x8d", 0x8F: "\x8f", 0x90: "\x90", 0x9D: "\x9d"}
_BYTES = [_UNDEFINED.get(code) or bytes([code]).decode(_CODE_PAGE) for code in range(256)]
_SINGLE = str.maketrans({chr(code): text for code, text in enumerate(_BYTES)})
# A short change in a piece names its property by a number of seven bits; those that matter
# here, as the properties that they stand for ([MS-DOC] 2.9.216).
_SHORT_CHANGES = {
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x42: 0x0801,
    0x53: 0x2A33,
    0x5C: 0x083C,
    0x68: 0x2A48,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The text from position `start` to `end`, `width` bytes a character, from byte `offset` on.

    `changes` are properties that a fast save has put over those of the stream.
    """

    start: int
    end: int
    offset: int
    width: int
    changes: bytes

    def byte(self, position: int) -> int:
        """Return the byte of a position in the stream."""
        return self.offset + (position - self.start) * self.width


@dataclass(frozen=True, slots=True)
class Text:
    """All text of a file, one character for a position, and the pieces that it comes from."""

    content: str
    pieces: Sequence[Piece]
    starts: Sequence[int]

    def piece(self, position: int) -> Piece:
        """Return the piece that a position stands in."""
        return self.pieces[bisect_right(self.starts, position) - 1]


def readable(text: str) -> str:
    """Return text with the halves of characters joined that take two positions."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def positions(stored: bytes, size: int) -> tuple[tuple[int, ...], int]:
    """Return the positions of a list ([MS-DOC] 2.2.2) and the offset of its items.

    There is one position more than there are items, each of which has `size` bytes.

    Raises:
        UnreadableFileError: There are too many, or they go back.
    """
    count = max(len(stored) - 4, 0) // (4 + size)
    if not count:
        return (), 0
    if count > MAX_PIECES:
        raise too_many(f"{count} items")
    found = struct.unpack_from(f"<{count + 1}i", stored)
    if found[0] < 0 or any(after < before for before, after in pairwise(found)):
        raise broken("positions that go back")
    return found, 4 * (count + 1)


def read_text(file: WordFile) -> Text:
    """Return the text of all stories.

    Raises:
        UnreadableFileError: The pieces leave gaps, stand outside the stream, or take the
            same bytes more than once.
    """
    changes, stored = _parts(file.stored(Place.TEXT))
    bounds, items = positions(stored, _PIECE_SIZE)
    if not bounds or bounds[0] != 0 or bounds[-1] < sum(file.stories):
        raise broken("pieces do not cover the text")
    pieces = []
    for index, (start, end) in enumerate(pairwise(bounds)):
        offset, change = struct.unpack_from("<IH", stored, items + _PIECE_SIZE * index + 2)
        width = 1 if offset & _COMPRESSED else 2
        offset = (offset & ~_COMPRESSED) // (2 if width == 1 else 1)
        if start < end:
            pieces.append(Piece(start, end, offset, width, _changes(change, changes)))
    if sum((piece.end - piece.start) * piece.width for piece in pieces) > len(file.main):
        raise broken("pieces are larger than the stream")
    content = "".join(_decoded(file.main, piece) for piece in pieces)
    return Text(content, pieces, [piece.start for piece in pieces])


def _parts(stored: bytes) -> tuple[list[bytes], bytes]:
    """Return the long changes, and the list of pieces that follows them."""
    changes: list[bytes] = []
    offset = 0
    while offset + 3 <= len(stored) and stored[offset] == _CHANGES:
        length = int.from_bytes(stored[offset + 1 : offset + 3], "little")
        changes.append(stored[offset + 3 : offset + 3 + length])
        offset += 3 + length
    if offset + 5 > len(stored) or stored[offset] != _PIECES:
        raise broken("no pieces")
    length = int.from_bytes(stored[offset + 1 : offset + 5], "little")
    if offset + 5 + length > len(stored):
        raise broken("pieces cut off")
    return changes, stored[offset + 5 : offset + 5 + length]


def _changes(change: int, long: Sequence[bytes]) -> bytes:
    if change & 1:
        if change >> 1 >= len(long):
            raise broken("a piece with changes that are not there")
        return long[change >> 1]
    name = _SHORT_CHANGES.get(change >> 1 & 0x7F)
    return b"" if name is None else struct.pack("<HB", name, change >> 8)


def _decoded(stream: bytes, piece: Piece) -> str:
    end = piece.byte(piece.end)
    if end > len(stream):
        raise broken("a piece outside the stream")
    raw = stream[piece.offset : end]
    if piece.width == 1:
        return raw.decode("latin-1").translate(_SINGLE)
    text = raw.decode("utf-16-le", "replace")
    if len(text) == piece.end - piece.start:
        return text
    # Characters of two units: keep a position for each.
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))
