"""补入法定行 and 补入缺少的单元格 in the window: one undo step, and the grid follows."""

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from core.edits import Edit, RowInsertion
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.session import Session, open_session
from core.writers.marking import Mode
from gui.models.table import Place, TableModel
from gui.offers import edit_rows
from gui.saved_state import SavedState
from tests.core.rules.reports import Changes as ReportChanges
from tests.core.rules.reports import report
from tests.gui.left_behind import leave_journal

ROW, CELL = "disclosure.regulations", "applications.refused_internal_affairs.total"
FIRST, SECOND = f"{ROW}.made", f"{ROW}.repealed"


def document(**changes):
    return report(ReportChanges(year=2024, **changes))


@pytest.fixture
def short(adopt):
    """A report that lacks a row of one table and a cell of another."""
    return adopt(document(without_rows=[ROW], without_cells=[CELL]))


@pytest.fixture
def word_source(tmp_path):
    """A Word file that lacks the row of 规章."""
    made = docx.Document(SAMPLE)
    row = next(r for t in made.tables for r in t.rows if r.cells[0].text.strip() == "规章")
    row._tr.getparent().remove(row._tr)
    path = tmp_path / "缺行的年报.docx"
    made.save(path)
    return path


def offered(window, word):
    """Choose the card that offers something, and return its button."""
    for cause in window.controller.causes:
        if any(word in fix.title for fix in cause.fixes):
            window.walk.choose(cause)
            buttons = window.findings.cards.findChildren(QPushButton)
            return next(b for b in buttons if word in b.text() and b.isVisibleTo(window))
    raise LookupError(word)


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def type_into(qtbot, window):
    """Type into the current cell, as whoever looks at it would do."""

    def typed(grid, text):
        assert grid.hasFocus()
        QTest.keyClicks(grid, text)
        # Qt hands the text over after the key event has ended.
        with qtbot.waitSignal(window.controller.session_changed):
            QTest.keyClick(grid.findChild(QLineEdit, "cell_editor"), Qt.Key.Key_Return)

    return typed


def place(window, slot):
    return window.controller.present.match.places[slot].ref


def slot_of_first_value(window, row):
    match = window.controller.present.match
    refs = {slot: p.ref for slot, p in match.places.items() if slot.startswith(f"{row}.")}
    return min(refs, key=lambda slot: refs[slot])


@pytest.mark.parametrize("name", ["disclosure", "applications"])
def test_the_model_keeps_qts_rules_before_and_after(controller, short, qtmodeltester, name):
    table_id = short.match.tables[name].table_id
    model = TableModel(controller, table_id)
    qtmodeltester.check(model)
    resets = []
    model.modelReset.connect(lambda: resets.append(model.rowCount()))
    rows = model.rowCount()
    fix = next(
        fix
        for cause in controller.causes
        if cause.table == table_id
        for fix in cause.fixes
        if fix.title.startswith("补入")
    )
    assert controller.accept(fix)
    assert resets == [rows + (name == "disclosure")]
    qtmodeltester.check(model)
    controller.undo_stack.undo()
    assert resets[-1] == rows
    qtmodeltester.check(model)


def test_the_button_puts_the_row_in_and_it_can_be_filled(window, short, type_into):
    controller, grid = window.controller, window.page.grid
    button = offered(window, "规章")
    assert button.text() == "补入“规章”一行"
    rows = grid.table_model.rowCount()
    click(button)
    assert grid.table_model.rowCount() == rows + 1
    first = slot_of_first_value(window, ROW)
    assert window.page.current_ref == place(window, first)
    assert window.page.edit_bar._original.text() == "补入的，原文件中没有"
    assert "规章" in window.page.edit_bar._name.text()
    assert window.keeping.unsaved == 1
    assert window.isWindowModified()
    assert not any("规章" in fix.title for cause in controller.causes for fix in cause.fixes)
    type_into(grid, "7")
    assert controller.present.text(place(window, first)) == "7"
    assert window.keeping.unsaved == 2
    assert controller.undo_stack.count() == 2
    look = grid.table_model.look(*_at(place(window, first)))
    assert (look.place, look.text, look.changed) == (Place.VALUE, "7", True)


def _at(ref):
    return ref.row, ref.column


def test_undo_takes_the_text_and_then_the_row_away_and_redo_brings_both(window, short):
    controller, grid = window.controller, window.page.grid
    source = short.document
    click(offered(window, "规章"))
    first = slot_of_first_value(window, ROW)
    controller.set_text(place(window, first), "7")
    window.actions_by_name["undo"].trigger()
    assert controller.present.text(place(window, first)) == ""
    window.actions_by_name["undo"].trigger()
    assert controller.present.document == source
    assert window.keeping.unsaved == 0
    assert not window.isWindowModified()
    assert window.page.current_ref is not None
    assert grid.table_model.rowCount() == source.tables[window.page.table_id].rows
    # Undone and redone from another table, what changes is shown.
    window.page.show_table(controller.present.match.tables["cases"].table_id)
    window.actions_by_name["redo"].trigger()
    assert window.page.current_ref == place(window, first)
    window.actions_by_name["redo"].trigger()
    assert controller.present.text(place(window, first)) == "7"


