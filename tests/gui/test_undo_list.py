"""修改记录: the steps of this session, followed, read aloud, and gone to by click and by key."""

import shutil

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from core.edits import Edit
from core.resources import SAMPLE
from gui.commands import ApplyEdits, take_over
from gui.models.undo_steps import UndoStepsModel
from gui.saving import Saving
from tests.gui.invented import RECEIVED, place, report

SLOT = "applications.received.natural_person"
OTHER = "applications.carried_in.natural_person"


class Nothing:
    """What commands act on here."""

    def apply(self, edits):
        pass


def command(text, about=""):
    return ApplyEdits(Nothing(), [], text, about=about)


@pytest.fixture
def pane(qtbot, window):
    """The pane, asked for in the menu."""
    window.activateWindow()

    def show():
        window.actions_by_name["show_steps"].trigger()
        qtbot.waitUntil(window.undo_pane.isVisible)
        return window.undo_pane

    return show


@pytest.fixture
def edited(window, adopt, pane):
    """A report with three typed numbers, and the pane beside it."""
    session = adopt(report())
    made = pane()
    for text in ("1", "2", "3"):
        window.controller.set_text(place(session, RECEIVED), text)
    return made


def lines(pane):
    return [pane.model.index(row).data() for row in range(pane.model.rowCount())]


def click_step(qtbot, pane, row):
    here = pane.list.visualRect(pane.model.index(row)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(here))


def test_it_keeps_qts_rules(qtmodeltester):
    model = UndoStepsModel()
    stack = QUndoStack(model)
    model.follow(stack)
    qtmodeltester.check(model)
    for number in range(5):
        stack.push(command(str(number)))
    stack.setIndex(2)
    stack.push(command("other"))
    assert model.rowCount() == 4
    qtmodeltester.check(model)
    stack.clear()
    assert model.rowCount() == 0
    qtmodeltester.check(model)


def test_it_follows_another_stack_and_no_longer_the_one_before():
    owner, model = QObject(), UndoStepsModel()
    one, other = QUndoStack(owner), QUndoStack(owner)
    model.follow(one)
    one.push(command("一"))
    model.follow(other)
    one.push(command("二"))
    assert model.rowCount() == 0
    other.push(command("三"))
    assert [model.index(row).data().split("\n")[0] for row in range(2)] == ["打开时的报告", "三"]


def test_a_stack_that_goes_while_it_is_followed_leaves_nothing(qtbot):
    owner, model = QObject(), UndoStepsModel()
    stack = QUndoStack(owner)
    model.follow(stack)
    stack.push(command("一"))
    assert model.rowCount() == 2
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert model.rowCount() == 0
    assert model.present == 0
    model.follow(QUndoStack(model))
    assert model.rowCount() == 0


def test_it_is_shown_from_the_menu_and_says_what_it_is_for(window, adopt, pane):
    adopt(report())
    assert not window.undo_pane.isVisible()
    shown = pane()
    assert shown.nothing.isVisible()
    assert "还没有修改" in shown.nothing.text()
    assert not shown.list.isVisible()


def test_every_step_says_what_it_changed_and_which_is_the_present(edited):
    title = "修改 申请办理表 · 本年新收 · 自然人"
    assert lines(edited) == [
        "打开时的报告",
        f"{title}\n0 → 1",
        f"{title}\n1 → 2",
        f"{title}\n2 → 3 · 当前",
    ]


def test_a_click_goes_back_and_a_click_goes_forward(qtbot, window, adopt, edited):
    session = window.controller.present
    ref = place(session, RECEIVED)
    click_step(qtbot, edited, 1)
    assert session.text(ref) == "1"
    assert [line.rpartition("\n")[2] for line in lines(edited)[1:]] == [
        "0 → 1 · 当前",
        "1 → 2 · 已撤销",
        "2 → 3 · 已撤销",
    ]
    click_step(qtbot, edited, 3)
    assert session.text(ref) == "3"
    click_step(qtbot, edited, 0)
    assert session.text(ref) == "0"
    assert lines(edited)[0] == "打开时的报告\n当前"
    assert not window.controller.undo_stack.canUndo()


