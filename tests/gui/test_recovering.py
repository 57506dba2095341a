"""After a crash: offered on the start page, made again, listed, or given up; never guessed at."""

import shutil
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from core.document import ParagraphRef
from core.edits import Edit, ParagraphInsertion, TextEdit
from core.errors import SaveError
from core.file_state import digest_of
from core.locks import Holder
from core.processes import this_process
from core.recovery import Recoverable
from core.resources import SAMPLE
from core.session import open_session
from gui import locking
from gui.offers import Offer, edit_rows, time_words
from gui.views.dialogs import Unsaved
from gui.views.recovery_panel import RecoveryRow
from tests.gui.left_behind import leave_journal

SLOT = "applications.received.natural_person"
OTHER = "applications.carried_in.natural_person"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    return path


@pytest.fixture
def commands(source):
    session = open_session(source)
    first, second = session.match.places[SLOT].ref, session.match.places[OTHER].ref
    before = session.text(first)
    return [
        [Edit(first, before, "47")],
        [Edit(first, "47", "48"), Edit(second, session.text(second), "9")],
    ]


@pytest.fixture
def journal(own_folder, source, commands):
    return leave_journal(source, commands)


@pytest.fixture
def load(qtbot, window):
    def loaded():
        with qtbot.waitSignal(window.recovering.offers_changed):
            window.recovering.load()
        return [
            row
            for row in window.start_page.recovery.findChildren(RecoveryRow)
            if not row.isHidden()
        ]

    return loaded


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def verb(window, text):
    return next(b for b in window.bar.findChildren(QPushButton) if b.text() == text)


def words(row):
    return "".join(label.text() for label in row.findChildren(QLabel) if label.isVisible())


def test_nothing_left_behind_takes_no_place(window, load):
    assert load() == []
    assert not window.start_page.recovery.isVisible()


def test_the_panel_names_file_time_and_number_of_edits(window, journal, load):
    (row,) = load()
    assert window.start_page.recovery.isVisible()
    assert "年报.docx" in words(row)
    assert "3 处修改，今天" in words(row)
    assert row.restore.text() == "恢复修改"
    assert (row.view.text(), row.give_up.text()) == ("查看", "放弃")


def test_one_key_gives_the_edits_back(qtbot, window, journal, load):
    (row,) = load()
    assert row.restore.hasFocus()
    with qtbot.waitSignal(window.controller.session_opened):
        qtbot.keyClick(row.restore, Qt.Key.Key_Space)


def test_recovered_edits_are_unsaved_and_can_be_undone_to_the_source(
    qtbot, window, journal, load, source, own_folder
):
    (row,) = load()
    with qtbot.waitSignal(window.controller.session_opened):
        click(qtbot, row.restore)
    session = window.controller.present
    assert session.text(session.match.places[SLOT].ref) == "48"
    assert session.text(session.match.places[OTHER].ref) == "9"
    assert window.isWindowModified()
    assert window.filing.unsaved == 2
    undo, redo = window.actions_by_name["undo"], window.actions_by_name["redo"]
    undo.trigger()
    assert session.text(session.match.places[SLOT].ref) == "47"
    undo.trigger()
    assert not undo.isEnabled()
    assert not session.is_changed
    assert session.document == open_session(source).document
    assert not window.isWindowModified()
    redo.trigger()
    redo.trigger()
    assert session.text(session.match.places[SLOT].ref) == "48"
    assert window.journaling.is_safe()
    assert window.recovering.offers == ()


def test_the_journal_goes_on_after_recovery_and_ends_in_order(
    qtbot, window, answers, journal, load
):
    (row,) = load()
    with qtbot.waitSignal(window.controller.session_opened):
        click(qtbot, row.restore)
    assert window.journaling.is_safe()
    assert journal.exists()
    answers.unsaved = Unsaved.DISCARD
    assert window.close()
    assert not journal.exists()


