"""Reading a report for the window, on the worker: alone, or beside last year's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.checking import Office
from core.errors import ReportError
from core.progress import Progress
from core.rules.model import CheckResult
from core.session import Session, open_session


@dataclass(frozen=True)
class Opened:
    """A report that was read and checked, and of two files the one that is last year's.

    `problem` is the file that was to be read beside it and could not be, with the reason.
    """

    session: Session
    result: CheckResult
    problem: tuple[Path, ReportError] | None = None


def open_and_check(path: Path, office: Office, progress: Progress) -> Opened:
    """Return a report with its first check.

    Raises:
        ReportError: It cannot be read, or is no report.
    """
    session = open_session(path, progress)
    session.set_office(office)
    return Opened(session, session.check())


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
    return Opened(report, report.check(), problem)
