"""Last year's table under this year's: what differs is marked, and each leads to the other."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from core.session import Session
from gui.models.past_table import PastTableModel
from gui.past_report import PastReport
from gui.years import Trend, year_change
from tests.gui.invented import place, report, with_extra_table
from tests.gui.test_last_year import of_year

RECEIVED = "applications.received.natural_person"
TOTAL = "applications.received.total"
CARRIED = "applications.carried_out.total"


@pytest.fixture
def last():
    document = of_year(
        report(
            applications__received__natural_person="5",
            applications__received__total="5",
            applications__carried_out__total="/",
        ),
        2023,
    )
    return Session(Path("上年.docx"), b"", document)


@pytest.fixture
def this(window, adopt):
    return adopt(
        report(
            applications__received__natural_person="8",
            applications__received__total="3",
            applications__carried_out__total="见附件",
        )
    )


@pytest.fixture
def pane(qtbot, window, this, last):
    window.page.show_table(place(this, RECEIVED).table)
    with qtbot.waitSignal(window.controller.checked):
        window.controller.use_last_year(last)
    window.actions_by_name["show_last_year"].trigger()
    return window.page.past


@pytest.mark.parametrize(
    ("before", "now", "trend", "sentence"),
    [
        ("5", "8", Trend.HIGHER, "上年 5，本年 8，增加 3"),
        ("8", "５", Trend.LOWER, "上年 8，本年 ５，减少 3"),
        ("1,200", "1200", None, ""),
        ("0.30", "0.3", None, ""),
        ("", "0", Trend.OTHER, "上年 空白，本年 0"),
        ("0", "", Trend.OTHER, "上年 0，本年 空白"),
        ("", "/", None, ""),
        ("见附件", "见附件", None, ""),
        ("12", "见附件", Trend.OTHER, "上年 12，本年 见附件"),
    ],
)
def test_numbers_are_compared_as_numbers_and_a_blank_is_no_zero(before, now, trend, sentence):
    change = year_change(before, now)
    assert (change.trend if change else None) is trend
    assert (change.sentence if change else "") == sentence


def look(pane, session, slot):
    ref = place(session, slot)
    return pane.grid.table_model.look(ref.row, ref.column)


def test_it_shows_last_years_numbers_and_marks_what_differs(pane, last):
    assert pane.isVisible()
    assert look(pane, last, RECEIVED).text == "5"
    assert look(pane, last, RECEIVED).trend is Trend.HIGHER
    assert look(pane, last, TOTAL).trend is Trend.LOWER
    assert look(pane, last, CARRIED).trend is Trend.OTHER
    assert look(pane, last, "applications.handled.total").trend is None
    assert "2023 年年报 · 申请办理表 · 3 处与本年不同" in pane.subject.text()


def test_a_screen_reader_hears_the_difference(pane, last):
    model, ref = pane.grid.table_model, place(last, RECEIVED)
    said = model.data(model.index_of(ref), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert said == "上年 5，本年 8，增加 3"


def test_an_edit_of_this_year_is_followed(window, pane, this, last):
    window.controller.set_text(place(this, RECEIVED), "5")
    assert look(pane, last, RECEIVED).trend is None
    assert "2 处与本年不同" in pane.subject.text()
    window.controller.undo_stack.undo()
    assert look(pane, last, RECEIVED).trend is Trend.HIGHER


def test_it_follows_the_current_cell(window, pane, this, last):
    window.page.show_cell(place(this, TOTAL))
    assert pane.grid.current_ref == place(last, TOTAL)
    window.page.show_cell(place(this, "cases.reconsideration.total"))
    assert pane.grid.current_ref == place(last, "cases.reconsideration.total")


def test_a_cell_of_last_year_leads_to_this_years(qtbot, window, pane, this, last):
    pane.grid.setFocus()
    model = pane.grid.table_model
    at = pane.grid.visualRect(model.index_of(place(last, RECEIVED))).center()
    qtbot.mouseClick(pane.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.page.current_ref == place(this, RECEIVED)
    qtbot.keyClick(pane.grid, Qt.Key.Key_Down)
    assert window.page.current_ref == place(this, "applications.carried_in.natural_person")
    assert pane.grid.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_9])
def test_nobody_edits_last_year(qtbot, window, pane, this, last, key):
    pane.grid.setFocus()
    pane.grid.go_to(place(last, RECEIVED))
    qtbot.keyClick(pane.grid, key)
    assert pane.grid.cell_editor is None
    assert last.text(place(last, RECEIVED)) == "5"
    assert not this.is_changed


def test_it_has_the_room_below_and_gives_it_back(window, pane):
    assert not window.page.lower_panes.isVisible()
    before = window.page.heights
    window.actions_by_name["show_last_year"].trigger()
    assert not pane.isVisible()
    assert window.page.lower_panes.isVisible()
    assert window.page.heights == before


def test_a_table_that_last_year_has_not_is_told(window, adopt, qtbot, last):
    adopt(with_extra_table(report()))
    with qtbot.waitSignal(window.controller.checked):
        window.controller.use_last_year(last)
    window.actions_by_name["show_last_year"].trigger()
    window.page.show_table("t9")
    assert window.page.past.grid.table_model is None
    assert "没有与当前表格对应的表" in window.page.past.subject.text()


def test_without_last_year_there_is_nothing_to_show(window, pane):
    window.last_year.remove()
    assert not pane.isVisible()
    assert window.page.lower_panes.isVisible()
    assert not window.actions_by_name["show_last_year"].isEnabled()


def test_it_is_shown_for_each_report_that_has_one(window, pane, adopt, this):
    first = window.controller.report
    adopt(report())
    assert not pane.isVisible()
    window.controller.show(first)
    assert pane.isVisible()


def test_the_pane_is_reached_by_f6_and_copied_from(qtbot, window, pane, last, this):
    window.page.show_cell(place(this, RECEIVED))
    window.page.grid.setFocus()
    qtbot.keyClick(window.page.grid, Qt.Key.Key_F6)
    assert pane.grid.hasFocus()


def test_the_model_keeps_qts_rules(qtmodeltester, window, this, last):
    window.controller.use_last_year(last)
    past = PastReport(window.controller, window)
    window.controller.last_year_changed.emit(last)
    table = last.match.tables["applications"].table_id
    qtmodeltester.check(PastTableModel(past, table, window.controller, past))
