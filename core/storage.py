"""The only module that opens files for writing: a file is replaced whole or not at all.

The bytes go to a temporary file in the same folder, are forced to the disk, read
back and compared; what stood there goes to the backups by the same steps; only
then does the temporary file take the target's name.  Nothing is ever written in
place, whatever fails.  Two files grow instead: the journal (`RecordFile`) and
the log (`open_log`).
"""

from __future__ import annotations

import errno
import hashlib
import io
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

from core.backups import drop_old_backups, next_backup
from core.errors import SaveError
from core.file_names import free_path, proposed_path
from core.file_state import FileState, digest_of
from core.leftovers import TEMPORARY_PREFIX, TEMPORARY_SUFFIX, sweep_folder
from core.refusals import SAFE, code, refusal
from core.replaceable import (
    Present,
    changed,
    notices,
    require_as_it_was,
    require_expected,
    require_space,
    what_stands,
)

__all__ = [
    "FileState",
    "RecordFile",
    "Saved",
    "create_file",
    "empty_file",
    "free_path",
    "open_fault_file",
    "open_log",
    "proposed_path",
    "replace_file",
    "replace_own_output",
    "shorten_file",
    "why_not_writable",
]

_PRIVATE = 0o600
# O_BINARY keeps Windows from translating line ends.
_BINARY = getattr(os, "O_BINARY", 0)
_NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY
_GROWING_FILE = os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY
_NAMES_TRIED = 100
_CHUNK = 1024 * 1024
# The mask can only be read by setting it, so it is read once, before there are threads.
_UMASK = os.umask(0o022)
os.umask(_UMASK)
_WINDOWS = os.name == "nt"
# A virus scanner or indexer holds a new file for a moment; a Word that has it open does not let go.
_ATTEMPTS = 5 if _WINDOWS else 1
_PAUSE = 0.2  # seconds
_LOG_SIZE, _LOGS_KEPT = 1024 * 1024, 2

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save has left: the file's state, the backup of what stood there, what to tell.

    `notices` are sentences for people about a save that went well.
    """

    state: FileState
    backup: Path | None = None
    notices: tuple[str, ...] = ()


def replace_file(
    path: Path,
    data: bytes,
    *,
    overwrite: bool = False,
    verify: Callable[[bytes], None] | None = None,
    expected: FileState | None = None,
    backup: bool = True,
) -> Saved:
    """Put `data` where `path` leads, in one step.

    `verify` is given the bytes before the disk is touched and raises if they are
    not what is to be saved.  A symbolic link stays and its target is replaced.
    The file keeps the old one's mode.  What stood there goes to the backups.
    With `expected`, a file that holds anything else is not replaced.  When this
    returns, the bytes are on the disk.

    Raises:
        ChangedOnDiskError: The file is not as expected, or changed during the save.
        SaveError: There is a file and `overwrite` is false, or the disk refused;
            what stood there still does, and no temporary file is left.
    """
    if verify is not None:
        verify(data)
    try:
        target = Path(os.path.realpath(path))
        present = what_stands(target, overwrite)
        require_expected(target, present, expected)
        require_space(target.parent, len(data))
        return _write_and_rename(target, data, present, backup)
    except OSError as error:
        raise refusal(error, path, len(data)) from error


def replace_own_output(
    path: Path,
    data: bytes,
    expected: FileState,
    *,
    verify: Callable[[bytes], None] | None = None,
) -> Saved:
    """Replace what the program itself wrote last, if it still is what it wrote.

    `expected` is the state that the last save returned.  A file that was moved
    away or deleted meanwhile is written anew.

    Raises:
        ChangedOnDiskError: Another program has changed it; it is left as it is.
        SaveError: The disk refused; what stood there still does.
    """
    stands = os.path.lexists(path)
    return replace_file(path, data, overwrite=stands, verify=verify, expected=expected)


def create_file(path: Path, data: bytes) -> bool:
    """Make a small private file with all its content at once; return whether it is new.

    Of several processes that try, one succeeds.

    Raises:
        OSError: The folder does not take it.
    """
    temporary = _written(path.parent, [data])
    try:
        _rename_to_free_name(temporary, path)
    except FileExistsError:
        return False
    finally:
        _remove(temporary)
    _sync_folder(path.parent)
    return True


def empty_file(path: Path) -> None:
    """Take everything out of a log, at a person's wish; who writes to it goes on at its begin.

    Raises:
        OSError: It could not be done.
    """
    os.truncate(path, 0)


def why_not_writable(folder: Path) -> str:
    """Return why nothing can be saved in a folder, "" if it can: told when a file is opened.

    It tries, because no access list or network drive can be asked.
    """
    try:
        _remove(_written(folder, [b""]))
    except OSError as error:
        return str(refusal(error, folder, 0))
    return ""


def shorten_file(path: Path, length: int) -> None:
    """Cut a growing file behind its last whole record.

    Raises:
        OSError: It could not be done.
    """
    os.truncate(path, length)


class RecordFile:
    """A private file that only grows, by whole records: the journal.

    A record that does not fit is taken back, so that the next one stands behind
    a whole one.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, or begin it.

        Raises:
            OSError: The folder does not take it.
        """
        is_new = not path.exists()
        self._descriptor = os.open(path, _GROWING_FILE, _PRIVATE)
        self._length = os.fstat(self._descriptor).st_size
        self._is_torn = False
        if is_new:
            _sync_folder(path.parent)

    @property
    def is_reachable(self) -> bool:
        """Whether the file still has a name; somebody may have removed it."""
        try:
            return os.fstat(self._descriptor).st_nlink > 0
        except OSError:
            # Writing will tell.
            return True

    def append(self, record: bytes) -> None:
        """Give a record to the system: from now on it outlives the program.

        Raises:
            OSError: The disk refused; the file is as it was.
        """
        if self._is_torn:
            self._take_back()
        self._is_torn = True
        try:
            _write_all(self._descriptor, record)
        except OSError:
            self._take_back()
            raise
        self._is_torn = False
        self._length += len(record)

    def sync(self) -> None:
        """Force everything to the disk: from now on it outlives a power failure."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._descriptor)

    def _take_back(self) -> None:
        os.ftruncate(self._descriptor, self._length)
        self._is_torn = False


