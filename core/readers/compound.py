"""Look into the directory of an OLE file without trusting it: every walk has a bound.

The layout is that of [MS-CFB]: sectors, a table that says which sector follows which,
and a directory of entries of 128 bytes whose first is the root.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = 512
_SECTOR_SHIFTS = (9, 12)
_SHIFT_AT, _DIRECTORY_AT, _MORE_TABLES_AT, _TABLES_AT = 30, 48, 68, 76
_TABLES_IN_HEADER = 109
_ENTRY = 128
_NAME_LENGTH_AT, _KIND_AT, _SIBLINGS_AT, _CHILD_AT = 64, 66, 68, 76
_STREAM = 2
_LAST_SECTOR = 0xFFFFFFFA  # What is above it means "none", "end" or "belongs to a table".
_NO_ENTRY = 0xFFFFFFFF
# An Office file has some dozens of entries; a thousand embedded objects are ten thousand.
_MAX_ENTRIES = 65_536


class DamagedError(Exception):
    """The directory cannot be followed; nothing a person reads."""


def root_streams(data: bytes) -> frozenset[str]:
    """Return the names of the streams directly under the root, not those of embedded files.

    Raises:
        DamagedError: The directory is cut off, leads in a ring or is absurdly large.
    """
    try:
        return frozenset(_under_root(_Directory(data)))
    except (struct.error, UnicodeDecodeError) as error:
        raise DamagedError(repr(error)) from error


def _under_root(directory: _Directory) -> Iterator[str]:
    # The siblings are a tree, whose order is not relied on.
    waiting, seen = [directory.child(0)], {_NO_ENTRY}
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        waiting += directory.siblings(number)
        if directory.is_stream(number):
            yield directory.name(number)


class _Directory:
    """The entries of a file's directory, by number."""

    def __init__(self, data: bytes) -> None:
        shift = int.from_bytes(data[_SHIFT_AT : _SHIFT_AT + 2], "little")
        if shift not in _SECTOR_SHIFTS:
            raise DamagedError("sector size")
        self._data = data
        self._sector = 1 << shift
        self._tables = list(self._table_sectors())
        (first,) = struct.unpack_from("<I", data, _DIRECTORY_AT)
        self._sectors = list(self._chain(first))

    def child(self, number: int) -> int:
        return self._long(number, _CHILD_AT)

    def siblings(self, number: int) -> tuple[int, int]:
        return self._long(number, _SIBLINGS_AT), self._long(number, _SIBLINGS_AT + 4)

    def is_stream(self, number: int) -> bool:
        return self._data[self._place(number) + _KIND_AT] == _STREAM

    def name(self, number: int) -> str:
        place = self._place(number)
        (length,) = struct.unpack_from("<H", self._data, place + _NAME_LENGTH_AT)
        # The length counts the zero character behind the name.
        encoded = self._data[place : place + min(max(length - 2, 0), _NAME_LENGTH_AT)]
        return encoded.decode("utf-16-le")

    def _long(self, number: int, offset: int) -> int:
        return int(struct.unpack_from("<I", self._data, self._place(number) + offset)[0])

    def _place(self, number: int) -> int:
        index, rest = divmod(number * _ENTRY, self._sector)
        if index >= len(self._sectors):
            raise DamagedError("an entry outside the directory")
        place = self._start(self._sectors[index]) + rest
        if place + _ENTRY > len(self._data):
            raise DamagedError("the directory is cut off")
        return place

    def _start(self, sector: int) -> int:
        return (sector + 1) * self._sector

    def _table_sectors(self) -> Iterator[int]:
        """Yield the sectors of the table that says which sector follows which, in order."""
        yield from struct.unpack_from(f"<{_TABLES_IN_HEADER}I", self._data, _TABLES_AT)
        (more,) = struct.unpack_from("<I", self._data, _MORE_TABLES_AT)
        listed = self._sector // 4 - 1
        for _ in range(len(self._data) // self._sector // listed + 1):
            if more > _LAST_SECTOR:
                return
            *tables, more = struct.unpack_from(f"<{listed + 1}I", self._data, self._start(more))
            yield from tables

    def _chain(self, sector: int) -> Iterator[int]:
        """Yield the sectors of the directory."""
        a_sector = self._sector // 4
        for _ in range(_MAX_ENTRIES * _ENTRY // self._sector):
            if sector > _LAST_SECTOR:
                return
            yield sector
            table, index = divmod(sector, a_sector)
            if table >= len(self._tables):
                raise DamagedError("a sector without a successor")
            place = self._start(self._tables[table]) + 4 * index
            (sector,) = struct.unpack_from("<I", self._data, place)
        raise DamagedError("the directory does not end")
