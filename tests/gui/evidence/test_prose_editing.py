"""The prose is reworded in place: keys, mouse, input methods, undo, and what is refused."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from core.document import Paragraph, ParagraphRef
from core.edits import ParagraphInsertion, TextEdit
from gui.views.prose_menu import menu_for
from tests.gui.invented import report

LEFT = Qt.MouseButton.LeftButton
FIRST = "　　全年收到政府信息公开申请5件，结转下年度2件。"
SECOND = "培训的情况。"


def with_overview(*texts):
    document = report()
    first = replace(document.sections[0], blocks=tuple(map(Paragraph, texts)))
    return replace(document, sections=(first, *document.sections[1:]))


@pytest.fixture
def session(window, adopt):
    made = adopt(with_overview(FIRST, SECOND))
    window.page.show_section(0)
    return made


@pytest.fixture
def page(window, session):
    return window.page.section.page


def open_editor(qtbot, page, number=1):
    block = page.document().findBlockByNumber(number)
    spot = page._rect(block).center()
    qtbot.mouseDClick(page.viewport(), LEFT, pos=spot)
    return page.editor


def test_a_double_click_opens_the_paragraph_and_enter_takes_it_over(qtbot, window, session, page):
    made = []
    window.controller.edits_applied.connect(made.append)
    editor = open_editor(qtbot, page)
    assert editor.text == FIRST.strip()
    assert editor.hasFocus()
    editor.setPlainText(editor.text.replace("5件", "6件").replace("2件", "3件"))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert page.editor is None
    assert session.paragraph(ParagraphRef(1, 0)) == FIRST.replace("5件", "6件").replace(
        "2件", "3件"
    )
    ((later, earlier),) = made
    assert (later.before, later.after) == ("2", "3")
    assert (earlier.before, earlier.after) == ("5", "6")
    assert all(isinstance(edit, TextEdit) for edit in (later, earlier))
    window.controller.undo_stack.undo()
    assert session.paragraph(ParagraphRef(1, 0)) == FIRST
    assert not session.is_changed


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_key_opens_the_paragraph_with_the_cursor(qtbot, page, key):
    page.setFocus()
    page.moveCursor(page.textCursor().MoveOperation.End)
    qtbot.keyClick(page, key)
    assert page.editor.text == SECOND


def test_typing_ends_in_the_report_and_is_checked_again(qtbot, window, session, page):
    editor = open_editor(qtbot, page, 2)
    with qtbot.waitSignal(window.controller.checked):
        qtbot.keyClicks(editor, "7")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.paragraph(ParagraphRef(1, 1)) == SECOND + "7"
    assert window.isWindowModified()


def test_escape_leaves_the_paragraph_as_it_was(qtbot, session, page):
    editor = open_editor(qtbot, page)
    qtbot.keyClicks(editor, "99")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.editor is None
    assert not session.is_changed
    assert page.hasFocus()


def test_shift_enter_begins_a_new_line(qtbot, session, page):
    editor = open_editor(qtbot, page, 2)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(editor, "8")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.paragraph(ParagraphRef(1, 1)) == SECOND + "\n8"


def test_enter_belongs_to_the_input_method_while_it_composes(qtbot, session, page):
    editor = open_editor(qtbot, page, 2)
    QApplication.sendEvent(editor, QInputMethodEvent("ni hao", []))
    assert editor.is_composing
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.editor is editor
    event = QInputMethodEvent()
    event.setCommitString("你好")
    QApplication.sendEvent(editor, event)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.paragraph(ParagraphRef(1, 1)) == SECOND + "你好"


def test_what_was_typed_is_kept_when_the_keyboard_goes_elsewhere(qtbot, window, session, page):
    editor = open_editor(qtbot, page, 2)
    qtbot.keyClicks(editor, "9")
    window.findings.cards.setFocus()
    assert session.paragraph(ParagraphRef(1, 1)) == SECOND + "9"


def test_spaces_that_do_not_break_and_outer_space_stay(qtbot, window, adopt):
    text = "　　收到\u00a05件。 "
    session = adopt(with_overview(text))
    window.page.show_section(0)
    page = window.page.section.page
    editor = open_editor(qtbot, page)
    editor.moveCursor(editor.textCursor().MoveOperation.Start)
    qtbot.keyClicks(editor, "X")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.paragraph(ParagraphRef(1, 0)) == "　　X收到\u00a05件。 "


def test_a_changed_paragraph_has_a_bar_and_says_what_it_was(qtbot, page):
    assert page.bars() == []
    editor = open_editor(qtbot, page, 2)
    qtbot.keyClicks(editor, "7")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    (bar,) = page.bars()
    tip = page.tip_at(bar.center())
    assert "已修改" in tip
    assert SECOND in tip


def test_a_paragraph_is_deleted_by_its_menu_in_one_step(qtbot, window, session, page):
    menu = menu_for(page, page.shown.passages[2])
    next(action for action in menu.actions() if "删除" in action.text()).trigger()
    assert session.paragraph(ParagraphRef(1, 1)) == ""
    assert SECOND not in page.toPlainText()
    assert window.controller.undo_stack.count() == 1
    window.controller.undo_stack.undo()
    assert SECOND in page.toPlainText()


def test_an_emptied_paragraph_goes(qtbot, session, page):
    editor = open_editor(qtbot, page, 2)
    editor.clear()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.paragraph(ParagraphRef(1, 1)) == ""


def test_an_empty_section_offers_to_add_a_paragraph(qtbot, window, adopt):
    session = adopt(with_overview())
    window.page.show_section(0)
    pane = window.page.section
    assert pane.add_button.isVisible()
    made = []
    window.controller.edits_applied.connect(made.append)
    qtbot.mouseClick(pane.add_button, LEFT)
    pane.new_paragraph.setPlainText("本年没有新情况。")
    qtbot.keyClick(pane.new_paragraph, Qt.Key.Key_Return)
    assert made == [(ParagraphInsertion(ParagraphRef(1, 0), "本年没有新情况。"),)]
    assert session.paragraph(ParagraphRef(1, 0)) == "本年没有新情况。"
    assert not pane.add_button.isVisible()
    assert pane.new_paragraph is None
    window.controller.undo_stack.undo()
    assert pane.add_button.isVisible()


def test_a_section_with_text_offers_nothing(window, page):
    assert not window.page.section.add_button.isVisible()


def test_a_report_that_is_only_shown_refuses_with_the_sentence(qtbot, window, session, page):
    window.controller.set_read_only(True)
    assert open_editor(qtbot, page) is None
    assert "只读" in window.status.sentence
    assert not session.is_changed


def test_a_heading_is_not_opened(qtbot, window, page):
    assert open_editor(qtbot, page, 0) is None
    assert "标题" in window.status.sentence


def test_a_text_that_would_be_a_heading_is_refused_and_stays_open(qtbot, window, session, page):
    editor = open_editor(qtbot, page, 2)
    editor.setPlainText("二、主动公开政府信息情况")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert page.editor is editor
    assert "章节的标题" in window.status.sentence
    assert not session.is_changed


def test_prose_beside_a_table_is_edited_as_well(qtbot, window, session):
    window.page.show_table("t3")
    below = window.page.prose.page
    qtbot.waitUntil(lambda: len(below.shown.passages) > 0)
    passage = next(p for p in below.shown.passages if p.section.number == 1)
    below.edit(passage)
    qtbot.keyClicks(below.editor, "1")
    qtbot.keyClick(below.editor, Qt.Key.Key_Return)
    assert session.paragraph(ParagraphRef(1, 0)) == FIRST + "1"


def test_closing_takes_what_is_still_being_typed(qtbot, window, session, page, answers):
    editor = open_editor(qtbot, page, 2)
    qtbot.keyClicks(editor, "9")
    window.actions_by_name["close"].trigger()
    assert ("unsaved", "报告.txt", 1) in answers.asked
    assert session.paragraph(ParagraphRef(1, 1)) == SECOND + "9"
