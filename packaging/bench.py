"""Measure what a person waits for, and print medians (`make bench`).

Nothing fails here: times depend on the machine.  The ratios are taken in one
run, so that they mean the same everywhere.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.edits import Edit
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.session import open_session

ROOT = Path(__file__).resolve().parent.parent
TEXT_REPORT = ROOT.parent / "shared" / "corpus" / "004_de53b01729c18d18.txt"
SLOT = "applications.disclosed.natural_person"
OPEN_TARGET, EDIT_TARGET, PAINT_TARGET = 0.050, 0.016, 0.5

# A window that paints for the first time says when; the parent knows when it asked.
FIRST_PAINT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QApplication):
    def notify(self, receiver, event):
        done = super().notify(receiver, event)
        if event.type() is QEvent.Type.Paint and isinstance(receiver, QObject):
            if receiver.isWidgetType() and isinstance(receiver.window(), QMainWindow):
                print(time.time(), flush=True)
                os._exit(0)
        return done
"""


def seconds(work: Callable[[], object], times: int) -> list[float]:
    """Return how long some work takes, each time; a first time does not count."""
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def show(what: str, taken: list[float], target: float | None = None) -> float:
    """Print the median of some times in ms, with the span they lie in; return it."""
    median = statistics.median(taken)
    aim = f"   target {target * 1000:.0f}" if target else ""
    spread = f"{min(taken) * 1000:.1f}–{max(taken) * 1000:.1f}, n = {len(taken)}"
    print(f"{what:<58}{median * 1000:>9.1f} ms   ({spread}){aim}")
    return median


def bench_opening() -> None:
    """Open, match and check the sample and a report that came as text."""
    for path in (SAMPLE, TEXT_REPORT):
        if not path.exists():
            print(f"{path.name}: not here, left out")
            continue
        taken = seconds(lambda path=path: open_session(path).check(), 20)
        show(f"open, match and check {path.name}", taken, OPEN_TARGET)


def bench_checking() -> None:
    """Check the sample again, as after every edit, without a window."""
    session = open_session(SAMPLE)
    ref = session.match.places[SLOT].ref
    texts = iter(range(10_000))

    def edit_and_check() -> None:
        session.apply(Edit(ref, session.text(ref), str(next(texts))))
        session.check()

    show("edit and check the sample, no window", seconds(edit_and_check, 50))


def bench_reading() -> None:
    """Read the sample's tables in several ways and print how much longer the others take."""
    data = SAMPLE.read_bytes()
    own = show("read the sample", seconds(lambda: read_docx(data, SAMPLE.name), 20))
    for name, work, times in other_ways():
        median = show(f"  the same tables by {name}", seconds(work, times))
        print(f"{'':<58}{median / own:>9.1f} times as long")


def other_ways() -> Iterator[tuple[str, Callable[[], object], int]]:
    """The same tables read by others: python-docx in two ways, LibreOffice by way of HTML."""
    import docx

    def by_cells() -> None:
        for table in docx.Document(str(SAMPLE)).tables:
            for cell in table._cells:
                _ = cell.text

    def by_cell() -> None:
        for table in docx.Document(str(SAMPLE)).tables:
            for row in range(len(table.rows)):
                for column in range(len(table.columns)):
                    _ = table.cell(row, column).text

    yield "python-docx, _cells", by_cells, 5
    yield "python-docx, table.cell()", by_cell, 2
    if office := shutil.which("soffice"):
        with tempfile.TemporaryDirectory() as folder:
            yield "LibreOffice's HTML export", lambda: export_html(office, Path(folder)), 3
    else:
        print("  LibreOffice is not installed, left out")


def export_html(office: str, folder: Path) -> None:
    """Let LibreOffice write the sample as HTML, with a profile of its own."""
    profile = (folder / "profile").as_uri()
    options = ["--headless", "--norestore", "--convert-to", "html", "--outdir", str(folder)]
    command = [office, f"-env:UserInstallation={profile}", *options, str(SAMPLE)]
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    """Print everything."""
    bench_opening()
    bench_checking()
    bench_reading()


if __name__ == "__main__":
    main()
