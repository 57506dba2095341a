"""Measure the check of a folder: reports a second, and whether a report costs more among many.

Part of `make bench`; alone it is `python packaging/bench_batch.py`.  Wall time depends on
who else works on the machine, so the work of all processes is printed beside it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.batch import Wish, batch_of
from core.batch_likeness import alike
from core.batch_row import Row
from core.batch_totals import folder_findings, totals_of
from core.batch_workers import Workers
from core.summary import summary_of, superior_findings
from tests.core.batch_folders import FORMATS, changes, fill_quickly
from tests.core.rules.reports import report

# Reports a second, .docx on two processes.
TARGET = 40
COUNT, PDF_COUNT = 400, 100
SIZES = (100, 1000, 10_000)
_WISH = Wish(findings=True, slots=True, prose=True)


def bench_batch(sizes: tuple[int, ...] = SIZES) -> None:
    """Print rates by format and number of processes, then the cost of a report by how many."""
    print(f"load before the folders: {' '.join(f'{load:.1f}' for load in os.getloadavg())}")
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("docx", "html", "pdf"):
            _fill(place := Path(folder) / kind, kind)
            for jobs in (1, 2):
                target = f"   target {TARGET}" if (kind, jobs) == ("docx", 2) else ""
                _show(f"check a folder of .{kind}, processes: {jobs}", place, jobs, target)
        for size in sizes:
            fill_quickly(place := Path(folder) / f"{size}", size, ("docx",))
            rows = _show(f"check {size:,} .docx, processes: 2", place, 2, "")
            _show_together(rows)


def _fill(folder: Path, kind: str) -> None:
    if kind != "pdf":
        fill_quickly(folder, COUNT, (kind,))
        return
    folder.mkdir()
    for number in range(PDF_COUNT):
        (folder / f"{number:03}.pdf").write_bytes(FORMATS[kind](report(changes(number))))


def _show(what: str, folder: Path, jobs: int, target: str) -> list[Row]:
    """Check a folder once all processes have begun; print the rate and the work a report."""
    work = _work()
    with Workers(jobs) as engine:
        first = next(each for each in folder.rglob("*.*")).parent
        before = len(list(batch_of(first, wish=_WISH).run(engine)))
        batch = batch_of(folder, wish=_WISH)
        started = time.perf_counter()
        rows = [checked.row for checked in batch.run(engine)]
        taken = time.perf_counter() - started
    assert not any(row.error for row in rows)
    spent = (_work() - work) / (before + len(rows)) * 1000
    rate = f"{len(rows) / taken:>9.1f} a second, {spent:>6.1f} ms of work a report"
    print(f"{what:<58}{rate}{target}", flush=True)
    return rows


def _show_together(rows: list[Row]) -> None:
    """Print what comes behind the last report: everything that needs all of them."""
    started = time.process_time()
    totals_of(rows)
    folder_findings(rows)
    superior_findings(rows)
    alike(rows)
    summary_of(rows)
    taken = time.process_time() - started
    what = f"  what {len(rows):,} reports show together, and their sums"
    print(f"{what:<58}{taken / len(rows) * 1000:>9.2f} ms a report")


def _work() -> float:
    """Return the seconds that this process and all that have ended have worked."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    bench_batch(tuple(map(int, sys.argv[1:])) or SIZES)
