"""How fluid the folder window is with two thousand reports.

Part of `make bench`; alone it is `python packaging/bench_folder.py`.

Every figure is the least of several runs, in milliseconds; nothing is checked here.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from core.batch_row import Row
from core.batch_view import Wanted
from core.checking import Office
from core.rules.severity import Severity
from gui.app import make_application
from gui.folder.models.reports import Column
from gui.folder.window import FolderWindow
from tests.core.batch_folders import agency
from tests.gui.folder.county import Serial, checked_row

COUNT, RUNS = 2000, 5


def rows() -> list[Row]:
    """Return two thousand rows as a check brings them, every third with errors."""
    good, wrong = checked_row("财政局"), checked_row("林业局", wrong=3)
    return [
        replace(
            wrong if number % 3 == 1 else good,
            file=f"{number // 100:03}/{number:05}.docx",
            agency=agency(number),
        )
        for number in range(COUNT)
    ]


def least(act: Callable[[int], object], runs: int = RUNS) -> float:
    """Return how long something takes at least."""
    times = []
    for number in range(runs):
        start = time.perf_counter()
        act(number)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def bench_folder() -> None:
    """Print the figures."""
    make_application()
    window = FolderWindow(Office, Serial)
    window.resize(1366, 768)
    window.show()
    all_rows = rows()
    model, shown = window.work.reports, window.reports.list
    model.show(row.file for row in all_rows)

    def drawn(act: Callable[[int], object]) -> Callable[[int], None]:
        def run(number: int) -> None:
            act(number)
            shown.viewport().repaint()
            QApplication.processEvents()

        return run

    def arrive(number: int) -> None:
        model.take(all_rows[number * 50 : number * 50 + 50])

    texts = ("总计", "财政", "SUM002", "本年新收", "00012")
    figures = {
        "50 rows arrive, sorted in and drawn": least(drawn(arrive), 30),
        "the rest arrives": least(drawn(lambda _: model.take(all_rows)), 1),
        "a frame of scrolling": least(
            drawn(lambda number: shown.verticalScrollBar().setValue(number * 3)), 200
        ),
        "sorted by another column": least(
            drawn(lambda n: model.sort((Column.AGENCY, Column.OPEN)[n % 2], _order(n)))
        ),
        "filtered by a severity": least(drawn(lambda n: model.want(_severity(n)))),
        "filtered by a rule": least(drawn(lambda n: model.want(_rule(n)))),
        "filtered by a text": least(drawn(lambda n: model.want(Wanted(text=texts[n])))),
        "the overview": least(drawn(lambda _: window.telling.refresh())),
    }
    for name, figure in figures.items():
        print(f"{COUNT} reports, {name}: {figure:.1f} ms")
    window.close()
    window.shut_down()


def _order(number: int) -> Qt.SortOrder:
    return (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)[number % 2]


def _severity(number: int) -> Wanted:
    return Wanted(severity=(Severity.ERROR, Severity.NOTE)[number % 2])


def _rule(number: int) -> Wanted:
    return Wanted(rule=("SUM002", "BAL001")[number % 2])


if __name__ == "__main__":
    bench_folder()