class _Log(RotatingFileHandler):
    """A log of 1 MB and two older ones, closed to others."""

    def _open(self) -> io.TextIOWrapper:
        return open(self.baseFilename, "a", encoding="utf-8", opener=_open_privately)

    def rotate(self, source: str, dest: str) -> None:
        """Let the log grow on while a second window has it open, which Windows does not rename."""
        with suppress(PermissionError):
            super().rotate(source, dest)


def open_log(path: Path) -> logging.Handler:
    """Return a handler that writes the program's log to a file in a private folder.

    Raises:
        OSError: The file cannot be opened.
    """
    return _Log(path, maxBytes=_LOG_SIZE, backupCount=_LOGS_KEPT, encoding="utf-8")


def open_fault_file(path: Path) -> io.TextIOWrapper:
    """Return a private file that grows by what the interpreter itself says when it dies.

    Raises:
        OSError: The file cannot be opened.
    """
    return open(path, "a", encoding="utf-8", opener=_open_privately)


def _open_privately(path: str, flags: int) -> int:
    return os.open(path, flags, _PRIVATE)


def _write_and_rename(target: Path, data: bytes, present: Present | None, backup: bool) -> Saved:
    temporary = _written(target.parent, [data])
    try:
        temporary.chmod(present.mode if present else 0o666 & ~_UMASK)
        written = temporary.stat()
        state = FileState(len(data), written.st_mtime_ns, digest_of(data))
        kept = None
        if backup and present and not state.holds(present.state):
            kept = _back_up(target, present.state)
        require_as_it_was(target, present)
        _rename(temporary, target)
    except BaseException:
        _remove(temporary)
        raise
    _sync_folder(target.parent)
    sweep_folder(target.parent)
    return Saved(state, kept, notices(target, present))


def _back_up(target: Path, state: FileState) -> Path:
    """Copy what is to be replaced into the private folder, by the same steps."""
    try:
        place = next_backup(target)
        with target.open("rb") as old:
            temporary = _written(place.parent, iter(lambda: old.read(_CHUNK), b""))
        try:
            if not state.holds(FileState.of(temporary)):
                raise changed(target)
            _rename(temporary, place)
        except BaseException:
            _remove(temporary)
            raise
    except OSError as error:
        raise SaveError(
            f"“{target.name}”原来的内容不能备份（用户文件夹已满或不允许写入），{SAFE}"
            "请另存为新文件。",
            code(error),
        ) from error
    _sync_folder(place.parent)
    drop_old_backups(target)
    return place


def _written(folder: Path, parts: Iterable[bytes]) -> Path:
    """Return a new temporary file that holds some bytes, on the disk and read back."""
    descriptor, temporary = _open_temporary(folder)
    try:
        _compare(temporary, _write(descriptor, parts))
    except BaseException:
        _remove(temporary)
        raise
    return temporary


def _open_temporary(folder: Path) -> tuple[int, Path]:
    """Open a new private file with a short name, so that the target's may be as long as allowed.

    tempfile.mkstemp tries 10,000 names where Windows forbids writing to the folder.
    """
    for _ in range(_NAMES_TRIED):
        path = folder / f"{TEMPORARY_PREFIX}{secrets.token_hex(3)}{TEMPORARY_SUFFIX}"
        with suppress(FileExistsError):
            return os.open(path, _NEW_FILE, _PRIVATE), path
    raise FileExistsError(errno.EEXIST, "no free name")


def _write(descriptor: int, parts: Iterable[bytes]) -> str:
    """Write all parts, force them to the disk, close; return the digest of what was to be there."""
    digest = hashlib.sha256()
    try:
        for part in parts:
            digest.update(part)
            _write_all(descriptor, part)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def _write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes, whatever portion the system takes at a time."""
    rest = memoryview(data)
    while rest:
        taken = os.write(descriptor, rest)
        if not taken:
            raise OSError(errno.ENOSPC, "nothing more was taken")
        rest = rest[taken:]


def _compare(temporary: Path, digest: str) -> None:
    with temporary.open("rb") as written:
        found = hashlib.file_digest(written, "sha256").hexdigest()
    if found != digest:
        raise SaveError(f"写到磁盘上的内容读回来不一样，磁盘可能有问题，{SAFE}请保存到另一个磁盘。")


def _rename(temporary: Path, target: Path) -> None:
    """Let the temporary file take the target's name, in one step.

    On Windows this is no ReplaceFile, which can leave the target without a file.
    """
    for pause in _pauses():
        try:
            temporary.replace(target)
            return
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)


def _pauses() -> Iterator[float | None]:
    yield from [_PAUSE] * (_ATTEMPTS - 1)
    yield None


def _rename_to_free_name(temporary: Path, target: Path) -> None:
    if _WINDOWS:  # which refuses to rename to a name that is taken
        temporary.rename(target)
        return
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here.  Two processes could both find the name free: all but impossible.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "taken") from None
        temporary.rename(target)


def _remove(temporary: Path) -> None:
    try:
        temporary.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("a temporary file is left behind: %s", code(error))


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
        _log.warning("a folder could not be synced: %s", code(error))
