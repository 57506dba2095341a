"""Journals of sessions that did not end in order: what can be recovered from them.

A damaged journal gives back the commands before the damage and is set aside in
`corrupt`, never deleted.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import EditError, SaveError, UnreadableFileError
from core.file_state import FileState
from core.journal import FOLDER, SUFFIX, Journal, new_journal_path
from core.journal_contents import Command, Contents, contents_of
from core.private_folder import private_folder, private_path
from core.refusals import code
from core.storage import replace_file

if TYPE_CHECKING:
    from core.session import Session

_CORRUPT = "corrupt"
_LARGEST = 64 * 1024 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recoverable:
    """Edits that no save has got.

    `source` is the report, `digest` its SHA-256 when it was opened; `at` is the
    local time of the last edit.  `commands` are all since the source was opened,
    made at `times`, of which the first `saved` stand in `output`, as `output_state` says.
    `refusal` says why nothing can be recovered, "" if it can.  `elsewhere` is the
    computer on which the report may still be open, "" for this one.
    """

    path: Path
    source: Path
    digest: str
    at: datetime
    commands: tuple[Command, ...]
    times: tuple[datetime, ...]
    saved: int = 0
    output: Path | None = None
    output_state: FileState | None = None
    is_damaged: bool = False
    refusal: str = ""
    elsewhere: str = ""

    @property
    def count(self) -> int:
        """How many edits no save has got."""
        return sum(map(len, self.commands[self.saved :]))

    @property
    def is_source_missing(self) -> bool:
        """Whether the report is no longer where it was."""
        return not self.source.exists()

    @property
    def is_source_changed(self) -> bool:
        """Whether the report is no longer what was edited; then nothing is applied to it."""
        try:
            state = FileState.of(self.source)
        except OSError:
            return True
        return state is None or state.digest != self.digest

    def replay(self, session: Session) -> None:
        """Apply all commands to a session that was just opened on the source, at their own times.

        Raises:
            UnreadableFileError: A newer version wrote the journal.
            EditError: The session is on another source, or a command does not fit
                it; nothing is applied.
        """
        self._require_readable()
        if hashlib.sha256(session.data).hexdigest() != self.digest:
            raise EditError(
                f"“{self.source.name}”在修改之后已被其他程序改动，恢复的修改没有套用，"
                "仍然保存着；请对照查看，再决定是否重新修改。"
            )
        dated = zip(self.commands, self.times, strict=True)
        session.apply_dated([(edit, at) for command, at in dated for edit in command])

    def resume(self) -> Journal:
        """Return the journal of the session that goes on, after `replay`.

        What was right in a damaged one goes on under a new name, and the damaged
        one is set aside.

        Raises:
            UnreadableFileError: A newer version wrote it.
            SaveError: It could not be opened or set aside; it is left as it is.
        """
        self._require_readable()
        try:
            lines = self._right_lines()
            path = self._repaired(lines) if self.is_damaged else self.path
        except OSError as error:
            raise _refused(error) from error
        return Journal.resumed(path, self.source, self.digest, lines)

    def discard(self) -> None:
        """Remove the journal, as a person has decided; a damaged one is set aside.

        Raises:
            SaveError: It could not be removed.
        """
        try:
            if self.is_damaged:
                _set_aside(self.path)
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(error) from error

    def _require_readable(self) -> None:
        if self.refusal:
            raise UnreadableFileError(self.refusal)

    def _right_lines(self) -> list[bytes]:
        data = _read(self.path)
        return data.splitlines(keepends=True)[: contents_of(data).understood]

    def _repaired(self, lines: list[bytes]) -> Path:
        path = new_journal_path()
        replace_file(path, b"".join(lines))
        # Killed here, the same edits are offered twice: better than not at all.
        _set_aside(self.path)
        return path


def pending(source: Path | None = None) -> list[Recoverable]:
    """Return what can be recovered, the latest first: of one report, or of all.

    Journals of windows that are still open are left alone.  Those whose edits
    were all saved are removed, and those that hold nothing readable are set aside.
    """
    found = [entry for path in _journals() if (entry := _taken(path)) is not None]
    if source is not None:
        found = [entry for entry in found if entry.source == source.absolute()]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def _journals() -> Iterator[Path]:
    try:
        yield from sorted(private_path(FOLDER).glob(f"*{SUFFIX}"))
    except OSError as error:
        _log.warning("the journals cannot be listed: %s", code(error))


def _taken(path: Path) -> Recoverable | None:
    """Return what a journal holds; put away one that holds nothing."""
    try:
        found = contents_of(_read(path))
        writer = found.writer
        if writer and writer.may_run and not writer.is_elsewhere:
            return None
        if found.refusal or found.saved < len(found.commands):
            return _recoverable(path, found)
        if found.is_damaged:
            _set_aside(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("a journal cannot be read or put away: %s", code(error))
    return None


def _recoverable(path: Path, found: Contents) -> Recoverable:
    elsewhere = found.writer.host if found.writer and found.writer.is_elsewhere else ""
    return Recoverable(
        path,
        found.source,
        found.digest,
        found.times[-1] if found.times else datetime.fromtimestamp(path.stat().st_mtime),
        found.commands,
        found.times,
        found.saved,
        found.output,
        found.output_state,
        found.is_damaged,
        found.refusal,
        elsewhere,
    )


def _read(path: Path) -> bytes:
    """Return what a journal holds; what no person can have typed is left behind."""
    with path.open("rb") as file:
        return file.read(_LARGEST)


def _set_aside(path: Path) -> None:
    path.rename(private_folder(_CORRUPT) / path.name)


def _refused(error: OSError) -> SaveError:
    return SaveError(
        "恢复日志不能读取或改名，内容没有改动；请检查用户文件夹的权限和剩余空间。", code(error)
    )