def test_the_keyboard_reaches_it_and_only_enter_goes_to_a_step(qtbot, window, edited):
    session = window.controller.present
    ref = place(session, RECEIVED)
    window.structure.setFocus()
    qtbot.keyClick(window.structure, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is edited.list
    qtbot.keyClick(edited.list, Qt.Key.Key_Up)
    qtbot.keyClick(edited.list, Qt.Key.Key_Up)
    assert session.text(ref) == "3"
    qtbot.keyClick(edited.list, Qt.Key.Key_Return)
    assert session.text(ref) == "1"
    qtbot.keyClick(edited.list, Qt.Key.Key_End)
    qtbot.keyClick(edited.list, Qt.Key.Key_Enter)
    assert session.text(ref) == "3"


def test_undo_by_keys_is_followed_and_a_new_step_drops_the_undone(qtbot, window, edited):
    session = window.controller.present
    grid = window.page.grid
    grid.setFocus()
    for _ in range(2):
        qtbot.keyClick(grid, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert lines(edited)[3].endswith("已撤销")
    assert edited.list.currentIndex().row() == 1
    window.controller.set_text(place(session, RECEIVED), "9")
    assert [line.rpartition("\n")[2] for line in lines(edited)[1:]] == ["0 → 1", "1 → 9 · 当前"]


def test_undone_steps_are_not_grey_alone(edited, window):
    window.controller.undo_stack.undo()
    index = edited.model.index(3)
    assert index.data(Qt.ItemDataRole.ForegroundRole) is not None
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "第 3 步，修改 申请办理表 · 本年新收 · 自然人，2改为3，已撤销"
    assert edited.model.index(2).data(Qt.ItemDataRole.FontRole).bold()


def test_many_steps_are_gone_back_with_one_check(window, adopt, pane, monkeypatch):
    session = adopt(report())
    shown = pane()
    for number in range(1, 41):
        window.controller.set_text(place(session, RECEIVED), str(number))
    checks = []
    whole = window.controller.check
    monkeypatch.setattr(window.controller, "check", lambda: (checks.append(1), whole()))
    shown.step_requested.emit(5)
    assert session.text(place(session, RECEIVED)) == "5"
    assert len(checks) == 1
    assert window.controller.result == session.check()


def test_a_step_of_several_cells_says_how_many(window, adopt, pane):
    session = adopt(report(applications__received__natural_person="3"))
    shown = pane()
    refs = [place(session, RECEIVED), place(session, OTHER)]
    window.controller.set_texts([(ref, "8") for ref in refs], "粘贴")
    assert lines(shown)[1] == "粘贴\n2 处 · 当前"


def test_an_accepted_fix_says_its_cell(window, adopt, pane):
    session = adopt(report())
    shown = pane()
    ref = place(session, RECEIVED)
    window.controller.make([Edit(ref, "0", "1")], "补填总计")
    assert lines(shown)[1] == "补填总计\n申请办理表 · 本年新收 · 自然人：0 → 1 · 当前"


def test_closing_the_report_empties_it(window, edited):
    window.controller.undo_stack.setIndex(0)
    window.controller.close_session()
    assert lines(edited) == []


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    return path


def open_and_edit(qtbot, window, file):
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(file)
    session = window.controller.present
    ref = session.match.places[SLOT].ref
    for text in ("47", "48"):
        window.controller.set_text(ref, text)
    return ref


def test_the_saved_step_is_marked(qtbot, window, answers, file, tmp_path, pane):
    ref = open_and_edit(qtbot, window, file)
    shown = pane()
    answers.save_paths = [tmp_path / "校对.docx"]
    with qtbot.waitSignal(window.keeping.saved):
        assert window.filing.save()
    assert lines(shown)[2].endswith(" · 当前 · 已保存")
    window.controller.set_text(ref, "49")
    assert lines(shown)[2].endswith("→ 48 · 已保存")
    assert lines(shown)[3].endswith("→ 49 · 当前")


def test_an_edit_while_the_file_is_written_leaves_no_step_marked(
    qtbot, window, answers, file, tmp_path, pane, monkeypatch
):
    ref = open_and_edit(qtbot, window, file)
    shown = pane()
    answers.save_paths = [tmp_path / "校对.docx"]
    save = Saving.save

    def save_and_edit(saving, session, wish):
        save(saving, session, wish)
        window.controller.set_text(ref, "50")

    monkeypatch.setattr(Saving, "save", save_and_edit)
    with qtbot.waitSignal(window.keeping.saved):
        assert window.filing.save()
    assert not [line for line in lines(shown) if "已保存" in line]


def test_what_was_recovered_is_listed_with_its_saved_step():
    model = UndoStepsModel()
    stack = QUndoStack(model)
    take_over(stack, Nothing(), [[], [], []], 2, ["1 → 2", "", "3 → 4"])
    model.follow(stack)
    assert [model.index(row).data().split(" · ")[-1] for row in range(4)] == [
        "打开时的报告",
        "恢复的修改\n1 → 2",
        "恢复的修改\n已保存",
        "当前",
    ]


def test_the_pane_and_its_column_come_back_as_they_were_left(window, adopt):
    adopt(report())
    act = window.actions_by_name
    column = window.undo_pane.parentWidget()
    assert column.isVisible()
    act["show_structure"].setChecked(False)
    assert not column.isVisible()
    act["show_steps"].setChecked(True)
    assert column.isVisible()
    assert window.undo_pane.isVisible()
    act["restore_layout"].trigger()
    assert window.structure.isVisible()
    assert not window.undo_pane.isVisible()
