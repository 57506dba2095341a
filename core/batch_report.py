"""One report of a folder: read, checked, and said in one line of JSON.

`check_file` is what every engine runs, in whatever thread or process: it is
given a `Task` and answers with bytes, so that nothing of a file that has taken
its process over is ever unpacked as an object.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.batch_files import BatchFile, content_of
from core.batch_last_year import Past, chosen_past, pasts_from
from core.document import Document, least
from core.errors import Cancelled, ReportError
from core.interchange import check_json
from core.places import place_of
from core.progress import Progress, silent
from core.readers import TOO_BIG, read_document, read_here
from core.rules.context import Context, State
from core.rules.engine import where
from core.rules.model import CheckResult, Finding, Severity
from core.session import Session

INTERNAL = "程序内部出错，这个文件没有检查完；原文件没有改动。请把日志发给维护者。"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with one file.

    `here`: the process is expendable, so that nothing need be read apart.  `past` is
    the list of last year's reports (see `core.batch_last_year`), empty for none.
    `identify`: only say whose report it is.  `findings` and `slots` ask for what a
    list of findings and a roll-up need.
    """

    file: BatchFile
    here: bool = False
    past: bytes = b""
    identify: bool = False
    findings: bool = False
    slots: bool = False


@dataclass(frozen=True)
class Row:
    """What is kept of one file: little, because a folder may have ten thousand.

    With `error`, the sentence, the file could not be read and nothing else is
    known.  `last_year` is the file it was compared with, `past_note` why there
    was none.  `listed` are findings as texts: severity, rule, place, message, advice,
    basis.  `slots` says for every slot its number, None without one, and its state.
    """

    file: str
    error: str = ""
    agency: str = ""
    title: str = ""
    year: int | None = None
    edition: str = ""
    confidence: str = ""
    digest: str = ""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    unchecked: int = 0
    rules: Mapping[str, int] = field(default_factory=dict)
    last_year: str = ""
    past_note: str = ""
    listed: Sequence[Sequence[str]] = ()
    slots: Mapping[str, tuple[str | None, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that has ended: its row, and its `check` object as one line of JSON."""

    row: Row
    line: str


def check_file(task: Task, progress: Progress = silent) -> bytes:
    """Return the packed `Checked` of a file, whatever is wrong with it.

    Raises:
        Cancelled: `progress` asked to stop.
    """
    try:
        return packed(_checked(task, progress))
    except Cancelled:
        raise
    except ReportError as error:
        return packed(unread(task.file.name, str(error)))
    except MemoryError:
        return packed(unread(task.file.name, TOO_BIG))
    except Exception as error:  # noqa: BLE001 - one file must not end the check of a folder
        _log.error("a file of a folder failed: %s", where(error))
        return packed(unread(task.file.name, INTERNAL))


def unread(name: str, error: str) -> Checked:
    """Return a file that could not be read, with its sentence."""
    sentence = error.replace("\n", " ")
    return Checked(Row(name, sentence), _line({"file": name, "error": sentence}))


def packed(checked: Checked) -> bytes:
    """Return what `unpacked` reads: a row and a line of JSON."""
    row = _line(asdict(checked.row))
    return f"{row}\n{checked.line}".encode("utf-8", "backslashreplace")


def unpacked(data: bytes) -> Checked:
    """Return what `packed` packed.

    Raises:
        ValueError: It is something else.
    """
    row, separator, line = data.decode("utf-8").partition("\n")
    values = json.loads(row)
    if not separator or not isinstance(values, dict):
        raise ValueError("no answer")
    try:
        values["slots"] = {
            sys.intern(slot): _pair(*value) for slot, value in values["slots"].items()
        }
        return Checked(Row(**values), line)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("no row") from error


@lru_cache(maxsize=4096)
def _pair(number: str | None, state: str) -> tuple[str | None, str]:
    """Return what a slot holds, once for all reports: most of them say 0."""
    return number, state


def _checked(task: Task, progress: Progress) -> Checked:
    session, digest = _opened(task, task.file, progress)
    document = session.document
    known: dict[str, Any] = {
        "agency": document.agency or "",
        "title": document.title or "",
        "year": document.year,
    }
    if task.identify:
        return Checked(Row(task.file.name, digest=digest, **known), "")
    past, note = chosen_past(document.agency, document.year, pasts_from(task.past))
    if past is not None:
        note = _load(session, past, task, progress)
    result = session.check()
    row = Row(
        task.file.name,
        edition=session.match.edition or "",
        confidence=_confidence(session),
        digest=digest,
        last_year=past.name if past and not note else "",
        past_note=note,
        listed=_listed(document, result) if task.findings else (),
        slots=_slots(session.context()) if task.slots else {},
        **known,
        **_counts(result),
    )
    return Checked(row, _line(_said(session, result, row, bool(task.past))))


def _opened(task: Task, file: BatchFile, progress: Progress) -> tuple[Session, str]:
    data = content_of(file)
    read = read_here if task.here else read_document
    name = file.name.rpartition("/")[2]
    document = read(data, name, progress)
    return Session(Path(name), data, document), hashlib.sha256(data).hexdigest()


def _load(session: Session, past: Past, task: Task, progress: Progress) -> str:
    """Take a report as last year's; return why that could not be done, else nothing."""
    file = BatchFile(past.name, Path(past.path), past.member)
    try:
        session.load_last_year(_opened(task, file, progress)[0])
    except ReportError as error:
        return f"上年年报“{past.name}”没有载入：{error}"
    return ""


def _said(session: Session, result: CheckResult, row: Row, with_past: bool) -> Mapping[str, Any]:
    """Return the `check` object without cells, with the file that was last year's, if asked."""
    said = check_json(session.document, session.match, result, row.file)
    for table in said["tables"]:
        del table["cells"]
    if with_past:
        said["last_year"] = row.last_year or None
    return said


def _confidence(session: Session) -> str:
    return least(table.confidence for table in session.match.tables.values()).value


def _counts(result: CheckResult) -> dict[str, Any]:
    rules: dict[str, int] = {}
    for finding in result.findings:
        rules[finding.rule] = rules.get(finding.rule, 0) + 1
    return {
        "errors": len(result.of_severity(Severity.ERROR)),
        "warnings": len(result.of_severity(Severity.WARNING)),
        "notes": len(result.of_severity(Severity.NOTE)),
        "unchecked": sum(len(check.insufficient) + bool(check.error) for check in result.checks),
        "rules": rules,
    }


def _listed(document: Document, result: CheckResult) -> list[tuple[str, ...]]:
    # Imported here because the writers are asked for only with a list of findings.
    from core.writers.findings import advice

    def texts(finding: Finding) -> tuple[str, ...]:
        place = place_of(document, finding)
        said = (finding.message, advice(finding), finding.basis)
        return finding.severity.value, finding.rule, place, *said

    return [texts(finding) for finding in result.findings]


def _slots(context: Context) -> dict[str, tuple[str | None, str]]:
    values = (v for name in context.tables for v in context.values(context.slots(name)))
    return {
        value.slot: (None if value.number is None else format(value.number, "f"), _state(value))
        for value in values
    }


def _state(value: Any) -> str:
    """Return a value's state; a total left blank is none that can be taken as zero."""
    if value.state is State.BLANK and value.total:
        return "blank_total"
    return str(value.state.value)


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
