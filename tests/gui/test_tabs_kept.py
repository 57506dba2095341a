"""Several open reports, saved, closed, locked, journaled, checked and recovered each by itself."""

from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPushButton

from core.edits import Edit
from core.journal_contents import contents_of
from core.locks import Holder, Lock, acquire
from core.session import open_session
from gui import checking, saving
from gui.ending import Ending
from gui.timed_check import timed_check
from gui.views.dialogs import Unsaved
from gui.views.recovery_panel import RecoveryRow
from tests.gui.left_behind import leave_journal
from tests.gui.tabs_use import OTHER_SLOT, SLOT, change, copies, ref_of, text_of

LEFT = Qt.MouseButton.LeftButton


def journals(own_folder):
    """Return what the journals hold, by the file that they are of."""
    paths = (own_folder / "gouji" / "journals").glob("*.journal")
    found = [contents_of(path.read_bytes()) for path in paths]
    return {each.source.name: each.commands[-1][0].after for each in found}


def change_each(window, reports, *texts):
    for report, text in zip(reports, texts, strict=True):
        window.controller.show(report)
        change(window, text)


def text_in(path):
    session = open_session(path)
    return session.text(session.match.places[SLOT].ref)


def verb(window, text):
    return next(b for b in window.bar.findChildren(QPushButton) if b.text() == text)


@pytest.fixture
def held_back(monkeypatch):
    """Let a save wait until it is let go."""
    gate, write = Event(), saving._write

    def slowly(session, wish):
        gate.wait(20)
        return write(session, wish)

    monkeypatch.setattr(saving, "_write", slowly)
    return gate


def test_closing_the_window_shows_and_asks_about_each_and_one_cancel_keeps_all(
    window, answers, three
):
    change_each(window, three[:2], "47", "48")
    window.controller.show(three[2])
    shown = []
    given = [Unsaved.DISCARD, Unsaved.CANCEL]

    def ask(name, count, *, is_new=False):
        shown.append((name, count, window.controller.present.path.name))
        return given[len(shown) - 1]

    answers.ask_unsaved = ask
    assert not window.close()
    assert shown == [("一.docx", 1, "一.docx"), ("二.docx", 1, "二.docx")]
    assert window.controller.reports == three
    assert [text_of(report) for report in three[:2]] == ["47", "48"]
    assert window.isVisible()
    del answers.ask_unsaved


def test_saving_on_closing_goes_on_with_the_next_report(
    qtbot, window, answers, three, own_folder, tmp_path
):
    change_each(window, three, "47", "48", "49")
    paths = [tmp_path / f"改{n}.docx" for n in range(3)]
    answers.unsaved, answers.save_paths = Unsaved.SAVE, list(paths)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert [text_in(path) for path in paths] == ["47", "48", "49"]
    assert [asked[1] for asked in answers.asked if asked[0] == "unsaved"] == [
        "一.docx",
        "二.docx",
        "三.docx",
    ]
    assert journals(own_folder) == {}


def test_what_is_changed_after_it_was_given_up_is_asked_about_again(
    qtbot, window, answers, three, held_back, tmp_path
):
    change_each(window, three[:2], "47", "48")
    given = iter([Unsaved.DISCARD, Unsaved.SAVE, Unsaved.CANCEL])
    asked = []

    def ask(name, count, *, is_new=False):
        asked.append(name)
        return next(given)

    answers.ask_unsaved = ask
    answers.save_paths = [tmp_path / "改.docx"]
    assert not window.close()
    window.controller.show(three[0])
    change(window, "50")
    with qtbot.waitSignal(window.keeping.saved):
        held_back.set()
    assert asked == ["一.docx", "二.docx", "一.docx"]
    assert window.isVisible()
    assert text_of(three[0]) == "50"
    del answers.ask_unsaved


def test_all_are_closed_after_each_is_settled(qtbot, window, answers, three):
    change_each(window, three[:1], "47")
    answers.unsaved = Unsaved.CANCEL
    window.actions_by_name["close_all"].trigger()
    assert window.controller.reports == three
    answers.unsaved = Unsaved.DISCARD
    window.actions_by_name["close_all"].trigger()
    assert window.controller.reports == ()
    assert window.start_page.isVisible()


