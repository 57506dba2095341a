"""What the bytes of a journal say, as far as they can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from core.edit_records import edit_from
from core.edits import AnyEdit
from core.file_state import FileState
from core.journal_lines import AT, EDITS, FORMAT, OUTPUT, SAVED, VERSION, WRITER, valid_lines
from core.processes import Writer, writer_from

Command = tuple[AnyEdit, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A journal up to the first line that is damaged or not understood.

    `understood` counts the lines up to there.  `writer` is the process that went
    on with it last; `times` are the local times of the commands.  The first
    `saved` commands stand in `output`.  `refusal` says that a newer version
    wrote it.
    """

    source: Path = Path()
    digest: str = ""
    writer: Writer | None = None
    commands: tuple[Command, ...] = ()
    times: tuple[datetime, ...] = ()
    saved: int = 0
    output: Path | None = None
    output_state: FileState | None = None
    is_damaged: bool = True
    understood: int = 0
    refusal: str = ""


def contents_of(data: bytes) -> Contents:
    """Return what some bytes say; nothing, and damaged, where not even the first line is right."""
    lines = valid_lines(data)
    head = lines.values[0] if lines.values else {}
    if head.get("format") != FORMAT or type(head.get("version")) is not int:
        return Contents()
    if head["version"] > VERSION:
        return _refused(head)
    reading = _Reading()
    try:
        for value in lines.values:
            reading.take(value)
    except (KeyError, TypeError, ValueError):
        # The checksum is right, so another version wrote it: it is kept, and not guessed at.
        return reading.contents
    return replace(reading.contents, is_damaged=lines.length < len(data))


def _refused(head: dict[str, Any]) -> Contents:
    source = head.get("source")
    return Contents(
        source=Path(source) if isinstance(source, str) else Path(),
        writer=writer_from(head.get(WRITER)),
        is_damaged=False,
        refusal=(
            f"恢复日志是更新版本的程序写的（格式版本 {head['version']}，"
            f"这一版只认识到 {VERSION}），其中的修改仍然保存着；请升级后再恢复。"
        ),
    )


class _Reading:
    """Adds up lines; a line that raises leaves what was there before."""

    def __init__(self) -> None:
        self._now = Contents()
        self._commands: list[Command] = []
        self._times: list[datetime] = []
        # How many commands there are up to each line.
        self._commands_at = [0]

    @property
    def contents(self) -> Contents:
        """What the lines say together."""
        return replace(self._now, commands=tuple(self._commands), times=tuple(self._times))

    def take(self, value: dict[str, Any]) -> None:
        """Take one more line."""
        now = self._now
        if not now.understood:
            now = replace(now, source=Path(_text(value["source"])), digest=_text(value["digest"]))
        if WRITER in value:
            now = replace(now, writer=writer_from(value[WRITER]))
        if EDITS in value:
            command = tuple(edit_from(item) for item in value[EDITS])
            at = datetime.fromisoformat(value[AT])
            self._commands.append(command)
            self._times.append(at)
        elif SAVED in value:
            now = self._with_saved(now, value)
        self._commands_at.append(len(self._commands))
        self._now = replace(now, understood=now.understood + 1)

    def _with_saved(self, now: Contents, value: dict[str, Any]) -> Contents:
        output = value[OUTPUT]
        state = FileState(int(output["size"]), int(output["modified"]), _text(output["digest"]))
        saved = self._commands_at[value[SAVED]] if value[SAVED] in self._marks else 0
        return replace(now, saved=saved, output=Path(_text(output["path"])), output_state=state)

    @property
    def _marks(self) -> range:
        return range(len(self._commands_at))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
