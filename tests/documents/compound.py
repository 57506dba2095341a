"""OLE files for tests, from streams by name."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_SMALLEST = 4096  # Shorter streams would need a table of their own.
_FREE, _END, _FAT, _DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_IN_HEADER = 109  # tables


def compound(
    streams: Mapping[str, bytes], inside: Mapping[str, Mapping[str, bytes]] | None = None
) -> bytes:
    """Return an OLE file; a stream shorter than 4,096 bytes is filled up with zeros.

    `inside` are storages by name, each with streams of its own as an embedded document has;
    they stand before the streams of the root.
    """
    fat: list[int] = []
    body = b""
    storages = inside or {}
    groups = [*storages.values(), streams]
    firsts = [1 + sum(map(len, groups[:number])) for number in range(len(groups))]
    behind = 1 + sum(map(len, groups))
    entries = [_entry("Root Entry", 5, _END, 0, child=firsts[-1] if streams else _FREE)]
    for group in groups:
        for left, (name, content) in zip(range(len(group) - 1, -1, -1), group.items(), strict=True):
            content = content.ljust(_SMALLEST, b"\0")
            # Storages hang on the last stream of the root.
            after = behind if group is streams and storages and not left else _FREE
            right = len(entries) + 1 if left else after
            entries.append(_entry(name, 2, len(fat), len(content), right=right))
            body += _chained(fat, content)
    for number, (name, first) in enumerate(zip(storages, firsts, strict=False), start=1):
        right = len(entries) + 1 if number < len(storages) else _FREE
        entries.append(_entry(name, 1, 0, 0, child=first, right=right))
    directory = len(fat)
    body += _chained(fat, b"".join(entries))
    a_table = _SECTOR // 4
    tables, more = 1, 0
    while len(fat) + tables + more > tables * a_table:
        tables += 1
        more = -(-max(tables - _IN_HEADER, 0) // (a_table - 1))
    places = list(range(len(fat), len(fat) + tables))
    first_more = len(fat) + tables
    fat += [_FAT] * tables + [_DIFAT] * more
    fat += [_FREE] * (tables * a_table - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"),
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, directory, 0, _SMALLEST, _END, 0, first_more if more else _END, more),
    )
    header += struct.pack(f"<{min(tables, _IN_HEADER)}I", *places[:_IN_HEADER])
    body += struct.pack(f"<{len(fat)}I", *fat)
    # What the header has no room for: each sector lists tables and names the next sector.
    for number in range(more):
        start = _IN_HEADER + number * (a_table - 1)
        listed = places[start : start + a_table - 1]
        listed += [_FREE] * (a_table - 1 - len(listed))
        after = first_more + number + 1 if number + 1 < more else _END
        body += struct.pack(f"<{a_table}I", *listed, after)
    return header.ljust(_SECTOR, b"\xff") + body


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
