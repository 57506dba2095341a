"""The streams of the command line: closed ones, ones that nobody reads, and Chinese in all."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO

_WINDOWS = os.name == "nt"


def open_closed_streams() -> None:
    """Let a closed output take what nobody wants to see; Python leaves no stream there."""
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def speak_chinese(stream: TextIO) -> None:
    """Make a stream take Chinese: UTF-8 unless it is a terminal that can show it."""
    try:
        "勾稽≠".encode(stream.encoding)
        can_show = stream.isatty()
    except (UnicodeEncodeError, LookupError):
        can_show = False
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding=None if can_show else "utf-8", errors="backslashreplace")


def nobody_reads(error: OSError) -> bool:
    """Return whether whoever reads has seen enough, as in `… | head`.

    WORKAROUND Python 3.11-3.13 on Windows: a pipe that was closed is an invalid argument
    there (https://github.com/python/cpython/issues/79935).
    """
    return isinstance(error, BrokenPipeError) or (_WINDOWS and error.errno == errno.EINVAL)


def drop_output() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not stumble over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
