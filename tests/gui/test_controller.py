"""The controller: opening off the GUI thread, undo, and checks that carry their revision."""

import shutil
from threading import Event

from core.errors import NotAReportError, UnreadableFileError
from core.resources import SAMPLE
from core.session import Session
from gui import checking, opening
from tests.gui.invented import RECEIVED, place, report


def test_a_file_is_opened_and_checked(qtbot, controller, tmp_path):
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    with qtbot.waitSignals([controller.opening_started, controller.session_opened]):
        controller.open(path)
    assert controller.present.path == path
    assert controller.result.findings
    assert not controller.is_opening


def test_an_unreadable_file_leaves_what_is_open(qtbot, controller, adopt, tmp_path):
    session = adopt(report())
    path = tmp_path / "坏.docx"
    path.write_bytes(b"PK\x03\x04 broken")
    with qtbot.waitSignal(controller.opening_failed) as failed:
        controller.open(path)
    assert failed.args[0] == path
    assert isinstance(failed.args[1], UnreadableFileError)
    assert controller.session is session


def test_what_is_no_report_is_refused(qtbot, controller, tmp_path):
    path = tmp_path / "信.txt"
    path.write_text("各位同事:\n今天下午开会。\n", encoding="utf-8")
    with qtbot.waitSignal(controller.opening_failed) as failed:
        controller.open(path)
    assert isinstance(failed.args[1], NotAReportError)
    assert controller.session is None


def test_what_no_file_can_hold_is_left_out_of_what_is_typed(controller, adopt):
    ref = place(adopt(report()), RECEIVED)
    assert controller.set_text(ref, "7\x01\ud800\ufffe8")
    assert controller.present.text(ref) == "78"
    assert not controller.set_text(ref, "7\x018")


def test_reading_can_be_cancelled(qtbot, controller, adopt, monkeypatch, tmp_path):
    session = adopt(report())
    begun = Event()

    def read_forever(_path, progress):
        begun.set()
        while True:
            progress(1, 10)

    monkeypatch.setattr(opening, "open_session", read_forever)
    with qtbot.waitSignal(controller.opening_progressed):
        controller.open(tmp_path / "大.docx")
        assert begun.wait(5)
    with qtbot.waitSignal(controller.opening_cancelled):
        controller.cancel_opening()
    assert controller.session is session
    assert not controller.is_opening


def test_undo_and_redo_have_no_limit(controller, adopt):
    session = adopt(report())
    ref = place(session, RECEIVED)
    for number in range(1, 301):
        controller.set_text(ref, str(number))
    for _ in range(300):
        controller.undo_stack.undo()
    assert session.text(ref) == "0"
    assert not session.edits
    for _ in range(300):
        controller.undo_stack.redo()
    assert session.text(ref) == "300"


def test_several_cells_are_one_step(controller, adopt):
    session = adopt(report(applications__received__natural_person="3"))
    refs = [place(session, f"applications.{row}.total") for row in ("received", "carried_in")]
    controller.set_texts([(ref, "9") for ref in refs], "两格")
    assert controller.undo_stack.undoText() == "两格"
    controller.undo_stack.undo()
    assert [session.text(ref) for ref in refs] == ["0", "0"]


def test_a_stale_check_is_dropped(controller, adopt):
    session = adopt(report())
    before = controller.result
    stale = (session.revision - 1, type(before)(), 0.0)
    controller._checking.take(controller.report, stale)
    assert controller.result is before


def test_slow_checks_move_to_the_worker_and_still_arrive(qtbot, controller, adopt, monkeypatch):
    session = adopt(report())
    monkeypatch.setattr(checking, "_MOST_SECONDS_AT_ONCE", -1.0)
    ref = place(session, RECEIVED)
    controller.set_text(ref, "1")
    controller.set_text(ref, "2")
    with qtbot.waitSignal(controller.checked):
        controller.set_text(ref, "3")
    assert len(controller.result.findings) == 2


def test_another_report_starts_with_an_empty_undo_stack(controller, adopt):
    session = adopt(report())
    controller.set_text(place(session, RECEIVED), "3")
    controller.choose(controller.causes[0])
    adopt(report())
    assert not controller.undo_stack.canUndo()
    assert controller.chosen is None
    assert isinstance(controller.present, Session)
