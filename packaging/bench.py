"""Measure what a person waits for, and print medians (`make bench`).

Nothing fails here: times depend on the machine.  The ratios are taken in one
run, so that they mean the same everywhere.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from altered_reports import with_extra_tables
from bench_batch import bench_batch
from bench_clock import seconds, show
from bench_folder import bench_folder
from bench_grid import bench_scrolling
from bench_reading import bench_reading
from bench_start import bench_start
from bench_tabs import bench_tabs

from core.document import Cell, Document, Section, Table
from core.edits import Edit
from core.export import excel_target, word_target, write_all
from core.forms.match import match
from core.prose import finder
from core.reasons import Mode, Style
from core.resources import SAMPLE
from core.rules.model import CheckResult
from core.session import Session, open_session
from core.writers.workbook import report_workbook
from tests.core.diagnosis.experiments import EXPERIMENTS, run

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.main_window import MainWindow

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
TEXT_REPORT = CORPUS / "004_de53b01729c18d18.txt"
SLOT = "applications.disclosed.natural_person"
OPEN_TARGET, CHECK_TARGET, RECHECK_TARGET = 0.050, 0.020, 0.005
EDIT_TARGET, MANY_TARGET = 0.016, 0.050
MANY_TABLES = 50
# From a click on a finding until its cell is seen.
CLICK_TARGET = 0.050
TRACKED_TARGET, EXCEL_TARGET, LARGE_TABLE_TARGET = 0.100, 0.150, 2.0


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
    from gui.app import make_application
    from gui.controller import SessionController
    from gui.main_window import MainWindow

    app = make_application()
    window = MainWindow(SessionController())
    window.show()
    session = open_session(SAMPLE)
    show_edit(window, app, session, "", EDIT_TARGET)
    show_click_on_finding(window, app)
    # Under a name of its own: what is open in another tab is only shown.
    path = session.path.with_name("许多表格.docx")
    many = Session(path, session.data, with_extra_tables(session.source, MANY_TABLES))
    show_edit(window, app, many, f", {MANY_TABLES} tables", MANY_TARGET)
    window.controller.close_all()
    window.close()


def show_edit(
    window: MainWindow, app: QApplication, session: Session, among: str, target: float
) -> None:
    """Type into a cell of a report again and again."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject

    class Paints(QObject):
        seen = False

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            self.seen = self.seen or event.type() is QEvent.Type.Paint
            return False

    controller = window.controller
    controller.adopt(session, session.check())
    ref = session.match.places[SLOT].ref
    window.page.show_cell(ref)
    app.processEvents()
    paints, results, texts = Paints(), [], iter(range(1, 10_000))
    window.page.grid.viewport().installEventFilter(paints)
    controller.checked.connect(lambda result: results.append(result))
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
    show(f"edit, check and repaint in the window{among}, work alone", worked)
    show(f"edit, check and repaint in the window{among}", seconds(edit_and_paint, 60), target)


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


def bench_word() -> None:
    """Save the sample with an edit as a tracked revision, beside opening and saving it alone."""
    import docx

    session = open_session(SAMPLE)
    ref = session.match.places[SLOT].ref
    session.apply(Edit(ref, session.text(ref), "99"))
    result = session.check()
    with tempfile.TemporaryDirectory() as folder:
        target = word_target(Path(folder) / "示例.docx", Style(Mode.TRACKED))
        taken = seconds(lambda: write_all(session, result, [target], overwrite=True), 20)
        own = show("save the sample with a tracked revision", taken, TRACKED_TARGET)
        other = Path(folder) / "other.docx"
        taken = seconds(lambda: docx.Document(str(SAMPLE)).save(str(other)), 20)
        show("  python-docx opens and saves it, no edit", taken)
        print(f"{'':<58}{own / statistics.median(taken):>9.1f} times as long as that")


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
    bench_scrolling()
    bench_tabs()
    bench_start()
    bench_word()
    bench_workbook()
    bench_batch()
    bench_folder()
    bench_reading()


if __name__ == "__main__":
    main()
