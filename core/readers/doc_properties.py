"""Properties of a binary Word file: lists of changes, and the pages that say where they hold.

A property is a number (a sprm of [MS-DOC] 2.2.5) that says how long its value is.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from core.readers.doc_file import MAX_PIECES, Place, WordFile, broken, too_many
from core.readers.doc_pieces import positions

Change = tuple[int, bytes]

_PAGE = 512
_PARAGRAPH_ITEM = 13
_PAGE_NUMBER = 0x3F_FFFF
_VALUE_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_MANY_TABS = 255
_LONGEST_LIST = 0x3FA2


class Property(IntEnum):
    """The properties that say something about what is shown, or where."""

    DELETED = 0x0800
    INSERTED = 0x0801
    HIDDEN = 0x083C
    PLAIN = 0x2A33
    RAISED = 0x2A48
    SYMBOL = 0x6A09
    CHARACTER_STYLE = 0x4A30
    PARAGRAPH_STYLE = 0x4600
    IN_TABLE = 0x2416
    ROW_END = 0x2417
    DEPTH = 0x6649
    INNER_CELL_END = 0x244B
    INNER_ROW_END = 0x244C
    MOVED = 0x6646
    MOVED_TABLE = 0x646B
    ROW = 0xD608
    ROW_LEFT = 0x9601
    INSERT_CELLS = 0x7621
    DELETE_CELLS = 0x5622
    CELL_WIDTH = 0x7623
    MERGE_CELLS = 0x5624
    SPLIT_CELLS = 0x5625
    MERGE_DOWN = 0xD62B
    TABS = 0xC615


def changes(stored: bytes) -> Iterator[Change]:
    """Return the properties of a list in their order; one that is cut off ends it."""
    offset = 0
    while offset + 3 <= len(stored):
        name = int.from_bytes(stored[offset : offset + 2], "little")
        offset += 2
        size = _size(name, stored, offset)
        if offset + size > len(stored):
            return
        yield name, stored[offset : offset + size]
        offset += size


def _size(name: int, stored: bytes, offset: int) -> int:
    kind = name >> 13
    if kind in _VALUE_SIZES:
        return _VALUE_SIZES[kind]
    if name == Property.ROW:
        return 1 + int.from_bytes(stored[offset : offset + 2], "little")
    if name == Property.TABS and stored[offset] == _MANY_TABS:
        # Its real length follows from how many stops it takes away and sets.
        removed = 2 + 4 * (stored[offset + 1] if offset + 1 < len(stored) else 0)
        added = stored[offset + removed : offset + removed + 1]
        return removed + 1 + 3 * (added[0] if added else 0)
    return 1 + stored[offset]


def moved(file: WordFile, value: bytes) -> bytes:
    """Return a list of properties that was too long for its page, from the data stream.

    Raises:
        UnreadableFileError: It is not there.
    """
    offset = int.from_bytes(value, "little")
    length = int.from_bytes(file.data[offset : offset + 2], "little")
    if offset + 2 + length > len(file.data) or length > _LONGEST_LIST:
        raise broken("properties outside the data stream")
    return file.data[offset + 2 : offset + 2 + length]


@dataclass(frozen=True, slots=True)
class Runs:
    """Which properties hold for which bytes of the stream: from `starts` to `ends`, in order."""

    starts: Sequence[int]
    ends: Sequence[int]
    lists: Sequence[bytes]

    def at(self, byte: int) -> tuple[bytes | None, int]:
        """Return the properties of a byte, None if none are said, and where they stop."""
        index = bisect_right(self.starts, byte) - 1
        if index >= 0 and byte < self.ends[index]:
            return self.lists[index], self.ends[index]
        following = index + 1
        return None, self.starts[following] if following < len(self.starts) else byte + _PAGE


def character_runs(file: WordFile) -> Runs:
    """Return the properties of characters: a plain list each."""
    return _runs(file, Place.CHARACTER_PAGES, 1, _character_list)


def paragraph_runs(file: WordFile) -> Runs:
    """Return the properties of paragraphs: two bytes with the style's number, then a list."""
    return _runs(file, Place.PARAGRAPH_PAGES, _PARAGRAPH_ITEM, _paragraph_list)


def _runs(file: WordFile, place: Place, size: int, read: Callable[[bytes, int], bytes]) -> Runs:
    found: dict[int, tuple[int, bytes]] = {}
    stored = file.stored(place)
    bounds, items = positions(stored, 4)
    numbers = struct.unpack_from(f"<{max(len(bounds) - 1, 0)}I", stored, items)
    # A page that is named twice is looked at once.
    for number in dict.fromkeys(number & _PAGE_NUMBER for number in numbers):
        page = file.main[_PAGE * number : _PAGE * (number + 1)]
        if len(page) < _PAGE:
            raise broken("a page of properties outside the stream")
        for start, end, offset in _page_runs(page, size):
            if start < end:
                found[start] = end, read(page, 2 * offset) if offset else b""
        if len(found) > MAX_PIECES:
            raise too_many("runs of properties")
    starts = sorted(found)
    return Runs(starts, [found[each][0] for each in starts], [found[each][1] for each in starts])


def _page_runs(page: bytes, size: int) -> Iterator[tuple[int, int, int]]:
    """Return the first and last byte of each run of a page, and where its list is."""
    count = page[-1]
    items = 4 * (count + 1)
    if items + size * count > _PAGE - 1:
        raise broken("a page of properties that is too full")
    bounds = struct.unpack_from(f"<{count + 1}I", page)
    for index, (start, end) in enumerate(pairwise(bounds)):
        yield start, end, page[items + size * index]


def _character_list(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : offset + 1 + page[offset]]


def _paragraph_list(page: bytes, offset: int) -> bytes:
    if page[offset]:
        return page[offset + 1 : offset + 2 * page[offset]]
    return page[offset + 2 : offset + 2 + 2 * page[offset + 1]]
