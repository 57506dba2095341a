"""`batch` of the command line: all reports of a folder, as lines of JSON, as one value, as text.

`--json` is one object:

    {"files": [...], "skipped": 3, "totals": {...}, "together": [...]}

`files` are the objects of `--json-lines` in the same order, so without `tables[].cells`.
With `--last-year` each has `last_year`, the file it was compared with, or null.
`totals` counts: `files`, `read`, `unreadable`; `with_errors` (reports), `error`,
`warning`, `note` (findings), `unchecked` (relations), `explained` (findings),
`rules` (findings by rule).
`together` is what several reports show only together (see `core.batch_totals`):

    {"kind": "two_versions", "severity": "warning", "message": "...", "files": [...],
     "cells": [{"slot": "...", "sum": "5", "reported": "6"}]}

With `--json-lines` those are sentences on standard error.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from core.batch import UNDER_WAY, Batch, Wish, batch_of
from core.batch_likeness import alike, likeness_findings
from core.batch_row import Row
from core.batch_totals import FolderFinding, folder_findings
from core.batch_workers import Workers, jobs_by_default
from core.cli_arguments import UsageError
from core.cli_batch_shown import Ended, Show, form_of
from core.cli_office import named_office, tell_settings
from core.errors import SaveError
from core.summary import Summary, summary_of, superior_findings

DONE, ERRORS_FOUND, FILE_FAILED = 0, 1, 3

_REFUSED = "没有检查，也没有写入任何文件"


def run_batch(options: argparse.Namespace, today: datetime.date) -> int:
    """Check a folder, print it as asked and write what was asked for; return the exit status.

    Raises:
        UsageError: Two outputs are one file.
        ReportError: There is no such folder, or a file could not be written.
    """
    _require_free(options)
    batch = _batch(options)
    _require_no_input(options, batch)
    names = _names(options)
    show, finish = form_of(options)
    rows = list(_checked(options, batch, show))
    together, missing = _together(options, batch, rows, names)
    finish(Ended(rows, batch.listing.skipped, together))
    _write(options, rows, together, missing, today)
    return _status(rows)


def _batch(options: argparse.Namespace) -> Batch:
    office = named_office(options.settings, options.explanations)
    tell_settings(office)
    findings = options.findings is not None or options.feedback is not None
    wish = Wish(findings=findings, slots=True, prose=True, office=office)
    return batch_of(options.folder, options.last_year, wish, resumes=options.resume)


def _names(options: argparse.Namespace) -> tuple[str, ...]:
    if options.agencies is None:
        return ()
    from core.agency_list import read_agencies

    return read_agencies(options.agencies)


def _checked(options: argparse.Namespace, batch: Batch, show: Show) -> Iterator[Row]:
    with _engine(options) as (engine, under_way):
        told = 0
        for checked in batch.run(engine, under_way=under_way):
            for notice in batch.notices[told:]:
                print(notice, file=sys.stderr)
            told = len(batch.notices)
            show(checked)
            yield checked.row


@contextmanager
def _engine(options: argparse.Namespace) -> Iterator[tuple[Executor, int]]:
    if options.scheduler is not None:
        from core.batch_cluster import Cluster

        with Cluster(options.scheduler) as cluster:
            yield cluster, cluster.under_way
    else:
        with Workers(options.jobs or jobs_by_default()) as workers:
            yield workers, UNDER_WAY


def _together(
    options: argparse.Namespace, batch: Batch, rows: Sequence[Row], names: Sequence[str]
) -> tuple[list[FolderFinding], list[str]]:
    """Return what the reports show together, and which agencies of the list have none."""
    found = [
        *folder_findings(rows, batch.unread_past, options.year),
        *superior_findings(rows),
        *likeness_findings(alike(rows)),
    ]
    if not names:
        return found, []
    from core.agency_list import compared, list_findings

    comparison = compared(names, rows)
    return [*found, *list_findings(comparison)], [each.name for each in comparison.missing]


def _outputs(options: argparse.Namespace) -> list[Path]:
    return [path for path in (options.findings, options.summary, options.releases) if path]


def _require_free(options: argparse.Namespace) -> None:
    """Refuse outputs that are one file, or that stand there already."""
    outputs = _outputs(options)
    if len({_real(path) for path in outputs}) < len(outputs):
        raise UsageError("同一个文件写了不止一次，没有写入任何文件；请各用一个名称。")
    for path in outputs:
        if os.path.lexists(path) and not options.overwrite:
            raise SaveError(f"“{path}”已经存在，{_REFUSED}；请换一个名称，或者加上 --overwrite。")


def _require_no_input(options: argparse.Namespace, batch: Batch) -> None:
    """Refuse to write over a file that is read, whatever was allowed."""
    listings = [batch.listing, *([batch.past] if batch.past else [])]
    read = {_real(file.path) for listing in listings for file in listing.files}
    named = (options.agencies, options.settings, options.explanations)
    read |= {_real(path) for path in named if path is not None}
    for path in _outputs(options):
        if _real(path) in read:
            raise SaveError(f"“{path}”就是要读取的文件，{_REFUSED}；请换一个名称保存。")


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _write(
    options: argparse.Namespace,
    rows: Sequence[Row],
    together: Sequence[FolderFinding],
    missing: Sequence[str],
    today: datetime.date,
) -> None:
    # Writers take as long to import as a whole check takes to run.
    if not _outputs(options) and options.feedback is None:
        return
    from core import batch_output

    if options.findings is not None:
        batch_output.write_findings(options.findings, rows, together, overwrite=options.overwrite)
    if options.summary is not None:
        summary = summary_of(rows)
        batch_output.write_summary(options.summary, summary, overwrite=options.overwrite)
        _tell_left_out(summary)
    if options.releases is not None:
        batch_output.write_releases(options.releases, rows, missing, overwrite=options.overwrite)
    for path in _outputs(options):
        print(f"已写出：{path}", file=sys.stderr)
    if options.feedback is not None:
        written = batch_output.write_feedback(options.feedback, rows, today)
        print(f"已写出反馈单 {len(written)} 份：{options.feedback}", file=sys.stderr)


def _tell_left_out(summary: Summary) -> None:
    """Say what nobody should take the sums without."""
    for row, why in summary.left_out:
        print(f"没有计入汇总：{row.file}（{why}）", file=sys.stderr)
    for unit in summary.units:
        if unit.marks:
            print(
                f"计入汇总，但请核对：{unit.row.file}（{'；'.join(unit.marks)}）", file=sys.stderr
            )


def _status(rows: Sequence[Row]) -> int:
    if any(row.error for row in rows):
        return FILE_FAILED
    return ERRORS_FOUND if any(row.open_errors for row in rows) else DONE