def test_a_save_is_of_the_report_it_was_begun_for(
    qtbot, window, answers, three, held_back, own_folder, tmp_path
):
    change_each(window, three[:2], "48", "47")
    window.controller.show(three[0])
    change(window, "47")
    window.controller.show(three[1])
    change(window, "48")
    answers.save_paths = [tmp_path / "改.docx"]
    assert window.filing.save()
    window.controller.show(three[0])
    with qtbot.waitSignal(window.keeping.saved):
        held_back.set()
    assert text_in(tmp_path / "改.docx") == "48"
    assert window.controller.shown is three[0]
    assert window.isWindowModified()
    assert three[0].unsaved == 1
    assert three[0].kept.own is None
    assert three[1].unsaved == 0
    assert three[1].kept.own.path == tmp_path / "改.docx"
    assert window.tabs.tabText(0).startswith("*")
    assert not window.tabs.tabText(1).startswith("*")
    assert window.journaling.is_safe()


def test_a_second_report_is_saved_after_the_first(
    qtbot, window, answers, three, held_back, tmp_path
):
    change_each(window, three[:2], "47", "48")
    paths = [tmp_path / "改甲.docx", tmp_path / "改乙.docx"]
    answers.save_paths = list(paths)
    window.controller.show(three[0])
    assert window.filing.save()
    window.controller.show(three[1])
    assert window.filing.save()
    window.controller.show(three[2])
    with qtbot.waitSignals([window.keeping.saved, window.keeping.saved]):
        held_back.set()
    assert [text_in(path) for path in paths] == ["47", "48"]
    assert not any(report.unsaved for report in three)


def test_the_file_of_another_tab_is_refused_like_ones_own(window, answers, three):
    change_each(window, three[:1], "47")
    data = three[1].path.read_bytes()
    answers.save_paths = [three[1].path]
    assert not window.filing.save_as()
    assert "原文件" in window.bar.sentence
    assert three[1].path.read_bytes() == data


def test_a_report_that_is_read_anew_keeps_its_tab_and_leaves_the_others(
    qtbot, window, answers, three
):
    change_each(window, three[:2], "47", "48")
    answers.unsaved = Unsaved.DISCARD
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.reload(three[0])
    reports = window.controller.reports
    assert [report.path for report in reports] == [report.path for report in three]
    assert reports[0] is not three[0]
    assert window.controller.shown is reports[0]
    assert not reports[0].session.is_changed
    assert not window.controller.is_read_only
    assert text_of(reports[1]) == "48"
    assert window.tabs.count() == 3


def test_nothing_is_typed_into_a_report_that_waits_for_being_read_anew(
    qtbot, window, three, tmp_path
):
    (other,) = copies(tmp_path, "四.docx")
    with qtbot.waitSignal(window.controller.opening_ended):
        window.filing.open(other)
        window.filing.reload(three[0])
        assert not window.controller.set_text(ref_of(three[0]), "47")
        window.controller.show(three[1])
        change(window, "48")
    assert len(window.controller.reports) == 4
    assert text_of(three[1]) == "48"


def test_at_a_shutdown_all_journals_are_left(qapp, window, answers, three, own_folder):
    made = Ending(qapp, window.journaling.is_safe, window.journaling.leave)
    window.closing.ending = made
    change_each(window, three[:2], "47", "48")
    made.on_commit(None)
    assert journals(own_folder) == {"一.docx": "47", "二.docx": "48"}
    assert window.close()
    assert answers.asked == []
    assert journals(own_folder) == {"一.docx": "47", "二.docx": "48"}
    qapp.commitDataRequest.disconnect(made.on_commit)
    made.deleteLater()
    QCoreApplication.processEvents()


def test_a_journal_goes_on_in_the_background_and_ends_with_its_report(
    window, answers, three, own_folder
):
    change_each(window, three, "47", "48", "49")
    assert window.journaling.is_safe()
    assert journals(own_folder) == {"一.docx": "47", "二.docx": "48", "三.docx": "49"}
    answers.unsaved = Unsaved.DISCARD
    window.filing.close_report(three[1])
    assert window.journaling.is_safe()
    assert journals(own_folder) == {"一.docx": "47", "三.docx": "49"}


def test_every_report_has_its_lock(window, three):
    assert all(isinstance(acquire(report.path), Holder) for report in three)
    window.filing.close_report(three[1])
    free = acquire(three[1].path)
    assert isinstance(free, Lock)
    free.release()
    assert isinstance(acquire(three[0].path), Holder)
    assert window.close()
    assert isinstance(acquire(three[0].path), Lock)


def test_a_slow_check_is_never_anothers(qtbot, window, three, monkeypatch):
    gate = Event()

    def slowly(context, office, revision):
        gate.wait(20)
        return timed_check(context, office, revision)

    monkeypatch.setattr(checking, "timed_check", slowly)
    for report in three:
        report.slow_checks = 9
    before = [report.verdict for report in three]
    change(window, "4711")
    assert three[0].verdict is before[0]
    window.controller.show(three[1])
    taken = []
    window.controller.checked.connect(taken.append)
    gate.set()
    qtbot.waitUntil(lambda: three[0].is_checked)
    assert not taken
    assert three[1].verdict is before[1]
    assert window.controller.causes == three[1].verdict.causes
    window.controller.show(three[0])
    assert len(window.controller.causes) > len(before[0].causes)


