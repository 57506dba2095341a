"""Explaining, ignoring and withdrawing in the window, and the file behind it."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from core.errors import SaveError
from core.explanations import ExplanationKind
from core.explanations_file import load_explanations, own_explanations_path
from core.rules.severity import Severity
from core.session import Session
from gui.causes import State
from gui.controller import SessionController
from gui.main_window import MainWindow
from gui.views.card_buttons import CardButtons
from tests.gui.conftest import Answers
from tests.gui.invented import RECEIVED, place, report

BROKEN = {"cases__reconsideration__upheld": "2", "cases__direct_lawsuit__upheld": "3"}
TEXT = "当年有两件合并办理，总计按一件计。"


def explain(window, text=TEXT, author="", kind=ExplanationKind.EXPLAINED):
    window.findings.explain_chosen(kind)
    editor = window.findings.editor
    editor.text.setPlainText(text)
    editor.author.setText(author)
    editor.save_button.click()


def button(window, text):
    buttons = window.findings.cards.findChildren(QPushButton)
    return next(b for b in buttons if b.isVisible() and b.text() == text)


def chips(window):
    return [b.text() for b in window.findings.chips._buttons.values() if not b.isHidden()]


@pytest.fixture
def walked(window, adopt):
    """A window with two broken blocks of the cases table, the first of them chosen."""
    adopt(report(**BROKEN))
    window.walk.choose(window.controller.causes[0])
    return window


def test_an_explained_finding_stands_back_and_is_kept_in_the_file(walked):
    window = walked
    first = window.controller.chosen
    assert chips(window) == ["全部 2", "强制性 2"]
    explain(window, author="张三")
    assert chips(window) == ["全部 2", "强制性 1", "已说明 1"]
    assert window.findings._headline.text() == "1 处强制性错误"
    told = next(c for c in window.controller.causes if not c.is_open)
    assert told.identity == first.identity
    assert told.state is State.EXPLAINED
    assert window.findings.model.cause(window.findings.model.index(1)) is told
    (record,) = load_explanations(own_explanations_path()).records
    assert (record.explanation.text, record.explanation.author) == (TEXT, "张三")
    assert not window.findings.editor.isVisible()


def test_the_marks_of_what_is_explained_go_and_come_again(walked):
    window = walked
    ref = place(window.controller.present, "cases.reconsideration.total")
    model = window.page.grid.table_model
    assert model.look(ref.row, ref.column).mark is Severity.ERROR
    explain(window)
    look = model.look(ref.row, ref.column)
    assert look.mark is None
    assert look.settled
    window.walk.choose(next(c for c in window.controller.causes if not c.is_open))
    button(window, "撤回说明").click()
    assert model.look(ref.row, ref.column).mark is Severity.ERROR
    assert not load_explanations(own_explanations_path()).records
    assert chips(window) == ["全部 2", "强制性 2"]


def test_f8_passes_over_what_is_settled(walked):
    window = walked
    explain(window)
    led = []
    for _ in range(2):
        window.walk.next()
        led.append(window.controller.chosen)
    assert all(cause.is_open for cause in led)
    explain(window)
    window.walk.next()
    assert window.status.sentence == "没有疑点"
    assert window.findings._headline.text() == "2 处疑点均已说明或忽略"


def test_delete_in_the_list_ignores_with_a_reason(qtbot, walked):
    window = walked
    editor = window.findings.editor
    # The same key clears cells while the grid has the focus.
    window.findings.cards.setFocus()
    qtbot.keyClick(window.findings.cards, Qt.Key.Key_Delete)
    assert editor.isVisible()
    assert not editor.save_button.isEnabled()
    editor.text.setPlainText("   ")
    assert not editor.save_button.isEnabled()
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert all(cause.is_open for cause in window.controller.causes)
    editor.text.setPlainText("已电话核实")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [c.state for c in window.controller.causes] == [State.IGNORED, State.OPEN]
    assert "已忽略 1" in chips(window)
    window.walk.choose(window.controller.causes[0])
    button(window, "取消忽略").click()
    assert all(cause.is_open for cause in window.controller.causes)


def test_escape_leaves_without_saving(qtbot, walked):
    window = walked
    window.activateWindow()
    window.findings.explain_chosen(ExplanationKind.EXPLAINED)
    window.findings.editor.text.setPlainText(TEXT)
    qtbot.keyClick(window.findings.editor.text, Qt.Key.Key_Escape)
    assert not window.findings.editor.isVisible()
    assert all(cause.is_open for cause in window.controller.causes)


def test_an_explanation_can_be_reworded_and_remembers_who_wrote(walked):
    window = walked
    explain(window, author="张三")
    window.walk.choose(next(c for c in window.controller.causes if not c.is_open))
    button(window, "修改说明…").click()
    editor = window.findings.editor
    assert (editor.text.toPlainText(), editor.author.text()) == (TEXT, "张三")
    editor.text.setPlainText("另有说明。")
    editor.save_button.click()
    assert window.controller.chosen.explanation.text == "另有说明。"
    window.walk.next()
    window.findings.explain_chosen(ExplanationKind.EXPLAINED)
    assert editor.author.text() == "张三"


def test_an_explanation_falls_when_the_numbers_change_and_is_taken_over_with_a_click(walked):
    window = walked
    session = window.controller.present
    explain(window)
    ref = place(session, "cases.reconsideration.upheld")
    window.controller.set_text(ref, "5")
    cause = next(c for c in window.controller.causes if c.withdrawn)
    assert cause.is_open
    window.walk.choose(cause)
    button(window, "沿用原说明").click()
    assert [c.state for c in window.controller.causes].count(State.EXPLAINED) == 1
    assert not any(c.withdrawn for c in window.controller.causes)
    window.controller.undo_stack.undo()
    assert [c.state for c in window.controller.causes].count(State.EXPLAINED) == 1


def test_a_finding_that_is_mended_while_one_writes_is_not_explained(walked):
    window = walked
    window.findings.explain_chosen(ExplanationKind.EXPLAINED)
    window.findings.editor.text.setPlainText(TEXT)
    ref = place(window.controller.present, "cases.reconsideration.upheld")
    window.controller.set_text(ref, "0")
    window.findings.editor.save_button.click()
    assert "没有保存" in window.status.sentence
    assert window.findings.editor.text.toPlainText() == TEXT
    assert not own_explanations_path().exists()


def test_another_window_reads_what_was_explained(qtbot, walked):
    explain(walked)
    controller = SessionController()
    other = MainWindow(controller)
    other.filing.dialogs = Answers()
    qtbot.addWidget(other)
    session = Session(walked.controller.present.path, b"", report(**BROKEN))
    controller.adopt(session, session.check())
    assert [c.state for c in controller.causes].count(State.EXPLAINED) == 1


def test_an_unreadable_file_is_told_of_and_never_written_over(qtbot, own_folder, adopt, controller):
    path = own_explanations_path()
    path.parent.mkdir(parents=True)
    path.write_text("{ 坏了", encoding="utf-8")
    window = MainWindow(controller)
    answers = window.filing.dialogs = Answers()
    qtbot.addWidget(window)
    window.show()
    assert path.name in window.bar.sentence
    adopt(report(**BROKEN))
    assert path.name in window.bar.sentence
    window.walk.next()
    explain(window)
    assert path.read_text(encoding="utf-8") == "{ 坏了"
    assert "还没有存进文件" in window.bar.sentence
    assert not window.explaining.is_saved
    answers.may_lose = False
    assert not window.close()
    assert ("lost",) in answers.asked
    next(b for b in window.bar.findChildren(QPushButton) if b.text() == "移到一旁").click()
    assert window.explaining.is_saved
    assert len(load_explanations(path).records) == 1
    aside = [other for other in path.parent.iterdir() if other.is_file() and other != path]
    assert [other.read_text(encoding="utf-8") for other in aside] == ["{ 坏了"]


def test_a_file_that_can_be_read_again_keeps_what_both_say(qtbot, walked):
    window, path = walked, own_explanations_path()
    explain(window)
    good = path.read_bytes()
    path.write_bytes(b"{")
    window.walk.next()
    explain(window)
    assert not window.explaining.is_saved
    path.write_bytes(good)
    next(b for b in window.bar.findChildren(QPushButton) if b.text() == "重试").click()
    assert window.explaining.is_saved
    assert len(json.loads(path.read_text(encoding="utf-8"))["records"]) == 2


def test_a_full_disk_keeps_the_explanation_in_the_window(walked, monkeypatch):
    def refuse(*_arguments):
        raise SaveError("磁盘已满，没有保存。")

    monkeypatch.setattr("gui.explaining.save_explanations", refuse)
    explain(walked)
    assert "磁盘已满" in walked.bar.sentence
    assert any(not cause.is_open for cause in walked.controller.causes)


def test_what_is_explained_stays_so_in_another_draft(walked, adopt):
    explain(walked)
    adopt(report(**BROKEN, **{RECEIVED.replace(".", "__"): "3"}))
    assert [c.state for c in walked.controller.causes].count(State.EXPLAINED) == 1
    other = replace(report(**BROKEN), agency="另一个局")
    adopt(other)
    assert all(cause.is_open for cause in walked.controller.causes)


def test_no_button_is_cut_off_on_a_narrow_card(qtbot, walked):
    panel = walked.findings
    panel.resize(panel.minimumWidth(), panel.height())
    walked.restore_layout()
    walked.splitter.setSizes([234, 900, 260])
    buttons = panel.cards.findChild(CardButtons)
    qtbot.waitUntil(lambda: buttons.width() > 0)
    for shown in buttons.findChildren(QPushButton):
        if shown.isVisible():
            assert buttons.rect().contains(
                shown.rect().translated(shown.mapTo(buttons, shown.rect().topLeft()))
            )
