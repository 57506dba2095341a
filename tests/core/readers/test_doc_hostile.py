"""Broken and hostile binary Word files: read or refused with a sentence, and soon."""

from __future__ import annotations

import struct
import time
from pathlib import Path

import pytest

from core.errors import UnreadableFileError
from core.readers.doc import read_doc
from tests.documents.binary_builder import (
    CELL,
    IN_TABLE,
    ROW_END,
    Par,
    Parts,
    binary_word,
    cells,
    deep,
    prl,
    row,
    row_definition,
    sheet,
    style,
)

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "word"
MUTANTS = 300
WORST = 10.0
NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF)


def attempt(data: bytes) -> tuple[str, float]:
    start = time.perf_counter()
    try:
        read_doc(data, "x.doc")
        result = "read"
    except UnreadableFileError:
        result = "refused"
    return result, time.perf_counter() - start


def many_properties() -> bytes:
    """Paragraphs whose lists of properties stand in the data stream, each read anew."""
    steps = prl(0x7623, 0, 64, 1, 1) * 2_700
    data = struct.pack("<H", len(steps)) + steps
    lists = [ROW_END + prl(0x6646, 0, size=4) + prl(0x4600, n, size=2) for n in range(300)]
    paragraphs = [each for one in lists for each in (*cells("1"), Par("", one, CELL))]
    return binary_word(paragraphs, Parts(data=data))


def styles_in_a_ring() -> bytes:
    styles = [style("a", 1, (n + 1) % 4_000) for n in range(4_000)]
    return binary_word([Par("甲", style=3_999)], Parts(sheet=sheet(*styles)))


def one_stream_many_times() -> bytes:
    """Pieces that all take the same text, many times what the stream has."""
    return binary_word([Par("甲" * 2_000)], Parts(pieces=[(0, 2_000, 0)] * 4_000))


def one_long_row() -> bytes:
    return binary_word([*cells(*["1"] * 5_000), Par("", ROW_END, CELL), Par("完")])


def many_tables() -> bytes:
    rows = [*row("1", "2"), Par("")] * 1_000
    return binary_word(rows)


def fields_without_end() -> bytes:
    return binary_word([Par("\x13" * 50_000 + "1" + "\x14" * 50_000)])


def rows_in_rows() -> bytes:
    steps = [Par("1", deep(depth)) for depth in (1, 8) * 2_000]
    return binary_word([*steps, Par("完")])


def wide_row() -> bytes:
    wide = row_definition(range(0, 65 * 400, 400))
    data = struct.pack("<H", len(wide)) + wide
    end = Par("", ROW_END + prl(0x6646, 0, size=4), CELL)
    return binary_word([*cells(*["1"] * 300), end, Par("", IN_TABLE)], Parts(data=data))


def whole_with(offset: int, *numbers: int) -> bytearray:
    """A good file whose header says something else from a place on."""
    data = bytearray(binary_word([Par("甲")]))
    struct.pack_into(f"<{len(numbers)}I", data, offset, *numbers)
    return data


def sectors_in_rings() -> bytes:
    """A table of sectors in which every sector is followed by itself."""
    data = whole_with(0)
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<128I", data, 512 * (table + 1), *range(128))
    return bytes(data)


def folders_in_rings() -> bytes:
    data = whole_with(0)
    (folder,) = struct.unpack_from("<I", data, 48)
    for entry in range(3):
        struct.pack_into("<II", data, 512 * (folder + 1) + 128 * entry + 68, 1, 1)
    return bytes(data)


def tables_of_sectors_in_rings() -> bytes:
    """As many tables of sectors as a large file may have, listed by a sector that names itself."""
    length = 60_000_000
    tables = length // 512 // 128 + 100
    data = whole_with(44, tables) + bytes(length)
    struct.pack_into("<II", data, 68, 5, (tables - 109 + 126) // 127)
    table = struct.unpack_from("<I", data, 76)
    struct.pack_into("<128I", data, 512 * 6, *table * 127, 5)
    return bytes(data)


@pytest.mark.parametrize(
    "build",
    [
        many_properties,
        styles_in_a_ring,
        one_stream_many_times,
        one_long_row,
        many_tables,
        fields_without_end,
        rows_in_rows,
        wide_row,
        sectors_in_rings,
        folders_in_rings,
        tables_of_sectors_in_rings,
    ],
)
def test_what_is_made_to_take_long_does_not(build) -> None:
    result, taken = attempt(build())
    print(f"{build.__name__}: {result} in {taken:.2f} s")
    assert taken < WORST
