"""Walking, selecting and editing in the grid, key by key and click by click."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.document import CellRef
from tests.gui.grid_use import (
    ALT,
    CONTROL,
    NONE,
    SHIFT,
    Key,
    click,
    drag,
    here,
    point,
    press,
    selected,
    stand,
    texts,
    type_text,
)
from tests.gui.invented import RECEIVED, place, report, with_extra_table

FIRST_ROW, FIRST_COLUMN = 3, 3


@pytest.fixture
def session(adopt):
    return adopt(report())


@pytest.fixture
def grid(window, session):
    return stand(window, place(session, RECEIVED))


def test_the_first_value_is_where_the_tests_say(grid):
    assert here(grid) == (FIRST_ROW, FIRST_COLUMN)


def test_shift_and_arrows_stretch_a_range_and_the_current_cell_stays(grid):
    press(grid, Key.Key_Right, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    assert selected(grid) == (3, 3, 4, 5)
    assert here(grid) == (3, 3)
    press(grid, Key.Key_Left, modifier=SHIFT)
    assert selected(grid) == (3, 3, 4, 4)


def test_a_range_takes_merged_cells_whole(grid, session):
    table = session.document.tables["t3"]
    merged = next(c for c in table.cells if c.row_span > 2 and c.column > 0)
    grid.ways.go((merged.row, merged.column + 1))
    press(grid, Key.Key_Left, modifier=SHIFT)
    top, left, bottom, _ = selected(grid)
    assert (top, left) == (merged.row, merged.column)
    assert bottom == merged.row + merged.row_span - 1
    assert grid.selected_positions() == (bottom - top + 1) * (merged.column_span + 1)


def test_dragging_selects_a_range_and_moves_nothing(grid, session):
    before = texts(session, "t3", 3, 3, 6, 6)
    drag(grid, (3, 3), (5, 6))
    assert selected(grid) == (3, 3, 5, 6)
    assert here(grid) == (3, 3)
    drag(grid, (4, 4), (6, 4))
    assert texts(session, "t3", 3, 3, 6, 6) == before
    assert not session.is_changed


def test_a_click_with_shift_ends_the_range_there(grid):
    click(grid, 4, 4)
    click(grid, 6, 5, SHIFT)
    assert selected(grid) == (4, 4, 6, 5)
    click(grid, 5, 5)
    assert selected(grid) == (5, 5, 5, 5)


def test_control_and_arrows_go_to_the_edge(grid, session):
    table = session.document.tables["t3"]
    press(grid, Key.Key_Right, modifier=CONTROL)
    assert here(grid) == (3, table.columns - 1)
    press(grid, Key.Key_Down, modifier=CONTROL)
    assert here(grid) == (table.rows - 1, table.columns - 1)


def test_control_and_arrows_stop_where_the_filled_cells_do(grid, controller):
    controller.set_texts([(CellRef("t3", 3, 6), ""), (CellRef("t3", 3, 7), "")], "")
    seen = []
    for _ in range(3):
        press(grid, Key.Key_Right, modifier=CONTROL)
        seen.append(here(grid))
    assert seen == [(3, 5), (3, 8), (3, 9)]


def test_control_shift_and_arrows_select_to_the_edge(grid, session):
    press(grid, Key.Key_Right, modifier=CONTROL | SHIFT)
    assert selected(grid) == (3, 3, 3, session.document.tables["t3"].columns - 1)


def test_control_home_and_end(grid, session):
    table = session.document.tables["t3"]
    press(grid, Key.Key_End, modifier=CONTROL)
    assert here(grid) == (table.rows - 1, table.columns - 1)
    press(grid, Key.Key_Home, modifier=CONTROL)
    assert here(grid) == (grid.frozen.rows, grid.frozen.columns) == (3, 3)
    press(grid, Key.Key_End, modifier=CONTROL | SHIFT)
    assert selected(grid) == (3, 3, table.rows - 1, table.columns - 1)


def test_home_and_end_go_along_the_row(grid, session):
    press(grid, Key.Key_End)
    assert here(grid) == (3, session.document.tables["t3"].columns - 1)
    press(grid, Key.Key_Home)
    assert here(grid) == (3, 0)


def test_page_down_and_up(grid, session):
    press(grid, Key.Key_PageDown)
    assert here(grid)[0] > 10
    press(grid, Key.Key_PageUp)
    assert here(grid)[0] <= 3


def test_control_a_selects_the_table(grid, session):
    table = session.document.tables["t3"]
    press(grid, Key.Key_A, modifier=CONTROL)
    assert selected(grid) == (0, 0, table.rows - 1, table.columns - 1)
    assert here(grid) == (3, 3)


def test_enter_and_shift_enter(grid):
    press(grid, Key.Key_Return)
    assert here(grid) == (4, 3)
    press(grid, Key.Key_Return, modifier=SHIFT)
    assert here(grid) == (3, 3)


def test_tab_and_shift_tab(grid):
    press(grid, Key.Key_Tab, Key.Key_Tab)
    assert here(grid) == (3, 5)
    press(grid, Key.Key_Backtab, modifier=SHIFT)
    assert here(grid) == (3, 4)


def test_enter_after_tabs_returns_to_the_start_column(grid):
    for text in ("1", "2", "3"):
        press(type_text(grid, text), Key.Key_Tab)
    press(type_text(grid, "4"), Key.Key_Return)
    assert here(grid) == (4, 3)


def test_arrows_make_another_start_column(grid):
    press(grid, Key.Key_Tab, Key.Key_Right)
    press(grid, Key.Key_Return)
    assert here(grid) == (4, 5)


def test_enter_and_tab_stay_inside_a_range(grid):
    press(grid, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    seen = []
    for _ in range(4):
        press(grid, Key.Key_Tab)
        seen.append(here(grid))
    assert seen == [(3, 4), (4, 3), (4, 4), (3, 3)]
    press(grid, Key.Key_Return)
    assert here(grid) == (4, 3)
    assert selected(grid) == (3, 3, 4, 4)


def test_typing_replaces_what_stands_there(grid, session, controller):
    controller.set_text(CellRef("t3", 3, 3), "123")
    editor = type_text(grid, "45")
    assert editor.text() == "45"
    press(editor, Key.Key_Return)
    assert session.text(CellRef("t3", 3, 3)) == "45"


def test_an_arrow_ends_what_was_typed_over(grid, session):
    press(type_text(grid, "9"), Key.Key_Right)
    assert session.text(CellRef("t3", 3, 3)) == "9"
    assert here(grid) == (3, 4)


def test_after_f2_arrows_move_in_the_text(grid, session, controller):
    controller.set_text(CellRef("t3", 3, 3), "12")
    press(grid, Key.Key_F2)
    editor = grid.cell_editor
    assert (editor.text(), editor.cursorPosition(), editor.selectedText()) == ("12", 2, "")
    press(editor, Key.Key_Left)
    QTest.keyClicks(editor, "5")
    press(editor, Key.Key_Return)
    assert session.text(CellRef("t3", 3, 3)) == "152"


def test_a_double_click_edits(grid, session):
    click(grid, 4, 4)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, NONE, point(grid, 4, 4))
    editor = grid.cell_editor
    assert (here(grid), editor.text(), editor.cursorPosition()) == ((4, 4), "0", 1)


def test_escape_leaves_the_cell_as_it_was(grid, session):
    press(type_text(grid, "77"), Key.Key_Escape)
    assert not session.is_changed
    assert here(grid) == (3, 3)
    assert grid.cell_editor is None


def test_backspace_clears_and_edits(grid, session):
    press(grid, Key.Key_Backspace)
    assert grid.cell_editor.text() == ""
    QTest.keyClicks(grid.cell_editor, "6")
    press(grid.cell_editor, Key.Key_Return)
    assert session.text(CellRef("t3", 3, 3)) == "6"


def test_delete_clears_the_range_in_one_step(grid, session, controller):
    press(grid, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    press(grid, Key.Key_Delete)
    assert texts(session, "t3", 3, 3, 4, 4) == [["", ""], ["", ""]]
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert not session.is_changed


def test_alt_enter_breaks_the_line(window, adopt):
    session = adopt(with_extra_table(report()))
    ref = CellRef("t9", 1, 1)
    grid = stand(window, ref)
    editor = type_text(grid, "a")
    height = editor.height()
    press(editor, Key.Key_Return, modifier=ALT)
    QTest.keyClicks(editor, "b")
    assert editor.document().blockCount() == 2
    assert editor.height() > height
    row = grid.rowHeight(1)
    press(editor, Key.Key_Return)
    assert session.text(ref) == "a\nb"
    assert grid.rowHeight(1) > row


def test_a_check_meanwhile_takes_nothing_from_who_types(grid, controller):
    editor = type_text(grid, "12")
    model = grid.table_model
    model.dataChanged.emit(model.index(3, 3), model.index(3, 3))
    assert editor.text() == "12"


def test_a_click_elsewhere_takes_what_was_typed(grid, session):
    type_text(grid, "8")
    click(grid, 6, 6)
    assert session.text(CellRef("t3", 3, 3)) == "8"
    assert here(grid) == (6, 6)


def test_typing_on_a_label_changes_nothing_and_leads_nowhere(window, grid, session):
    grid.ways.go((3, 0))
    QTest.keyClicks(grid, "0")
    assert grid.cell_editor is None
    assert here(grid) == (3, 0)
    assert "不能修改" in window.status.sentence


def compose(widget, preedit="", commit=""):
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Escape, Key.Key_Right, Key.Key_Tab])
def test_keys_during_composition_stay_with_the_input_method(grid, session, key):
    compose(grid, "n")
    editor = grid.cell_editor
    compose(editor, "ni")
    press(editor, key)
    assert grid.cell_editor is editor
    assert here(grid) == (3, 3)
    assert not session.is_changed


def test_a_composition_replaces_the_text_and_keeps_its_first_letter(window, adopt):
    session = adopt(with_extra_table(report()))
    ref = CellRef("t9", 0, 1)
    grid = stand(window, ref)
    compose(grid, "w")
    compose(grid.cell_editor, "wu")
    compose(grid.cell_editor, commit="无")
    assert grid.cell_editor.text() == "无"
    press(grid.cell_editor, Key.Key_Return)
    assert session.text(ref) == "无"


def test_input_methods_are_off_where_nothing_can_be_typed(grid):
    attribute = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert grid.testAttribute(attribute)
    press(grid, Key.Key_Home)
    assert not grid.testAttribute(attribute)
    compose(grid, "n")
    assert grid.cell_editor is None
    press(grid, Key.Key_End)
    assert grid.testAttribute(attribute)


def test_several_ranges_are_not_copied(window, grid):
    QApplication.clipboard().setText("before")
    other = grid.model().index(6, 6)
    grid.selectionModel().select(other, QItemSelectionModel.SelectionFlag.Select)
    press(grid, Key.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text() == "before"
    assert "一个连续区域" in window.status.sentence


@pytest.mark.parametrize(("delta", "step"), [(120, 110), (-120, 90)])
def test_the_wheel_zooms_with_control(window, grid, delta, step):
    row = grid.rowHeight(10)
    at = QPointF(point(grid, 4, 4))
    event = QWheelEvent(
        at,
        at,
        at.toPoint() * 0,
        at.toPoint() * 0 + type(at.toPoint())(0, delta),
        Qt.MouseButton.NoButton,
        CONTROL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)
    assert window.status.zoom.percent == step
    assert (grid.rowHeight(10) > row) == (step > 100)
    press(window, Key.Key_0, modifier=CONTROL)
    assert window.status.zoom.percent == 100
    assert grid.rowHeight(10) == row


def test_the_zoom_goes_from_50_to_300(window, grid):
    for key, end in ((Key.Key_Plus, 300), (Key.Key_Minus, 50)):
        for _ in range(14):
            press(window, key, modifier=CONTROL)
        assert window.status.zoom.percent == end
