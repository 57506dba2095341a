"""Refuse what is too large, encrypted or hostile before any parser sees it.

Every refusal is an `UnreadableFileError` with one Chinese sentence: what
happened, that the file is safe, and what to do.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import pairwise

from core.errors import UnreadableFileError
from core.readers.compound import DamagedError, root_streams

MAX_FILE = 100 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_TOTAL = 200 * 1024 * 1024
MAX_XML_PART = 24 * 1024 * 1024
MAX_RATIO = 200
RATIO_MATTERS_ABOVE = 1024 * 1024

_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
# Excel 2 to 4 wrote its records into the file itself: the first one begins a sheet or workbook.
OLD_SHEET_MARKS = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
)
OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
_XML_SUFFIXES = (".xml", ".rels")
_CHUNK = 4096
_LOCAL_HEADER = 30
_ENCRYPTED_FLAG = 0x1

_CONTENT_TYPES = "[content_types].xml"
_FOLDER_KINDS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_PART_KINDS = {"ofd.xml": "ofd", "content.xml": "odf"}
_OLE_KINDS = {
    "EncryptedPackage": "encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}

_SAFE = "没有打开，原文件没有改动。"
_OTHER_PROGRAM = "请用 Word 或 WPS 打开并另存为 .docx 后再试。"
_SAVE_ANEW = "请用 Office 或 WPS 打开并另存为新的 .docx 或 .xlsx 后再试。"
_ENCRYPTED = f"文档已加密，{_SAFE}请先在 Word 或 WPS 中取消打开密码，保存后再试。"
_REFUSALS = {
    "encrypted": _ENCRYPTED,
    "doc": f"这是旧版 Word 文档（.doc 或 .wps），不是 .docx，{_SAFE}{_OTHER_PROGRAM}",
    "xls": f"这是旧版 Excel 表格（.xls 或 .et），不是这里要的文档，{_SAFE}请重新选择文件。",
    "xlsx": f"这是 Excel 工作簿，不是这里要的文档，{_SAFE}请重新选择文件。",
    "ppt": f"这是演示文稿，不是年度报告，{_SAFE}请选择 Word、网页或文本格式的年度报告。",
    "pptx": f"这是演示文稿，不是年度报告，{_SAFE}请选择 Word、网页或文本格式的年度报告。",
    "odf": f"这是 OpenDocument 文档，不是这里要的格式，{_SAFE}{_OTHER_PROGRAM}",
    "ofd": f"这是 OFD 版式文件，不能直接读取，{_SAFE}请用 OFD 阅读软件另存为 PDF 或 .docx 后再试。",
    "zip": f"这是压缩包，不是文档，{_SAFE}请先解压，再打开里面的年度报告。",
    "ole": f"这个文件的格式不认识，{_SAFE}请选择 Word、网页或文本格式的年度报告。",
}
_BROKEN = f"文档不完整或已损坏（压缩结构读不出来），{_SAFE}请向发件人重新索取，或从备份中恢复。"
_MISSING = f"文档不完整（缺少必要的部分），{_SAFE}{_SAVE_ANEW}"
_TOO_LARGE = (
    f"文件太大（超过 {MAX_FILE // 1024**2} MB），{_SAFE}请只保留年度报告的内容，压缩图片后再试。"
)
_BOMB = f"文档解压后大得不正常，可能有害，{_SAFE}{_SAVE_ANEW}"
_NAMES = f"文档内部的文件名重复或指向文档之外，可能有害，{_SAFE}{_SAVE_ANEW}"


def refuse(kind: str) -> UnreadableFileError:
    """Return the refusal of a kind of file (see `office_kind`) that no reader is there for."""
    return UnreadableFileError(_REFUSALS.get(kind, _REFUSALS["ole"]), kind)


def check_size(size: int) -> None:
    """Refuse a file of so many bytes if that is more than 100 MB."""
    if size > MAX_FILE:
        raise UnreadableFileError(_TOO_LARGE, f"{size} bytes")


def office_kind(data: bytes) -> str:
    """Return what a zip or OLE file is, by its content; empty for anything else.

    "docx", "xlsx", "pptx", "odf", "ofd" and "zip" are zip files; "encrypted",
    "doc", "xls", "ppt" and "ole" are OLE files, an old "xls" may be neither.

    Raises:
        UnreadableFileError: A zip file that is broken, hostile or over the limits.
    """
    if data.startswith(OLE_MARK):
        return _ole_kind(data)
    if data.startswith(_ZIP_MARKS):
        return _zip_kind(_listed(data).names)
    return "xls" if data.startswith(OLD_SHEET_MARKS) else ""


def _ole_kind(data: bytes) -> str:
    try:
        streams = {name.lower() for name in root_streams(data)}
        kinds = [kind for name, kind in _OLE_KINDS.items() if name.lower() in streams]
    except DamagedError:
        # Its reader refuses it, in the words for what it was meant to be.
        kinds = [kind for name, kind in _OLE_KINDS.items() if _names(data, name)]
    kind = kinds[0] if kinds else "ole"
    return "encrypted" if kind == "doc" and _is_encrypted_doc(data) else kind


def _names(data: bytes, stream: str) -> bool:
    """Return whether an entry of a directory, wherever it is, has a stream's name and length."""
    name = stream.encode("utf-16-le").ljust(64, b"\0")
    return name + struct.pack("<H", 2 * len(stream) + 2) in data


