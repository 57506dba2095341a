"""Real windows in processes of their own, which can be killed."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

HEAD = """
import json, sys
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from gui import app
from gui.main_window import MainWindow

def say(**values):
    print(json.dumps(values), flush=True)

def texts(window):
    session = window.controller.present
    return {f"{r.table}/{r.row}/{r.column}": t for r, t in sorted(session.edits.items())}

class Acting(MainWindow):
    def furnish(self, controller):
        super().furnish(controller)
        act(self)

app.MainWindow = Acting
"""
TYPING = """
SLOTS = ("received.natural_person", "carried_in.natural_person", "disclosed.natural_person")

def type_in(window):
    session, grid = window.controller.present, window.page.grid
    for number, slot in enumerate(SLOTS):
        window.page.show_cell(session.match.places["applications." + slot].ref)
        QTest.keyClick(grid, Qt.Key.Key_4)
        editor = grid.cell_editor
        QTest.keyClicks(editor, str(number))
        QTest.keyClick(editor, Qt.Key.Key_Return)
        # Qt hands the text over after the key event has ended.
        while window.controller.undo_stack.count() <= number:
            QApplication.processEvents()
    QTest.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    # A second later everything is on the disk, without having been asked to be.
    QTimer.singleShot(1000, lambda: say(texts=texts(window)))

def act(window):
    window.controller.session_opened.connect(lambda: QTimer.singleShot(0, lambda: type_in(window)))
"""
RECOVERING = """
def offered(window, offers):
    if not offers or window.controller.session is not None:
        return
    QApplication.processEvents()
    panel = window.start_page.recovery
    from gui.views.recovery_panel import RecoveryRow
    row = panel.findChild(RecoveryRow)
    say(shown=panel.isVisible(), source=str(offers[0].entry.source), count=offers[0].entry.count)
    QTest.mouseClick(row.restore, Qt.MouseButton.LeftButton)

def recovered(window):
    found = texts(window)
    modified = window.isWindowModified()
    stack, steps = window.controller.undo_stack, 0
    while stack.canUndo():
        stack.undo()
        steps += 1
    clean = not window.controller.present.is_changed
    while stack.canRedo():
        stack.redo()
    say(texts=found, modified=modified, steps=steps, clean=clean, again=texts(window))

def act(window):
    window.recovering.offers_changed.connect(lambda offers: offered(window, offers))
    opened = window.controller.session_opened
    opened.connect(lambda: QTimer.singleShot(0, lambda: recovered(window)))
"""
SEVERAL = """
def type_each(window):
    controller = window.controller
    for number, report in enumerate(controller.reports):
        controller.show(report)
        ref = report.session.match.places["applications.received.natural_person"].ref
        window.page.show_cell(ref)
        QTest.keyClick(window.page.grid, Qt.Key.Key_4)
        QTest.keyClicks(window.page.grid.cell_editor, str(number))
        # Leaving for the next tab takes over what was typed.
    controller.show(controller.reports[0])
    QTimer.singleShot(1000, lambda: say(count=len(controller.reports)))

def act(window):
    window.controller.opening_ended.connect(lambda: QTimer.singleShot(0, lambda: type_each(window)))
"""
RECOVERING_SEVERAL = """
def offered(window, offers):
    if not offers or window.controller.reports:
        return
    say(sources=sorted(offer.entry.source.name for offer in offers))
    window.recovering.restore_rest()

def recovered(window):
    reports = window.controller.reports
    place = "applications.received.natural_person"
    found = {
        each.path.name: each.session.text(each.session.match.places[place].ref) for each in reports
    }
    say(texts=found, unsaved=[each.unsaved for each in reports], tabs=window.tabs.count())

def act(window):
    window.recovering.offers_changed.connect(lambda offers: offered(window, offers))
    window.controller.opening_ended.connect(lambda: QTimer.singleShot(0, lambda: recovered(window)))
"""
STREAMING = """
import time

def type_on(window, ref, number):
    window.controller.set_text(ref, str(number))
    say(number=number, at=time.time())
    QTimer.singleShot(15, lambda: type_on(window, ref, number + 1))

def act(window):
    def begin():
        session = window.controller.present
        ref = session.match.places["applications.disclosed.natural_person"].ref
        QTimer.singleShot(0, lambda: type_on(window, ref, 1000))
    window.controller.session_opened.connect(begin)
"""
TAIL = """
sys.exit(app.run(sys.argv[1:]))
"""


def start(script: str, own: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start the program with a script around its window, its own folders in `own`."""
    folders = {name: str(own) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + script + TAIL, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
