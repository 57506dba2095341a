"""One window at a time edits a report: a lock file says who does.

It stands in the private folder, so that no folder of documents fills up, and
guards one user's windows.  Two users on a shared drive are kept apart by the
look at the file's content before every save.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import SaveError
from core.private_folder import private_folder
from core.processes import Writer, this_process, writer_from
from core.refusals import code
from core.storage import create_file, replace_file

_FOLDER = "locks"
_TRIES = 20
_LARGEST = 4096

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a report open, and since when (local time, YYYY-MM-DD HH:MM)."""

    writer: Writer
    since: str

    @property
    def sentence(self) -> str:
        """What to tell whoever opens the report now."""
        place = f"电脑“{self.writer.host}”上的" if self.writer.is_elsewhere else ""
        return (
            f"这份报告自 {self.since} 起正由{place}用户“{self.writer.user}”在另一个窗口中修改"
            f"（进程 {self.writer.pid}），这里只能查看；请先关闭那个窗口，再重新打开。"
        )


@dataclass(frozen=True, slots=True)
class Lock:
    """A report that this window may edit.  `release` when it is put away."""

    path: Path
    _content: bytes

    def release(self) -> None:
        """Let others edit; a lock that somebody else has taken over is theirs."""
        try:
            if self.path.read_bytes() == self._content:
                self.path.unlink()
        except OSError as error:
            # The next one takes it over, when this process is gone.
            _log.info("a lock stays: %s", code(error))


def acquire(path: Path, *, force: bool = False) -> Lock | Holder:
    """Take the lock of a report; return who holds it instead, if somebody does.

    A lock whose process is gone is taken over.  With `force` any is: a person
    knows that the other computer is switched off.  Where no lock can be made, as
    in a home without space, the report can be edited all the same.
    """
    try:
        place = private_folder(_FOLDER) / f"{_key(path)}.lock"
        content = _content()
        for _ in range(_TRIES):
            if create_file(place, content):
                return Lock(place, content)
            found = _read(place)
            holder = _holder(found)
            if holder and holder.writer.may_run and not force:
                return holder
            if found is not None:
                taken = _take_over(place, found, content)
                if taken is not None:
                    return taken
    except (OSError, SaveError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        why = code(cause) if isinstance(cause, OSError) else type(error).__name__
        _log.warning("no lock could be made: %s", why)
        return Lock(path.with_name(secrets.token_hex(16)), b"")
    # Others take it whenever it is free; the last one has it.
    return holder or Holder(this_process(), "")


def _key(path: Path) -> str:
    canonical = os.path.normcase(os.path.realpath(path))
    return hashlib.sha256(os.fsencode(canonical)).hexdigest()


def _content() -> bytes:
    since = f"{datetime.now():%Y-%m-%d %H:%M}"
    # The token tells two locks of one process apart.
    values = {"writer": this_process().json(), "since": since, "token": secrets.token_hex(8)}
    return json.dumps(values).encode("ascii")


def _read(place: Path) -> bytes | None:
    try:
        with place.open("rb") as file:
            return file.read(_LARGEST)
    except FileNotFoundError:
        return None


def _holder(content: bytes | None) -> Holder | None:
    """Return whom a lock names; a damaged one names nobody."""
    try:
        values: Any = json.loads(content or b"")
        writer = writer_from(values["writer"])
        since = values["since"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Holder(writer, since) if writer and isinstance(since, str) else None


def _take_over(place: Path, stale: bytes, content: bytes) -> Lock | Holder | None:
    """Put a lock in the place of a stale one; return it, or who does so at the same time.

    None says that what stood there a moment ago does no longer, so that one has to look again.
    Only who has claimed this very lock may replace it.  A claim is a file named for what it
    claims, and one whose process is gone is itself claimed in the same way.
    """
    claims, claimed = [], stale
    while True:
        claims.append(place.with_name(f"{hashlib.sha256(claimed).hexdigest()[:32]}.claim"))
        if create_file(claims[-1], content):
            break
        found = _read(claims[-1])
        if found is None:
            return None
        holder = _holder(found)
        if holder and holder.writer.may_run:
            return holder
        claimed = found
    try:
        # Who had the claim before may have replaced the lock and let the claim go.
        if _read(place) != stale:
            return None
        replace_file(place, content, overwrite=True, backup=False)
        return Lock(place, content)
    finally:
        for claim in claims:
            with suppress(FileNotFoundError):
                claim.unlink()
