"""Measure what fifty reports in tabs take: memory, and the time of a switch (`make bench`).

In a process of its own, whose memory holds nothing of what was measured before:
`python packaging/bench_tabs.py`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_clock import seconds, show

from core.resources import SAMPLE

REPORTS, MOST_MEGABYTES, SWITCH_TARGET = 50, 600, 0.050
_FORMATS = SAMPLE.parent / "formats"
_PATIENCE = 300.0


def bench_tabs() -> None:
    """Open the sample under fifty names, then its formats in turn, each in a new process."""
    for kind in ("word", "mixed"):
        subprocess.run([sys.executable, __file__, kind], check=True)


def samples(kind: str) -> list[Path]:
    """Return what is copied: the sample in Word alone, or in all formats that it comes in."""
    others = [path for path in sorted(_FORMATS.iterdir()) if path.is_file()]
    return [SAMPLE, *others] if kind == "mixed" else [SAMPLE]


def measure(kind: str) -> None:
    """Open all, and print the memory after it and the time from tab to tab."""
    from gui.app import make_application
    from gui.controller import SessionController
    from gui.main_window import MainWindow

    app = make_application()
    controller = SessionController()
    window = MainWindow(controller)
    window.show()
    app.processEvents()
    empty = peak()
    with tempfile.TemporaryDirectory() as folder:
        each = cycle(samples(kind))
        for number in range(REPORTS):
            source = next(each)
            path = Path(folder) / f"年报{number}{source.suffix}"
            shutil.copy(source, path)
            controller.open(path, is_shown=False)
        until = time.monotonic() + _PATIENCE
        while controller.is_opening and time.monotonic() < until:
            app.processEvents()
            time.sleep(0.001)
        count = len(controller.reports)
        opened = peak()
        reports = cycle(controller.reports)

        def switch() -> None:
            controller.show(next(reports))
            window.page.grid.viewport().repaint()
            app.processEvents()

        worked = seconds(switch, 2 * count, time.process_time)
        show(f"switch between {count} tabs ({kind}), work alone", worked)
        show(f"switch between {count} tabs ({kind})", seconds(switch, 2 * count), SWITCH_TARGET)
        what = f"memory with {count} reports in tabs ({kind}), all seen"
        print(f"{what:<58}{peak():>9.0f} MB   ({opened:.0f} before, empty {empty:.0f})", end="")
        print(f"   target {MOST_MEGABYTES}")
        controller.close_all()
        window.close()


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    import resource

    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / unit


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:]:
        measure(sys.argv[1])
    else:
        bench_tabs()
