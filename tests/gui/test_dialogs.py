"""The questions as people get them: each in words, and leaving all as it is unless told to."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from gui.views.dialogs import Dialogs, Existing, Unsaved

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
REPORT = Path("年报.docx")
SURE = {
    "仍然关闭": lambda dialogs: dialogs.ask_lost_explanations(),
    "仍然保存副本": lambda dialogs: dialogs.ask_signed("年报.docx"),
    "放弃": lambda dialogs: dialogs.ask_give_up("年报.docx", 2),
    "清除": lambda dialogs: dialogs.ask_clear("清除最近打开的文件？", "文件本身不受影响。"),
}
THREE = {
    "保存": (lambda dialogs: dialogs.ask_unsaved("年报.docx", 2), Unsaved.SAVE),
    "不保存": (lambda dialogs: dialogs.ask_unsaved("年报.docx", 2), Unsaved.DISCARD),
    "替换": (lambda dialogs: dialogs.ask_existing(REPORT), Existing.REPLACE),
    "另存为…": (lambda dialogs: dialogs.ask_existing(REPORT), Existing.OTHER_NAME),
}


@pytest.fixture
def dialogs(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return Dialogs(parent)


@pytest.fixture
def answer(qtbot):
    """Do something with the question that comes up next, and remember its words."""
    asked = []

    def prepare(act):
        def answered():
            box = QApplication.activeModalWidget()
            if not isinstance(box, QMessageBox):
                QTimer.singleShot(10, answered)
                return
            asked.append((box.text(), box.informativeText(), box.defaultButton().text()))
            act(box)

        QTimer.singleShot(0, answered)
        return asked

    return prepare


def press(qtbot, verb):
    def act(box):
        (button,) = [each for each in box.buttons() if each.text() == verb]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    return act


@pytest.mark.parametrize(("verb", "ask"), SURE.items(), ids=SURE)
def test_only_the_verb_does_it(qtbot, dialogs, answer, verb, ask):
    answer(press(qtbot, verb))
    assert ask(dialogs) is True
    answer(press(qtbot, "取消"))
    assert ask(dialogs) is False


@pytest.mark.parametrize("ask", SURE.values(), ids=SURE)
@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_keys_that_come_without_thinking_leave_all_as_it_is(qtbot, dialogs, answer, ask, key):
    asked = answer(lambda box: qtbot.keyClick(box, key))
    assert ask(dialogs) is False
    ((text, more, default),) = asked
    assert text
    assert more.endswith("。")
    assert default == "取消"


@pytest.mark.parametrize(("verb", "case"), THREE.items(), ids=THREE)
def test_each_of_three_answers_is_told_from_the_others(qtbot, dialogs, answer, verb, case):
    ask, expected = case
    answer(press(qtbot, verb))
    assert ask(dialogs) is expected
    answer(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert ask(dialogs) is type(expected).CANCEL


def test_return_saves_and_never_replaces(qtbot, dialogs, answer):
    answer(lambda box: qtbot.keyClick(box, Qt.Key.Key_Return))
    assert dialogs.ask_unsaved("年报.docx", 2) is Unsaved.SAVE
    answer(lambda box: qtbot.keyClick(box, Qt.Key.Key_Return))
    assert dialogs.ask_existing(REPORT) is Existing.OTHER_NAME
