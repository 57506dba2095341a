"""Measure what a person waits for, and print medians (`make bench`).

Nothing fails here: times depend on the machine.  The ratios are taken in one
run, so that they mean the same everywhere.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.document import Cell, Document, Section, Table
from core.edits import Edit
from core.export import excel_target, write_all
from core.forms.match import match
from core.prose import finder
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.rules.model import CheckResult
from core.session import Session, open_session
from core.writers.workbook import report_workbook
from tests.core.diagnosis.experiments import EXPERIMENTS, run

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
TEXT_REPORT = ROOT.parent / "shared" / "corpus" / "004_de53b01729c18d18.txt"
SLOT = "applications.disclosed.natural_person"
OPEN_TARGET, CHECK_TARGET, RECHECK_TARGET = 0.050, 0.020, 0.005
EDIT_TARGET, PAINT_TARGET = 0.016, 0.5
# From a click on a finding until its cell is seen.
CLICK_TARGET = 0.050
EXCEL_TARGET, LARGE_TABLE_TARGET = 0.150, 2.0

# Run in a process of its own: says when the window, or the report in it, was painted.
FIRST_PAINT = """
import os, sys, time
from PySide6.QtCore import QTimer
from gui.{module} import {name} as Widget

def report():
    print(time.time(), flush=True)
    os._exit(0)

class Watch(Widget):
    def paintEvent(self, event):
        super().paintEvent(event)
        if {ready}:
            QTimer.singleShot(0, report)

import gui.{place}
gui.{place}.{name} = Watch
from gui import app
sys.exit(app.run([sys.argv[1]]))
"""
WINDOW = {"module": "main_window", "name": "MainWindow", "ready": "True", "place": "app"}
REPORT = {
    "module": "views.grid",
    "name": "GridView",
    "ready": "self.table_model is not None",
    "place": "views.report_page",
}


def seconds(
    work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return how long some work takes, each time; a first time does not count."""
    work()
    taken = []
    for _ in range(times):
        started = clock()
        work()
        taken.append(clock() - started)
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
        taken = seconds(lambda path=path: opened(path).check(), 20)
        show(f"open, match and check {path.name}", taken, OPEN_TARGET)


def opened(path: Path) -> Session:
    """Open a report as if its text had never been seen: what is kept of it is forgotten."""
    forget_prose()
    return open_session(path)


def bench_checking() -> None:
    """Check the sample whole, and again as after every edit, without a window."""
    session = open_session(SAMPLE)
    session.load_last_year(open_session(SAMPLE))
    rounds = iter(range(10_000))

    def check_whole() -> None:
        forget_prose()
        session.set_office(session.office)
        session.check()

    show("check the sample beside another report", seconds(check_whole, 30), CHECK_TARGET)
    session = open_session(SAMPLE)
    ref = session.match.places[SLOT].ref

    def edit_and_check() -> None:
        session.apply(Edit(ref, session.text(ref), str(next(rounds))))
        session.check()

    show("edit and check again, no window", seconds(edit_and_check, 100), RECHECK_TARGET)


def bench_diagnosis() -> None:
    """Diagnose tables with wrong numbers, and print what one in a hundred takes."""
    for number, experiment in enumerate(EXPERIMENTS):
        figures = run(experiment.name, experiment.cases(Random(number)), 200)
        slowest = figures.percentile(0.99)
        print(f"diagnose: {experiment.name:<48}{slowest:>9.1f} ms   (99 of 100)   target 10")


def forget_prose() -> None:
    """Forget the statements of texts seen before, which only a second check finds at hand."""
    finder.forget()


def bench_window() -> None:
    """Edit a cell in the real window and wait until the check is done and the grid painted."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject

    from gui.app import make_application
    from gui.controller import SessionController
    from gui.main_window import MainWindow

    class Paints(QObject):
        seen = False

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() is QEvent.Type.Paint
            return False

    app = make_application()
    controller = SessionController()
    window = MainWindow(controller)
    window.show()
    session = open_session(SAMPLE)
    controller.adopt(session, session.check())
    ref = session.match.places[SLOT].ref
    window.page.show_cell(ref)
    app.processEvents()
    paints, results, texts = Paints(), [], iter(range(1, 10_000))
    window.page.grid.viewport().installEventFilter(paints)
    controller.checked.connect(results.append)
    waiting = (
        QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    )

    def edit_and_paint() -> None:
        paints.seen = False
        results.clear()
        controller.set_text(ref, str(next(texts)))
        while not (paints.seen and results):
            app.processEvents(waiting)

    # Qt itself puts painting off by some ms; what it does not do is work.
    worked = seconds(edit_and_paint, 60, time.process_time)
    show("edit, check and repaint in the window, work alone", worked)
    show("edit, check and repaint in the window", seconds(edit_and_paint, 60), EDIT_TARGET)
    show_click_on_finding(window, app)
    controller.close_session()
    window.close()


def show_click_on_finding(window: MainWindow, app: QApplication) -> None:
    """Choose findings in turn, each in another table, until its cell has been painted."""
    from itertools import cycle

    causes = [cause for cause in window.controller.causes if cause.cells]
    each = cycle(causes)

    def choose() -> None:
        window.walk.choose(next(each))
        window.page.grid.viewport().repaint()
        app.processEvents()

    worked = seconds(choose, 40, time.process_time)
    show("click on a finding until its cell is painted, work alone", worked)
    show("click on a finding until its cell is painted", seconds(choose, 40), CLICK_TARGET)


def bench_start() -> None:
    """Start the program from source, and say when it paints."""
    for what, watched, target in (
        ("start until the window is painted", WINDOW, PAINT_TARGET),
        ("start until the report is painted", REPORT, None),
    ):
        script = FIRST_PAINT.format(**watched)
        painted(script)
        show(what, [painted(script) for _ in range(7)], target)


def painted(script: str) -> float:
    """Return the seconds from the start of a process to the moment that it prints."""
    started = time.time()
    command = [sys.executable, "-c", script, str(SAMPLE)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout.split()[-1]) - started


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


def bench_workbook() -> None:
    """Save the sample with an edit as Excel, read back included, and write a large table."""
    session = open_session(SAMPLE)
    ref = session.match.places[SLOT].ref
    session.apply(Edit(ref, session.text(ref), "99"))
    result = session.check()
    with tempfile.TemporaryDirectory() as folder:
        targets = [excel_target(Path(folder) / "示例.xlsx")]
        taken = seconds(lambda: write_all(session, result, targets, overwrite=True), 20)
    show("save the sample as Excel", taken, EXCEL_TARGET)
    rows, columns = 2000, 20
    cells = (Cell(n // columns, n % columns, str(n)) for n in range(rows * columns))
    document = Document("text", (Section(1, "", (Table("t1", rows, columns, tuple(cells)),)),))
    found = match(document)
    taken = seconds(lambda: report_workbook(document, found, CheckResult()), 3)
    show("write a table of 2,000 rows and 20 columns as Excel", taken, LARGE_TABLE_TARGET)


def main() -> None:
    """Print everything."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bench_opening()
    bench_checking()
    bench_diagnosis()
    bench_window()
    bench_start()
    bench_reading()
    bench_workbook()


if __name__ == "__main__":
    main()
