"""Replace parts of a zip package, or add some, and leave every other byte of it as it was.

zipfile would write all entries anew: other compressed bytes, other headers.
Here the changed entry is spliced in, and only the directory's offsets follow.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from core.errors import SaveError

# Fields in the order of the file, after the four bytes of the signature (APPNOTE 4.3).
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_END_MARK = b"PK\x05\x06"
_ZIP64_END_MARK = b"PK\x06\x06"
_DESCRIPTOR_MARK = b"PK\x07\x08"
_DESCRIPTOR_FOLLOWS = 0x08
_ZIP64_EXTRA = 0x0001
_UNSET = 0xFFFFFFFF
_RAW_DEFLATE = -15
_VERSION = 20  # of the format: what deflated entries need
_NO_DATE = 0x0021  # 1980-01-01, the earliest that a zip can name
_UTF8_NAME = 0x0800

_UNUSUAL = (
    "这个文件的压缩结构特殊，不能只替换其中的单元格，没有保存，原文件没有改动。"
    "请用 Office 或 WPS 另存为一份新的 .docx 或 .xlsx，再打开它修改。"
)


@dataclass(frozen=True, slots=True)
class _Record:
    """An entry of the directory at the end: its bytes, and where its local header is."""

    raw: bytes
    offset: int


class Archive:
    """A zip package held in memory, whose parts can be read and replaced.

    Raises:
        SaveError: The bytes are no zip package, or one that cannot be spliced.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except zipfile.BadZipFile as error:
            raise SaveError(_UNUSUAL, repr(error)) from error
        self._entries = {entry.filename.lower(): entry for entry in self._zip.infolist()}

    def has(self, name: str) -> bool:
        """Return whether there is a part of that name, upper and lower case being the same."""
        return name.lower() in self._entries

    def read(self, name: str) -> bytes:
        """Return a part's bytes."""
        return self._zip.read(self._entries[name.lower()])

    def with_part(self, name: str, content: bytes) -> bytes:
        """Return the package with one part replaced.

        Its name, method, time and attributes stay, and so do all bytes of the others.
        """
        entry = self._entries[name.lower()]
        start = entry.header_offset
        packed = _packed(content, entry.compress_type)
        sizes = (zlib.crc32(content), len(packed), len(content))
        local, end = self._local(entry, sizes)
        moved = len(local) + len(packed) - (end - start)
        directory = b"".join(
            _directory_entry(record, start, moved, sizes) for record in self._records
        )
        return b"".join(
            (
                self.data[:start],
                local,
                packed,
                self.data[end : self._directory],
                directory,
                self._end(self._directory + moved, len(directory)),
            )
        )

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """Return the package with some parts replaced, or put behind the others if they are new."""
        archive = self
        for name, content in parts.items():
            put = archive.with_part if archive.has(name) else archive.with_new_part
            archive = Archive(put(name, content))
        return archive.data

    def with_new_part(self, name: str, content: bytes) -> bytes:
        """Return the package with one part more, behind all others."""
        written, packed = name.encode(), _packed(content, zipfile.ZIP_DEFLATED)
        flags = 0 if name.isascii() else _UTF8_NAME
        described = (flags, zipfile.ZIP_DEFLATED, 0, _NO_DATE, zlib.crc32(content), len(packed))
        fields = (_VERSION, *described, len(content), len(written))
        local = _LOCAL.pack(b"PK\x03\x04", *fields, 0) + written + packed
        start = self._directory
        entry = _CENTRAL.pack(b"PK\x01\x02", _VERSION, *fields, 0, 0, 0, 0, 0, start) + written
        directory = b"".join(record.raw for record in self._records) + entry
        end = self._end(start + len(local), len(directory), len(self._records) + 1)
        return b"".join((self.data[:start], local, directory, end))

    def _local(self, entry: zipfile.ZipInfo, sizes: tuple[int, int, int]) -> tuple[bytes, int]:
        """Return a new local header, and where the old entry ends."""
        start = entry.header_offset
        fields = list(_LOCAL.unpack_from(self.data, start))
        name_end = start + _LOCAL.size + fields[9]
        extra_end = name_end + fields[10]
        extra = _without_zip64(self.data[name_end:extra_end])
        end = extra_end + entry.compress_size
        if fields[2] & _DESCRIPTOR_FOLLOWS:
            end += self._descriptor_length(end)
            fields[2] &= ~_DESCRIPTOR_FOLLOWS
        fields[6:9] = sizes
        fields[10] = len(extra)
        name = self.data[start + _LOCAL.size : name_end]
        return _LOCAL.pack(*fields) + name + extra, end

    def _descriptor_length(self, start: int) -> int:
        following = [record.offset for record in self._records if record.offset >= start]
        gap = min([*following, self._directory]) - start
        marked = self.data.startswith(_DESCRIPTOR_MARK, start)
        # Sizes are of eight bytes in a zip64 entry, and the mark may be missing.
        length = {24: 24, 20: 20}.get(gap, 16 if marked else 12)
        if length > gap:
            raise SaveError(_UNUSUAL, "data descriptor")
        return length

    @cached_property
    def _end_fields(self) -> tuple[int, ...]:
        place = self.data.rfind(_END_MARK)
        if place < 0 or place + _END.size > len(self.data):
            raise SaveError(_UNUSUAL, "no end record")
        fields = _END.unpack_from(self.data, place)[1:]
        if place + _END.size + fields[6] != len(self.data):
            raise SaveError(_UNUSUAL, "bytes behind the end")
        return (place, *fields)

    @property
    def _directory(self) -> int:
        """Where the directory begins."""
        place, _, _, _, _, size, start, _ = self._end_fields
        gap = self.data[start + size : place]
        # A zip64 end record repeats what stands here, and may be left out.
        if start + size > place or (gap and not gap.startswith(_ZIP64_END_MARK)):
            raise SaveError(_UNUSUAL, "directory")
        return start

    @cached_property
    def _records(self) -> tuple[_Record, ...]:
        return tuple(self._read_records())

    def _read_records(self) -> Iterator[_Record]:
        place = self._directory
        for _ in range(self._end_fields[4]):
            fields = _CENTRAL.unpack_from(self.data, place)
            length = _CENTRAL.size + fields[10] + fields[11] + fields[12]
            if fields[16] == _UNSET:
                raise SaveError(_UNUSUAL, "zip64 offset")
            yield _Record(self.data[place : place + length], fields[16])
            place += length

    def _end(self, start: int, size: int, count: int | None = None) -> bytes:
        place = self._end_fields[0]
        fields = list(_END.unpack_from(self.data, place))
        fields[5:7] = [size, start]
        if count is not None:
            fields[3:5] = [count, count]
        return _END.pack(*fields) + self.data[place + _END.size :]


