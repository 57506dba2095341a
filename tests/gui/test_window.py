"""The window as a clerk uses it: open, look, correct, undo, walk."""

import shutil
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from core.document import CellRef, Paragraph
from core.resources import SAMPLE
from core.rules.severity import Severity
from gui.views.card_buttons import Candidate, CardButtons
from tests.gui.invented import EXTRA_TABLE, RECEIVED, place, report, with_extra_table


@pytest.fixture
def sample(tmp_path):
    path = tmp_path / "示例年报.docx"
    shutil.copy(SAMPLE, path)
    return path


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    buttons = Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), actions, mime, buttons, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(50, 50), actions, mime, buttons, none)
    QApplication.sendEvent(window, event)


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(widget, key, modifier)


def cell_editor(grid):
    return grid.findChild(QWidget, "cell_editor")


def test_a_dropped_file_is_opened(qtbot, window, sample):
    with qtbot.waitSignal(window.controller.session_opened):
        drop(window, sample)
    assert "示例年报.docx" in window.windowTitle()
    assert window.page.grid.table_model is not None
    assert window.findings.model.rowCount() == len(window.controller.causes)


def test_a_file_can_be_chosen(qtbot, window, answers, sample):
    answers.open_path = sample
    with qtbot.waitSignal(window.controller.session_opened):
        window.actions_by_name["open"].trigger()


def test_an_error_is_said_in_a_bar_and_nothing_is_half_opened(qtbot, window, tmp_path):
    path = tmp_path / "空.docx"
    path.write_bytes(b"")
    with qtbot.waitSignal(window.controller.opening_failed):
        drop(window, path)
    assert window.bar.isVisible()
    assert "空" in window.bar.sentence
    assert window.start_page.isVisible()
    assert window.controller.session is None


def test_reading_again_after_an_error_takes_the_bar_away(qtbot, window, sample, tmp_path):
    with qtbot.waitSignal(window.controller.opening_failed):
        window.filing.open(tmp_path / "没有.docx")
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(sample)
    assert not window.bar.isVisible()


def test_typing_a_wrong_number_highlights_and_undo_takes_it_away(qtbot, window, adopt):
    session = adopt(report())
    grid, ref = window.page.grid, place(session, RECEIVED)
    window.page.show_cell(ref)
    press(qtbot, grid, Qt.Key.Key_7)
    # Qt hands the text over after the key event has ended.
    with qtbot.waitSignal(window.controller.checked):
        press(qtbot, cell_editor(grid), Qt.Key.Key_Return)
    assert session.text(ref) == "7"
    assert grid.table_model.look(ref.row, ref.column).mark is Severity.ERROR
    assert window.findings.model.rowCount() == 1
    assert window.isWindowModified()
    window.actions_by_name["undo"].trigger()
    assert grid.table_model.look(ref.row, ref.column).mark is None
    assert window.findings.model.rowCount() == 0
    assert not window.isWindowModified()


def test_enter_after_typing_goes_down(qtbot, window, adopt):
    session = adopt(report())
    grid, ref = window.page.grid, place(session, RECEIVED)
    window.page.show_cell(ref)
    press(qtbot, grid, Qt.Key.Key_1)
    below = place(session, "applications.carried_in.natural_person")
    press(qtbot, cell_editor(grid), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.current_ref == below)


def test_delete_clears_the_selected_values_in_one_step(qtbot, window, adopt):
    session = adopt(report())
    grid, ref = window.page.grid, place(session, RECEIVED)
    window.page.show_cell(ref)
    press(qtbot, grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, grid, Qt.Key.Key_Delete)
    assert len(session.edits) == 2
    assert window.controller.undo_stack.count() == 1


