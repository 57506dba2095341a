"""What a folder of reports comes to: counts, and what only several reports together show.

Folder-level findings are `warning`s and `note`s, never errors: two files say nothing
for certain about which of them is meant to be there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from core.batch_row import Row
from core.rules.severity import Severity
from core.rules.two_years import agency_key

SAME_CONTENT, TWO_VERSIONS, OTHER_YEAR = "same_content", "two_versions", "other_year"
NO_LAST_YEAR, LAST_YEAR_UNREADABLE = "no_last_year", "last_year_unreadable"
CHILDREN_DIFFER, CHILDREN_UNCHECKED = "children_differ", "children_unchecked"
PROSE_ALIKE = "prose_alike"
AGENCY_MISSING, AGENCY_UNLISTED = "agency_missing", "agency_unlisted"


@dataclass(frozen=True, slots=True)
class FolderFinding:
    """Something that several reports show together.

    `kind` is one of the constants of this module.  `cells` are slots with the sum of
    the units and what the superior's report says, as plain numbers.
    """

    kind: str
    severity: Severity
    message: str
    files: tuple[str, ...]
    cells: tuple[tuple[str, str, str], ...] = ()

    def json(self) -> dict[str, Any]:
        """Return it for the command line's JSON."""
        cells = [{"slot": slot, "sum": sum_, "reported": own} for slot, sum_, own in self.cells]
        return {**asdict(self), "severity": self.severity.value, "cells": cells}


def totals_of(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the counts of a folder: files, findings by severity and by rule."""
    read = [row for row in rows if not row.error]
    rules: Counter[str] = Counter()
    for row in read:
        rules.update(row.rules)
    return {
        "files": len(rows),
        "read": len(read),
        "unreadable": len(rows) - len(read),
        "with_errors": sum(row.errors > 0 for row in read),
        "error": sum(row.errors for row in read),
        "warning": sum(row.warnings for row in read),
        "note": sum(row.notes for row in read),
        "unchecked": sum(row.unchecked for row in read),
        "explained": sum(row.explained for row in read),
        "rules": dict(sorted(rules.items())),
    }


def folder_findings(
    rows: Sequence[Row], unread_past: Iterable[Row] = (), year: int | None = None
) -> list[FolderFinding]:
    """Return what the reports of a folder show together, last year's included.

    `year` is the one that was asked for, None for the year of most of them.
    """
    read = [row for row in rows if not row.error]
    return [
        *_copies(read),
        *_versions(read),
        *_of_other_years(read, year),
        *_without_past(read),
        *_unread(unread_past),
    ]


def main_year(rows: Iterable[Row]) -> int | None:
    """Return the year of more than half of the reports that name one, None without such."""
    years = Counter(row.year for row in rows if row.year is not None)
    if not years:
        return None
    year, count = years.most_common(1)[0]
    return year if 2 * count > years.total() else None


def without_copies(rows: Iterable[Row]) -> list[Row]:
    """Return rows in their order, of files with the same content the first only."""
    seen: dict[str, Row] = {}
    for row in rows:
        seen.setdefault(row.digest, row)
    return list(seen.values())


def versions(rows: Iterable[Row]) -> list[list[Row]]:
    """Return the reports that one agency has for one year, where they are several."""
    groups: dict[tuple[str, int | None], list[Row]] = {}
    for row in without_copies(rows):
        if key := agency_key(row.agency):
            groups.setdefault((key, row.year), []).append(row)
    return [group for group in groups.values() if len(group) > 1]


def _copies(rows: Sequence[Row]) -> Iterator[FolderFinding]:
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row.digest, []).append(row.file)
    for files in groups.values():
        if len(files) > 1:
            message = f"内容完全相同的文件 {len(files)} 个：{'、'.join(files)}"
            yield FolderFinding(SAME_CONTENT, Severity.NOTE, message, tuple(files))


def _versions(rows: Sequence[Row]) -> Iterator[FolderFinding]:
    for group in versions(rows):
        files = tuple(row.file for row in group)
        year = f" {group[0].year} 年度" if group[0].year else ""
        message = f"{group[0].agency}{year}有 {len(files)} 份内容不同的报告：{'、'.join(files)}"
        yield FolderFinding(TWO_VERSIONS, Severity.WARNING, message, files)


def _of_other_years(rows: Sequence[Row], asked: int | None) -> Iterator[FolderFinding]:
    year = asked or main_year(rows)
    usual = f"要检查的是 {year} 年度的" if asked else f"其余多数是 {year} 年度的"
    for row in rows:
        if year is not None and row.year is not None and row.year != year:
            message = f"“{row.file}”是 {row.year} 年度的报告，{usual}"
            yield FolderFinding(OTHER_YEAR, Severity.WARNING, message, (row.file,))


def _without_past(rows: Sequence[Row]) -> Iterator[FolderFinding]:
    for row in rows:
        if row.past_note:
            message = f"“{row.file}”：{row.past_note}"
            yield FolderFinding(NO_LAST_YEAR, Severity.NOTE, message, (row.file,))


def _unread(rows: Iterable[Row]) -> Iterator[FolderFinding]:
    for row in rows:
        message = f"上年文件夹中的“{row.file}”没有读取：{row.error}"
        yield FolderFinding(LAST_YEAR_UNREADABLE, Severity.WARNING, message, (row.file,))
