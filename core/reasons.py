"""What is said beside changes in a corrected Word file: why, or what is still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.document import CellRef, ParagraphRef
from core.edits import Insertion
from core.rules.model import CheckResult, Finding
from core.rules.severity import Severity
from core.writers.marking import Marking, Mode, Place

if TYPE_CHECKING:
    from core.rewording import Replacement
    from core.session import Session

_MOST = 3
_LABELS = {Severity.ERROR: "强制性错误", Severity.WARNING: "待核实", Severity.NOTE: "提示"}


@dataclass(frozen=True)
class Style:
    """How changes are to be shown in a Word file: by whom and when they were made, too.

    An empty author is the program; without a date it is now, by the clock on the wall.
    """

    mode: Mode = Mode.CLEAN
    author: str = ""
    date: datetime | None = None


def marking(session: Session, result: CheckResult, style: Style) -> Marking:
    """Return the marking of a session's changes, whose present check brought `result`.

    A revision has the reason beside it; a highlighted file has what is still open.
    """
    comments: Mapping[Place, str] = {}
    if style.mode is Mode.TRACKED:
        comments = reasons_of_changes(session)
    elif style.mode is Mode.HIGHLIGHTED:
        comments = _open_findings(result)
    date = style.date or datetime.now()
    return Marking(style.mode, style.author, date, comments)


def reasons_of_changes(session: Session) -> Mapping[Place, str]:
    """Return why each changed cell and paragraph was wrong before, where a finding says so."""
    if not session.is_changed:
        return {}
    findings = sorted(
        session.check_source().findings,
        key=lambda finding: list(Severity).index(finding.severity),
    )
    reasons: dict[Place, str] = {}
    for ref, text in session.edits.items():
        # What was checked is the source, where a cell may have had another address.
        source = session.restructuring.source_ref(ref)
        if source is not None:
            about = [finding for finding in findings if source in finding.found.cells]
            reasons[ref] = _reason(about, source, text)
    for place, insertion in session.restructuring.insertions:
        about = [each for each in findings if _proposes(each, insertion)]
        reasons[place] = "\n".join(filter(None, (_messages(about), reasons.get(place, ""))))
    for paragraph, replacements in session.rewording.replaced.items():
        about = [each for each in findings if _is_about(each, paragraph, replacements)]
        reasons[paragraph] = _messages(about)
    return {place: reason for place, reason in reasons.items() if reason}


def _reason(about: Sequence[Finding], ref: CellRef, text: str) -> str:
    """Return the message and reason of what proposed a text, else what is said about the cell."""
    proposed = [(finding, why) for finding in about for why in _proposals(finding, ref, text)]
    if proposed:
        return "\n".join(filter(None, (proposed[0][0].message, proposed[0][1])))
    return _messages(about)


def _messages(about: Sequence[Finding]) -> str:
    return "\n".join(finding.message for finding in about[:_MOST])


def _is_about(finding: Finding, ref: ParagraphRef, replacements: Iterable[Replacement]) -> bool:
    span = finding.found.span
    if span is None or (span.section, span.paragraph) != (ref.section, ref.paragraph):
        return False
    return any(each.start <= span.end and span.start <= each.end for each in replacements)


def _proposals(finding: Finding, ref: CellRef, text: str) -> Iterator[str]:
    """Yield the reasons of the corrections that say of a cell what it says now."""
    for fix in finding.found.fixes:
        if any(edit.ref == ref and edit.after == text for edit in fix.texts):
            yield fix.reason


def _proposes(finding: Finding, insertion: Insertion) -> bool:
    return any(insertion in fix.edits for fix in finding.found.fixes)


def _open_findings(result: CheckResult) -> Mapping[Place, str]:
    """Return the findings that nobody has explained, by where they stand."""
    said: dict[Place, list[str]] = {}
    for finding in result.findings:
        place = place_to_correct(finding)
        if finding.explanation is None and place is not None:
            said.setdefault(place, []).append(f"{_LABELS[finding.severity]}：{finding.message}")
    return {place: "\n".join(lines) for place, lines in said.items()}


def place_to_correct(finding: Finding) -> Place | None:
    """Return the cell that a correction would change, else the first, or the paragraph."""
    span, cells = finding.found.span, finding.found.cells
    if span is not None:
        return ParagraphRef(span.section, span.paragraph)
    proposed = (edit.ref for fix in finding.found.fixes for edit in fix.texts)
    return next(proposed, cells[0] if cells else None)
