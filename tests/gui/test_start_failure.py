"""A program that cannot start says so in Chinese, in its log and with its exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.start_failure import details
from gui.views.crash_dialog import start_box

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = "程序没有能够启动，文件没有被修改。"
# What is done to the program before it starts, each time something else that it needs.
FAULTS = {
    "the window": """
import gui.main_window
def broken(*_):
    raise KeyError("张三")
gui.main_window.MainWindow.__init__ = broken
""",
    "a module": """
sys.modules["gui.main_window"] = None
""",
    "Qt": """
sys.modules["PySide6"] = sys.modules["PySide6.QtCore"] = None
""",
    "the look": """
import core.resources
from pathlib import Path
core.resources.resource = lambda *names: Path("/nowhere/张三").joinpath(*names)
""",
}
_START = """
import sys
{fault}
import main
sys.exit(main.main([]))
"""
# Somebody at a screen closes the window that says so.
_CLOSE = """
from PySide6.QtWidgets import QMessageBox
import gui.start_failure
gui.start_failure.can_be_seen = lambda name: True
def said(box):
    print(box.text(), box.informativeText(), [b.text() for b in box.buttons()])
QMessageBox.exec = said
"""
# A person has started it, and leaves at once.
_LEAVE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMainWindow
shown = QMainWindow.showEvent
def leave(self, event):
    print(self.windowTitle())
    QTimer.singleShot(0, self.close)
    shown(self, event)
import gui.main_window
gui.main_window.MainWindow.showEvent = leave
"""


@pytest.fixture
def start(tmp_path):
    def run(fault, **around):
        folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **folders, **around}
        call = [sys.executable, "-c", _START.format(fault=fault)]
        return subprocess.run(
            call, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=60
        )

    return run


@pytest.fixture
def log(tmp_path):
    return tmp_path / "gouji" / "logs" / "gouji.log"


@pytest.mark.parametrize("what", FAULTS)
def test_it_is_logged_and_said_with_its_place(start, log, what):
    done = start(FAULTS[what])
    assert done.returncode == 1
    assert done.stderr.startswith(SENTENCE)
    assert str(log) in done.stderr
    assert "Traceback" not in done.stderr
    text = log.read_text(encoding="utf-8")
    assert "CRITICAL gui.start_failure no start:" in text
    assert "Python 3." in text
    assert "main.py" in text
    assert "张三" not in text


def test_what_is_missing_is_named(start, log):
    start(FAULTS["a module"])
    assert "gui.main_window" in log.read_text(encoding="utf-8")


def test_a_window_says_so_where_one_can_be_seen(start, log):
    done = start(_CLOSE + FAULTS["the window"])
    assert done.returncode == 1
    assert done.stdout.split(" ")[0] == SENTENCE
    assert str(log) in done.stdout
    assert "复制错误信息" in done.stdout
    assert "关闭" in done.stdout


def test_no_window_can_be_shown_without_qt(start):
    done = start("import gui.start_failure\n" + FAULTS["Qt"])
    assert done.returncode == 1
    assert done.stderr.startswith(SENTENCE)


def test_a_screen_that_is_missing_is_said_in_chinese(start, log):
    done = start("", QT_QPA_PLATFORM="nothing-of-that-name")
    assert done.returncode != 0
    assert SENTENCE in done.stderr
    assert "没有可以显示窗口的屏幕" in done.stderr
    assert "CRITICAL gui.diagnostics Qt" in log.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_leaves_the_sentence(start, tmp_path):
    (tmp_path / "gouji").write_text("no folder", encoding="utf-8")
    done = start(FAULTS["a module"])
    assert done.returncode == 1
    assert done.stderr.strip() == SENTENCE


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'{"look": 7}'])
def test_broken_preferences_are_no_reason_not_to_start(start, tmp_path, content):
    folder = tmp_path / "gouji"
    folder.mkdir()
    for name in ("preferences.json", "window.json", "recent.json", "explanations.json"):
        (folder / name).write_bytes(content)
    done = start(_LEAVE)
    assert done.returncode == 0, done.stderr
    assert "勾稽" in done.stdout


def test_the_text_of_an_error_stays_out_of_what_is_reported():
    try:
        try:
            raise OSError(2, "no such file", "/home/张三/年报.docx")
        except OSError as error:
            raise ValueError("张三") from error
    except ValueError as error:
        said = details(error)
    assert "张三" not in said
    assert "ValueError" in said
    assert "OSError" in said or "FileNotFoundError" in said


def test_the_window_offers_what_may_be_reported(qtbot):
    box = start_box(SENTENCE, "", "details")
    qtbot.addWidget(box)
    assert box.text() == SENTENCE
    assert "维护人员" in box.informativeText()
