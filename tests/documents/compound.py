"""OLE files for tests, from streams by name."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALLEST = 4096  # Shorter streams would need a table of their own.
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE file; a stream shorter than 4,096 bytes is filled up with zeros."""
    fat: list[int] = []
    body = b""
    entries = [_entry("Root Entry", 5, _END, 0, child=1 if streams else _FREE)]
    for index, (name, content) in enumerate(streams.items(), start=1):
        content = content.ljust(_SMALLEST, b"\0")
        right = index + 1 if index < len(streams) else _FREE
        entries.append(_entry(name, 2, len(fat), len(content), right=right))
        body += _chained(fat, content)
    directory = len(fat)
    body += _chained(fat, b"".join(entries))
    tables = 1
    while len(fat) + tables > tables * _SECTOR // 4:
        tables += 1
    places = range(len(fat), len(fat) + tables)
    fat += [_FAT] * tables
    fat += [_FREE] * (tables * _SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, directory, 0, _SMALLEST, _END, 0, _END, 0),
    )
    header += struct.pack(f"<{tables}I", *places)
    return header.ljust(_SECTOR, b"\xff") + body + struct.pack(f"<{len(fat)}I", *fat)


def _chained(fat: list[int], content: bytes) -> bytes:
    count = -(-len(content) // _SECTOR)
    first = len(fat)
    fat += [*range(first + 1, first + count), _END]
    return content.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE):
    encoded = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16xI8x8xIII",
        encoded,
        *(len(encoded) + 2, kind, 1, _FREE, right, child),
        *(0, start, size, 0),
    )
