"""Measure how smoothly a very large table scrolls in the grid (`make bench`)."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.document import Cell, Document, Section, Table
from core.session import Session

ROWS, COLUMNS, FRAMES = 5_000, 40, 200
MEDIAN_TARGET, NEARLY_ALL_TARGET = 0.016, 0.050
_HEADER, _LABELS = 2, 1
_STEP = 37


def large_report() -> Document:
    """Return a report with a table of 5,000 rows and 40 columns under merged headers."""
    cells = [Cell(0, 0, "栏目", row_span=2)]
    cells += [Cell(0, column, "合并的栏目", column_span=3) for column in range(1, COLUMNS, 3)]
    cells += [Cell(1, column, "名称") for column in range(1, COLUMNS)]
    for row in range(_HEADER, ROWS):
        cells.append(Cell(row, 0, "某项名称"))
        cells += [Cell(row, column, str(row * column % 997)) for column in range(_LABELS, COLUMNS)]
    table = Table("t1", ROWS, COLUMNS, tuple(cells))
    return Document("text", (Section(1, "一、总体情况", (table,)),))


def bench_scrolling() -> None:
    """Scroll down, then across, by steps that are no whole rows, and paint after each."""
    from PySide6.QtCore import Qt

    from gui.app import make_application
    from gui.controller import SessionController
    from gui.main_window import MainWindow

    app = make_application()
    controller = SessionController()
    window = MainWindow(controller)
    window.resize(1440, 900)
    window.show()
    session = Session(Path("大表.txt"), b"", large_report())
    started = time.perf_counter()
    controller.adopt(session, session.check())
    app.processEvents()
    print(f"show a table of 5,000 × 40: {time.perf_counter() - started:.2f} s")
    grid = window.page.grid
    ways = (
        ("down", grid.verticalScrollBar(), None),
        ("down, scrolled to the right", grid.verticalScrollBar(), 900),
        ("across, scrolled down", grid.horizontalScrollBar(), None),
    )
    for way, bar, across in ways:
        if across is not None:
            grid.horizontalScrollBar().setValue(across)
        bar.setValue(0)
        app.processEvents()
        taken = []
        for _ in range(FRAMES):
            value = bar.value() + _STEP
            began = time.perf_counter()
            bar.setValue(value if value <= bar.maximum() else 0)
            app.sendPostedEvents()
            app.processEvents()
            taken.append(time.perf_counter() - began)
        median, most = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
        words = f"scroll 5,000 × 40 {way}"
        print(
            f"{words:<58}{median * 1000:>9.1f} ms   (95 of 100: {most * 1000:.1f}, n = {FRAMES})"
            f"   target {MEDIAN_TARGET * 1000:.0f}, {NEARLY_ALL_TARGET * 1000:.0f}"
        )
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    controller.close_session()
    window.close()


if __name__ == "__main__":
    bench_scrolling()
