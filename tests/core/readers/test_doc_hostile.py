"""Broken and hostile binary Word files: read or refused with a sentence, and soon."""

from __future__ import annotations

import random
import struct
import time
from collections import Counter
from pathlib import Path

import pytest

from core.errors import UnreadableFileError
from core.readers.doc import read_doc
from tests.documents.binary_builder import (
    CELL,
    FAST_SAVED,
    IN_TABLE,
    ROW_END,
    TABLE_1,
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
from tests.documents.binary_word import FOLDER, PIECES, REPORT

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "word"
MUTANTS = 300
WORST = 10.0
NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF)


def mutant(whole: bytes, chance: random.Random) -> bytes:
    """Return a file with some bytes changed, numbers made absurd, parts moved or cut away."""
    data = bytearray(whole)
    # The head and the tables of a file are small and matter most.
    ends = (len(data), min(len(data), 4096))
    for _ in range(chance.choice((1, 2, 4, 16, 64))):
        place = chance.randrange(chance.choice(ends))
        kind = chance.randrange(5)
        if kind == 0:
            data[place] = chance.randrange(256)
        elif kind == 1:
            data[place] ^= 1 << chance.randrange(8)
        elif kind == 2 and place + 4 <= len(data):
            data[place : place + 4] = struct.pack("<I", chance.choice(NUMBERS))
        elif kind == 3:
            other = chance.randrange(len(data))
            piece = data[other : other + chance.randrange(1, 600)]
            data[place : place + len(piece)] = piece[: len(data) - place]
    if chance.random() < 0.05:
        del data[chance.randrange(len(data)) :]
    return bytes(data)


def attempt(data: bytes) -> tuple[str, float]:
    start = time.perf_counter()
    try:
        read_doc(data, "x.doc")
        result = "read"
    except UnreadableFileError:
        result = "refused"
    return result, time.perf_counter() - start


def sources() -> list[bytes]:
    files = [FOLDER / PIECES, FOLDER / REPORT]
    built = binary_word(
        [Par("甲乙"), *row("1", "2"), Par("丙", deep(2)), Par("丁", style=1)],
        Parts(flags=TABLE_1 | FAST_SAVED, sheet=sheet(style("a", 1, 0xFFF), style("b", 1, 0))),
    )
    return [path.read_bytes() for path in files] + [built]


def test_mutants_are_read_or_refused() -> None:
    chance = random.Random(20260101)
    whole = sources()
    results = [attempt(mutant(chance.choice(whole), chance)) for _ in range(MUTANTS)]
    worst = max(taken for _, taken in results)
    print(f"{MUTANTS} mutants: {dict(Counter(r for r, _ in results))}, worst {worst:.3f} s")
    assert worst < WORST
    assert {result for result, _ in results} == {"read", "refused"}


@pytest.mark.long
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real Word files is not here")
def test_mutants_of_real_files_are_read_or_refused() -> None:
    chance = random.Random(20260102)
    whole = [*sources(), *(path.read_bytes() for path in sorted(CORPUS.glob("*.doc")))]
    results = [attempt(mutant(chance.choice(whole), chance)) for _ in range(10_000)]
    worst = max(taken for _, taken in results)
    print(f"10,000 mutants: {dict(Counter(r for r, _ in results))}, worst {worst:.3f} s")
    assert worst < WORST


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
