"""Read a JSON file of ours strictly: what is damaged or newer is said in one sentence."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import UnreadableFileError
from core.readers import read_bytes
from core.writable import UNWRITABLE

_FORMAT, _VERSION = "format", "version"
_LARGEST = 32 * 1024 * 1024
_LONGEST_COMPLAINT = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """A file as error messages speak of it.

    `title` says what it should be (设置文件), `safe` what is safe and what to do.
    """

    name: str
    title: str
    safe: str

    def error(self, what: str, detail: str = "") -> UnreadableFileError:
        """Return the exception whose sentence names the file; what it quotes is cut to size."""
        said = " ".join(UNWRITABLE.sub("�", what).split())
        said = said if len(said) <= _LONGEST_COMPLAINT else f"{said[:_LONGEST_COMPLAINT]}…"
        return UnreadableFileError(f"{self.title}“{self.name}”{said}，{self.safe}", detail)


def load_bytes(path: Path, origin: Origin) -> bytes:
    """Return a file's content; an empty file is what a power failure leaves behind.

    Raises:
        UnreadableFileError: It is missing, empty, a folder, locked or too large.
    """
    if _is_empty(path):
        raise origin.error("是空的，可能已损坏")
    return read_bytes(path)


def read_object(data: bytes, origin: Origin, file_format: str, version: int) -> dict[str, Any]:
    """Return the JSON object in a file of a format, without the keys that say so.

    Numbers are finite, no key stands twice, and every text can be written as UTF-8.

    Raises:
        UnreadableFileError: It is damaged, something else, or from a newer version.
    """
    if len(data) > _LARGEST:
        raise origin.error(f"超过了 {_LARGEST // 1024 // 1024} MB，没有读取")
    value = _parsed(data, origin)
    if not isinstance(value, dict) or value.get(_FORMAT) != file_format:
        raise origin.error(f"不是这个程序的{origin.title}")
    found = value.get(_VERSION)
    if type(found) is not int or found < 1:
        raise origin.error("没有写明格式版本（version）")
    if found > version:
        raise origin.error(
            f"是更新版本的程序写的（格式版本 {found}，这一版只认识到 {version}），请升级后再用"
        )
    return {key: item for key, item in value.items() if key not in (_FORMAT, _VERSION)}


def stamped(file_format: str, version: int) -> dict[str, Any]:
    """Return the keys by which `read_object` knows a file."""
    return {_FORMAT: file_format, _VERSION: version}


def _is_empty(path: Path) -> bool:
    try:
        return path.is_file() and not path.stat().st_size
    except (OSError, ValueError):
        # Reading it says what the matter is.
        return False


def _parsed(data: bytes, origin: Origin) -> object:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise origin.error("已损坏或者不是 UTF-8 编码", str(error.reason)) from error
    try:
        value = json.loads(
            text, object_pairs_hook=_once, parse_constant=_refused, parse_float=_finite
        )
        # Half a character can be written as an escape, and then by nobody again.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        place = f"第 {error.lineno} 行第 {error.colno} 个字符附近"
        raise origin.error(f"已损坏或者写得不完整（{place}不是正确的 JSON）", error.msg) from error
    except _TwiceError as error:
        raise origin.error(f"里“{error}”写了不止一次") from error
    except (ValueError, RecursionError) as error:
        raise origin.error("已损坏（含有无法识别的内容）", type(error).__name__) from error
    return value


class _TwiceError(Exception):
    """A key that stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _TwiceError(key)
        found[key] = value
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("number out of range")
    return number


def _refused(_text: str) -> float:
    raise ValueError("NaN and Infinity are no JSON")
