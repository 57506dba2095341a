"""Which files of a folder are reports to be checked, those in zip archives included.

What may hold a report is told from its name, because thousands of files are
looked at; what it really is, its content says when it is read.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from core.errors import ReportError, UnreadableFileError
from core.readers import read_bytes
from core.readers.guard import Package, office_kind, open_package

# Pictures, sound, programs and what systems leave behind.  Archives other than zip are not
# among them: they may hold reports, and whoever reads the list should know.
_NEVER = frozenset(
    (
        *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg", ".ico"),
        *(".mp3", ".mp4", ".wav", ".avi", ".mov", ".wmv", ".mkv", ".flv", ".m4a"),
        *(".exe", ".dll", ".msi", ".bat", ".cmd", ".ps1", ".sh", ".py", ".js", ".css", ".json"),
        *(".ini", ".db", ".lnk", ".url", ".tmp", ".bak", ".log", ".ttf", ".otf", ".woff", ".iso"),
    )
)
_OF_SYSTEMS = frozenset(("__macosx", "$recycle.bin", "system volume information"))
_ARCHIVE = ".zip"
_UTF_8_NAMES = 0x800
_NO_FOLDER = "文件夹“{name}”不存在或者不是文件夹，没有检查任何文件；请重新选择文件夹。"
_CLOSED = "没有权限打开文件夹“{name}”，里面的文件没有检查；请确认权限后再试。"


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file to check: its name relative to the folder, with `/`, and where it is.

    `member` is its entry's name in the zip archive `path`, empty for a file on
    the disk.  With `error`, a sentence, it cannot even be opened.
    """

    name: str
    path: Path
    member: str = ""
    error: str = ""

    @property
    def order(self) -> tuple[str, ...]:
        """What files are sorted by, the same on every system."""
        return tuple(self.name.split("/"))


@dataclass(frozen=True)
class Listing:
    """The files of a folder in name order, and how many others were left out."""

    files: tuple[BatchFile, ...] = ()
    skipped: int = field(default=0)


def list_files(folder: Path) -> Listing:
    """Return the files of a folder and its sub-folders that may be reports.

    Left out and counted are temporary and hidden files, and kinds that never
    hold a report.  A zip archive stands for what is in it; archives inside are
    not opened.

    Raises:
        UnreadableFileError: There is no such folder.
    """
    if not folder.is_dir():
        raise UnreadableFileError(_NO_FOLDER.format(name=folder))
    files: list[BatchFile] = []
    skipped = 0
    for each in _walk(folder):
        if not each.error and _is_left_out(each.name):
            skipped += 1
        elif each.path.suffix.lower() == _ARCHIVE and not each.error:
            members, left_out = _members(each)
            files += members
            skipped += left_out
        else:
            files.append(each)
    return Listing(tuple(sorted(files, key=lambda file: file.order)), skipped)


def content_of(file: BatchFile) -> bytes:
    """Return what is in a file; in an archive under the limits of the reader's guard.

    Raises:
        UnreadableFileError: It cannot be read, is encrypted or over the limits.
    """
    if file.error:
        raise UnreadableFileError(file.error)
    if not file.member:
        return read_bytes(file.path)
    try:
        state = file.path.stat()
    except OSError:
        # Reading it says in a sentence what has become of it.
        return open_package(read_bytes(file.path)).read(file.member)
    return _package(file.path, state.st_mtime_ns, state.st_size).read(file.member)


# The entries of an archive follow each other, so that it is read once for all of them;
# those of last year's may come in between.
@lru_cache(maxsize=2)
def _package(path: Path, _modified: int, _size: int) -> Package:
    return open_package(read_bytes(path))


def _walk(folder: Path) -> Iterator[BatchFile]:
    """Yield all files; a folder that cannot be opened stands for what is in it."""
    closed: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=closed.append):
        # A hidden folder is left out like a hidden file; what is in it is not counted.
        folders[:] = sorted(name for name in folders if not _is_hidden(name))
        for name in names:
            path = Path(place, name)
            yield BatchFile(_relative(path, folder), path)
    for error in closed:
        path = Path(error.filename)
        name = _relative(path, folder)
        yield BatchFile(name, path, error=_CLOSED.format(name=path.name))


def _relative(path: Path, folder: Path) -> str:
    # Names that are no text, which disks of other systems have, are shown as they are in `check`.
    return os.fsencode(path.relative_to(folder).as_posix()).decode("utf-8", "backslashreplace")


def _members(archive: BatchFile) -> tuple[list[BatchFile], int]:
    """Return the reports in an archive and how many entries were left out."""
    try:
        data = read_bytes(archive.path)
        if office_kind(data) != "zip":
            # A report whose name says something else: its reader will know.
            return [archive], 0
        entries = [entry for entry in open_package(data).entries if not entry.is_dir()]
    except ReportError as error:
        return [BatchFile(archive.name, archive.path, error=str(error))], 0
    kept = [entry for entry in entries if not _is_left_out(_shown(entry))]
    files = [
        BatchFile(f"{archive.name}/{_shown(entry)}", archive.path, entry.filename) for entry in kept
    ]
    return files, len(entries) - len(kept)


def _shown(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Chinese Windows writes GBK and says nothing of it."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8_NAMES:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _is_left_out(name: str) -> bool:
    steps = name.split("/")
    return _are_hidden(steps) or Path(steps[-1]).suffix.lower() in _NEVER


def _are_hidden(steps: Iterable[str]) -> bool:
    return any(_is_hidden(step) for step in steps)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _OF_SYSTEMS
