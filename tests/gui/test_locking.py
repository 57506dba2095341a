"""The same report twice: the second window only shows it and says who holds it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from core.locks import Holder, Lock, acquire
from core.rules.model import Certainty
from core.session import open_session

ROOT = Path(__file__).resolve().parents[2]
SLOT = "applications.received.natural_person"
_HOLD = """
import sys
from pathlib import Path
from core.locks import Lock, acquire
assert isinstance(acquire(Path(sys.argv[1])), Lock)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(own_folder, source):
    """Let another process hold the report, as another window does."""
    call = [sys.executable, "-c", _HOLD, str(source)]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def test_a_report_is_held_while_it_is_open_and_free_afterwards(qtbot, window, open_file, source):
    open_file(source)
    assert isinstance(acquire(source), Holder)
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.reload(window.controller.report)
    assert not window.controller.is_read_only
    window.filing.close_report()
    free = acquire(source)
    assert isinstance(free, Lock)
    free.release()
    open_file(source)
    assert window.close()
    assert isinstance(acquire(source), Lock)


def test_a_report_that_is_held_is_shown_read_only_and_says_by_whom(
    qtbot, window, held, open_file, source
):
    session = open_file(source)
    ref = session.match.places[SLOT].ref
    assert window.controller.is_read_only
    assert f"进程 {held.pid}" in window.bar.sentence
    assert "只读" in window.windowTitle()
    assert not [b for b in window.bar.findChildren(QPushButton) if "仍然修改" in b.text()]
    window.page.show_cell(ref)
    grid = window.page.grid
    before = session.text(ref)
    qtbot.keyClick(grid, Qt.Key.Key_7)
    assert grid.findChild(QWidget, "cell_editor") is None
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert window.page.edit_bar.editor.isReadOnly()
    window.page.edit_bar.editor.setFocus()
    qtbot.keyClicks(window.page.edit_bar.editor, "9\r")
    assert session.text(ref) == before
    assert not session.is_changed
    for name in ("clear", "edit_cell", "accept", "undo", "redo"):
        assert not window.actions_by_name[name].isEnabled()
    assert window.controller.undo_stack.count() == 0


def test_a_fix_is_refused_in_words_and_a_copy_may_be_saved(
    qtbot, window, answers, held, open_file, source, tmp_path
):
    open_file(source)
    cause = next(
        each
        for each in window.controller.causes
        if any(fix.certainty is not Certainty.LIKELY for fix in each.fixes)
    )
    window.walk.choose(cause)
    assert not window.actions_by_name["accept"].isEnabled()
    said = []
    window.controller.edit_refused.connect(said.append)
    window.findings.fix_chosen.emit(cause.fixes[0])
    assert "只读" in said[0]
    assert not window.controller.present.is_changed
    answers.save_paths = [tmp_path / "副本.docx"]
    with qtbot.waitSignal(window.keeping.saved):
        assert window.filing.save_as()
    assert open_session(tmp_path / "副本.docx").document == open_session(source).document


def test_when_the_other_window_is_gone_the_report_can_be_edited(window, held, open_file, source):
    held.kill()
    held.wait()
    open_file(source)
    assert not window.controller.is_read_only


def test_only_another_computers_hold_can_be_overruled(window, open_file, source, own_folder):
    open_file(source)
    (lock,) = (own_folder / "gouji" / "locks").iterdir()
    values = json.loads(lock.read_bytes())
    window.filing.close_report()
    values["writer"]["host"] = "另一台"
    lock.write_text(json.dumps(values))
    session = open_file(source)
    assert window.controller.is_read_only
    assert "另一台" in window.bar.sentence
    force = next(b for b in window.bar.findChildren(QPushButton) if "仍然修改" in b.text())
    force.click()
    assert not window.controller.is_read_only
    assert not window.bar.isVisible()
    assert "只读" not in window.windowTitle()
    ref = session.match.places[SLOT].ref
    window.page.show_cell(ref)
    assert not window.page.edit_bar.editor.isReadOnly()
    assert window.controller.set_text(ref, "47")
    assert window.close() is False