def test_copy_gives_tab_separated_text(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="3"))
    grid, ref = window.page.grid, place(session, RECEIVED)
    window.page.show_cell(ref)
    press(qtbot, grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "3\t0"


def test_a_label_says_why_it_does_not_open(qtbot, window, adopt):
    session = adopt(report())
    ref = place(session, RECEIVED)
    window.page.show_table(ref.table)
    window.page.grid.setCurrentIndex(window.page.grid.table_model.index(ref.row, 0))
    press(qtbot, window.page.grid, Qt.Key.Key_5)
    assert "不能修改" in window.status.sentence
    assert not session.edits


def test_the_edit_bar_edits_the_current_cell_and_names_its_original(qtbot, window, adopt):
    session = adopt(report())
    ref = place(session, RECEIVED)
    window.page.show_cell(ref)
    editor = window.page.edit_bar.editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, "12")
    press(qtbot, editor, Qt.Key.Key_Return)
    assert session.text(ref) == "12"
    window.page.show_cell(ref)
    assert window.page.edit_bar._original.text() == "原文 0"
    assert "本年新收" in window.page.edit_bar._name.text()


def test_escape_in_the_edit_bar_gives_the_text_back(qtbot, window, adopt):
    session = adopt(report())
    window.page.show_cell(place(session, RECEIVED))
    editor = window.page.edit_bar.editor
    editor.setFocus()
    qtbot.keyClicks(editor, "99")
    press(qtbot, editor, Qt.Key.Key_Escape)
    assert editor.text() == "0"
    assert not session.edits


def test_choosing_a_card_frames_the_cells_and_goes_there(qtbot, window, adopt):
    session = adopt(report(cases__reconsideration__upheld="2"))
    window.page.show_table("t2")
    cards = window.findings.cards
    qtbot.mouseClick(
        cards.viewport(),
        Qt.MouseButton.LeftButton,
        pos=cards.visualRect(window.findings.model.index(0)).center(),
    )
    cause = window.controller.chosen
    assert cause.rules == "SUM003"
    assert window.page.table_id == "t4"
    model = window.page.grid.table_model
    framed = {ref for ref in cause.cells if model.look(ref.row, ref.column).framed}
    assert framed == set(cause.cells)
    assert window.page.grid.current_ref in framed
    assert place(session, "cases.reconsideration.total") in framed


