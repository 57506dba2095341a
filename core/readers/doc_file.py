"""Open a binary Word file (.doc, .wps): its streams, and the head that says what is where.

Such a file is an OLE file.  The stream "WordDocument" begins with the head (the
FIB of [MS-DOC] 2.5) and holds the text and the pages of properties; "0Table" or
"1Table" holds everything that says where they are; "Data" holds long properties.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO

import olefile

from core.errors import UnreadableFileError
from core.readers.guard import check_size, refuse

_SAFE = "没有打开，原文件没有改动。"
_BROKEN = (
    f"Word 文档不完整或已损坏，{_SAFE}"
    "请向发件人重新索取，或用 Word 或 WPS 打开并另存为 .docx 后再试。"
)
_OLD = (
    f"这是 Word 95 或更早版本的文档，不能直接读取，{_SAFE}"
    "请用 Word 或 WPS 打开并另存为 .docx 后再试。"
)
_FAST_SAVED_ONLY = (
    f"这个文档用“快速保存”存过，其中的格式还原不出来，{_SAFE}"
    "请用 Word 或 WPS 打开并另存为 .docx 后再试。"
)
_TOO_MANY = f"文档太大（超过 40 万个段落或 40 万处格式），{_SAFE}请只保留年度报告的内容后重新打开。"

# The largest count of paragraphs and of stretches of properties that is read.
MAX_PIECES = 400_000

_MARK = 0xA5EC
# Word 1 and 2, Word 6 and 95, and Word 6 in the Far East.
_OLD_MARKS = frozenset((0xA59B, 0xA59C, 0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699))
_OLDEST = 0xC0  # Word 97 says 0xC1, its Arabic, Hebrew and Far Eastern builds 0xC0 and 0xC2.
_FAST_SAVED, _ENCRYPTED, _SECOND_TABLE, _OBFUSCATED = 0x0004, 0x0100, 0x0200, 0x8000
_BASE = 32
# How many numbers and places the head of Word 97 has at least.
_FEWEST_SHORTS, _FEWEST_LONGS, _FEWEST_PLACES = 14, 22, 93
_FIRST_STORY, _STORIES = 3, 8

_HEADER = 512
_SECTOR_SHIFTS = (9, 12)
_SPARE_FAT_SECTORS = 128
_NAMES = ("WordDocument", "0Table", "1Table", "Data")


class Place(IntEnum):
    """What the head gives the place of, by its number in the list of places (FibRgFcLcb97)."""

    STYLES = 1
    CHARACTER_PAGES = 12
    PARAGRAPH_PAGES = 13
    TEXT = 33
    SHAPES = 40
    BOXES = 56


def broken(detail: str) -> UnreadableFileError:
    """Return the refusal of a file whose structure contradicts itself."""
    return UnreadableFileError(_BROKEN, detail)


def incomplete(detail: str) -> UnreadableFileError:
    """Return the refusal of a fast save whose pieces do not say all that is needed."""
    return UnreadableFileError(_FAST_SAVED_ONLY, detail)


def too_many(detail: str) -> UnreadableFileError:
    """Return the refusal of a file with more than 400,000 paragraphs or properties."""
    return UnreadableFileError(_TOO_MANY, detail)


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams of a binary Word file and what its head says.

    `stories` are the lengths in characters of the main text, the footnotes, headers,
    macros, comments, endnotes, text boxes and text boxes of headers, which stand in
    this order.  `is_fast_saved` says that the last save only added what had changed.
    """

    main: bytes
    table: bytes
    data: bytes
    stories: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    is_fast_saved: bool

    def stored(self, place: Place) -> bytes:
        """Return what the table stream holds at a place, empty if the file has no such thing.

        Raises:
            UnreadableFileError: The place is outside the stream.
        """
        start, length = self.places[place]
        if start + length > len(self.table):
            raise broken(f"{place.name} outside the table stream")
        return self.table[start : start + length]


def open_word_file(data: bytes) -> WordFile:
    """Return the streams of a binary Word file of 1997 or later.

    Raises:
        UnreadableFileError: It is none, encrypted, of an older Word, broken or hostile.
    """
    check_size(len(data))
    streams = _streams(data)
    main = streams.get("WordDocument")
    if main is None:
        raise refuse("encrypted" if "EncryptedPackage" in streams else "ole")
    flags = _flags(main)
    table = streams.get("1Table" if flags & _SECOND_TABLE else "0Table")
    if table is None:
        raise broken("no table stream")
    stories, places = _head(main)
    return WordFile(
        main, table, streams.get("Data", b""), stories, places, bool(flags & _FAST_SAVED)
    )


def _streams(data: bytes) -> dict[str, bytes]:
    _check_header(data)
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            found = {}
            for name in _NAMES:
                if file.exists(name):
                    with file.openstream(name) as stream:
                        found[name] = bytes(stream.read())
            if file.exists("EncryptedPackage"):
                found["EncryptedPackage"] = b""
            return found
    except Exception as error:
        # What olefile raises on hostile chains of sectors is of many kinds.
        raise broken(type(error).__name__) from error


def _check_header(data: bytes) -> None:
    """Refuse what would make olefile read the same sectors many times over."""
    if len(data) < _HEADER:
        raise broken("no header")
    sector, mini = struct.unpack_from("<HH", data, 30)
    tables, indexes = (struct.unpack_from("<I", data, offset)[0] for offset in (44, 72))
    if sector not in _SECTOR_SHIFTS or mini >= sector:
        raise broken("sector size")
    sectors = len(data) >> sector
    if max(tables, indexes) > (sectors >> (sector - 2)) + _SPARE_FAT_SECTORS:
        raise broken("more tables of sectors than there are sectors")


def _flags(main: bytes) -> int:
    if len(main) < _BASE:
        raise broken("no head")
    mark, version = struct.unpack_from("<HH", main)
    flags = int(struct.unpack_from("<H", main, 10)[0])
    if mark in _OLD_MARKS or (mark == _MARK and version < _OLDEST):
        raise UnreadableFileError(_OLD, f"mark {mark:#x} version {version:#x}")
    if mark != _MARK:
        raise broken(f"mark {mark:#x}")
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise refuse("encrypted")
    return flags


def _head(main: bytes) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the lengths of the stories and the places; each list says how long it is."""
    try:
        shorts = struct.unpack_from("<H", main, _BASE)[0]
        offset = _BASE + 2 + 2 * shorts
        longs = struct.unpack_from("<H", main, offset)[0]
        stories = struct.unpack_from(f"<{_STORIES}i", main, offset + 2 + 4 * _FIRST_STORY)
        offset += 2 + 4 * longs
        count = struct.unpack_from("<H", main, offset)[0]
        flat = struct.unpack_from(f"<{2 * count}I", main, offset + 2)
    except struct.error as error:
        raise broken("the head is cut off") from error
    if shorts < _FEWEST_SHORTS or longs < _FEWEST_LONGS or count < _FEWEST_PLACES:
        raise broken("the head is too short")
    if min(stories) < 0:
        raise broken("a story of negative length")
    return stories, tuple(zip(flat[::2], flat[1::2], strict=True))
