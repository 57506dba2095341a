"""What a check of a folder has brought so far, so that it goes on where it was stopped.

It stands in the private folder: one line a report, each with a checksum, like the
journal.  A result counts only for a file of the same name, size and time of change,
checked in the same way by the same version.  A file that is damaged is not used
at all, and people are told.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.batch_files import BatchFile
from core.journal_lines import line, value_in
from core.private_folder import private_folder
from core.refusals import code
from core.storage import RecordFile, create_file, shorten_file
from core.version import VERSION

FOLDER, SUFFIX = "batches", ".batch"
_FORMAT = {"format": "gouji-batch", "version": 1}
_KEY, _DATA = "key", "data"
# Nobody comes back to a folder after that; what stands here comes from documents.
_KEPT_FOR = 30 * 24 * 3600.0
_SYNCED_EVERY = 1.0

_DAMAGED = "上次没有做完的检查留下的记录已损坏，没有使用，全部文件重新检查。"
_NOT_KEPT = "检查的进度不能记到磁盘上（用户文件夹已满或不允许写入）；中断以后要重新检查。"
_WENT_ON = "上次检查没有做完，这次接着做；此后没有变化的文件不再重新检查。"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the file the result of a report stands."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many results an interrupted run has left, and when the last one came (Unix time)."""

    count: int = 0
    at: float = 0.0


class BatchState:
    """The results of one folder, checked in one way; one thread at a time.

    `notices` are sentences for people.  Nothing here ever stops a check: what
    cannot be written is told, and the check goes on.
    """

    def __init__(self, path: Path | None) -> None:
        self.notices: list[str] = []
        # When the last result came that was there before.
        self.at = 0.0
        self._path = path
        self._places: dict[bytes, _Place] = {}
        self._file: RecordFile | None = None
        self._lines = 0
        self._synced_at = 0.0

    @property
    def count(self) -> int:
        """How many results there are."""
        return len(self._places)

    @classmethod
    def of(cls, way: Iterable[str]) -> BatchState:
        """Return the state of a check that some texts describe: which folder, and how."""
        state = cls(None)
        try:
            folder = private_folder(FOLDER)
            _sweep(folder)
            state._path = folder / f"{_digest([VERSION, *way]).hex()}{SUFFIX}"
            state._open(state._path)
        except OSError as error:
            state._give_up(error)
        return state

    def found(self, file: BatchFile, kind: str = "") -> bytes | None:
        """Return the result for a file that has not changed since, None without one."""
        place = self._places.get(key) if (key := _key(file, kind)) else None
        if place is None or self._path is None:
            return None
        try:
            with self._path.open("rb") as source:
                source.seek(place.start)
                value = json.loads(source.read(place.length))
            return zlib.decompress(b64decode(value[_DATA]))
        except (OSError, ValueError, KeyError, zlib.error) as error:
            _log.info("a kept result cannot be read: %s", type(error).__name__)
            return None

    def keep(self, file: BatchFile, data: bytes, kind: str = "") -> None:
        """Put down the result for a file; it outlives the program from now on."""
        key = _key(file, kind)
        if key is None or self._file is None:
            return
        text = b64encode(zlib.compress(data, 1)).decode("ascii")
        self._lines += 1
        try:
            self._file.append(line(self._lines, {_KEY: key.hex(), _DATA: text}))
            if time.monotonic() - self._synced_at >= _SYNCED_EVERY:
                self._file.sync()
                self._synced_at = time.monotonic()
        except OSError as error:
            self._give_up(error)

    def close(self) -> None:
        """Let go of the file and leave it for the next time."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def discard(self) -> None:
        """Remove the file: the check is done."""
        self.close()
        if self._path is not None:
            _remove(self._path)
        self._places = {}

    def _open(self, path: Path) -> None:
        self.at = path.stat().st_mtime if path.exists() else 0.0
        if path.exists() and not self._read(path):
            self.notices.append(_DAMAGED)
            self._places, self._lines = {}, 0
            path.unlink()
        if not path.exists():
            create_file(path, line(1, _FORMAT))
            self._lines = 1
        if self._places:
            self.notices.append(_WENT_ON)
        self._file = RecordFile(path)

    def _read(self, path: Path) -> bool:
        """Learn where the results stand; return whether all of it is right.

        A last line without its end is no damage: the program was killed in the middle of it.
        """
        start = 0
        with path.open("rb") as source:
            for text in source:
                if not text.endswith(b"\n"):
                    shorten_file(path, start)
                    break
                value = value_in(text[:-1], self._lines + 1)
                if value is None or (start == 0 and _FORMAT.items() - value.items()):
                    return False
                self._lines += 1
                if _KEY in value:
                    self._places[bytes.fromhex(str(value[_KEY]))] = _Place(start, len(text))
                start += len(text)
        return start > 0

    def _give_up(self, error: OSError) -> None:
        _log.warning("the state of a batch cannot be kept: %s", code(error))
        self.close()
        if _NOT_KEPT not in self.notices:
            self.notices.append(_NOT_KEPT)


def fingerprint(files: Iterable[BatchFile]) -> str:
    """Return what changes when any of some files does."""
    return _digest(f"{file.name}\0{_stamp(file)}" for file in files).hex()


def _key(file: BatchFile, kind: str) -> bytes | None:
    stamp = _stamp(file)
    return _digest([kind, file.name, file.member, stamp])[:16] if stamp else None


def _stamp(file: BatchFile) -> str:
    """Return the size and the time of change, of the archive for what is in one."""
    try:
        state = file.path.stat()
    except OSError:
        return ""
    return f"{state.st_size}:{state.st_mtime_ns}"


def _digest(texts: Iterable[str]) -> bytes:
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def _sweep(folder: Path) -> None:
    """Remove what nobody has come back to for a month."""
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            is_old = time.time() - path.stat().st_mtime > _KEPT_FOR
        except OSError:
            continue
        if is_old:
            _remove(path)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the state of a batch stays: %s", code(error))
