"""One report of a folder: read, checked, and said in one line of JSON.

`check_file` is what every engine runs, in whatever thread or process: it is
given a `Task` and answers with the bytes of a `Checked` (see `core.batch_row`).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.batch_dates import release_of, signed_on
from core.batch_files import BatchFile, content_of
from core.batch_last_year import Past, chosen_past, pasts_from
from core.batch_likeness import marks_of
from core.batch_row import (
    Checked,
    Listed,
    Row,
    Slot,
    kept_findings,
    kept_slots,
    line_of,
    packed,
    unread,
)
from core.checking import Office
from core.document import Document, least
from core.errors import Cancelled, ReportError
from core.explanations_file import dump_explanations, parse_explanations
from core.interchange import check_json
from core.places import place_of
from core.progress import Progress, silent
from core.readers import TOO_BIG, read_document, read_here
from core.rules.context import Context, State
from core.rules.engine import where
from core.rules.model import CheckResult, Finding
from core.rules.severity import Severity
from core.session import Session
from core.settings_file import dump_settings, parse_settings

INTERNAL = "程序内部出错，这个文件没有检查完；原文件没有改动。请把日志发给维护者。"
_BETWEEN = b"\0"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Common:
    """What all files of a folder share; it may be large, and is sent to a process once.

    `past` is the list of last year's reports (see `core.batch_last_year`), `office` the
    settings and explanations (see `packed_office`); empty for none.
    """

    past: bytes = b""
    office: bytes = b""


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with one file.

    `here`: the process is expendable, so that nothing need be read apart.
    `identify`: only say whose report it is.  `findings`, `slots` and `prose` ask for
    what a list of findings, a roll-up and a comparison of texts need.
    """

    file: BatchFile
    common: Common = Common()
    here: bool = False
    identify: bool = False
    findings: bool = False
    slots: bool = False
    prose: bool = False


def packed_office(office: Office | None) -> bytes:
    """Return an office's settings and explanations as every process reads them."""
    if office is None or office == Office():
        return b""
    return dump_settings(office.settings) + _BETWEEN + dump_explanations(office.explanations)


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
    session.set_office(_office_from(task.common.office))
    past, note = chosen_past(document.agency, document.year, pasts_from(task.common.past))
    if past is not None:
        note = _load(session, past, task, progress)
    result = session.check()
    released, released_by = release_of(session.data, document)
    row = Row(
        task.file.name,
        edition=session.match.edition or "",
        confidence=_confidence(session),
        digest=digest,
        last_year=past.name if past and not note else "",
        past_note=note,
        released=released,
        released_by=released_by,
        signed=signed_on(document),
        kept_findings=kept_findings(_listed(document, result)) if task.findings else b"",
        kept_slots=kept_slots(_slots(session.context())) if task.slots else b"",
        prose=marks_of(document) if task.prose else b"",
        **known,
        **_counts(result),
    )
    return Checked(row, line_of(_said(session, result, row, bool(task.common.past))))


@lru_cache(maxsize=1)
def _office_from(packed_office: bytes) -> Office:
    if not packed_office:
        return Office()
    settings, _, explanations = packed_office.partition(_BETWEEN)
    return Office(parse_settings(settings, ""), parse_explanations(explanations, ""))


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
    errors, warnings = (result.of_severity(s) for s in (Severity.ERROR, Severity.WARNING))
    return {
        "errors": len(errors),
        "warnings": len(warnings),
        "notes": len(result.of_severity(Severity.NOTE)),
        "open_errors": sum(finding.explanation is None for finding in errors),
        "open_warnings": sum(finding.explanation is None for finding in warnings),
        "explained": sum(finding.explanation is not None for finding in result.findings),
        "unchecked": sum(len(check.insufficient) + bool(check.error) for check in result.checks),
        "rules": rules,
    }


def _listed(document: Document, result: CheckResult) -> list[Listed]:
    # Imported here because the writers are asked for only with a list of findings.
    from core.writers.findings import advice, explanation

    def texts(finding: Finding) -> Listed:
        place = place_of(document, finding)
        said = (finding.message, advice(finding), finding.basis, explanation(finding))
        return Listed(finding.severity.value, finding.rule, place, *said)

    return [texts(finding) for finding in result.findings]


def _slots(context: Context) -> dict[str, Slot]:
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
