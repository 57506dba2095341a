"""Saving: beside the original and never into it, asking before anything is replaced."""

import hashlib

from openpyxl import load_workbook

from core.errors import SaveError
from core.session import open_session
from gui.saving import Output
from gui.views.dialogs import Existing, Unsaved
from tests.gui.invented import change

SLOT = "applications.received.natural_person"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def text_in(path):
    session = open_session(path)
    return session.text(session.match.places[SLOT].ref)


def test_word_is_saved_beside_the_source_which_stays_as_it_was(
    qtbot, window, answers, opened, source, tmp_path
):
    before, target = digest(source), tmp_path / "年报(校对版).docx"
    change(window)
    assert window.isWindowModified()
    answers.save_paths = [target]
    with qtbot.waitSignal(window.filing.saving.saved):
        window.actions_by_name["save"].trigger()
    assert answers.asked[-1] == ("save", target, ".docx")
    assert text_in(target) == "47"
    assert digest(source) == before
    assert not window.isWindowModified()
    assert window.filing.unsaved == 0


def test_the_second_save_goes_to_the_same_file_without_asking(
    qtbot, window, answers, opened, tmp_path
):
    target = tmp_path / "改.docx"
    change(window)
    answers.save_paths = [target]
    with qtbot.waitSignal(window.filing.saving.saved):
        window.filing.save()
    change(window, "48")
    assert window.isWindowModified()
    asked = len(answers.asked)
    with qtbot.waitSignal(window.filing.saving.saved):
        window.filing.save()
    assert len(answers.asked) == asked
    assert text_in(target) == "48"


def test_the_source_is_refused(qtbot, window, answers, opened, source):
    before = digest(source)
    change(window)
    answers.save_paths = [source]
    assert not window.filing.save()
    assert window.bar.isVisible()
    assert "原文件" in window.bar.sentence
    assert digest(source) == before
    assert window.isWindowModified()


def test_an_existing_file_is_replaced_only_when_the_user_says_so(
    qtbot, window, answers, opened, tmp_path
):
    target, other = tmp_path / "已有.docx", tmp_path / "另一个.docx"
    target.write_bytes(b"old")
    change(window)
    answers.save_paths, answers.existing = [target], Existing.CANCEL
    assert not window.filing.save_as()
    assert target.read_bytes() == b"old"
    answers.save_paths, answers.existing = [target, other], Existing.OTHER_NAME
    with qtbot.waitSignal(window.filing.saving.saved):
        assert window.filing.save_as()
    assert target.read_bytes() == b"old"
    assert text_in(other) == "47"
    answers.save_paths, answers.existing = [target], Existing.REPLACE
    with qtbot.waitSignal(window.filing.saving.saved):
        assert window.filing.save_as()
    assert text_in(target) == "47"


def test_excel_and_the_findings_are_exported_and_leave_the_changes_unsaved(
    qtbot, window, answers, opened, tmp_path
):
    change(window)
    for action, name in (("export_excel", "表.xlsx"), ("export_findings", "疑点.xlsx")):
        answers.save_paths = [tmp_path / name]
        with qtbot.waitSignal(window.filing.saving.saved):
            window.actions_by_name[action].trigger()
        load_workbook(tmp_path / name).close()
    proposed = [asked[1].name for asked in answers.asked]
    assert proposed == ["年报(校对版).xlsx", "年报(疑点清单).xlsx"]
    assert window.isWindowModified()


def test_an_edit_made_while_saving_stays_unsaved(qtbot, window, answers, opened, tmp_path):
    target = tmp_path / "改.docx"
    change(window)
    answers.save_paths = [target]
    with qtbot.waitSignal(window.filing.saving.saved):
        window.filing.save()
        change(window, "48")
    assert text_in(target) == "47"
    assert window.isWindowModified()


def test_a_failed_save_says_so_and_keeps_the_changes(qtbot, window, answers, opened, tmp_path):
    change(window)
    answers.save_paths = [tmp_path / "没有这个文件夹" / "改.docx"]
    with qtbot.waitSignal(window.filing.saving.failed) as failed:
        window.filing.save()
    assert isinstance(failed.args[1], SaveError)
    assert window.bar.isVisible()
    assert window.isWindowModified()


def test_closing_with_changes_asks_and_cancel_stays(qtbot, window, answers, opened):
    change(window)
    answers.unsaved = Unsaved.CANCEL
    assert not window.close()
    assert window.isVisible()
    assert answers.asked[-1] == ("unsaved", "年报.docx", 1)


def test_closing_may_save_first(qtbot, window, answers, opened, tmp_path):
    change(window)
    target = tmp_path / "改.docx"
    answers.unsaved, answers.save_paths = Unsaved.SAVE, [target]
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert text_in(target) == "47"


def test_closing_may_drop_the_changes(qtbot, window, answers, opened):
    change(window)
    answers.unsaved = Unsaved.DISCARD
    assert window.close()


def test_changes_given_up_are_still_there_if_the_file_cannot_be_read_anew(
    qtbot, window, answers, opened, source
):
    change(window)
    source.unlink()
    answers.unsaved = Unsaved.DISCARD
    with qtbot.waitSignal(window.controller.opening_failed):
        window.filing.reload(window.controller.report)
    assert window.controller.present is opened
    assert window.filing.unsaved == 1
    assert window.isWindowModified()


def test_undo_back_to_the_saved_text_is_clean_again(qtbot, window, answers, opened, tmp_path):
    change(window)
    answers.save_paths = [tmp_path / "改.docx"]
    with qtbot.waitSignal(window.filing.saving.saved):
        window.filing.save()
    change(window, "50")
    assert window.filing.unsaved == 1
    window.controller.undo_stack.undo()
    assert window.filing.unsaved == 0
    assert not window.isWindowModified()


def test_every_output_has_a_name_of_its_own():
    assert len({(output.suffix, output.label) for output in Output}) == len(Output)