def test_where_the_journal_cannot_go_on_a_new_one_holds_everything(
    qtbot, window, journal, load, own_folder, monkeypatch
):
    from core.journal_contents import contents_of

    def refuse(_entry):
        raise SaveError("不能打开。")

    monkeypatch.setattr(Recoverable, "resume", refuse)
    (row,) = load()
    with qtbot.waitSignal(window.controller.session_opened):
        click(qtbot, row.restore)
    assert window.journaling.is_safe()
    others = [path for path in journal.parent.glob("*.journal") if path != journal]
    assert [len(contents_of(path.read_bytes()).commands) for path in others] == [2]


def test_viewing_lists_place_old_and_new_and_changes_nothing(qtbot, window, answers, journal, load):
    (row,) = load()
    click(qtbot, row.view)
    qtbot.waitUntil(lambda: bool(answers.beside))
    (_, about, rows) = answers.beside[0]
    assert "年报.docx" in about
    assert [(old, new) for _, old, new in rows][1] == ("47", "48")
    assert len(rows) == 3
    assert "表" in rows[0][0]
    assert window.controller.session is None
    assert journal.exists()


def test_giving_up_asks_first_and_then_removes_the_journal(qtbot, window, answers, journal, load):
    (row,) = load()
    click(qtbot, row.give_up)
    assert answers.asked[-1] == ("give up", "年报.docx", 3)
    assert journal.exists()
    assert window.start_page.recovery.isVisible()
    answers.give_up = True
    click(qtbot, row.give_up)
    assert not journal.exists()
    assert not window.start_page.recovery.isVisible()


def test_several_journals_are_listed_and_each_is_its_own(
    qtbot, window, journal, load, tmp_path, own_folder
):
    other = tmp_path / "另一份.docx"
    shutil.copy(SAMPLE, other)
    session = open_session(other)
    ref = session.match.places[SLOT].ref
    leave_journal(other, [[Edit(ref, session.text(ref), "5")]])
    rows = load()
    assert len(rows) == 2
    row = next(row for row in rows if "另一份" in words(row))
    with qtbot.waitSignal(window.controller.session_opened):
        click(qtbot, row.restore)
    assert window.controller.present.path == other
    assert [offer.entry.source.name for offer in window.recovering.offers] == ["年报.docx"]


def test_a_damaged_journal_gives_back_what_is_right_and_says_so(
    qtbot, window, journal, load, own_folder
):
    journal.write_bytes(journal.read_bytes()[:-5])
    (row,) = load()
    assert "有损坏" in words(row)
    with qtbot.waitSignal(window.controller.session_opened):
        click(qtbot, row.restore)
    session = window.controller.present
    assert session.text(session.match.places[SLOT].ref) == "47"
    assert window.journaling.is_safe()
    assert list((own_folder / "gouji" / "corrupt").iterdir())


def test_a_missing_source_can_only_be_viewed(qtbot, window, answers, journal, load, source):
    source.unlink()
    (row,) = load()
    assert "不在原来的位置" in words(row)
    assert not row.restore.isVisible()
    click(qtbot, row.view)
    qtbot.waitUntil(lambda: bool(answers.beside))
    assert len(answers.beside[0][2]) == 3
    # As if it had vanished only now.
    offer = replace(window.recovering.offers[0], is_missing=True)
    window.recovering.restore(offer)
    assert "放回原处" in window.bar.sentence


def test_a_changed_source_is_shown_read_only_beside_the_edits_which_are_never_applied(
    qtbot, window, answers, journal, load, source
):
    source.write_bytes(source.read_bytes() + b"\0")
    present = open_session(source).document
    (row,) = load()
    assert row.restore.text() == "对照查看"
    with qtbot.waitSignal(window.controller.session_opened):
        click(qtbot, row.restore)
    qtbot.waitUntil(lambda: bool(answers.beside))
    assert window.controller.present.document == present
    assert window.controller.is_read_only
    assert "只读" in window.windowTitle()
    assert "没有套用" in window.bar.sentence
    assert len(answers.beside[0][2]) == 3
    assert journal.exists()
    with qtbot.waitSignal(window.controller.session_opened):
        verb(window, "开始修改").click()
    assert not window.controller.is_read_only
    assert journal.exists()


def test_a_source_that_changes_after_it_was_offered_is_not_edited(
    qtbot, window, journal, load, source
):
    (row,) = load()
    source.write_bytes(source.read_bytes() + b"\0")
    with qtbot.waitSignal(window.controller.opening_failed):
        click(qtbot, row.restore)
    assert "没有套用" in window.bar.sentence
    assert journal.exists()
    assert window.controller.session is None


