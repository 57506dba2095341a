"""The lines of a journal: JSON with a checksum and a number each, so that a prefix can be trusted.

A line is `{"crc": "1a2b3c4d", "n": 7, …}`.  The checksum (CRC32, 8 hex digits) is of
everything behind it but the line feed; the numbers run from 1 without a gap.
What follows the first line that is not right counts for nothing.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import Any

FORMAT = "gouji-journal"
VERSION = 1
# What a line can hold besides its number.
AT, EDITS, SAVED, WRITER, OUTPUT = "at", "edits", "saved", "writer", "output"

_HEAD = b'{"crc": "'
_BEHIND_HEAD = b'", '
_CRC = 8  # hex digits


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that are right, and how many bytes they take; the rest is damaged."""

    values: tuple[dict[str, Any], ...]
    length: int


def line(number: int, values: dict[str, Any]) -> bytes:
    """Return a line with its checksum, number and line feed; ASCII, whatever the texts are."""
    body = json.dumps({"n": number, **values}).encode("ascii")[1:]
    return _HEAD + _checksum(body) + _BEHIND_HEAD + body + b"\n"


def valid_lines(data: bytes) -> Lines:
    """Return the lines at the beginning of some bytes that are right."""
    values: list[dict[str, Any]] = []
    length = 0
    while (end := data.find(b"\n", length)) >= 0:
        found = value_in(data[length:end], len(values) + 1)
        if found is None:
            break
        values.append(found)
        length = end + 1
    return Lines(tuple(values), length)


def value_in(text: bytes, number: int) -> dict[str, Any] | None:
    """Return what a line without its line feed holds, None where it is not right."""
    start = len(_HEAD)
    body = text[start + _CRC + len(_BEHIND_HEAD) :]
    if text != _HEAD + _checksum(body) + _BEHIND_HEAD + body:
        return None
    try:
        value = json.loads(b"{" + body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("n") != number:
        return None
    return value


def _checksum(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)
