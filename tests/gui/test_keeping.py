"""Saving as a superior gets it: three modes, our own output again, and refusals in a sentence."""

import shutil
import zipfile

import pytest
from PySide6.QtWidgets import QPushButton

from core.document import ParagraphRef
from core.edits import TextEdit
from core.resources import SAMPLE
from core.session import open_session
from core.writers.marking import Mode
from gui import opening
from gui.saving import Output, Saving, SourceChangedError, Wish
from gui.views.dialogs import Existing, Unsaved
from tests.documents.signing import signed
from tests.gui.invented import change

SLOT = "applications.received.natural_person"


@pytest.fixture
def save(qtbot, window, answers):
    """Save as Word, to a path the first time, and wait until it is done."""

    def run(path=None):
        answers.save_paths = [path] if path else []
        with qtbot.waitSignal(window.keeping.saved) as done:
            assert window.filing.save()
        return done.args[0]

    return run


def text_in(path):
    session = open_session(path)
    return session.text(session.match.places[SLOT].ref)


def body(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("word/document.xml").decode("utf-8")


def verb(window, text):
    return next(b for b in window.bar.findChildren(QPushButton) if b.text() == text)


def test_the_default_is_tracked_with_the_authors_name(window, answers, opened, save, tmp_path):
    answers.author = " 张敏\n"
    window.actions_by_name["set_author"].trigger()
    assert window.actions_by_name["mode_tracked"].isChecked()
    change(window)
    save(tmp_path / "改.docx")
    written = body(tmp_path / "改.docx")
    assert 'w:author="张敏"' in written
    assert "<w:del " in written
    assert "<w:ins " in written
    assert "修订" in window.bar.sentence
    assert "张敏" in window.bar.sentence


def test_each_mode_can_be_chosen_in_the_menu_and_is_remembered(window, opened, save, tmp_path):
    change(window)
    for mode in (Mode.CLEAN, Mode.HIGHLIGHTED):
        window.actions_by_name[f"mode_{mode.value}"].trigger()
        save(tmp_path / "改.docx")
        written = body(tmp_path / "改.docx")
        assert "<w:ins " not in written
        assert ("<w:shd " in written) >= (mode is Mode.HIGHLIGHTED)
        assert text_in(tmp_path / "改.docx") == "47"
        change(window, "48")
        change(window, "47")
    again = type(window.save_mode)(window.bar, parent=window)
    assert again.mode is Mode.HIGHLIGHTED


def test_what_was_changed_is_named_in_the_present_author_although_a_value_is_odd(window, opened):
    window.save_mode.set_author("  \n ")
    assert window.save_mode.author == ""


def test_a_choice_that_cannot_be_remembered_holds_and_is_said(window, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(window.save_mode, "_path", tmp_path / "file" / "a.json")
    window.actions_by_name["mode_clean"].trigger()
    assert window.save_mode.mode is Mode.CLEAN
    assert "没有记住" in window.bar.sentence


def test_our_own_output_is_replaced_and_one_that_another_changed_is_not(
    qtbot, window, answers, opened, save, tmp_path
):
    target = tmp_path / "改.docx"
    change(window)
    save(target)
    change(window, "48")
    save()
    assert text_in(target) == "48"
    target.write_bytes(b"theirs")
    change(window, "49")
    with qtbot.waitSignal(window.keeping.failed):
        window.actions_by_name["save"].trigger()
    assert target.read_bytes() == b"theirs"
    assert "已被其他程序改动" in window.bar.sentence
    assert window.isWindowModified()
    answers.save_paths = [tmp_path / "另一个.docx"]
    with qtbot.waitSignal(window.keeping.saved):
        verb(window, "另存为…").click()
    assert text_in(tmp_path / "另一个.docx") == "49"
    assert not window.isWindowModified()


def test_two_saves_at_once_are_two_saves_one_after_the_other(
    qtbot, window, opened, save, answers, tmp_path
):
    target = tmp_path / "改.docx"
    change(window)
    save(target)
    change(window, "48")
    with qtbot.waitSignals([window.keeping.saved, window.keeping.saved]):
        assert window.filing.save()
        change(window, "49")
        assert window.filing.save()
    assert text_in(target) == "49"
    assert window.filing.unsaved == 0


def test_nothing_else_is_asked_while_a_file_is_written(qtbot, window, opened, answers, tmp_path):
    change(window)
    answers.save_paths = [tmp_path / "改.docx"]
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.save()
        asked = len(answers.asked)
        assert not window.filing.export_excel()
        assert len(answers.asked) == asked


def test_a_missing_folder_offers_to_try_again(qtbot, window, answers, opened, tmp_path):
    folder = tmp_path / "没有"
    change(window)
    answers.save_paths = [folder / "改.docx"]
    with qtbot.waitSignal(window.keeping.failed):
        window.filing.save()
    assert "文件夹" in window.bar.sentence
    assert window.isWindowModified()
    folder.mkdir()
    with qtbot.waitSignal(window.keeping.saved):
        verb(window, "重试").click()
    assert text_in(folder / "改.docx") == "47"


@pytest.mark.parametrize("next_one", [False, True])
def test_nothing_can_be_tried_again_once_the_report_is_closed(
    qtbot, window, answers, opened, open_file, tmp_path, next_one
):
    answers.save_paths = [tmp_path / "没有" / "疑点.xlsx"]
    with qtbot.waitSignal(window.keeping.failed):
        assert window.filing.export(Output.FINDINGS)
        window.controller.close_session()
        if next_one:
            window.controller.adopt(other := open_session(SAMPLE), other.check())
    assert "文件夹" in window.bar.sentence
    assert not [b for b in window.bar.findChildren(QPushButton) if b.text() in ("重试", "另存为…")]


def test_a_hard_link_is_told_of(window, answers, opened, save, tmp_path):
    target = tmp_path / "改.docx"
    target.write_bytes(b"old")
    (tmp_path / "同一个.docx").hardlink_to(target)
    answers.existing = Existing.REPLACE
    change(window)
    save(target)
    assert "硬链接" in window.bar.sentence


@pytest.fixture
def changed_source(opened, source):
    data = source.read_bytes()
    source.write_bytes(data + b"\0")
    return source


def test_a_source_that_changed_is_noticed_and_the_copy_saved_when_wanted(
    qtbot, window, answers, changed_source, tmp_path
):
    change(window)
    answers.save_paths = [tmp_path / "改.docx"]
    with qtbot.waitSignal(window.filing.saving.failed) as failed:
        window.filing.save()
    assert isinstance(failed.args[1], SourceChangedError)
    assert "年报.docx" in window.bar.sentence
    assert not (tmp_path / "改.docx").exists()
    with qtbot.waitSignal(window.keeping.saved):
        verb(window, "仍然保存").click()
    assert text_in(tmp_path / "改.docx") == "47"
    change(window, "48")
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.save()


def test_a_source_that_changed_can_be_read_again(qtbot, window, answers, opened, source, tmp_path):
    change(window)
    other = open_session(source)
    shutil.copy(SAMPLE, source)
    source.write_bytes(signed(source.read_bytes()))
    answers.save_paths = [tmp_path / "改.docx"]
    with qtbot.waitSignal(window.keeping.failed):
        window.filing.save()
    answers.unsaved = Unsaved.DISCARD
    with qtbot.waitSignal(window.controller.session_opened):
        verb(window, "重新载入").click()
    assert window.controller.present.data != other.data
    assert window.filing.unsaved == 0


def test_a_source_that_is_gone_hinders_nobody(window, opened, save, source, tmp_path):
    change(window)
    source.unlink()
    save(tmp_path / "改.docx")
    assert text_in(tmp_path / "改.docx") == "47"


def test_of_a_signature_the_user_is_told_at_once_and_asked_before_the_first_save(
    qtbot, window, answers, open_file, save, source, tmp_path
):
    source.write_bytes(signed(source.read_bytes()))
    open_file(source)
    assert "数字签名" in window.bar.sentence
    change(window)
    answers.save_paths = [tmp_path / "改.docx"]
    assert not window.filing.save()
    assert ("signed", "年报.docx") in answers.asked
    assert not (tmp_path / "改.docx").exists()
    assert window.isWindowModified()
    answers.signed = True
    save(tmp_path / "改.docx")
    asked = answers.asked.count(("signed", "年报.docx"))
    change(window, "48")
    save()
    assert answers.asked.count(("signed", "年报.docx")) == asked == 2


def test_a_folder_that_takes_no_copy_is_told_of_when_a_report_is_opened(
    window, open_file, source, monkeypatch
):
    monkeypatch.setattr(opening, "why_not_writable", lambda folder: "这个位置不允许写入。")
    open_file(source)
    assert "不能保存在原文件旁边" in window.bar.sentence


def test_prose_counts_as_unsaved_goes_through_undo_and_is_saved(window, opened, save, tmp_path):
    section = next(part for part in opened.document.sections if part.paragraphs)
    ref = ParagraphRef(section.number, 0)
    before = opened.paragraph(ref)
    assert window.controller.make([TextEdit(ref, 0, 0, "", "本级：")], "修改文字")
    assert window.filing.unsaved == 1
    assert window.isWindowModified()
    save(tmp_path / "改.docx")
    assert not window.isWindowModified()
    assert open_session(tmp_path / "改.docx").paragraph(ref) == f"本级：{before}"
    window.controller.undo_stack.undo()
    assert window.controller.present.paragraph(ref) == before
    assert window.filing.unsaved == 1


def test_a_section_follows_its_prose_and_undo(window, opened):
    sections = opened.document.sections
    index = next(i for i, part in enumerate(sections) if part.paragraphs and not part.tables)
    window.page.show_section(index)
    ref = ParagraphRef(sections[index].number, 0)
    window.controller.make([TextEdit(ref, 0, 0, "", "新写的字")], "修改文字")
    assert "新写的字" in window.page.section.page.toPlainText()
    window.controller.undo_stack.undo()
    assert "新写的字" not in window.page.section.page.toPlainText()


def test_undoing_what_was_saved_meanwhile_is_unsaved(qtbot, window, answers, opened, tmp_path):
    answers.save_paths = [tmp_path / "改.docx"]
    change(window)
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.save()
        change(window, "48")
    window.controller.undo_stack.undo()
    assert not window.isWindowModified()
    window.controller.undo_stack.undo()
    assert window.isWindowModified()


def test_a_running_save_refuses_a_second(qtbot, opened, window, tmp_path):
    saving = Saving(window)
    wish = Wish(Output.FINDINGS, tmp_path / "a.xlsx", overwrite=False)
    with qtbot.waitSignal(saving.saved):
        saving.save(opened, wish)
        with pytest.raises(RuntimeError):
            saving.save(opened, wish)
