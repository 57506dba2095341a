"""The edits of a session on the disk, so that nothing is lost when the program ends badly.

A journal stands in the private folder, never beside the document, and holds
edits only: every command as one line, in order, from the source on.  Undoing is
a command like any other.  It begins with the first command, and is removed when
the session ends in order.  `core.recovery` finds those that were not.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from core.edit_records import edit_json
from core.edits import AnyEdit
from core.errors import SaveError
from core.file_state import FileState
from core.journal_lines import AT, EDITS, FORMAT, OUTPUT, SAVED, VERSION, WRITER, line
from core.private_folder import private_folder
from core.processes import this_process
from core.refusals import code
from core.storage import RecordFile, create_file

FOLDER = "journals"
SUFFIX = ".journal"

_SYNCED_EVERY = 1.0  # seconds

_log = logging.getLogger(__name__)


class Journal:
    """What a session has done so far; one thread at a time.

    `record` hands a command to the system at once, which is enough when the
    program is killed, and forces it to the disk when the last time was a second
    ago.  Whoever records calls `sync` a second later, which is enough when the
    power fails.
    """

    def __init__(self, source: Path, digest: str) -> None:
        self._source = source
        self._digest = digest
        self._lines: list[bytes] = []
        self._written = 0
        self._file: RecordFile | None = None
        self._path: Path | None = None
        self._synced_at = 0.0
        self._is_synced = True

    @classmethod
    def open_for(cls, source: Path, digest: str) -> Journal:
        """Return the journal of a session on a source file, whose SHA-256 is given in hex.

        Nothing is written before the first command.
        """
        return cls(source.absolute(), digest)

    @classmethod
    def resumed(cls, path: Path, source: Path, digest: str, lines: Iterable[bytes]) -> Journal:
        """Return the journal that goes on where an interrupted one ends; see `core.recovery`.

        Raises:
            SaveError: It cannot be opened; it is left as it is.
        """
        journal = cls(source, digest)
        journal._path, journal._lines = path, list(lines)
        journal._written = len(journal._lines)
        try:
            journal._file = RecordFile(path)
        except OSError as error:
            raise _refused(error) from error
        journal._add({WRITER: this_process().json()})
        journal._flush()
        return journal

    @property
    def path(self) -> Path | None:
        """Where it stands, None as long as there is nothing in it."""
        return self._path

    @property
    def mark(self) -> int:
        """The number of the last line: taken when a save begins, given to `saved`."""
        return len(self._lines)

    def record(self, edits: Iterable[AnyEdit]) -> None:
        """Put down the edits of one command, after they were applied.

        Raises:
            SaveError: They are not on the disk yet; the next call tries again.
        """
        if written := [edit_json(edit) for edit in edits]:
            self._begin()
            self._add({EDITS: written})
            self._flush()

    def saved(self, mark: int, output: Path, state: FileState) -> None:
        """Note that everything up to a mark stands in a file that was read back.

        The edits stay, because they start from the source, but they are not
        offered again.  `state` is what the save returned.

        Raises:
            SaveError: The note is not on the disk yet; the next call tries again.
        """
        if not self._lines:
            return
        self._add(
            {
                SAVED: mark,
                OUTPUT: {"path": str(output.absolute()), **asdict(state)},
            }
        )
        self._flush()

    def sync(self) -> None:
        """Force what was recorded to the disk; costs nothing when it already is.

        Raises:
            SaveError: The disk refused; the next call tries again.
        """
        if self._written < len(self._lines) or self._is_gone():
            self._flush()
        if self._file is None or self._is_synced:
            return
        try:
            self._file.sync()
        except OSError as error:
            raise _refused(error) from error
        self._is_synced = True
        self._synced_at = time.monotonic()

    def discard(self) -> None:
        """Remove the journal: the session has ended, and its edits are saved or not wanted."""
        self.close()
        if self._path is not None:
            try:
                self._path.unlink(missing_ok=True)
            except OSError as error:
                _log.warning("a journal stays: %s", code(error))
        self._path = None
        self._lines, self._written = [], 0

    def close(self) -> None:
        """Let go of the file and leave it, as when the computer is shut down."""
        if self._file is not None:
            try:
                self._file.close()
            except OSError as error:
                # What was recorded has its own error; nothing more was to be written here.
                _log.warning("a journal was not closed in order: %s", code(error))
        self._file = None

    def _begin(self) -> None:
        if not self._lines:
            self._add(
                {
                    "format": FORMAT,
                    "version": VERSION,
                    "source": str(self._source),
                    "digest": self._digest,
                    WRITER: this_process().json(),
                }
            )

    def _add(self, values: dict[str, Any]) -> None:
        at = datetime.now().isoformat(timespec="seconds")
        self._lines.append(line(len(self._lines) + 1, {AT: at, **values}))

    def _flush(self) -> None:
        """Write what is not written; the lines stay in memory, so that nothing gets lost here."""
        try:
            if self._is_gone():
                self.close()
                self._path = None
            if self._path is None:
                self._path = self._created()
            if self._file is None:
                self._file = RecordFile(self._path)
            if self._written < len(self._lines):
                self._file.append(b"".join(self._lines[self._written :]))
                self._written, self._is_synced = len(self._lines), False
        except OSError as error:
            raise _refused(error) from error
        if time.monotonic() - self._synced_at >= _SYNCED_EVERY:
            self.sync()

    def _created(self) -> Path:
        """Begin the file with all lines at once: nobody must find it without its first line."""
        path = new_journal_path()
        create_file(path, b"".join(self._lines))
        self._written = len(self._lines)
        self._is_synced, self._synced_at = True, time.monotonic()
        return path

    def _is_gone(self) -> bool:
        """Whether somebody has removed the file under our feet, as a cleaning program does."""
        return self._file is not None and not self._file.is_reachable


def new_journal_path() -> Path:
    """Return a free name for a journal; the folder is made.

    Raises:
        OSError: The private folder cannot be made.
    """
    return private_folder(FOLDER) / f"{secrets.token_hex(8)}{SUFFIX}"


def _refused(error: OSError) -> SaveError:
    return SaveError(
        "修改暂时不能记入恢复日志（用户文件夹已满或不允许写入），程序中的修改都在，"
        "但意外退出时可能丢失；请尽快保存。",
        code(error),
    )