def test_a_newer_versions_journal_is_kept_and_named(window, journal, load):
    from core.journal_lines import line, valid_lines

    (head, *_) = valid_lines(journal.read_bytes()).values
    head = {key: value for key, value in head.items() if key not in ("crc", "n")}
    journal.write_bytes(line(1, {**head, "version": 99}))
    (row,) = load()
    assert "更新版本" in words(row)
    assert not row.restore.isVisible()
    assert not row.view.isVisible()
    assert journal.exists()


def test_a_report_that_is_opened_otherwise_offers_its_edits_in_the_bar(
    qtbot, window, journal, load, source
):
    load()
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(source)
    assert "上次有未保存的修改" in window.bar.sentence
    with qtbot.waitSignal(window.controller.session_opened):
        verb(window, "恢复修改").click()
    assert window.filing.unsaved == 2
    assert not window.bar.isVisible()


def test_a_report_opened_before_its_journal_was_found_offers_them_too(
    qtbot, window, journal, load, source
):
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(source)
    assert not window.bar.isVisible()
    load()
    assert "上次有未保存的修改" in window.bar.sentence


def test_a_report_that_another_window_edits_is_not_recovered_here(
    qtbot, window, journal, load, monkeypatch
):
    holder = Holder(replace(this_process(), pid=1, started=""), "2025-01-01 08:00")
    monkeypatch.setattr(locking, "acquire", lambda path: holder)
    (row,) = load()
    click(qtbot, row.restore)
    assert "另一个窗口" in window.bar.sentence
    assert window.controller.session is None
    assert journal.exists()


def test_saved_edits_are_not_offered_and_ctrl_s_goes_on_in_the_same_file(
    qtbot, window, answers, source, load, own_folder, tmp_path
):
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(source)
    session = window.controller.present
    ref = session.match.places[SLOT].ref
    answers.save_paths = [tmp_path / "改.docx"]
    window.controller.set_text(ref, "47")
    with qtbot.waitSignal(window.keeping.saved) as done:
        window.filing.save()
    saved = done.args[0]
    entry = Recoverable(
        tmp_path / "a.journal",
        source,
        digest_of(source.read_bytes()),
        datetime.now(),
        ((Edit(ref, session.original(ref), "47"),), (Edit(ref, "47", "48"),)),
        (datetime.now(), datetime.now()),
        1,
        saved.path,
        saved.state,
    )
    answers.unsaved = Unsaved.DISCARD
    with qtbot.waitSignal(window.controller.session_opened):
        window.recovering.restore(Offer(entry, is_missing=False, is_changed=False))
    assert window.filing.unsaved == 1
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.save()
    again = open_session(tmp_path / "改.docx")
    assert again.text(again.match.places[SLOT].ref) == "48"
    window.controller.undo_stack.undo()
    window.controller.undo_stack.undo()
    assert not window.controller.present.is_changed
    assert window.isWindowModified()


def test_prose_edits_are_listed_by_heading_and_paragraph(source):
    session = open_session(source)
    section = next(part for part in session.document.sections if part.paragraphs)
    ref = ParagraphRef(section.number, 0)
    edits = (TextEdit(ref, 0, 0, "", "本"), ParagraphInsertion(ref, "新的一段"))
    digest = digest_of(source.read_bytes())
    entry = Recoverable(source, source, digest, datetime.now(), (edits,), (datetime.now(),))
    rows = edit_rows(entry)
    assert rows[0] == (f"{section.heading or '正文'} · 第 1 段", "（空白）", "本")
    assert rows[1][2] == "新的一段"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2025, 1, 2, 14, 5), "今天 14:05"),
        (datetime(2025, 1, 1, 23, 59), "昨天 23:59"),
        (datetime(2024, 12, 31, 9, 0), "2024年12月31日 09:00"),
        (datetime(2025, 1, 3, 9, 0), "1月3日 09:00"),
    ],
)
def test_times_are_said_as_people_say_them(at, words):
    assert time_words(at, datetime(2025, 1, 2, 15, 0)) == words
