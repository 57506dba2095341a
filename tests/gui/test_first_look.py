"""The window is seen at once, and does not change when its panes come."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QWidget

from gui import first_look
from gui.actions import ACTIONS
from gui.first_look import wait_until_seen
from gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
# Whoever closes the window while its panes are not there yet.
_CLOSE_AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
from gui.main_window import MainWindow

shown = MainWindow.showEvent
def close_soon(self, event):
    shown(self, event)
    QTimer.singleShot(0, self.close)
MainWindow.showEvent = close_soon

import main
status = main.main([])
print("gui.furnishing" in sys.modules)
sys.exit(status)
"""


@pytest.fixture
def bare(qtbot, own_folder):
    """A window as it is seen first, without a controller."""
    made = MainWindow()
    qtbot.addWidget(made)
    return made


def test_nothing_that_is_seen_changes_when_the_panes_come(qtbot, bare, controller):
    bare.show()
    wait_until_seen(bare)
    first = bare.grab().toImage()
    title = bare.windowTitle()
    bare.furnish(controller)
    qtbot.wait(50)
    assert bare.grab().toImage() == first
    assert bare.windowTitle() == title


def test_what_can_be_used_at_first_can_be_used_while_no_report_is_open(bare, controller):
    first = usable(bare)
    assert "open" in first
    bare.furnish(controller)
    assert first <= usable(bare)


def usable(window):
    """Return the names of the actions that can be used now."""
    return {spec.name for spec in ACTIONS if window.actions_by_name[spec.name].isEnabled()}


def test_a_window_that_cannot_be_seen_is_not_waited_for(qtbot):
    unseen = QWidget()
    qtbot.addWidget(unseen)
    clock = QElapsedTimer()
    clock.start()
    wait_until_seen(unseen)
    assert 300 < clock.elapsed() < 5000


def test_a_painted_window_is_not_waited_for_longer(qtbot, monkeypatch):
    # So long that no load of the machine could be taken for a wait.
    monkeypatch.setattr(first_look, "_LONGEST", 60_000)
    seen = QWidget()
    qtbot.addWidget(seen)
    fired = []
    late = QTimer(singleShot=True, interval=30_000)
    late.timeout.connect(lambda: fired.append("late"))
    seen.show()
    late.start()
    wait_until_seen(seen)
    assert not fired


def test_a_window_that_is_closed_at_first_sight_ends_the_program(tmp_path):
    folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    around = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", _CLOSE_AT_ONCE]
    done = subprocess.run(call, cwd=ROOT, env=around, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, "False"), done.stderr
