"""A click on an uncertain cell offers its readings; choosing one is an edit like any other."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from core.edits import CellInsertion
from core.session import open_session
from tests.core.rules.reports import Changes as ReportChanges
from tests.core.rules.reports import report

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
# What the screen of the tests cannot do for a menu.
pytestmark = pytest.mark.qt_log_ignore("raise", "grabbing the keyboard")
SLOT, OTHER = "cases.direct_lawsuit.other", "cases.direct_lawsuit.upheld"
HOLE = "applications.refused_internal_affairs.total"


@pytest.fixture
def uncertain(adopt):
    return adopt(report(ReportChanges(readings={SLOT: ("1", "11"), OTHER: ("", "1", "11")})))


@pytest.fixture
def menu(window):
    shown = window.page.readings.menu
    yield shown
    shown.close()


def place(window, slot):
    return window.controller.present.match.places[slot].ref


def click(window, slot):
    """Click the cell with the mouse, where it stands."""
    grid = window.page.grid
    ref = place(window, slot)
    window.page.show_table(ref.table)
    index = grid.table_model.index_of(ref)
    grid.scrollTo(index)
    where = grid.visualRect(index).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=where)


def choices(menu):
    return [a.text() for a in menu.actions() if a.isEnabled() and not a.isSeparator()]


def test_a_click_offers_the_readings_and_one_is_chosen_by_the_mouse(window, uncertain, menu):
    click(window, SLOT)
    assert menu.isVisible()
    assert choices(menu) == ["1", "11", "手工填写(&E)"]
    eleven = next(a for a in menu.actions() if a.text().endswith("11"))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(eleven).center())
    session, ref = window.controller.present, place(window, SLOT)
    assert session.text(ref) == "11"
    assert window.controller.undo_stack.count() == 1
    assert window.keeping.unsaved == 1
    assert not window.page.grid.table_model.look(ref.row, ref.column).uncertain
    window.actions_by_name["undo"].trigger()
    assert session.text(ref) == ""
    assert window.page.grid.table_model.look(ref.row, ref.column).uncertain


def test_the_keyboard_offers_them_too_and_chooses_by_arrows(window, uncertain, menu):
    ref = place(window, SLOT)
    window.page.show_cell(ref)
    window.page.grid.setFocus()
    assert window.actions_by_name["choose_reading"].isEnabled()
    QTest.keyClick(window.page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert window.controller.present.text(ref) == "11"
    # Another one can be chosen afterwards, but a click asks no more.
    click(window, SLOT)
    assert not menu.isVisible()
    window.actions_by_name["choose_reading"].trigger()
    assert [a.isChecked() for a in menu.actions() if a.isCheckable()] == [False, True]
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert window.controller.present.text(ref) == "1"
    assert window.controller.undo_stack.count() == 2


def test_a_key_after_the_click_takes_no_reading_and_escape_leaves(window, uncertain, menu):
    click(window, OTHER)
    assert choices(menu) == ["1", "11", "手工填写(&E)"]
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        QTest.keyClick(menu, key)
    assert not window.controller.undo_stack.count()
    click(window, OTHER)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    assert window.controller.present.text(place(window, OTHER)) == "11"


def test_by_hand_opens_the_cell(window, uncertain, menu):
    click(window, SLOT)
    QTest.keyClick(menu, Qt.Key.Key_E)
    assert window.page.grid.cell_editor is not None


def test_any_other_cell_offers_nothing(window, uncertain, menu):
    click(window, "cases.direct_lawsuit.total")
    assert not menu.isVisible()
    assert not window.actions_by_name["choose_reading"].isEnabled()
    QTest.keyClick(window.page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert not menu.isVisible()


def test_a_report_that_is_only_shown_offers_nothing(window, uncertain, menu):
    window.controller.set_read_only(True)
    click(window, SLOT)
    assert not menu.isVisible()


def test_a_hole_offers_the_missing_cell(window, adopt, menu):
    adopt(report(ReportChanges(without_cells=[HOLE])))
    ref = place(window, HOLE)
    click(window, HOLE)
    assert menu.isVisible()
    (put_in,) = [a for a in menu.actions() if a.isEnabled() and not a.isSeparator()]
    assert put_in.text().startswith("补入缺少的单元格")
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    session = window.controller.present
    assert session.is_editable(ref)
    assert [edit for _, edit in session.restructuring.insertions] == [CellInsertion(ref)]
    window.actions_by_name["undo"].trigger()
    assert not session.is_editable(ref)


def test_the_published_report_with_1129_offers_what_the_digits_can_be(qtbot, window, menu):
    path = CORPUS / "pingtan_jjf_2024.txt"
    if not path.exists():
        pytest.skip("the published reports are not here")
    session = open_session(path)
    window.controller.adopt(session, session.check())
    offered = {}
    for slot, found in session.match.places.items():
        if len(session.readings(found.ref)) > 1:
            click(window, slot)
            assert menu.isVisible(), slot
            offered[found.ref] = tuple(choices(menu)[:-1])
            menu.close()
    wanted = [("1", "11"), ("1", "2", "12"), ("9", "29")]
    found = [tuple(sorted(texts, key=lambda t: (len(t), t))) for texts in offered.values()]
    assert any(found[i : i + 3] == wanted for i in range(len(found))), found
