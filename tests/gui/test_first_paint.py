"""What is not needed to show the first window is not loaded for it, but soon after."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from gui.warming import WANTED_SOON, Warming

ROOT = Path(__file__).resolve().parents[2]
# Each of these, with what it brings along, costs the start as much as a pane or more.
NOT_YET = {
    "core.batch",
    "core.changes_made",
    "core.diagnosis",
    "core.edits",
    "core.excerpts",
    "core.export",
    "core.forms.align_rows",
    "core.forms.loader",
    "core.insertions",
    "core.journal",
    "core.own_relations",
    "core.pasting",
    "core.printout",
    "core.prose.finder",
    "core.readers.docx",
    "core.readers.encoding",
    "core.readers.headings",
    "core.readers.html",
    "core.readers.naming",
    "core.readers.pdf",
    "core.readers.sniffing",
    "core.readers.workbook",
    "core.repairs",
    "core.rules.context",
    "core.rules.engine",
    "core.rules.model",
    "core.rules.sums",
    "core.session",
    "core.settings_file",
    "core.structure",
    "core.writers.docx",
    "core.writers.workbook",
    "docx",
    "gui.controller",
    "gui.furnishing",
    "gui.jobs",
    "gui.opening",
    "gui.views.about_dialog",
    "gui.views.changes_dialog",
    "gui.views.findings_panel",
    "gui.views.grid",
    "gui.views.print_preview",
    "gui.views.report_page",
    "gui.views.settings_dialog",
    "lxml",
    "openpyxl",
    "pypdfium2",
    "rapidfuzz",
    "tomllib",
    "PySide6.QtPrintSupport",
}
# The whole program, as `python main.py` starts it, up to the moment that it is seen.
_LOOK = """
import os, sys
from PySide6 import QtWidgets

class Watch(QtWidgets.QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(*sys.modules, sep="\\n", flush=True)
        os._exit(0)

QtWidgets.QMainWindow = Watch
import main
main.main([])
"""


def test_the_first_paint_waits_for_nothing_that_a_report_needs(tmp_path):
    folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    around = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", _LOOK]
    done = subprocess.run(call, cwd=ROOT, env=around, capture_output=True, text=True, timeout=60)
    loaded = set(done.stdout.split())
    assert "gui.main_window" in loaded, done.stderr
    assert not loaded & NOT_YET


def test_names_of_what_is_not_loaded_at_first_are_right():
    for name in sorted({*NOT_YET, *WANTED_SOON}):
        import_module(name)


def test_what_a_report_needs_is_loaded_soon_after(qtbot):
    warming = Warming()
    with qtbot.waitSignal(warming.warmed):
        warming.start()
    assert set(WANTED_SOON) <= sys.modules.keys()
    warming.stop()
