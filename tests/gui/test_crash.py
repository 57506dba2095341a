"""The last resort: logged, said once, and without a word of the document."""

import pytest

from gui import crash


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
