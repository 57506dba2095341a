"""Finding, replacing, going to cells, and what is offered around a cell with a finding."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.document import CellRef
from gui.action_spec import EDIT
from gui.actions import ACTIONS
from gui.models.table import Place, TableModel
from tests.gui.grid_use import (
    CONTROL,
    SHIFT,
    Key,
    click,
    here,
    lines,
    open_menu,
    press,
    stand,
    write,
)
from tests.gui.invented import RECEIVED, place, report, with_extra_table

Role = Qt.ItemDataRole
# What a menu needs of a real screen.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
FINDING_LINES = ["查看算式", "采纳建议值", "忽略此处", "忽略本规则", "检查规则设置"]


@pytest.fixture
def session(adopt):
    return adopt(with_extra_table(report()))


@pytest.fixture
def grid(window, session):
    return stand(window, place(session, RECEIVED))


@pytest.fixture
def bar(window):
    return window.page.find_bar


def ask(window, bar, text, key=Key.Key_F):
    press(window, key, modifier=CONTROL)
    bar.find_text.clear()
    write(bar.find_text, text)


def test_find_opens_a_bar_that_is_left_by_escape(window, grid, bar):
    press(window, Key.Key_F, modifier=CONTROL)
    assert bar.isVisible()
    assert bar.find_text.hasFocus()
    assert not bar.replacement.isVisible()
    press(bar.find_text, Key.Key_Escape)
    assert not bar.isVisible()
    assert grid.hasFocus()


def test_find_next_goes_on_and_wraps(window, grid, bar, controller):
    controller.set_texts([(CellRef("t3", 5, 4), "815"), (CellRef("t3", 8, 3), "815")], "")
    ask(window, bar, "815")
    seen = []
    for _ in range(3):
        press(bar.find_text, Key.Key_Return)
        seen.append(here(grid))
    assert seen == [(5, 4), (8, 3), (5, 4)]
    assert "从头查找" in bar.answer.text()
    assert "共 2 个单元格" in bar.answer.text()


def test_wide_and_narrow_are_the_same_unless_told_apart(window, grid, bar, controller):
    controller.set_text(CellRef("t3", 5, 4), "８1５")
    ask(window, bar, "815")
    press(bar.find_text, Key.Key_Return)
    assert here(grid) == (5, 4)
    bar.folds_width.setChecked(False)
    press(bar.find_text, Key.Key_Return)
    assert "没有找到" in bar.answer.text()


def test_a_whole_cell_can_be_asked_for(window, grid, bar, controller):
    controller.set_texts([(CellRef("t3", 5, 4), "8151"), (CellRef("t3", 8, 3), "815")], "")
    ask(window, bar, "815")
    bar.whole_cell.setChecked(True)
    press(bar.find_text, Key.Key_Return)
    assert here(grid) == (8, 3)


def test_all_tables_are_searched_on_demand(window, grid, bar, session):
    ask(window, bar, "<b>11")
    press(bar.find_text, Key.Key_Return)
    assert window.page.table_id == "t3"
    assert "没有找到" in bar.answer.text()
    bar.scope.setCurrentIndex(1)
    press(bar.find_text, Key.Key_Return)
    assert window.page.current_ref == CellRef("t9", 1, 1)


def test_replace_changes_the_cell_and_goes_on(window, grid, bar, controller, session):
    refs = [CellRef("t3", 5, 4), CellRef("t3", 8, 3)]
    controller.set_texts([(ref, "8１5") for ref in refs], "")
    ask(window, bar, "15", Key.Key_H)
    write(bar.replacement, "2")
    press(bar.find_text, Key.Key_Return)
    QTest.mouseClick(bar.replace, Qt.MouseButton.LeftButton)
    assert [session.text(ref) for ref in refs] == ["82", "8１5"]
    assert here(grid) == (8, 3)


def test_replace_all_is_one_step_and_tells_the_count(window, grid, bar, controller, session):
    refs = [CellRef("t3", 5, 4), CellRef("t3", 8, 3)]
    controller.set_texts([(ref, "9779") for ref in refs], "")
    ask(window, bar, "9", Key.Key_H)
    write(bar.replacement, "1")
    QTest.mouseClick(bar.replace_all, Qt.MouseButton.LeftButton)
    assert [session.text(ref) for ref in refs] == ["1771", "1771"]
    assert "2 个单元格里替换 4 处" in bar.answer.text()
    assert controller.undo_stack.count() == 2
    controller.undo_stack.undo()
    assert session.text(refs[0]) == "9779"


def test_replace_all_leaves_labels_and_says_so(window, grid, bar, session):
    ask(window, bar, "自然人", Key.Key_H)
    QTest.mouseClick(bar.replace_all, Qt.MouseButton.LeftButton)
    assert not session.is_changed
    assert "不能修改" in bar.answer.text()


@pytest.mark.parametrize(
    "keys", [(Key.Key_G, CONTROL), (Key.Key_F5, Qt.KeyboardModifier.NoModifier)]
)
@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("表2 第7行 D列", CellRef("t3", 6, 3)),
        ("e8", CellRef("t3", 7, 4)),
        ("表４", CellRef("t9", 0, 0)),
        ("主动公开表 第3行 2列", CellRef("t2", 2, 1)),
    ],
)
def test_go_to(window, grid, bar, keys, words, target):
    press(window, keys[0], modifier=keys[1])
    write(bar.address, words)
    press(bar.address, Key.Key_Return)
    assert window.page.current_ref == target
    assert grid.hasFocus()
    assert not bar.isVisible()


@pytest.mark.parametrize("words", ["表9", "表2 第700行", "ZZ3", "？"])
def test_an_address_that_is_none_is_told(window, grid, bar, words):
    press(window, Key.Key_G, modifier=CONTROL)
    write(bar.address, words)
    press(bar.address, Key.Key_Return)
    assert bar.isVisible()
    assert bar.answer.text()
    assert window.page.current_ref == CellRef("t3", 3, 3)


def test_the_name_box_says_where_and_leads_elsewhere(window, grid, bar):
    box = window.page.edit_bar._address
    assert box.text() == "表2 第4行 D列"
    QTest.mouseClick(box, Qt.MouseButton.LeftButton)
    assert bar.address.hasFocus()


def test_the_edit_bar_edits_with_enter_and_escape(window, grid, session):
    editor = window.page.edit_bar.editor
    editor.setFocus()
    editor.selectAll()
    write(editor, "31")
    press(editor, Key.Key_Escape)
    assert not session.is_changed
    editor.selectAll()
    write(editor, "31")
    press(editor, Key.Key_Return)
    assert session.text(CellRef("t3", 3, 3)) == "31"
    assert here(grid) == (4, 3)
    grid.ways.go((3, 3))
    assert window.page.edit_bar._original.text() == "原文 0"


def test_the_status_bar_tells_sum_average_count_and_odd_numbers(window, grid, controller):
    controller.set_texts([(CellRef("t3", 3, 3), "4"), (CellRef("t3", 3, 4), "１２")], "")
    press(grid, Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    controller.set_text(CellRef("t3", 3, 5), "")
    words = window.status._selection.text()
    assert words == "选中 3 个单元格 · 求和 16 · 平均值 8 · 计数 2 · 含 1 个文本型数字"


@pytest.fixture
def wrong(grid, controller):
    """One number that is wrong, with the grid on it."""
    controller.set_text(CellRef("t3", 3, 3), "7")
    return controller


def test_a_tag_stands_beside_a_cell_with_a_finding_only(window, grid, wrong):
    tag = window.grid_tools.tag
    assert tag.isVisible()
    assert tag.x() >= grid.cell_rect(grid.currentIndex()).right()
    press(grid, Key.Key_Down)
    assert not tag.isVisible()


def open_finding_menu(window, how):
    grid = window.page.grid
    if how == "tag":
        QTest.mouseClick(window.grid_tools.tag, Qt.MouseButton.LeftButton)
    elif how == "key":
        press(grid, Key.Key_Period, modifier=CONTROL)
    else:
        window.actions_by_name["finding_menu"].trigger()
    menu = open_menu()
    first = menu.actions()[0].menu()
    return menu, first or menu


@pytest.mark.parametrize("how", ["tag", "key", "menu"])
def test_the_finding_menu_has_the_lines_of_a_spreadsheet(window, wrong, how):
    menu, about = open_finding_menu(window, how)
    assert lines(about) == FINDING_LINES
    menu.close()


def trigger(window, number):
    menu, about = open_finding_menu(window, "key")
    action = [action for action in about.actions() if not action.isSeparator()][number]
    action.trigger()
    menu.close()


def test_the_equation_is_shown(window, wrong):
    trigger(window, 0)
    assert CellRef("t3", 3, 3) in wrong.framed


def test_the_proposed_value_is_taken(window, wrong, session):
    trigger(window, 1)
    assert session.text(CellRef("t3", 3, 3)) in ("0", "7")
    assert (session.text(CellRef("t3", 3, 3)) == "0") == (not wrong.highlights.marks)


def test_one_place_is_ignored_with_a_reason(window, wrong):
    trigger(window, 2)
    assert window.findings.editor.isVisible()


def test_a_rule_is_ignored_and_taken_back(window, wrong):
    before = {finding.rule for finding in wrong.result.findings}
    trigger(window, 3)
    after = {finding.rule for finding in wrong.result.findings}
    assert len(before - after) == 1
    assert "已忽略规则" in window.bar.sentence
    button = next(b for b in window.bar.findChildren(type(window.page.edit_bar._address)))
    button.click()
    assert {finding.rule for finding in wrong.result.findings} == before
    assert not window.settings.is_used


def test_the_rule_settings_are_shown(window, wrong, answers):
    trigger(window, 4)
    assert answers.lists[0][0] == "检查设置"


def ask_for_context_menu(grid):
    at = QPoint(5, 5)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, grid.mapToGlobal(at))
    QApplication.sendEvent(grid.viewport(), event)
    return open_menu()


def test_the_context_menu_is_the_edit_menu(window, grid):
    menu = ask_for_context_menu(grid)
    names = [spec.name for spec in ACTIONS if spec.menu == EDIT]
    names += ["show_relations", "show_statement"]
    wanted = [window.actions_by_name[name] for name in names]
    assert [action for action in menu.actions() if not action.isSeparator()] == wanted
    menu.close()


def test_the_context_menu_of_a_wrong_cell_has_its_finding_too(window, grid, wrong):
    menu = ask_for_context_menu(grid)
    assert menu.actions()[0].text().startswith("疑点操作")
    menu.close()


def test_equations_are_shown_and_hidden(window, grid, session):
    total = place(session, "applications.received.total")
    model = grid.table_model
    press(window, Key.Key_QuoteLeft, modifier=CONTROL)
    shown = model.look(total.row, total.column).text
    assert shown.startswith("= ")
    assert "自然人" in shown
    assert model.data(model.index_of(total)) == "0"
    assert model.look(3, 3).text in ("0", shown)
    press(window, Key.Key_QuoteLeft, modifier=CONTROL)
    assert model.look(total.row, total.column).text == "0"


def test_labels_are_corrected_after_an_explicit_unlock(window, grid, session, controller):
    ref = CellRef("t3", 3, 0)
    before = session.text(ref)
    stand(window, ref)
    window.actions_by_name["unlock_labels"].trigger()
    assert "栏目名称现在可以修改" in window.status.sentence
    press(grid, Key.Key_F2)
    write(grid.cell_editor, "项")
    press(grid.cell_editor, Key.Key_Return)
    assert session.text(ref) == before + "项"
    assert grid.table_model.look(3, 0).place is not Place.VALUE
    controller.undo_stack.undo()
    assert not session.is_changed
    window.actions_by_name["unlock_labels"].trigger()
    assert not controller.may_edit(ref)


def test_labels_are_locked_again_in_the_next_report(window, grid, adopt):
    window.actions_by_name["unlock_labels"].trigger()
    adopt(report())
    assert not window.actions_by_name["unlock_labels"].isChecked()
    assert not window.controller.labels_unlocked


def test_a_cell_says_all_to_a_screen_reader(wrong):
    model = TableModel(wrong, "t3")
    index = model.index(3, 3)
    assert model.data(index, Role.AccessibleTextRole) == "表2，第4行 本年新收，D列 自然人，7"
    assert "强制性错误：" in model.data(index, Role.AccessibleDescriptionRole)


def test_frozen_headers_stay_while_the_rest_scrolls(window, grid):
    window.resize(900, 560)
    for _ in range(6):
        window.status.zoom.step(1)
    assert (grid.frozen.rows, grid.frozen.columns) == (3, 3)
    down = grid.verticalScrollBar()
    assert down.maximum() > 0
    grid.ways.go((20, 3))
    down.setValue(down.maximum())
    if grid.frozen.height:
        assert grid.frozen.above.isVisible()
        # A click on the frozen row is one on the header, not on what scrolled under it.
        click(grid, 1, 3)
        assert here(grid)[0] <= 2
        assert down.value() == down.maximum()
    top = grid.frozen.height
    grid.ways.go((4, 4))
    assert grid.visualRect(grid.currentIndex()).top() >= top
