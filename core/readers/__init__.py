"""Open a report file: choose the reader by what the file holds, never by its name.

Whatever goes wrong leaves here as an `UnreadableFileError` with one sentence
for people; the file itself is never touched.  What a parser written in C could
choke on is read in a process of its own.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Cancelled, ReportError, UnreadableFileError
from core.progress import Progress, silent
from core.readers import guard

if TYPE_CHECKING:
    from core.document import Document

_LOG = logging.getLogger(__name__)

# A Word file or page up to this size takes a second at most, and no process to start.
_HARMLESS = 4 * 1024 * 1024

_CHOOSE = "请重新选择文件。"
_MISSING = "找不到文件“{name}”，它可能已被移动、改名或删除。" + _CHOOSE
_FOLDER = "“{name}”是文件夹，不是文件。请选择里面的一份年度报告。"
_NO_FILE = "“{name}”不是普通文件，没有打开。" + _CHOOSE
_LOCKED = (
    "没有权限读取“{name}”，或它正被别的程序占用，文件没有改动。"
    "请关闭打开它的程序，或复制到自己的文件夹后再试。"
)
_BROKEN = "“{name}”读不出来（{reason}），文件没有改动。请检查磁盘或网络连接后再试。"
_EMPTY = "“{name}”是空文件，没有内容可读。请确认文件已完整下载或重新索取。"
TOO_BIG = "读取这个文件要用的内存太多，没有打开，原文件没有改动。请只保留年度报告的内容后再试。"
_UNEXPECTED = (
    "读取文件时出现意外错误，没有打开，原文件没有改动。"
    "请用 Word 或 WPS 打开并另存为 .docx 后再试；仍不行时请把日志发给维护者。"
)


def read_bytes(path: Path) -> bytes:
    """Return a file's content.

    Raises:
        UnreadableFileError: It is missing, a folder, empty, locked, not allowed, on a
            broken disk or larger than 100 MB.
    """
    name = path.name or str(path)
    try:
        _require_file(path, name)
        with path.open("rb") as stream:
            data = stream.read(guard.MAX_FILE + 1)
    except FileNotFoundError as error:
        raise UnreadableFileError(_MISSING.format(name=name), repr(error)) from error
    except PermissionError as error:
        raise UnreadableFileError(_LOCKED.format(name=name), repr(error)) from error
    except (OSError, ValueError) as error:
        # A name with a zero character or too long for the disk raises, too.
        reason = getattr(error, "strerror", None) or "文件名无效"
        message = _BROKEN.format(name=name, reason=reason)
        raise UnreadableFileError(message, repr(error)) from error
    guard.check_size(len(data))
    if not data:
        raise UnreadableFileError(_EMPTY.format(name=name))
    return data


def open_document(path: Path, progress: Progress = silent) -> Document:
    """Return the report in a file; see `read_bytes` and `read_document`."""
    return read_document(read_bytes(path), path.name, progress)


def read_document(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the report that a file's bytes are, whatever the file is called.

    Whether it is a report at all is not asked here.  What is large, or of a format
    whose parser a file can harm, is read in a process of its own.

    Raises:
        UnreadableFileError: It is encrypted, broken, hostile, too large or of a format
            that has no reader; or reading it takes too long or too much memory.
        Cancelled: `progress` asked to stop.
    """
    if not _may_harm(data):
        return read_here(data, name, progress)
    from core.readers.apart import read_apart

    return read_apart(read_here, data, name, progress)


def read_here(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Do as `read_document` does, in this process: for one that is itself expendable.

    Raises:
        UnreadableFileError: It is encrypted, broken, hostile, too large or of a format
            that has no reader.
        Cancelled: `progress` asked to stop.
    """
    guard.check_size(len(data))
    if not data.strip():
        raise UnreadableFileError(_EMPTY.format(name=name))
    try:
        return _read(data, name, progress)
    except (ReportError, Cancelled):
        raise
    except MemoryError as error:
        raise UnreadableFileError(TOO_BIG, "memory") from error
    except Exception as error:
        # The one boundary of all parsers: no file may end the program.  The exception's own
        # text may quote the document, so only its kind and place are kept.
        frames = "".join(traceback.format_tb(error.__traceback__))
        _LOG.error("a reader failed with %s\n%s", type(error).__name__, frames)
        raise UnreadableFileError(_UNEXPECTED, type(error).__name__) from error


def _may_harm(data: bytes) -> bool:
    """Return whether a file is read in a process of its own.

    It says nothing about what the file is: a mark that only looks like a PDF's costs
    a moment, no more.
    """
    from core.readers.sniffing import is_pdf

    marks = (guard.OLE_MARK, *guard.OLD_SHEET_MARKS)
    return len(data) > _HARMLESS or data.startswith(marks) or is_pdf(data)


def _require_file(path: Path, name: str) -> None:
    if path.is_dir():
        raise UnreadableFileError(_FOLDER.format(name=name))
    # Reading a pipe or a device would wait for ever.
    if path.exists() and not path.is_file():
        raise UnreadableFileError(_NO_FILE.format(name=name))


def _read(data: bytes, name: str, progress: Progress) -> Document:
    # Each reader brings a parser along; starting the program should load none of them.
    from core.readers.kinds import Kind
    from core.readers.sniffing import recognise

    kind = recognise(data)
    if kind is Kind.DOCX:
        from core.readers.docx import read_docx

        return read_docx(data, name, progress)
    if kind is Kind.DOC:
        from core.readers.doc import read_doc

        return read_doc(data, name, progress)
    if kind is Kind.HTML:
        from core.readers.html import read_html

        return read_html(data, name, progress)
    if kind is Kind.MHT:
        from core.readers.mht import read_mht

        return read_mht(data, name, progress)
    if kind is Kind.ODT:
        from core.readers.odt import read_odt

        return read_odt(data, name, progress)
    if kind is Kind.XLSX:
        from core.readers.workbook import read_xlsx

        return read_xlsx(data, name, progress)
    if kind is Kind.XLS:
        from core.readers.workbook_xls import read_xls

        return read_xls(data, name, progress)
    if kind is Kind.PDF:
        from core.readers.pdf import read_pdf

        return read_pdf(data, name, progress)
    from core.readers.text import read_text

    return read_text(data, name, progress)