def _is_encrypted_doc(data: bytes) -> bool:
    # Word's own stream starts in the first sector; bit 8 of its flags says that it is encrypted.
    start = data[512:524]
    return start.startswith(b"\xec\xa5") and bool(start[11] & 0x01)


def _zip_kind(names: Sequence[str]) -> str:
    lowered = [name.lower() for name in names]
    if _CONTENT_TYPES not in lowered:
        return next((kind for part, kind in _PART_KINDS.items() if part in lowered), "zip")
    for folder, kind in _FOLDER_KINDS.items():
        if any(name.startswith(folder) for name in lowered):
            return kind
    # A Word package may keep its parts anywhere; only its relationships tell (see the reader).
    return "docx"


@dataclass(frozen=True)
class Package:
    """A zip file within the limits, whose parts are inflated only when they are read."""

    data: bytes
    entries: tuple[zipfile.ZipInfo, ...]
    _spent: dict[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the file."""
        return tuple(entry.filename for entry in self.entries)

    @cached_property
    def _by_name(self) -> Mapping[str, zipfile.ZipInfo]:
        return {entry.filename.lower(): entry for entry in self.entries}

    def has(self, name: str) -> bool:
        """Return whether there is a part of that name, upper and lower case being the same."""
        return name.lower() in self._by_name

    def name(self, name: str) -> str:
        """Return a part's name as the file spells it."""
        return self._entry(name).filename

    def read(self, name: str) -> bytes:
        """Return a part, inflated under the limits whatever its header says.

        Raises:
            UnreadableFileError: It is missing, broken or too large.
        """
        entry = self._entry(name)
        limit = MAX_XML_PART if name.lower().endswith(_XML_SUFFIXES) else MAX_TOTAL
        content = _inflated(self.data, entry, limit)
        self._spent[entry.filename] = len(content)
        if sum(self._spent.values()) > MAX_TOTAL:
            raise UnreadableFileError(_BOMB, "in all")
        return content

    def xml_names(self) -> Iterator[str]:
        """Yield the names of the parts that are XML, read or not."""
        return (name for name in self.names if name.lower().endswith(_XML_SUFFIXES))

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield a part in pieces, so that no more of it is inflated than is asked for.

        Raises:
            UnreadableFileError: It is missing or broken.
        """
        entry = self._entry(name)
        _check_compression(entry)
        try:
            with zipfile.ZipFile(BytesIO(self.data)) as archive, archive.open(entry) as stream:
                yield from iter(lambda: stream.read(_CHUNK), b"")
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            raise UnreadableFileError(_BROKEN, repr(error)) from error

    def _entry(self, name: str) -> zipfile.ZipInfo:
        try:
            return self._by_name[name.lower()]
        except KeyError:
            raise UnreadableFileError(_MISSING, name) from None


def open_package(data: bytes) -> Package:
    """Return the zip package that an Office file is.

    Raises:
        UnreadableFileError: It is none, encrypted, broken, hostile or over the limits.
    """
    check_size(len(data))
    if not data.startswith(_ZIP_MARKS):
        kind = office_kind(data)
        raise refuse(kind) if kind else UnreadableFileError(_BROKEN, "no zip")
    return _listed(data)


def _listed(data: bytes) -> Package:
    check_size(len(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = tuple(archive.infolist())
    except Exception as error:
        raise UnreadableFileError(_BROKEN, repr(error)) from error
    _check_sizes(entries)
    _check_names(entries)
    _check_places(entries, len(data))
    return Package(data, entries)


def _check_sizes(entries: Sequence[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFileError(_BOMB, f"{len(entries)} entries")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise UnreadableFileError(_BOMB, "declared sizes")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > RATIO_MATTERS_ABOVE and ratio > MAX_RATIO:
            raise UnreadableFileError(_BOMB, f"ratio {ratio:.0f}")


def _check_names(entries: Sequence[zipfile.ZipInfo]) -> None:
    names = [entry.orig_filename for entry in entries]
    # Names of parts that differ in case only are the same name.
    if len({name.lower() for name in names}) < len(names):
        raise UnreadableFileError(_NAMES, "duplicate names")
    for name in names:
        steps = name.replace("\\", "/").split("/")
        if not steps[0] or steps[0].endswith(":") or ".." in steps or "\0" in name:
            raise UnreadableFileError(_NAMES, "a name that leads out of the package")


def _check_places(entries: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Refuse entries that share bytes: one stream read a thousand times is a bomb, too."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    starts = [*(entry.header_offset for entry in ordered), size]
    for entry, (start, after) in zip(ordered, pairwise(starts), strict=True):
        if start + _LOCAL_HEADER + entry.compress_size > after:
            raise UnreadableFileError(_BOMB, "overlapping entries")


def _check_compression(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & _ENCRYPTED_FLAG:
        raise refuse("encrypted")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableFileError(_BROKEN, f"compression {entry.compress_type}")


def _inflated(data: bytes, entry: zipfile.ZipInfo, limit: int) -> bytes:
    _check_compression(entry)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(entry) as stream:
            content = stream.read(limit + 1)
            whole = not stream.read(1)
    except Exception as error:
        raise UnreadableFileError(_BROKEN, repr(error)) from error
    if not whole or len(content) > limit:
        raise UnreadableFileError(_BOMB, f"more than {limit} bytes")
    return content
