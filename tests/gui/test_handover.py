"""A second start: its files go to the open window, and nothing hangs on a first that is dead."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest

from gui import handover
from gui.handover import Request, first_door, hand_over
from gui.second_starts import SecondStarts

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 60  # seconds
# A program on the same invisible display as the test, that says what it was asked to open.
_FIRST = """
import sys
from gui import handover
handover._display = lambda: "test"
from gui.filing import Filing
Filing.open_together = lambda self, paths: [print(path, flush=True) for path in paths]
from PySide6.QtWidgets import QMainWindow
shown = QMainWindow.showEvent
def say(self, event):
    shown(self, event)
    print("shown", flush=True)
import gui.main_window
gui.main_window.MainWindow.showEvent = say
import main
sys.exit(main.main(sys.argv[1:]))
"""


@pytest.fixture
def display(own_folder, monkeypatch):
    monkeypatch.setattr(handover, "_display", lambda: "test")


@pytest.fixture
def start(own_folder, tmp_path):
    """Start the program; what still runs in the end is killed."""
    started = []

    def run(*files):
        call = [sys.executable, "-c", _FIRST, *files]
        around = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            call, cwd=tmp_path, env=around, stdout=subprocess.PIPE, encoding="utf-8"
        )
        # Nobody waits for ever for what it does not say.
        watch = Timer(_PATIENCE, process.kill)
        watch.start()
        started.append((process, watch))
        return process

    yield run
    for process, watch in started:
        watch.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def test_a_second_start_hands_its_files_over_and_ends(start, tmp_path):
    first = start("甲.docx")
    assert [first.stdout.readline().strip() for _ in range(2)] == ["shown", "甲.docx"]
    second = start("乙.docx", "丙 丁.docx")
    assert second.wait(30) == 0
    assert second.stdout.read() == ""
    said = [first.stdout.readline().strip() for _ in range(2)]
    assert said == [str(tmp_path / "乙.docx"), str(tmp_path / "丙 丁.docx")]


def test_all_files_of_the_command_line_are_opened(start):
    first = start("甲.docx", "乙.docx")
    assert [first.stdout.readline().strip() for _ in range(3)] == ["shown", "甲.docx", "乙.docx"]


def test_a_first_that_was_killed_is_in_nobodys_way(start):
    first = start()
    assert first.stdout.readline().strip() == "shown"
    first.kill()
    first.wait()
    second = start("乙.docx")
    assert [second.stdout.readline().strip() for _ in range(2)] == ["shown", "乙.docx"]


@pytest.mark.skipif(os.name != "posix", reason="processes are stopped by a signal")
def test_a_first_that_does_not_answer_is_not_waited_for_long(start):
    first = start()
    assert first.stdout.readline().strip() == "shown"
    first.send_signal(signal.SIGSTOP)
    second = start("乙.docx")
    assert [second.stdout.readline().strip() for _ in range(2)] == ["shown", "乙.docx"]


def test_the_key_is_closed_to_others(display, own_folder):
    door = first_door()
    key = own_folder / "gouji" / "handover.key"
    assert len(key.read_bytes()) == 32
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    door.close()


def test_a_key_that_was_cut_short_is_made_anew(display, own_folder):
    (own_folder / "gouji").mkdir(parents=True)
    key = own_folder / "gouji" / "handover.key"
    key.write_bytes(b"")
    first_door().close()
    assert len(key.read_bytes()) == 32


def test_there_is_one_door(display):
    door = first_door()
    assert first_door() is None
    door.close()
    again = first_door()
    assert again is not None
    again.close()


def test_a_stranger_with_another_key_is_not_let_in(display, own_folder, monkeypatch):
    came = []
    door = first_door()
    door.open(came.append)
    with monkeypatch.context() as patch:
        patch.setattr(handover, "_key", lambda: b"x" * 32)
        assert not hand_over(["年报.docx"])
    door.close()
    assert came == []


def test_without_a_screen_every_start_is_for_itself(own_folder, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=1x1")
    assert first_door() is None
    assert not hand_over(["年报.docx"])


def test_a_request_that_was_given_up_is_not_taken_later():
    request = Request([])
    assert not request.wait(0)
    assert not request.take()
    request = Request([])
    assert request.take()
    assert request.wait(0)


@pytest.mark.qt_log_ignore(r"raise\(\)")
def test_files_wait_while_a_question_is_open(qtbot, window, display, monkeypatch):
    opened, modal = [], [window]
    monkeypatch.setattr(window.filing, "open_together", opened.extend)
    monkeypatch.setattr("gui.second_starts.QApplication.activeModalWidget", lambda: modal[0])
    starts = SecondStarts(first_door(), window)
    request = Request([Path("甲.docx")])
    starts.came.emit(request)
    assert request.wait(0)
    assert opened == []
    modal[0] = None
    qtbot.waitUntil(lambda: opened == [Path("甲.docx")])
    starts.stop()


def test_a_window_that_is_busy_leaves_the_files_to_the_second_start(display):
    door = first_door()
    door.open(lambda _request: None)
    begun = time.monotonic()
    assert not hand_over(["年报.docx"])
    assert time.monotonic() - begun < 10
    door.close()
