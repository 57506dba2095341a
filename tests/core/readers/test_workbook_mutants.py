"""Damaged workbooks by the hundred: each is a document or one sentence, within ten seconds."""

from __future__ import annotations

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from core.errors import UnreadableFileError
from core.readers import read_here
from tests.core.readers.workbooks import all_on_one_sheet

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
MUTANTS = 300
_SEED = 20_241_231
_NUMBERS = (b"0", b"-1", b"65535", b"1048576", b"99999999999", b"1e999", b"XFD1048576", b"")


def _bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """Return data with some bytes other, a stretch gone, doubled or zeroed."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    stretch = slice(start, start + chance.randrange(1, 600))
    match chance.randrange(6):
        case 0:
            del changed[stretch]
        case 1:
            changed[stretch] = changed[stretch] * 2
        case 2:
            changed[stretch] = bytes(len(changed[stretch]))
        case 3:
            del changed[start:]
    return bytes(changed)


def _xml_changed(data: bytes, chance: random.Random) -> bytes:
    """Return a package in which a part of XML is damaged, or a number in it absurd."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        chosen = chance.choice([name for name in source.namelist() if "docProps" not in name])
        for name in source.namelist():
            content = source.read(name)
            if name == chosen:
                content = _part_changed(content, chance)
            target.writestr(name, content)
    return buffer.getvalue()


def _part_changed(content: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.3:
        return _bytes_changed(content, chance)
    pieces = content.split(b'"')
    for _ in range(chance.choice((1, 3, 20))):
        if len(pieces) > 2:
            pieces[chance.randrange(1, len(pieces), 2)] = chance.choice(_NUMBERS)
    return b'"'.join(pieces)


def _mixed(data: bytes, chance: random.Random) -> bytes:
    return _xml_changed(data, chance) if chance.random() < 0.8 else _bytes_changed(data, chance)


@pytest.mark.parametrize(
    ("source", "mutate"),
    [
        (lambda: all_on_one_sheet(gap=1), _mixed),
        (lambda: (DOCUMENTS / "三张表.xls").read_bytes(), _bytes_changed),
        (lambda: (DOCUMENTS / "显示.xls").read_bytes(), _bytes_changed),
    ],
    ids=["xlsx", "xls", "xls with formats"],
)
def test_a_damaged_workbook_is_a_document_or_a_sentence(
    source: Callable[[], bytes],
    mutate: Callable[[bytes, random.Random], bytes],
    capsys: pytest.CaptureFixture[str],
):
    data, chance = source(), random.Random(_SEED)
    worst, documents = 0.0, 0
    for number in range(MUTANTS):
        mutant = mutate(data, chance)
        begin = time.perf_counter()
        sentence = ""
        try:
            read_here(mutant, "年报")
            documents += 1
        except UnreadableFileError as error:
            sentence = str(error)
        assert not sentence or sentence.endswith("。"), number
        assert "意外错误" not in sentence, f"mutant {number}"
        worst = max(worst, time.perf_counter() - begin)
    with capsys.disabled():
        print(f"\n{MUTANTS} mutants: {documents} read, the slowest took {worst:.2f} s")
    assert worst < 10
