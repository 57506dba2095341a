"""Reading a report for the window, on the worker: alone, beside last year's, or recovered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.checking import Office
from core.errors import ReportError
from core.progress import Progress
from core.recovery import Recoverable
from core.resources import SAMPLE
from core.rules.model import CheckResult
from core.session import Session, open_session
from core.storage import why_not_writable
from core.untitled import is_untitled
from gui.saved_state import SavedState

# The device and the number of the file on it.
Identity = tuple[int, int]

_SIGNED = (
    "这份文件带有数字签名：修改后保存的副本里，原来的签名不再有效，需要重新签名；"
    "原文件和它的签名不会被改动。"
)


@dataclass(frozen=True)
class Recovered:
    """What a journal has given back: the commands that stand, and what was saved of them."""

    entry: Recoverable
    saved: SavedState


@dataclass(frozen=True)
class Opened:
    """A report that was read and checked, and of two files the one that is last year's.

    `problem` is the file that was to be read beside it and could not be, with the reason;
    `remarks` are sentences about the file that a person should know before editing;
    `identity` tells the file from all others, whatever it is called.
    """

    session: Session
    result: CheckResult
    problem: tuple[Path, ReportError] | None = None
    remarks: tuple[str, ...] = ()
    recovered: Recovered | None = None
    identity: Identity | None = None


def identity_of(path: Path) -> Identity | None:
    """Return what tells a file from all others, None where it cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    # Some file systems number nothing.
    return (found.st_dev, found.st_ino) if found.st_ino else None


def open_and_check(path: Path, office: Office, progress: Progress) -> Opened:
    """Return a report with its first check.

    Raises:
        ReportError: It cannot be read, or is no report.
    """
    session = open_session(path, progress)
    session.set_office(office)
    return Opened(session, session.check(), remarks=remarks_on(session))


def open_recovered(entry: Recoverable, office: Office, progress: Progress) -> Opened:
    """Return a report with the edits of a journal in it.

    Raises:
        ReportError: It cannot be read, or is not what was edited; nothing is applied.
    """
    session = open_session(entry.source, progress)
    session.set_office(office)
    twin = session.snapshot()
    entry.replay(session)
    twin.apply_all([edit for command in entry.commands[: entry.saved] for edit in command])
    recovered = Recovered(entry, SavedState.of(twin))
    return Opened(session, session.check(), remarks=remarks_on(session), recovered=recovered)


def open_pair(paths: Sequence[Path], office: Office, progress: Progress) -> Opened:
    """Return the report of the later year beside the other, or the one that can be read alone.

    Raises:
        ReportError: Neither can be read.
    """
    sessions: list[Session] = []
    problem: tuple[Path, ReportError] | None = None
    for path in paths:
        try:
            sessions.append(open_session(path, progress))
        except ReportError as error:
            if problem is not None:
                raise
            problem = (path, error)
    # Where no year is told, the first one named is the report.
    sessions.sort(key=lambda session: -(session.document.year or 0))
    report = sessions[0]
    report.set_office(office)
    if len(sessions) > 1:
        report.load_last_year(sessions[1])
    return Opened(report, report.check(), problem, remarks_on(report))


def remarks_on(session: Session) -> tuple[str, ...]:
    """Return what a person should know of a file before editing: it tries the folder."""
    found = [_SIGNED] if is_signed_word(session) else []
    # The sample's copies go to the user's own folder, as do those of what is in no file.
    has_place = session.path != SAMPLE and not is_untitled(session.path)
    if has_place and (why := why_not_writable(session.path.parent)):
        found.append(f"修改后的副本不能保存在原文件旁边：{why}")
    return tuple(found)


def is_signed_word(session: Session) -> bool:
    """Return whether the report is a Word file with a digital signature."""
    return session.source.format == "docx" and bool(session.data) and _has_signature(session.data)


def _has_signature(data: bytes) -> bool:
    # Imported here: lxml would delay the first window.
    from core.readers.guard import open_package
    from core.word.signed import is_signed

    try:
        return is_signed(open_package(data))
    except ReportError:
        return False
