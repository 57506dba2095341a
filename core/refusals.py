"""What a refusal of the disk means to a person: one sentence for every case."""

from __future__ import annotations

import errno
from pathlib import Path

from core.errors import SaveError
from core.file_names import MAX_WINDOWS_PATH, is_beyond_windows

SAFE = "没有保存，原有的文件没有改动。"

_NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_USE = {errno.EBUSY, errno.ETXTBSY}
_NO_FOLDER = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}
_SHARING_VIOLATIONS = {32, 33}  # Windows' own error numbers
_MEGABYTE = 1024 * 1024


def refusal(error: OSError, path: Path, size: int) -> SaveError:
    """Return what a refusal to save `size` bytes means to a person."""
    number = error.errno
    if number in _NO_SPACE:
        return no_space(size, code(error))
    if number in _IN_USE or getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        text = f"“{path.name}”正被 Word、WPS 等程序打开，{SAFE}请关闭它后重试，或另存为新文件。"
    elif number in _NO_RIGHT:
        text = (
            f"这个位置不允许写入（只读，或“{path.name}”正被其他程序打开），{SAFE}"
            "请另存到别的文件夹，例如“文档”。"
        )
    elif number in _NO_FOLDER and is_beyond_windows(path):
        text = (
            f"文件夹和文件名合起来太长（超过 {MAX_WINDOWS_PATH} 个字符），{SAFE}"
            "请另存到层次较浅的文件夹，例如“文档”。"
        )
    elif number in _NO_FOLDER:
        text = f"要保存到的文件夹不存在（U 盘或网络盘可能已断开），{SAFE}请另选一个文件夹。"
    elif number == errno.ENAMETOOLONG:
        text = f"文件名太长，{SAFE}请改短后再保存。"
    else:
        text = f"写入磁盘时出错，{SAFE}请再试一次，或保存到另一个磁盘。"
    return SaveError(text, code(error))


def no_space(size: int, detail: str = "") -> SaveError:
    """Return that `size` bytes do not fit on the disk."""
    megabytes = f"{max(size / _MEGABYTE, 0.1):.1f}"
    return SaveError(
        f"磁盘空间不足（这个文件需约 {megabytes} MB），{SAFE}请腾出空间，或保存到另一个磁盘。",
        detail,
    )


def code(error: OSError) -> str:
    """Return the name of an error of the system, for the log; it says no path."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
