"""保存前核对: before the first save, a tick each; what is unticked stays in the window."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from core.changes_made import changes_made
from core.recovery import pending
from core.session import open_session
from core.writers.marking import Mode
from gui.save_mode import SaveMode
from gui.views.changes_dialog import BeforeSaving, ChangesDialog
from tests.gui.invented import change

# The offscreen platform says so of every dialog that has a smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SLOT = "applications.received.natural_person"
OTHER = "applications.received.total"


def save(qtbot, window, answers, target=None):
    if target is not None:
        answers.save_paths = [target]
    with qtbot.waitSignal(window.keeping.saved):
        assert window.filing.save()


def text_in(path, slot=SLOT):
    session = open_session(path)
    return session.text(session.match.places[slot].ref)


def test_the_list_comes_before_the_first_save_and_then_no_more(
    qtbot, window, answers, opened, tmp_path
):
    change(window)
    save(qtbot, window, answers, tmp_path / "改.docx")
    change(window, text="48")
    save(qtbot, window, answers)
    (before,) = answers.changes
    (listed,) = before.changes
    assert (listed.new, listed.old) == ("47", opened.original(listed.place))
    assert "强制性错误" in before.open_findings
    assert "修订" in before.how
    assert text_in(tmp_path / "改.docx") == "48"


def test_nothing_is_listed_where_nothing_is_changed(qtbot, window, answers, opened, tmp_path):
    save(qtbot, window, answers, tmp_path / "改.docx")
    assert answers.changes == []


def test_before_every_save_if_that_is_wanted(qtbot, window, answers, opened, tmp_path):
    answers.every_time = True
    change(window)
    save(qtbot, window, answers, tmp_path / "改.docx")
    save(qtbot, window, answers)
    assert len(answers.changes) == 2
    assert SaveMode(window.bar, parent=window).preferences.reviews_every_save


def test_it_can_be_asked_for(qtbot, window, answers, opened, tmp_path):
    change(window)
    save(qtbot, window, answers, tmp_path / "改.docx")
    with qtbot.waitSignal(window.keeping.saved):
        window.actions_by_name["review_changes"].trigger()
    assert len(answers.changes) == 2


def test_cancelled_nothing_is_saved_and_it_comes_again(window, answers, opened, tmp_path):
    change(window)
    answers.may_save = False
    answers.save_paths = [tmp_path / "改.docx"]
    assert not window.filing.save()
    assert not (tmp_path / "改.docx").exists()
    assert not window.filing.save()
    assert len(answers.changes) == 2
    assert window.isWindowModified()


def test_what_is_unticked_is_not_in_the_file_but_in_the_window(
    qtbot, window, answers, opened, tmp_path
):
    target = tmp_path / "改.docx"
    before = opened.text(opened.match.places[OTHER].ref)
    change(window)
    change(window, "99", OTHER)
    answers.left_out = ("99",)
    save(qtbot, window, answers, target)
    assert (text_in(target), text_in(target, OTHER)) == ("47", before)
    assert opened.text(opened.match.places[OTHER].ref) == "99"
    assert window.filing.unsaved == 1
    assert "1 处修改没有写入" in window.bar.sentence
    assert window.controller.undo_stack.count() == 2
    # As long as something is left out it is shown again, with the same ticks.
    answers.left_out = ()
    save(qtbot, window, answers)
    assert [c.new for c in answers.changes[-1].left_out] == ["99"]
    assert text_in(target, OTHER) == "99"
    assert window.filing.unsaved == 0


def test_what_was_left_out_can_still_be_recovered(
    qtbot, window, answers, opened, tmp_path, monkeypatch
):
    change(window)
    change(window, "99", OTHER)
    answers.left_out = ("99",)
    save(qtbot, window, answers, tmp_path / "改.docx")
    assert window.journaling.is_safe()
    monkeypatch.setattr("core.processes._runs", lambda *_: False)
    (entry,) = pending(opened.path)
    assert entry.count == 2


def test_excel_gets_the_same_list(qtbot, window, answers, opened, tmp_path):
    change(window)
    change(window, "99", OTHER)
    answers.left_out = ("99",)
    answers.save_paths = [tmp_path / "表.xlsx"]
    with qtbot.waitSignal(window.keeping.saved):
        window.filing.export_excel()
    book = load_workbook(tmp_path / "表.xlsx")
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "47" in texts
    assert "99" not in texts


@pytest.fixture
def dialog(qtbot, window, opened):
    change(window)
    change(window, "99", OTHER)
    made = ChangesDialog(
        BeforeSaving(opened, changes_made(opened), (), "没有疑点。", "方式：修订。", False), window
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_space_key_takes_a_tick_away(qtbot, dialog):
    assert dialog.rows.topLevelItemCount() == 2
    assert dialog.rows.hasFocus()
    assert dialog.reviewed.left_out == ()
    qtbot.keyClick(dialog.rows, Qt.Key.Key_Space)
    assert [c.new for c in dialog.reviewed.left_out] == [dialog.rows.topLevelItem(0).text(3)]
    assert "写入 1 处" in dialog._about.text()


def test_each_line_says_where_from_what_to_what_and_why(dialog):
    item = dialog.rows.topLevelItem(0)
    assert item.text(1)
    assert item.text(2) != item.text(3)
    assert item.text(4)
    said = item.data(0, Qt.ItemDataRole.AccessibleTextRole)
    assert "由“" in said


def test_enter_saves_and_escape_does_not(qtbot, dialog):
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.show()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_the_mode_in_use_is_named(window, answers, opened, tmp_path):
    window.save_mode.choose(Mode.HIGHLIGHTED)
    window.save_mode.set_author("张敏")
    change(window)
    answers.may_save = False
    window.filing.save()
    assert "底色标出" in answers.changes[0].how
    assert "张敏" in answers.changes[0].how


def test_no_text_of_a_change_is_cut_off(qtbot, dialog):
    for width in (560, 900):
        dialog.resize(width, 480)
        rows = dialog.rows
        qtbot.waitUntil(lambda rows=rows: all(fits(rows, n) for n in range(2)))
    assert rows.columnWidth(1) < rows.fontMetrics().horizontalAdvance(rows.topLevelItem(0).text(1))


def fits(rows, number):
    """Whether the row is as high as the text of its place at the width of the column."""
    item = rows.topLevelItem(number)
    metrics, flags = (
        rows.fontMetrics(),
        int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere),
    )
    return all(
        metrics.boundingRect(0, 0, rows.columnWidth(c) - 16, 999, flags, item.text(c)).height()
        <= rows.visualItemRect(item).height()
        for c in (1, 4)
    )
