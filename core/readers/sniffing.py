"""Recognise what a file is by its content, and refuse by name what no reader is there for."""

from __future__ import annotations

import re

from core.errors import UnreadableFileError
from core.readers import guard
from core.readers.encoding import decode, is_text
from core.readers.kinds import Kind

_OFFICE_KINDS = frozenset((Kind.DOC, Kind.DOCX, Kind.XLS, Kind.XLSX))
_SAFE = "没有打开，原文件没有改动。"
_SAVE_AS = "请用 Word 或 WPS 打开并另存为 .docx 后再试。"
_RTF = f"这是 RTF 文档，目前还不能直接读取，{_SAFE}{_SAVE_AS}"
_IMAGE = f"这是图片，读不出文字，{_SAFE}请打开 Word、Excel、网页或文本格式的年度报告。"
_ARCHIVE = f"这是压缩包，不是文档，{_SAFE}请先解压，再打开里面的年度报告。"
_WORD_XML = f"这是 XML 格式的 Word 文档，目前还不能直接读取，{_SAFE}{_SAVE_AS}"
_UNKNOWN = f"这个文件的格式不认识，{_SAFE}请选择 Word、Excel、网页或文本格式的年度报告。"

_MARKS = (
    (b"{\\rtf", _RTF),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF8", _IMAGE),
    (b"BM", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"\x1f\x8b\x08", _ARCHIVE),
)
_OPEN_DOCUMENT = "odf"
_BITMAP_HEADER = 26
# Readers of PDF look for its mark in the first kilobyte; so do its forgers.
_PDF_WITHIN = 1024
_HEAD = 65_536
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_TABLE = re.compile(r"<table[\s>]", re.IGNORECASE)
_CELL = re.compile(r"<t[dh][\s>]", re.IGNORECASE)
_BLOCK_ENDS = re.compile(r"</(?:p|div|td|tr|span|li|h[1-6])\s*>", re.IGNORECASE)
_ENOUGH_BLOCK_ENDS = 5
_WORD_ROOT = re.compile(r"<(?:w:wordDocument|pkg:package|office:document)[\s>]")
# The head of a MIME archive: fields, each on a line of its own or folded, no empty line between.
_MAIL = re.compile(r"(?:[A-Z][A-Za-z-]{1,40}:[^\n]*\n(?:[ \t][^\n]+\n){0,20}){1,40}")
_OF_PAGE = re.compile(
    r"^content-type:\s*(?:multipart/(?:related|alternative)|text/html)", re.I | re.M
)


def recognise(data: bytes) -> Kind:
    """Return which reader a file is for.

    Raises:
        UnreadableFileError: None is; the sentence names the format where it is known.
    """
    if office := guard.office_kind(data):
        if office == _OPEN_DOCUMENT:
            return Kind.ODT
        if office not in _OFFICE_KINDS:
            raise guard.refuse(office)
        return Kind(office)
    if is_pdf(data):
        return Kind.PDF
    _refuse_by_mark(data)
    text = _text(data)
    head = text[:_HEAD].lstrip()
    if _is_archive(head):
        return Kind.MHT
    if _WORD_ROOT.search(head):
        raise UnreadableFileError(_WORD_XML, "xml")
    if _is_page(head, text):
        return Kind.HTML
    if head.startswith("<?xml") or not is_text(text):
        raise UnreadableFileError(_UNKNOWN, "unknown")
    return Kind.TEXT


def is_pdf(data: bytes) -> bool:
    """Return whether a program that reads PDF would try this file."""
    return b"%PDF-" in data[:_PDF_WITHIN]


def _refuse_by_mark(data: bytes) -> None:
    for mark, sentence in _MARKS:
        if data.startswith(mark) and (mark != b"BM" or _is_bitmap(data)):
            raise UnreadableFileError(sentence, repr(mark))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnreadableFileError(_IMAGE, "webp")


def _is_bitmap(data: bytes) -> bool:
    """Two letters may begin a text, but not with the file's own length behind them."""
    return len(data) >= _BITMAP_HEADER and int.from_bytes(data[2:6], "little") == len(data)


def _text(data: bytes) -> str:
    try:
        return decode(data).text
    except UnreadableFileError as error:
        # What has zero bytes and is no text in any encoding is not a badly encoded text.
        if b"\0" in data[:_HEAD]:
            raise UnreadableFileError(_UNKNOWN, error.detail) from error
        raise


def _is_archive(head: str) -> bool:
    fields = _MAIL.match(head.replace("\r\n", "\n"))
    return fields is not None and _OF_PAGE.search(fields[0]) is not None


def _is_page(head: str, text: str) -> bool:
    return (
        _PAGE.search(head) is not None
        or (_TABLE.search(text) is not None and _CELL.search(text) is not None)
        or len(_BLOCK_ENDS.findall(text)) >= _ENOUGH_BLOCK_ENDS
    )