def test_a_check_that_was_broken_off_is_made_when_the_report_is_shown_again(
    qtbot, window, three, monkeypatch
):
    gate = Event()

    def slowly(context, office, revision):
        gate.wait(20)
        return timed_check(context, office, revision)

    monkeypatch.setattr(checking, "timed_check", slowly)
    for report in three:
        report.slow_checks = 9
    change(window, "4711")
    window.controller.show(three[1])
    change(window, "4712")
    gate.set()
    qtbot.waitUntil(lambda: three[1].is_checked)
    assert not three[0].is_checked
    with qtbot.waitSignal(window.controller.checked):
        window.controller.show(three[0])
    assert three[0].is_checked


def test_last_years_report_goes_to_the_report_it_was_read_for(
    qtbot, window, three, monkeypatch, tmp_path
):
    gate = Event()

    def slowly(path, progress):
        gate.wait(20)
        return open_session(path, progress)

    monkeypatch.setattr("core.session.open_session", slowly)
    (before,) = copies(tmp_path, "上年.docx")
    with qtbot.waitSignal(window.last_year.reading_ended):
        window.last_year.load(before)
        window.controller.show(three[1])
        gate.set()
    assert three[0].session.last_year.path == before
    assert three[1].session.last_year is None
    # What is doubtful about it is said where it belongs.
    assert not window.bar.isVisible()
    assert not window.actions_by_name["remove_last_year"].isEnabled()
    window.controller.show(three[0])
    assert window.bar.isVisible()
    assert window.actions_by_name["remove_last_year"].isEnabled()


def test_a_pair_of_which_one_is_open_only_puts_the_other_beside_it(
    qtbot, window, open_files, tmp_path
):
    present, before = copies(tmp_path, "今年.docx", "去年.docx")
    (report,) = open_files(present)
    change(window)
    with qtbot.waitSignal(window.controller.opening_ended):
        window.filing.open_together([present, before])
    assert window.controller.reports == (report,)
    assert report.session.last_year.path == before
    assert text_of(report) == "47"
    assert not window.controller.is_read_only


def test_after_a_kill_each_report_is_offered_and_all_can_be_had_back(
    qtbot, window, own_folder, tmp_path
):
    paths = copies(tmp_path, "一.docx", "二.docx", "三.docx")
    for number, path in enumerate(paths):
        session = open_session(path)
        ref = session.match.places[SLOT].ref
        leave_journal(path, [[Edit(ref, session.text(ref), str(40 + number))]])
    with qtbot.waitSignal(window.recovering.offers_changed):
        window.recovering.load()
    rows = [r for r in window.start_page.recovery.findChildren(RecoveryRow) if not r.isHidden()]
    assert len(rows) == 3
    with qtbot.waitSignal(window.controller.session_opened):
        qtbot.mouseClick(rows[0].restore, LEFT)
    first = window.controller.report
    assert first.unsaved == 1
    assert "还有 2 份" in window.bar.sentence
    with qtbot.waitSignal(window.controller.opening_ended):
        qtbot.mouseClick(verb(window, "恢复其余 2 份"), LEFT)
    reports = window.controller.reports
    assert {report.path: text_of(report) for report in reports} == {
        path: str(40 + number) for number, path in enumerate(paths)
    }
    assert all(report.unsaved == 1 for report in reports)
    assert not window.recovering.offers
    window.controller.show(reports[2])
    window.controller.undo_group.undo()
    assert not reports[2].session.is_changed
    assert reports[1].session.is_changed
    assert window.journaling.is_safe()


def test_an_open_report_without_its_edits_gives_way_to_the_one_with_them(
    qtbot, window, answers, three, own_folder
):
    ref = ref_of(three[1], OTHER_SLOT)
    leave_journal(three[1].path, [[Edit(ref, text_of(three[1], OTHER_SLOT), "9")]])
    with qtbot.waitSignal(window.recovering.offers_changed):
        window.recovering.load()
    (offer,) = window.recovering.offers
    with qtbot.waitSignal(window.controller.session_opened):
        window.recovering.restore(offer)
    assert answers.asked == []
    assert len(window.controller.reports) == 3
    assert text_of(window.controller.reports[1], OTHER_SLOT) == "9"
    assert not window.controller.is_read_only