def test_a_proved_correction_is_taken_with_one_key_and_can_be_undone(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="3"))
    assert not window.actions_by_name["accept"].isEnabled()
    window.walk.next()
    assert window.actions_by_name["accept"].isEnabled()
    press(qtbot, window.page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert session.text(place(session, RECEIVED)) == "0"
    assert not window.controller.causes
    window.controller.undo_stack.undo()
    assert session.text(place(session, RECEIVED)) == "3"


def test_a_proved_correction_is_taken_with_a_click(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="3"))
    window.walk.next()
    button = window.findings.cards.findChild(CardButtons).findChild(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert session.text(place(session, RECEIVED)) == "0"
    assert "可以撤销" in window.status.sentence


def test_of_likely_corrections_the_user_chooses(qtbot, window, adopt):
    session = adopt(report(cases__reconsideration__upheld="2"))
    window.walk.next()
    assert len(window.controller.chosen.fixes) > 1
    assert not window.actions_by_name["accept"].isEnabled()
    fixes = window.controller.chosen.fixes
    candidates = window.findings.cards.findChild(CardButtons).findChildren(Candidate)
    assert len(candidates) == len(fixes)
    for candidate, fix in zip(candidates, fixes, strict=True):
        texts = [label.text() for label in candidate.findChildren(QLabel)]
        assert fix.title == texts[0]
        assert fix.reason.startswith("".join(texts[1:]))
    qtbot.mouseClick(candidates[0], Qt.MouseButton.LeftButton)
    assert session.text(place(session, "cases.reconsideration.total")) == "2"
    assert not window.controller.causes


def test_the_buttons_lie_on_the_chosen_card_and_go_with_it(qtbot, window, adopt):
    adopt(report(applications__received__natural_person="3", cases__reconsideration__upheld="2"))
    cards, model = window.findings.cards, window.findings.model
    for _ in range(3):
        window.walk.next()
        card = cards.visualRect(model.index_of(window.controller.chosen))
        shown = [b for b in cards.findChildren(CardButtons) if b.isVisible()]
        assert len(shown) == 1
        assert card.contains(shown[0].geometry())
    window.walk.hide_frames()
    assert not any(b.isVisible() for b in cards.findChildren(CardButtons))


def test_escape_takes_the_frames_away(qtbot, window, adopt):
    adopt(report(cases__reconsideration__upheld="2"))
    window.walk.next()
    assert window.controller.framed
    window.page.grid.setFocus()
    press(qtbot, window.page.grid, Qt.Key.Key_Escape)
    assert not window.controller.framed


def test_f8_walks_through_the_tables_and_wraps(qtbot, window, adopt):
    adopt(
        report(
            disclosure__permits__decisions="见附件",
            applications__received__natural_person="3",
            cases__reconsideration__upheld="2",
        )
    )
    window.page.show_table("t2")
    window.page.grid.setCurrentIndex(window.page.grid.table_model.index(0, 0))
    tables = []
    for _ in range(4):
        press(qtbot, window.page.grid, Qt.Key.Key_F8)
        tables.append(window.page.table_id)
    assert tables == ["t2", "t3", "t4", "t2"]
    assert "回到第一处" in window.status.sentence
    press(qtbot, window.page.grid, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert window.page.table_id == "t4"


def test_an_unmatched_table_is_listed_shown_and_named_as_such(qtbot, window, adopt):
    adopt(with_extra_table(report()))
    index = window.structure.structure.index_of_table(EXTRA_TABLE.id)
    assert index.isValid()
    window.page.show_table(EXTRA_TABLE.id)
    assert "未能识别" in window.page._note.text()
    assert window.structure.currentIndex() == index


def test_a_section_without_a_table_shows_its_text(qtbot, window, adopt):
    session = adopt(report())
    window.structure.section_requested.emit(0)
    assert session.document.sections[0].heading in window.page.section.text
    assert "<i>复议</i>" in window.page.section.text


def test_the_prose_about_a_table_stands_below_it(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="41"))
    window.page.show_cell(place(session, RECEIVED))
    qtbot.waitUntil(lambda: "门牌 41 号" in window.page.prose.text)


def test_the_status_bar_adds_up_the_selection(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="3"))
    window.page.show_cell(place(session, RECEIVED))
    press(qtbot, window.page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.status._selection.text().startswith("选中 2 个单元格 · 求和 3")


def test_what_could_not_be_checked_is_listed_with_reasons(window, adopt, answers):
    adopt(report(cases__reconsideration__total="", cases__reconsideration__upheld="2"))
    assert "未能检查" in window.findings._checked.text()
    window.findings.reasons_requested.emit()
    title, about, rows = answers.lists[0]
    assert title == "未能检查的关系"
    assert any("总计未填" in reason for _, _, _, reason in rows)
    assert rows[0][0] == "勾稽关系"
    assert "未能检查" in about


def test_nothing_found_is_said_without_a_promise(window, adopt):
    adopt(report())
    assert window.findings._headline.text() == "未发现不一致"
    assert "已检查" in window.findings._checked.text()


def test_every_row_of_the_form_is_shown(window, adopt):
    session = adopt(report())
    for table_id, table in session.document.tables.items():
        window.page.show_table(table_id)
        grid = window.page.grid
        assert grid.table_model.rowCount() == table.rows
        assert all(grid.rowHeight(row) >= 20 for row in range(table.rows))
        spanned = next(cell for cell in table.cells if cell.column_span > 1)
        assert grid.columnSpan(spanned.row, spanned.column) == spanned.column_span


def test_the_next_changed_cell_is_one_click_away(window, adopt):
    session = adopt(report())
    window.controller.set_text(place(session, RECEIVED), "3")
    window.page.show_table("t2")
    window.structure.changes_requested.emit()
    assert window.page.current_ref == place(session, RECEIVED)


def test_zoom_makes_rows_higher(window, adopt):
    session = adopt(report())
    window.page.show_table("t3")
    row = place(session, RECEIVED).row
    before = window.page.grid.rowHeight(row)
    window.actions_by_name["zoom_in"].trigger()
    window.actions_by_name["zoom_in"].trigger()
    assert window.page.grid.rowHeight(row) > before
    window.actions_by_name["zoom_reset"].trigger()
    assert window.page.grid.rowHeight(row) == before


def test_f6_goes_through_the_panes(qtbot, window, adopt):
    adopt(report(cases__reconsideration__upheld="2"))
    window.activateWindow()
    window.page.grid.setFocus()
    seen = []
    for _ in range(5):
        press(qtbot, window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget().objectName())
    assert seen == ["page", "cards", "structure", "cell_text", "grid"]


def test_a_path_of_the_command_line_is_opened(qtbot, window, sample):
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(Path(str(sample)))
    assert window.controller.present.path == sample


def test_a_report_without_tables_shows_its_text_and_nothing_of_the_one_before(window, adopt):
    adopt(report())
    whole = report()
    sections = tuple(replace(part, blocks=part.paragraphs) for part in whole.sections)
    adopt(replace(whole, sections=sections))
    assert window.page.table_id == ""
    assert window.page.grid.table_model is None
    assert whole.sections[0].heading in window.page.section.text
    assert window.status._selection.text() == ""


def test_a_statement_is_shown_beside_the_table_that_it_speaks_of(qtbot, window, adopt):
    said = "全年新收政府信息公开申请 41 件，均已办结。"
    document = report()
    overview = replace(document.sections[0], blocks=(Paragraph(said),))
    session = adopt(replace(document, sections=(overview, *document.sections[1:])))
    cause = next(c for c in window.controller.causes if c.span and c.cells)
    window.walk.choose(cause)
    assert window.page.table_id == session.match.tables["applications"].table_id
    page = window.page.prose
    qtbot.waitUntil(lambda: said in page.text)
    qtbot.waitUntil(lambda: page.page.textCursor().charFormat().background().color().isValid())
    tree = window.structure.structure
    assert tree.badge(tree.index_of_section(0)).count >= 1


def test_an_input_method_starts_typing_on_a_cell_and_loses_nothing(qtbot, window, adopt):
    session = adopt(with_extra_table(report()))
    grid, ref = window.page.grid, CellRef(EXTRA_TABLE.id, 1, 1)
    window.page.show_cell(ref)
    QApplication.sendEvent(grid, QInputMethodEvent("ni", []))
    editor = cell_editor(grid)
    QApplication.sendEvent(editor, QInputMethodEvent("nihao", []))
    commit = QInputMethodEvent()
    commit.setCommitString("你好")
    QApplication.sendEvent(editor, commit)
    assert editor.text() == "你好"
    with qtbot.waitSignal(window.controller.session_changed):
        press(qtbot, editor, Qt.Key.Key_Return)
    assert session.text(ref) == "你好"


def test_f2_keeps_the_text_with_the_cursor_at_its_end(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="12"))
    grid = window.page.grid
    window.page.show_cell(place(session, RECEIVED))
    press(qtbot, grid, Qt.Key.Key_F2)
    editor = cell_editor(grid)
    assert (editor.selectedText(), editor.cursorPosition()) == ("", 2)
    press(qtbot, editor, Qt.Key.Key_Escape)
    assert not session.edits


def test_reading_can_be_cancelled_from_the_status_bar(qtbot, window, monkeypatch, tmp_path):
    begun = Event()

    def read_forever(_path, progress):
        begun.set()
        while True:
            progress(3, 24)

    monkeypatch.setattr("gui.opening.open_session", read_forever)
    window.filing.open(tmp_path / "大.docx")
    assert begun.wait(5)
    assert "正在读取“大.docx”" in window.status.sentence
    with qtbot.waitSignal(window.controller.opening_cancelled):
        window.status.cancel_requested.emit()
    assert window.status.sentence == "已取消读取"
    assert window.start_page.isVisible()
