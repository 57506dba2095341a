"""The last resort: logged, said once, and without a word of the document."""

import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication

from gui import crash
from gui.views.crash_dialog import crash_box


@pytest.fixture
def shown(monkeypatch):
    said = []
    monkeypatch.setattr(crash, "show_crash", said.append)
    return said


def fault(text):
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_a_fault_is_logged_and_said_without_the_documents_text(shown, log_records):
    crash.report(fault("张三 的申请"))
    assert len(shown) == 1
    assert "ValueError" in shown[0]
    assert "test_crash.py" in shown[0]
    assert "张三" not in shown[0]
    assert "ValueError" in log_records[0].getMessage()
    assert "张三" not in log_records[0].getMessage()
    log_records.clear()


def test_a_fault_while_the_dialog_is_open_opens_no_second_one(monkeypatch, log_records):
    said = []

    def show(details):
        said.append(details)
        crash.report(fault("again"))

    monkeypatch.setattr(crash, "show_crash", show)
    crash.report(fault("first"))
    assert len(said) == 1
    assert len(log_records) == 2
    log_records.clear()


def test_a_fault_of_a_job_ends_here_too(qtbot, window, monkeypatch, shown, log_records, tmp_path):
    def broken(*_):
        raise KeyError

    monkeypatch.setattr("gui.opening.open_session", broken)
    with qtbot.waitSignal(window.controller.opening_failed):
        window.filing.open(tmp_path / "年报.docx")
    assert len(shown) == 1
    assert not window.bar.isVisible()
    log_records.clear()


@pytest.fixture
def hooks(qtbot, monkeypatch):
    """Install the hooks for one test only."""
    for module, name in (
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
        (crash._State, "relay"),
        (crash._State, "shown_at"),
        (crash._State, "edits_are_safe"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))
    crash._State.shown_at = {}
    crash.install()
    return crash


def raise_in_thread():
    thread = threading.Thread(target=lambda: fault_from("张三"))
    thread.start()
    thread.join()


def fault_from(text):
    raise ValueError(text)


def test_a_fault_on_any_thread_reaches_the_windows_thread(qtbot, hooks, shown, log_records):
    raise_in_thread()
    assert shown == []
    qtbot.waitUntil(lambda: bool(shown))
    assert "fault_from" in shown[0]
    assert "张三" not in shown[0]
    log_records.clear()


def test_a_fault_in_every_paint_is_shown_once_and_never_in_the_middle_of_it(
    qtbot, hooks, shown, log_records
):
    def paint():
        try:
            fault_from("张三")
        except ValueError as error:
            sys.excepthook(type(error), error, error.__traceback__)

    for _ in range(7):
        paint()
    assert shown == []
    qtbot.waitUntil(lambda: bool(shown))
    QCoreApplication.processEvents()
    assert len(shown) == 1
    assert len(log_records) == 7
    paint()
    QCoreApplication.processEvents()
    assert len(shown) == 1
    log_records.clear()


def test_a_fault_while_something_is_put_away_is_logged_only(hooks, shown, log_records):
    class Broken:
        def __del__(self):
            fault_from("张三")

    Broken()
    assert len(log_records) == 1
    assert "张三" not in log_records[0].getMessage()
    assert shown == []
    log_records.clear()


def test_without_standard_error_nothing_gets_worse(qtbot, hooks, shown, log_records, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    raise_in_thread()
    qtbot.waitUntil(lambda: bool(shown))
    log_records.clear()


@pytest.mark.parametrize(("safe", "sentence"), [(True, "已自动保存"), (False, "马上另存")])
def test_the_dialog_says_whether_the_edits_are_safe(
    qtbot, hooks, monkeypatch, log_records, safe, sentence
):
    said = []
    for name in ("show_crash", "show_crash_with_loss"):
        monkeypatch.setattr(crash, name, lambda details, name=name: said.append(name))
    crash.install(lambda: safe)
    crash.report(ValueError())
    assert said == ["show_crash" if safe else "show_crash_with_loss"]
    box = crash_box("版本\nValueError", safe)
    qtbot.addWidget(box)
    assert sentence in box.text() + box.informativeText()
    log_records.clear()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_copying_leaves_the_dialog_open(qtbot):
    box = crash_box("版本\nValueError", True)
    qtbot.addWidget(box)
    box.show()
    copy = next(b for b in box.buttons() if b.text() == "复制错误信息")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "版本\nValueError"
    assert box.isVisible()
    close = next(b for b in box.buttons() if b.text() == "关闭")
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not box.isVisible()
