"""What the program keeps of the work on documents, and how a person gets rid of it.

What is needed stays: edits that no save has got, explanations, preferences.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core import recovery
from core.backups import backups_path, clear_backups
from core.private_folder import private_path
from core.recent_files import clear_recent, load_recent, recent_path
from core.refusals import code
from core.storage import empty_file

_LOGS, _CORRUPT = "logs", "corrupt"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Trace:
    """One kind of trace: what it is called, and how many there are of it."""

    name: str
    count: int
    unit: str


def traces() -> tuple[Trace, ...]:
    """Return what would go now."""
    return (
        Trace("最近文件", len(load_recent(recent_path())), "条"),
        Trace("被替换文件的备份", _count(backups_path()), "个"),
        Trace("已经损坏、不再需要的恢复日志", _count(private_path(_CORRUPT)), "个"),
        Trace("运行日志（不含文档内容）", _count(private_path(_LOGS)), "个"),
    )


def clear_traces() -> tuple[str, ...]:
    """Remove them all; return sentences about what could not be removed."""
    work: dict[str, Callable[[], None]] = {
        "最近文件": lambda: clear_recent(recent_path()),
        "备份": clear_backups,
        "恢复日志": _clear_journals,
        "运行日志": _clear_logs,
    }
    return tuple(sentence for name, clear in work.items() for sentence in _tried(name, clear))


def _tried(name: str, clear: Callable[[], None]) -> Iterator[str]:
    try:
        clear()
    except OSError as error:
        _log.warning("traces are left: %s", code(error))
        yield f"{name}没有全部清除，可能有文件正被其他程序使用，请稍后再试。"


def _clear_journals() -> None:
    # Lists what is needed, and in doing so puts away what was all saved.
    recovery.pending()
    folder = private_path(_CORRUPT)
    if folder.exists():
        shutil.rmtree(folder)


def _clear_logs() -> None:
    # The one in use is only emptied: the program goes on writing to it.
    for path in _files(private_path(_LOGS)):
        empty_file(path)


def _count(folder: Path) -> int:
    return sum(1 for path in _files(folder) if path.stat().st_size)


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.rglob("*") if path.is_file()]
    except OSError:
        return []
