"""Measure how long the program takes until it is seen, and which imports that is due to."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_clock import show

from core.resources import SAMPLE

ROOT = Path(__file__).resolve().parent.parent
PAINT_TARGET = 0.5
RUNS, IMPORTS_SHOWN = 15, 10

# Run in a process of its own: the whole program, as `python main.py FILE` starts it, says
# when a widget of some kind was first painted.
FIRST_PAINT = """
import os, sys, time
from PySide6 import QtWidgets
from PySide6.QtCore import QTimer

def report():
    print(time.time(), flush=True)
    os._exit(0)

class Watch(QtWidgets.{widget}):
    def paintEvent(self, event):
        super().paintEvent(event)
        if {ready}:
            QTimer.singleShot(0, report)

QtWidgets.{widget} = Watch
import main
sys.exit(main.main(sys.argv[1:]))
"""
WINDOW = FIRST_PAINT.format(widget="QMainWindow", ready="True")
REPORT = FIRST_PAINT.format(
    widget="QTableView", ready='self.objectName() == "grid" and self.model() is not None'
)
# The same, when the panes are there as well and the program listens.
READY = """
import os, sys, time
from PySide6 import QtWidgets

class Watch(QtWidgets.QApplication):
    def exec(self):
        print(time.time(), flush=True)
        os._exit(0)

QtWidgets.QApplication = Watch
import main
sys.exit(main.main(sys.argv[1:]))
"""
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| *(\S+)")


@dataclass(frozen=True)
class Start:
    """How long a process took until it painted: by the clock on the wall, and in work."""

    wall: float
    work: float


def bench_start() -> None:
    """Start the program from source, and say when it paints and which modules cost most."""
    named = (str(SAMPLE),)
    with tempfile.TemporaryDirectory() as compiled:
        around = surroundings(compiled)
        for what, script, files, target in (
            ("start until the window is painted", WINDOW, (), PAINT_TARGET),
            ("start until the window can be used", READY, (), None),
            ("start with a report until the window is painted", WINDOW, named, PAINT_TARGET),
            ("start with a report until that is painted", REPORT, named, None),
        ):
            start(script, files, around)
            starts = [start(script, files, around) for _ in range(RUNS)]
            show(f"{what}, work alone", [each.work for each in starts])
            show(what, [each.wall for each in starts], target)
        show_imports(around)


def surroundings(compiled: str) -> dict[str, str]:
    """Return the environment of a program that has been started before.

    Its modules are compiled, as a person's are from the second start on, wherever this
    environment keeps Python from writing them down; and it finds nobody's preferences.
    """
    around = {name: value for name, value in os.environ.items() if name not in _OTHERWISE}
    kinds = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    homes = {name: f"{compiled}/home" for name in kinds}
    return {**around, **homes, "PYTHONPYCACHEPREFIX": compiled, "QT_QPA_PLATFORM": "offscreen"}


_OTHERWISE = frozenset(("PYTHONDONTWRITEBYTECODE", "PYTHONPATH"))


def start(script: str, files: tuple[str, ...], around: dict[str, str]) -> Start:
    """Run the program until it says that it has painted."""
    before, started = _work(), time.time()
    command = [sys.executable, "-c", script, *files]
    done = subprocess.run(command, cwd=ROOT, env=around, check=True, capture_output=True, text=True)
    return Start(float(done.stdout.split()[-1]) - started, _work() - before)


def _work() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show_imports(around: dict[str, str]) -> None:
    """Print the modules that cost most of what is imported until the window can be made."""
    command = [sys.executable, "-X", "importtime", "-c", "import gui.app"]
    done = subprocess.run(command, cwd=ROOT, env=around, check=True, capture_output=True, text=True)
    costs = [(int(own), name) for own, _, name in _IMPORT.findall(done.stderr)]
    total = sum(own for own, _ in costs) / 1000
    print(f"imports before the window: {len(costs)} modules, {total:.0f} ms; the costliest alone:")
    for own, name in sorted(costs, reverse=True)[:IMPORTS_SHOWN]:
        print(f"  {name:<56}{own / 1000:>9.1f} ms")


if __name__ == "__main__":
    bench_start()
