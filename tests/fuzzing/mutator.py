"""Damage files as disks, mail and bad intentions do: one mutator for every format.

The same file and the same chance give the same mutant, on every machine.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from random import Random

# The longest stretch that is moved, doubled or cut out.
_LONGEST = 600
# The head of a file and the tables behind it are small and matter most.
_HEAD = 4096
# No mutant grows further: what is large is tried among the hostile files.
_LARGEST = 4 * 1024 * 1024
_WORDS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFF)
_NUMBERS = (b"0", b"-1", b"1", b"255", b"65535", b"1048576", b"99999999999", b"1e999", b"")
_NUMBER = re.compile(rb"\d+")
_PIECE = re.compile(rb'(?=<)|(?<=>)|(?<=\n)|(?<=")')
_STREAM = re.compile(rb"/Length \d+([^>]*>>\s*stream\r?\n)(.*?)(?=\r?\nendstream)", re.DOTALL)

Change = Callable[[bytearray, Random], None]


def mutated(data: bytes, chance: Random) -> bytes:
    """Return a file damaged somewhere: in its bytes, its marks, or inside what it has packed."""
    if chance.random() < 0.7:
        if data.startswith(b"PK"):
            return _with_a_part_changed(data, chance)
        if data.startswith(b"%PDF") and (changed := _with_a_stream_changed(data, chance)):
            return changed
    return _damaged(data, chance)


def _damaged(data: bytes, chance: Random) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    # What has hardly a zero in it is written for people: its marks and numbers can be changed.
    is_text = data.count(0) * 50 < len(data)
    way = chance.random()
    if is_text and way < 0.35:
        return _with_other_numbers(data, chance)
    if is_text and way < 0.7:
        return _with_pieces_moved(data, chance)
    return _with_other_bytes(data, chance)


def _with_other_bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        if changed:
            chance.choice(_CHANGES)(changed, chance)
    if chance.random() < 0.05:
        del changed[chance.randrange(len(changed) + 1) :]
    return bytes(changed[:_LARGEST])


def _place(changed: bytearray, chance: Random) -> int:
    return chance.randrange(chance.choice((len(changed), min(len(changed), _HEAD))))


def _stretch(changed: bytearray, chance: Random) -> slice:
    start = _place(changed, chance)
    return slice(start, start + chance.randrange(1, chance.choice((4, 60, _LONGEST))))


def _set_byte(changed: bytearray, chance: Random) -> None:
    changed[_place(changed, chance)] = chance.randrange(256)


def _flip_bit(changed: bytearray, chance: Random) -> None:
    changed[_place(changed, chance)] ^= 1 << chance.randrange(8)


def _set_word(changed: bytearray, chance: Random) -> None:
    start = _place(changed, chance)
    word = struct.pack("<I", chance.choice(_WORDS))[: chance.choice((2, 4))]
    changed[start : start + len(word)] = word


def _cut_out(changed: bytearray, chance: Random) -> None:
    del changed[_stretch(changed, chance)]


def _double(changed: bytearray, chance: Random) -> None:
    stretch = _stretch(changed, chance)
    changed[stretch] = changed[stretch] * 2


def _zero(changed: bytearray, chance: Random) -> None:
    stretch = _stretch(changed, chance)
    changed[stretch] = bytes(len(changed[stretch]))


def _insert(changed: bytearray, chance: Random) -> None:
    start = _place(changed, chance)
    changed[start:start] = chance.randbytes(chance.randrange(1, 60))


def _write_over(changed: bytearray, chance: Random) -> None:
    piece = changed[_stretch(changed, chance)]
    start = _place(changed, chance)
    changed[start : start + len(piece)] = piece


def _swap(changed: bytearray, chance: Random) -> None:
    length = chance.randrange(1, _LONGEST)
    one, two = sorted(_place(changed, chance) for _ in range(2))
    if one + length <= two:
        first, second = changed[one : one + length], changed[two : two + length]
        changed[two : two + length] = first
        changed[one : one + length] = second


_CHANGES: tuple[Change, ...] = (
    *(_set_byte, _flip_bit, _set_word, _cut_out, _double, _zero, _insert, _write_over, _swap),
)


def _with_other_numbers(data: bytes, chance: Random) -> bytes:
    """Return a text some of whose numbers are absurd."""
    places = [found.span() for found in _NUMBER.finditer(data)]
    if not places:
        return _with_other_bytes(data, chance)
    chosen = {chance.choice(places) for _ in range(chance.choice((1, 1, 3, 20)))}
    changed = bytearray(data)
    for start, end in sorted(chosen, reverse=True):
        changed[start:end] = chance.choice(_NUMBERS)
    return bytes(changed)


def _with_pieces_moved(data: bytes, chance: Random) -> bytes:
    """Return a text some of whose marks, values and lines are gone, elsewhere, or many."""
    pieces = _PIECE.split(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        place = chance.randrange(len(pieces))
        match chance.randrange(4):
            case 0 if len(pieces) > 1:
                del pieces[place : place + chance.choice((1, 1, 5, 50))]
                pieces = pieces or [b""]
            case 1:
                most = _LARGEST // max(len(pieces[place]), 1)
                pieces[place] *= min(chance.choice((2, 2, 9, 300)), most)
            case 2:
                other = chance.randrange(len(pieces))
                pieces[place], pieces[other] = pieces[other], pieces[place]
            case _:
                pieces[place] = _with_other_bytes(pieces[place] or b" ", chance)
    return b"".join(pieces)[:_LARGEST]


def _with_a_part_changed(data: bytes, chance: Random) -> bytes:
    """Return a package one of whose parts is damaged and packed again."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        entries = source.infolist()
        # Mostly the text, which is the largest.
        largest = max(entries, key=lambda entry: entry.file_size)
        chosen = largest if chance.random() < 0.6 else chance.choice(entries)
        for entry in entries:
            content = source.read(entry)
            # Stored: packing takes longer than reading.
            target.writestr(
                zipfile.ZipInfo(entry.filename),
                _damaged(content, chance) if entry is chosen else content,
            )
    return buffer.getvalue()


def _with_a_stream_changed(data: bytes, chance: Random) -> bytes:
    """Return a PDF one of whose packed streams is damaged inside; empty where it has none."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return b""
    chosen = chance.choice(streams)
    try:
        content = zlib.compress(_damaged(zlib.decompress(chosen[2]), chance), 1)
    except zlib.error:
        content = _damaged(chosen[2], chance)
    head = b"/Length %d" % len(content) + chosen[1]
    return data[: chosen.start()] + head + content + data[chosen.end() :]
