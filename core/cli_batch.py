"""`batch` of the command line: all reports of a folder, as lines of JSON, as one value, as text.

`--json` is one object:

    {"files": [...], "skipped": 3, "totals": {...}, "together": [...]}

`files` are the objects of `--json-lines` in the same order, so without `tables[].cells`.
With `--last-year` each has `last_year`, the file it was compared with, or null.
`totals` counts: `files`, `read`, `unreadable`; `with_errors` (reports), `error`,
`warning`, `note` (findings), `unchecked` (relations), `rules` (findings by rule).
`together` is what several reports show only together (see `core.batch_totals`):

    {"kind": "two_versions", "severity": "warning", "message": "...", "files": [...],
     "cells": [{"slot": "...", "sum": "5", "reported": "6"}]}

With `--json-lines` those are sentences on standard error.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.batch import Wish, batch_of
from core.batch_row import Checked, Row
from core.batch_totals import FolderFinding, folder_findings, totals_of
from core.batch_workers import Workers, jobs_by_default
from core.cli_arguments import UsageError
from core.errors import SaveError
from core.storage import replace_file
from core.summary import Summary, summary_of, superior_findings
from core.workbook_readback import confirm_workbook

DONE, ERRORS_FOUND, FILE_FAILED = 0, 1, 3

Show = Callable[[Checked], None]


@dataclass(frozen=True)
class _Ended:
    rows: Sequence[Row]
    skipped: int
    together: Sequence[FolderFinding]


def run_batch(options: argparse.Namespace) -> int:
    """Check a folder, print it as asked and write what was asked for; return the exit status.

    Raises:
        UsageError: Both outputs are one file.
        ReportError: There is no such folder, or a file could not be written.
    """
    _require_free(options)
    wanted = options.findings is not None
    batch = batch_of(options.folder, options.last_year, Wish(findings=wanted, slots=True))
    show, finish = _form(options)
    with Workers(options.jobs or jobs_by_default()) as engine:
        rows = list(_shown(batch.run(engine), show))
    together = [*folder_findings(rows, batch.unread_past), *superior_findings(rows)]
    finish(_Ended(rows, batch.listing.skipped, together))
    _write(options, rows, together)
    return _status(rows)


def _shown(checked: Iterator[Checked], show: Show) -> Iterator[Row]:
    for each in checked:
        show(each)
        yield each.row


def _form(options: argparse.Namespace) -> tuple[Show, Callable[[_Ended], None]]:
    if options.json_lines:
        return _show_line, _tell_together
    if options.json:
        form = _OneValue()
        return form.show, form.finish
    return _show_text, _finish_text


def _show_line(checked: Checked) -> None:
    sys.stdout.buffer.write(checked.line.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def _tell_together(ended: _Ended) -> None:
    for each in ended.together:
        print(each.message, file=sys.stderr)


class _OneValue:
    """Writes one JSON object piece by piece, so that it is never held as a whole."""

    def __init__(self) -> None:
        self._before = b'{"files": [\n'

    def show(self, checked: Checked) -> None:
        """Write one of the files."""
        line = checked.line.encode("utf-8", "backslashreplace")
        sys.stdout.buffer.write(self._before + line)
        self._before = b",\n"

    def finish(self, ended: _Ended) -> None:
        """Write what comes behind the files."""
        rest = {
            "skipped": ended.skipped,
            "totals": totals_of(ended.rows),
            "together": [each.json() for each in ended.together],
        }
        text = json.dumps(rest, ensure_ascii=False).encode("utf-8", "backslashreplace")
        opening = b"" if self._before == b",\n" else self._before
        sys.stdout.buffer.write(opening + b"\n], " + text[1:] + b"\n")


def _show_text(checked: Checked) -> None:
    row = checked.row
    if row.error:
        print(f"{row.file}\n    没有读取：{row.error}", flush=True)
        return
    counts = (f"强制性错误 {row.errors}", f"待核实 {row.warnings}")
    who = f"{row.agency or '机关不详'} {row.year or '年度不详'}"
    rest = f"提示 {row.notes}，未能检查 {row.unchecked}"
    beside = f"，上年年报 {row.last_year}" if row.last_year else ""
    print(f"{row.file}\n    {who}：{'，'.join(counts)}，{rest}{beside}", flush=True)


def _finish_text(ended: _Ended) -> None:
    total = totals_of(ended.rows)
    print()
    for each in ended.together:
        print(f"整体：{each.message}")
    print(
        f"共 {total['files']} 个文件：已检查 {total['read']} 个，"
        f"没有读取 {total['unreadable']} 个；另有 {ended.skipped} 个不是年度报告的文件没有打开"
    )
    print(
        f"有强制性错误的报告 {total['with_errors']} 份；强制性错误 {total['error']} 处，"
        f"待核实 {total['warning']} 处，提示 {total['note']} 处；未能检查 {total['unchecked']} 项"
    )


def _require_free(options: argparse.Namespace) -> None:
    outputs: list[Path] = [path for path in (options.findings, options.summary) if path]
    if len(outputs) > 1 and _real(outputs[0]) == _real(outputs[1]):
        raise UsageError(f"“{outputs[0]}”写了不止一次，没有写入任何文件；请各用一个名称。")
    for path in outputs:
        if os.path.lexists(path):
            raise SaveError(f"“{path}”已经存在，没有检查，也没有写入任何文件；请换一个名称。")


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))


def _write(
    options: argparse.Namespace, rows: Sequence[Row], together: Sequence[FolderFinding]
) -> None:
    # Writers take as long to import as a whole check takes to run.
    made: list[tuple[Path, bytes]] = []
    if options.findings is not None:
        from core.writers.batch_findings import batch_workbook

        made.append((options.findings, batch_workbook(rows, together)))
    if options.summary is not None:
        from core.writers.summary_workbook import summary_workbook

        summary = summary_of(rows)
        made.append((options.summary, summary_workbook(summary)))
        _tell_left_out(summary)
    for path, data in made:
        replace_file(path, data, verify=confirm_workbook)
        print(f"已写出：{path}", file=sys.stderr)


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
    return ERRORS_FOUND if any(row.errors for row in rows) else DONE
