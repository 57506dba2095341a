"""The journal of the open report: in step with it, quiet, and gone in the end."""

import threading

from PySide6.QtCore import QCoreApplication

from core import journal as core_journal
from core.document import ParagraphRef
from core.edits import TextEdit
from core.journal import Journal
from core.journal_contents import contents_of
from core.resources import SAMPLE
from gui.views.dialogs import Unsaved
from tests.gui.invented import change

SLOT = "applications.received.natural_person"


def journals(own_folder):
    return sorted((own_folder / "gouji" / "journals").glob("*.journal"))


def contents(own_folder):
    return [contents_of(path.read_bytes()) for path in journals(own_folder)]


def test_every_edit_and_undo_of_any_kind_is_recorded_in_order(window, opened, own_folder):
    section = next(part for part in opened.document.sections if part.paragraphs)
    change(window)
    change(window, "48")
    window.controller.make([TextEdit(ParagraphRef(section.number, 0), 0, 0, "", "本")], "改")
    window.controller.undo_stack.undo()
    assert window.journaling.is_safe()
    (found,) = contents(own_folder)
    assert found.source == opened.path
    assert len(found.commands) == 4
    assert [edit.after for (edit,) in found.commands] == ["47", "48", "本", ""]


def test_nothing_is_written_before_the_first_edit(window, opened, own_folder):
    assert window.journaling.is_safe()
    assert journals(own_folder) == []


def test_an_edit_reaches_the_disk_within_a_second_without_being_asked(
    qtbot, window, opened, own_folder, monkeypatch
):
    synced = []
    sync = Journal.sync

    def watched(journal):
        synced.append(threading.current_thread())
        sync(journal)

    change(window)
    window.journaling.is_safe()
    monkeypatch.setattr(Journal, "sync", watched)
    change(window, "48")
    qtbot.waitUntil(lambda: bool(synced), timeout=1500)
    assert threading.main_thread() not in synced


def test_typing_never_waits_for_the_disk(window, opened, monkeypatch):
    may_go_on = threading.Event()
    record = Journal.record

    def slow(journal, edits):
        may_go_on.wait(10)
        record(journal, edits)

    monkeypatch.setattr(Journal, "record", slow)
    change(window)
    change(window, "48")
    assert opened.text(opened.match.places[SLOT].ref) == "48"
    may_go_on.set()
    assert window.journaling.is_safe()


def test_what_a_verified_save_has_got_is_noted_and_nothing_made_meanwhile(
    qtbot, window, answers, opened, own_folder, tmp_path
):
    change(window)
    answers.save_paths = [tmp_path / "改.docx"]
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.save()
        change(window, "48")
    assert window.journaling.is_safe()
    (found,) = contents(own_folder)
    assert (found.saved, len(found.commands)) == (1, 2)
    assert found.output == tmp_path / "改.docx"


def test_excel_saves_nothing_of_the_journal(qtbot, window, answers, opened, own_folder, tmp_path):
    change(window)
    answers.save_paths = [tmp_path / "表.xlsx"]
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.export_excel()
    assert window.journaling.is_safe()
    assert contents(own_folder)[0].saved == 0


def test_closing_in_order_removes_it(window, answers, opened, own_folder):
    change(window)
    assert window.journaling.is_safe()
    answers.unsaved = Unsaved.DISCARD
    assert window.close()
    assert journals(own_folder) == []


def test_each_report_has_a_journal_of_its_own_which_goes_with_it(
    qtbot, window, answers, opened, own_folder
):
    answers.unsaved = Unsaved.DISCARD
    change(window)
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open_sample()
    assert window.journaling.is_safe()
    assert [found.source for found in contents(own_folder)] == [opened.path]
    change(window, "48")
    assert window.journaling.is_safe()
    after = {found.source: found.commands[-1][0].after for found in contents(own_folder)}
    assert after == {opened.path: "47", SAMPLE: "48"}
    window.filing.close_report()
    assert window.journaling.is_safe()
    assert [found.source for found in contents(own_folder)] == [opened.path]
    window.filing.close_report()
    assert window.journaling.is_safe()
    assert journals(own_folder) == []


def test_leaving_keeps_it_for_the_next_start(window, opened, own_folder):
    change(window)
    window.journaling.leave()
    assert len(contents(own_folder)[0].commands) == 1
    change(window, "48")
    assert window.journaling.is_safe()


def test_a_refusing_disk_is_told_once_tried_again_and_then_holds_everything(
    qtbot, window, opened, own_folder, monkeypatch
):
    create = core_journal.create_file

    def refuse(path, data):
        raise OSError(28, "full")

    monkeypatch.setattr(core_journal, "create_file", refuse)
    change(window)
    qtbot.waitUntil(window.bar.isVisible)
    assert "恢复日志" in window.bar.sentence
    assert not window.journaling.is_safe()
    window.bar.hide()
    change(window, "48")
    assert not window.journaling.is_safe()
    QCoreApplication.processEvents()
    assert not window.bar.isVisible()
    monkeypatch.setattr(core_journal, "create_file", create)
    assert window.journaling.is_safe()
    assert len(contents(own_folder)[0].commands) == 2