def _packed(content: bytes, method: int) -> bytes:
    if method == zipfile.ZIP_STORED:
        return content
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, _RAW_DEFLATE)
    return packer.compress(content) + packer.flush()


def _directory_entry(
    record: _Record, changed: int, moved: int, sizes: tuple[int, int, int]
) -> bytes:
    """Return a directory entry after the entry at `changed` grew by `moved` bytes."""
    if record.offset < changed:
        return record.raw
    fields = list(_CENTRAL.unpack_from(record.raw))
    rest = record.raw[_CENTRAL.size :]
    if record.offset > changed:
        fields[16] += moved
        return _CENTRAL.pack(*fields) + rest
    name_end, extra_end = fields[10], fields[10] + fields[11]
    extra = _without_zip64(rest[name_end:extra_end])
    fields[3] &= ~_DESCRIPTOR_FOLLOWS
    fields[7:10] = sizes
    fields[11] = len(extra)
    return _CENTRAL.pack(*fields) + rest[:name_end] + extra + rest[extra_end:]


def _without_zip64(extra: bytes) -> bytes:
    """Leave the sizes out that a zip64 entry keeps beside its header."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, place)
        if kind != _ZIP64_EXTRA:
            kept += extra[place : place + 4 + length]
        place += 4 + length
    return kept + extra[place:]
