"""Whether a file may be replaced: what stands there, and what to tell when it may not."""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from core.errors import ChangedOnDiskError, SaveError
from core.file_state import FileState
from core.refusals import SAFE, no_space

# Folders and the like take some blocks too.
_SPACE_KEPT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Present:
    """What stands where a file is to be saved: its metadata and its content's state."""

    metadata: os.stat_result
    state: FileState

    @property
    def mode(self) -> int:
        """The permission bits."""
        return stat.S_IMODE(self.metadata.st_mode)


def what_stands(target: Path, overwrite: bool) -> Present | None:
    """Return what stands at a path, None for nothing.

    Raises:
        SaveError: It is no file, may not be written, or is not to be replaced.
        OSError: It cannot be looked at.
    """
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(found.st_mode):
        raise SaveError(f"“{target.name}”是一个文件夹，{SAFE}请换一个文件名。")
    if not stat.S_ISREG(found.st_mode):
        raise SaveError(f"“{target.name}”不是普通文件，{SAFE}请换一个文件名。")
    if not overwrite:
        raise exists(target)
    if not os.access(target, os.W_OK):
        raise SaveError(f"“{target.name}”是只读文件，{SAFE}请换一个文件名保存。")
    state = FileState.of(target)
    return Present(found, state) if state else None


def require_expected(target: Path, present: Present | None, expected: FileState | None) -> None:
    """Refuse a file that holds something else than expected; one that is gone harms nobody.

    Raises:
        ChangedOnDiskError: Another program has changed it.
    """
    if expected and present and not expected.holds(present.state):
        raise changed(target)


def require_as_it_was(target: Path, present: Present | None) -> None:
    """Refuse a target that another program made or changed while ours was written.

    Raises:
        SaveError: It did.
    """
    if present is None:
        if os.path.lexists(target):
            raise exists(target)
    elif not present.state.looks_the_same(target):
        raise changed(target)


def require_space(folder: Path, size: int) -> None:
    """Refuse before anything is written; a file system that tells nothing is tried.

    Raises:
        SaveError: Less than `size` bytes are free.
    """
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return
    if usage.total and usage.free < size + _SPACE_KEPT:
        raise no_space(size)


def exists(target: Path) -> SaveError:
    """Return that a file stands where a new one was to be."""
    return SaveError(f"“{target.name}”已经存在，没有覆盖它。请换一个文件名，或先确认要覆盖。")


def changed(target: Path) -> ChangedOnDiskError:
    """Return that another program has changed the file."""
    return ChangedOnDiskError(
        f"“{target.name}”已被其他程序改动，没有覆盖它，{SAFE}请另存为新文件，或先核对它的内容。"
    )


def notices(target: Path, present: Present | None) -> tuple[str, ...]:
    """Return what a person should know about the file that was replaced."""
    if present is None or present.metadata.st_nlink < 2:
        return ()
    return (
        f"“{target.name}”在别处还有另一个名称（硬链接），那个名称下仍是保存前的内容，没有改动；"
        "如果需要，请把新文件也复制过去。",
    )
