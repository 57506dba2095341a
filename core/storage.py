"""The only module that opens files for writing: a file is replaced whole or not at all.

The bytes go to a temporary file in the same folder, are forced to the disk, read
back and compared; only then does the temporary file take the target's name.
Nothing is ever written in place, whatever fails.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
import secrets
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from core.errors import SaveError

MAX_NAME_BYTES = 255
MAX_WINDOWS_PATH = 259  # UTF-16 units of a whole path, without the long-path setting

_TEMPORARY_PREFIX = ".~"
_TEMPORARY_SUFFIX = ".tmp"
_PRIVATE = 0o600
# O_BINARY keeps Windows from translating line ends.
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NAMES_TRIED = 100
# The mask can only be read by setting it, so it is read once, before there are threads.
_UMASK = os.umask(0o022)
os.umask(_UMASK)
_WINDOWS = os.name == "nt"
# A virus scanner or indexer holds a new file for a moment; a Word that has it open does not let go.
_ATTEMPTS = 5 if _WINDOWS else 1
_PAUSE = 0.2  # seconds

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_USE = {errno.EBUSY, errno.ETXTBSY}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_SHARING_VIOLATIONS = {32, 33}  # Windows' own error numbers

_SAFE = "没有保存，原有的文件没有改动。"
_MEGABYTE = 1024 * 1024

_log = logging.getLogger(__name__)


def replace_file(
    path: Path,
    data: bytes,
    *,
    overwrite: bool = False,
    verify: Callable[[bytes], None] | None = None,
) -> None:
    """Put `data` where `path` leads, in one step.

    `verify` is given the bytes before the disk is touched and raises if they are
    not what is to be saved.  A symbolic link stays and its target is replaced.
    The file keeps the old one's mode.  When this returns, the bytes are on the disk.

    Raises:
        SaveError: There is a file and `overwrite` is false, or the disk refused;
            what stood there still does, and no temporary file is left.
    """
    if verify is not None:
        verify(data)
    try:
        target = Path(os.path.realpath(path))
        mode = _mode_for(target, overwrite)
        _write_and_rename(target, data, mode, overwrite)
    except OSError as error:
        raise _sentence(error, path, len(data)) from error


def proposed_path(source: Path, suffix: str, label: str = "校对版") -> Path:
    """Return a free path beside `source`, such as 原名(校对版).docx, then 原名(校对版2).docx.

    A label that the name already carries is not repeated.  A long name is
    shortened so that every file system takes it.
    """
    stem = re.sub(rf"\({re.escape(label)}\d*\)$", "", source.stem) or source.stem
    number = 1
    while True:
        ending = f"({label}{number if number > 1 else ''}){suffix}"
        path = source.with_name(_shortened(stem, ending, source.parent) + ending)
        if not os.path.lexists(path):
            return path
        number += 1


def _shortened(stem: str, ending: str, folder: Path) -> str:
    while len(stem) > 1 and not _fits(folder / (stem + ending)):
        stem = stem[:-1].rstrip(" .")
    return stem


def _fits(path: Path) -> bool:
    if _WINDOWS and len(str(path).encode("utf-16-le", "surrogatepass")) // 2 > MAX_WINDOWS_PATH:
        return False
    return len(os.fsencode(path.name)) <= MAX_NAME_BYTES


def _mode_for(target: Path, overwrite: bool) -> int:
    """Return the mode that the new file gets; refuse a target that must not be replaced."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return 0o666 & ~_UMASK
    if stat.S_ISDIR(found.st_mode):
        raise SaveError(f"“{target.name}”是一个文件夹，{_SAFE}请换一个文件名。")
    if not overwrite:
        raise _exists(target)
    if not os.access(target, os.W_OK):
        raise SaveError(f"“{target.name}”是只读文件，{_SAFE}请换一个文件名保存。")
    return stat.S_IMODE(found.st_mode)


def _exists(target: Path) -> SaveError:
    return SaveError(f"“{target.name}”已经存在，没有覆盖它。请换一个文件名，或先确认要覆盖。")


def _write_and_rename(target: Path, data: bytes, mode: int, overwrite: bool) -> None:
    descriptor, temporary = _open_temporary(target.parent)
    try:
        _write(descriptor, data)
        _compare(temporary, data)
        temporary.chmod(mode)
        if not overwrite and os.path.lexists(target):
            raise _exists(target)
        _rename(temporary, target)
    except BaseException:
        _remove(temporary)
        raise
    _sync_folder(target.parent)


def _open_temporary(folder: Path) -> tuple[int, Path]:
    """Open a new private file with a short name, so that the target's may be as long as allowed.

    tempfile.mkstemp tries 10,000 names where Windows forbids writing to the folder.
    """
    for _ in range(_NAMES_TRIED):
        path = folder / f"{_TEMPORARY_PREFIX}{secrets.token_hex(3)}{_TEMPORARY_SUFFIX}"
        with suppress(FileExistsError):
            return os.open(path, _NEW_FILE, _PRIVATE), path
    raise FileExistsError(errno.EEXIST, "no free name")


def _write(descriptor: int, data: bytes) -> None:
    """Write all bytes, whatever portion the system takes at a time, and force them to the disk."""
    try:
        rest = memoryview(data)
        while rest:
            taken = os.write(descriptor, rest)
            if not taken:
                raise OSError(errno.ENOSPC, "nothing more was taken")
            rest = rest[taken:]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _compare(temporary: Path, data: bytes) -> None:
    with temporary.open("rb") as written:
        found = hashlib.file_digest(written, "sha256").digest()
    if found != hashlib.sha256(data).digest():
        raise SaveError(
            f"写到磁盘上的内容读回来不一样，磁盘可能有问题，{_SAFE}请保存到另一个磁盘。"
        )


def _rename(temporary: Path, target: Path) -> None:
    for attempt in range(_ATTEMPTS):
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if attempt + 1 == _ATTEMPTS:
                raise
            time.sleep(_PAUSE)


def _remove(temporary: Path) -> None:
    try:
        temporary.unlink()
    except OSError as error:
        _log.warning("a temporary file is left behind: %s", _code(error))


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power failure; the file itself is already safe."""
    if _WINDOWS:  # which opens no folders
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        _log.warning("a folder could not be synced: %s", _code(error))


def _sentence(error: OSError, path: Path, size: int) -> SaveError:
    """Return what a refusal of the system means to a person."""
    number = error.errno
    if number in _NO_SPACE:
        text = (
            f"磁盘空间不足（这个文件需约 {_megabytes(size)} MB），{_SAFE}"
            "请腾出空间，或保存到另一个磁盘。"
        )
    elif number in _IN_USE or getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        text = f"“{path.name}”正被 Word、WPS 等程序打开，{_SAFE}请关闭它后重试，或另存为新文件。"
    elif number in _NO_RIGHT:
        text = (
            f"这个位置不允许写入（只读，或“{path.name}”正被其他程序打开），{_SAFE}"
            "请另存到别的文件夹，例如“文档”。"
        )
    elif number in _NO_FOLDER:
        text = f"要保存到的文件夹不存在（U 盘或网络盘可能已断开），{_SAFE}请另选一个文件夹。"
    elif number == errno.ENAMETOOLONG:
        text = f"文件名太长，{_SAFE}请改短后再保存。"
    else:
        text = f"写入磁盘时出错，{_SAFE}请再试一次，或保存到另一个磁盘。"
    return SaveError(text, _code(error))


def _megabytes(size: int) -> str:
    return f"{max(size / _MEGABYTE, 0.1):.1f}"


def _code(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
