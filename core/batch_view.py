"""How reports of a folder are shown: their states, what needs work first, what is looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.batch_row import Row
from core.rules.severity import Severity


class ReportState(StrEnum):
    """How a report stands, the worst first.

    ERRORS and WARNINGS are those that nobody has explained.  UNSURE: nothing is open,
    but something could not be checked.
    """

    UNREAD = "unread"
    ERRORS = "errors"
    WARNINGS = "warnings"
    UNSURE = "unsure"
    NOTES = "notes"
    CLEAN = "clean"


STATE_LABELS = {
    ReportState.UNREAD: "没有读取",
    ReportState.ERRORS: "有强制性错误",
    ReportState.WARNINGS: "有待核实",
    ReportState.UNSURE: "有内容未能检查",
    ReportState.NOTES: "只有提示",
    ReportState.CLEAN: "没有发现问题",
}
_ORDER = list(ReportState)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty is not asked.

    `rule` and `severity` are asked of one and the same finding.  `text` may stand in the
    agency, the title, the file's name, or a finding's message or place.
    """

    rule: str = ""
    severity: Severity | None = None
    text: str = ""


def state_of(row: Row) -> ReportState:
    """Return how a report stands."""
    if row.error:
        return ReportState.UNREAD
    if row.open_errors:
        return ReportState.ERRORS
    if row.open_warnings:
        return ReportState.WARNINGS
    if row.unchecked:
        return ReportState.UNSURE
    return ReportState.NOTES if row.notes else ReportState.CLEAN


def need_of(row: Row) -> tuple[int, tuple[int, ...], str]:
    """Return what rows are sorted by, so that those that need most work stand first."""
    counts = (row.open_errors, row.open_warnings, row.unchecked, row.notes)
    return _ORDER.index(state_of(row)), tuple(-count for count in counts), row.file


def by_need(rows: Iterable[Row]) -> list[Row]:
    """Return rows with those first that need most work."""
    return sorted(rows, key=need_of)


def is_wanted(row: Row, wanted: Wanted) -> bool:
    """Return whether a row is among those looked for; a rule needs the row's findings."""
    text = "".join(wanted.text.split()).casefold()
    if not wanted.rule and wanted.severity is None:
        return not text or _says(row, text)
    if row.error or (wanted.rule and wanted.rule not in row.rules):
        return False
    if wanted.severity is not None and not _has(row, wanted):
        return False
    return not text or _says(row, text)


def _has(row: Row, wanted: Wanted) -> bool:
    if not wanted.rule:
        counts = {Severity.ERROR: row.errors, Severity.WARNING: row.warnings}
        return bool(counts.get(wanted.severity or Severity.NOTE, row.notes))
    return any(each.severity == wanted.severity and each.rule == wanted.rule for each in row.listed)


def _says(row: Row, text: str) -> bool:
    own = f"{row.agency}\n{row.title}\n{row.file}\n{row.year or ''}\n{row.error}"
    if text in "".join(own.split()).casefold():
        return True
    said = (f"{each.rule}{each.place}{each.message}" for each in row.listed)
    return any(text in "".join(each.split()).casefold() for each in said)