def test_the_structure_pane_counts_what_was_put_in_and_leads_to_it(window, short):
    click(offered(window, "规章"))
    first = slot_of_first_value(window, ROW)
    assert window.structure.structure._changes_text() == "1 处修改"
    window.page.show_table(window.controller.present.match.tables["cases"].table_id)
    window.structure.changes_requested.emit()
    assert window.page.current_ref == place(window, first)


def test_the_merged_cells_follow_the_row(window, adopt):
    """A group's label at the left covers the new row, too."""
    row = "applications.refused_state_secret"
    adopt(document(without_rows=[row]))
    click(offered(window, "国家秘密"))
    grid = window.page.grid
    table = window.controller.present.document.tables[window.page.table_id]
    spans = {
        (cell.row, cell.column): (cell.row_span, cell.column_span)
        for cell in table.cells
        if cell.row_span > 1 or cell.column_span > 1
    }
    assert spans
    for (row_number, column), span in spans.items():
        found = (grid.rowSpan(row_number, column), grid.columnSpan(row_number, column))
        assert found == span
    for cell in table.cells:
        if (cell.row, cell.column) not in spans:
            assert grid.rowSpan(cell.row, cell.column) == 1
    heights = [grid.rowHeight(number) for number in range(table.rows)]
    assert min(heights) >= 16


def test_cells_below_keep_their_text_marks_and_frames(window, adopt):
    row = "applications.refused_state_secret"
    adopt(document(without_rows=[row]))
    controller = window.controller
    below = "applications.carried_out.total"
    before = place(window, below)
    controller.set_text(before, "9999")
    cause = next(c for c in controller.causes if before in c.cells)
    window.walk.choose(cause)
    assert before in controller.framed
    fix = next(f for c in controller.causes for f in c.fixes if "国家秘密" in f.title)
    assert controller.accept(fix)
    after = place(window, below)
    assert after.row == before.row + 1
    model = window.page.grid.table_model
    look = model.look(*_at(after))
    assert (look.text, look.changed) == ("9999", True)
    assert after in controller.framed
    assert "已修改" in model.data(model.index_of(after), Qt.ItemDataRole.ToolTipRole)


def test_a_hole_gets_its_cell_by_keyboard_alone(window, short, type_into):
    controller, grid = window.controller, window.page.grid
    ref = place(window, CELL)
    assert not short.is_editable(ref)
    button = offered(window, "单元格")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.page.current_ref == ref
    assert controller.present.is_editable(ref)
    type_into(grid, "3")
    assert controller.present.text(ref) == "3"


def test_a_fix_of_yesterdays_list_does_nothing_twice(window, short):
    controller = window.controller
    fix = next(f for c in controller.causes for f in c.fixes if "规章" in f.title)
    assert controller.accept(fix)
    assert not controller.accept(fix)
    assert controller.undo_stack.count() == 1


def test_the_saved_state_compares_by_source_and_not_by_address(short):
    """A text below a row that comes later is still the text that was saved."""
    session = short
    below = session.match.places["disclosure.normative_documents.in_force"].ref
    session.apply(Edit(below, session.text(below), "12"))
    saved = SavedState.of(session)
    assert saved.changes_in(session) == 0
    put_in = RowInsertion(below.table, ROW)
    session.apply(put_in)
    assert saved.changes_in(session) == 1
    session.apply(put_in.inverse)
    assert saved.changes_in(session) == 0


@pytest.mark.parametrize("mode", list(Mode))
def test_it_is_saved_in_each_mode_and_is_no_change_then(qtbot, window, answers, word_source, mode):
    with qtbot.waitSignal(window.controller.session_opened):
        window.filing.open(word_source)
    click(offered(window, "规章"))
    first = slot_of_first_value(window, ROW)
    window.controller.set_text(place(window, first), "7")
    window.save_mode.choose(mode)
    answers.save_paths = [word_source.with_name("改好.docx")]
    with qtbot.waitSignal(window.keeping.saved):
        window.actions_by_name["save"].trigger()
    written = word_source.with_name("改好.docx").read_bytes()
    saved = Session(word_source, b"", read_docx(written, "改好.docx"))
    assert saved.text(saved.match.places[first].ref) == "7"
    assert window.keeping.unsaved == 0
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    assert window.keeping.unsaved == 2


def test_recovery_puts_the_row_in_again(qtbot, own_folder, window, answers, word_source):
    session = open_session(word_source)
    table_id = session.match.tables["disclosure"].table_id
    put_in = RowInsertion(table_id, ROW)
    session.apply(put_in)
    first = min(
        (slot for slot in session.match.places if slot.startswith(f"{ROW}.")),
        key=lambda slot: session.match.places[slot].ref,
    )
    typed = Edit(session.match.places[first].ref, "", "7")
    leave_journal(word_source, [[put_in], [typed]])
    with qtbot.waitSignal(window.recovering.offers_changed):
        window.recovering.load()
    (offer,) = window.recovering.offers
    assert edit_rows(offer.entry)[0] == (
        "主动公开表 · 规章",
        "（没有这一行）",
        "补入的空白行",
    )
    with qtbot.waitSignal(window.controller.session_opened):
        window.recovering.restore(offer)
    assert window.controller.present.text(place(window, first)) == "7"
    assert window.keeping.unsaved == 2
    window.actions_by_name["undo"].trigger()
    window.actions_by_name["undo"].trigger()
    assert not window.controller.present.is_changed
