"""The log of a run: private, with places and kinds of errors, and nothing of a document."""

import faulthandler
import logging
import os
import stat

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType

from gui import diagnostics


@pytest.fixture
def started(own_folder, monkeypatch):
    """Start the log for one test only."""
    monkeypatch.setattr(diagnostics, "qInstallMessageHandler", lambda handler: None)
    was_enabled = faulthandler.is_enabled()
    with diagnostics.kept():
        yield own_folder / "gouji" / "logs"
    if was_enabled:
        faulthandler.enable()


def test_it_stands_in_the_private_folder_closed_to_others(started):
    logging.getLogger("core.anything").info("rule %s", "SUM001")
    log = started / "gouji.log"
    assert "rule SUM001" in log.read_text(encoding="utf-8")
    assert faulthandler.is_enabled()
    assert (started / "faults.log").exists()
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in started.iterdir()} == {0o600}


def test_the_text_of_an_exception_stays_out(started, log_records):
    try:
        raise ValueError("张三 的申请")
    except ValueError:
        logging.getLogger("gui.anything").exception("failed")
    text = (started / "gouji.log").read_text(encoding="utf-8")
    assert "failed\nValueError" in text
    assert "张三" not in text
    log_records.clear()


def test_others_logs_stay_out(started):
    logging.getLogger("openpyxl").warning("张三")
    assert "张三" not in (started / "gouji.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("QWidget::repaint: Recursive repaint detected", "QWidget::repaint: Recursive repaint"),
        ('Cannot open file "/home/张三/年报.docx"', 'Cannot open file "..."'),
        ("读取 张三 failed", "? ? failed"),
    ],
)
def test_what_qt_says_is_kept_without_what_it_quotes(message, kept):
    assert kept in diagnostics.cleaned(message)
    assert "张三" not in diagnostics.cleaned(message)
    assert len(diagnostics.cleaned(message * 100)) <= 300


def test_qts_messages_go_to_the_log_by_their_weight(log_records):
    diagnostics.on_qt_message(QtMsgType.QtWarningMsg, QMessageLogContext(), "beware")
    (record,) = log_records
    assert record.levelno == logging.WARNING
    assert "beware" in record.getMessage()
    log_records.clear()


def test_without_a_private_folder_the_program_starts(tmp_path, monkeypatch, log_records):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with diagnostics.kept():
        pass
    assert "no log" in log_records[0].getMessage()
    log_records.clear()
