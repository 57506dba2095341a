"""From a finding to its cells, from a cell to its relations, to the prose and back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from core.document import Paragraph
from core.edits import Edit
from core.prose import Outcome as Agreement
from core.rules.model import Certainty, Fix, Outcome
from gui.relations import relations_of
from tests.gui.invented import RECEIVED, place, report

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

UPHELD, CASE_TOTAL = "cases.reconsideration.upheld", "cases.reconsideration.total"
LEFT = Qt.MouseButton.LeftButton


def said(*texts, **slots):
    """Return a report whose overview says something."""
    document = report(**slots)
    first = replace(document.sections[0], blocks=tuple(map(Paragraph, texts)))
    return replace(document, sections=(first, *document.sections[1:]))


def hover(widget, place):
    at = QPointF(place)
    none, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    there = widget.mapToGlobal(at)
    event = QMouseEvent(QEvent.Type.MouseMove, at, there, none, none, keys)
    QApplication.sendEvent(widget, event)


@pytest.fixture
def broken(window, adopt):
    session = adopt(report(cases__reconsideration__upheld="2"))
    window.walk.next()
    return session


def test_a_chosen_finding_frames_its_cells_and_marks_the_total_otherwise(window, broken):
    model, total = window.page.grid.table_model, place(broken, CASE_TOTAL)
    looks = {ref: model.look(ref.row, ref.column) for ref in window.controller.chosen.cells}
    assert all(look.framed for look in looks.values())
    assert [ref for ref, look in looks.items() if look.total] == [total]


def test_lines_lead_from_every_part_to_the_total_until_escape(qtbot, window, broken):
    grid, arrows = window.page.grid, window.page.arrows
    lines = list(arrows.lines())
    total = grid.visualRect(grid.table_model.index_of(place(broken, CASE_TOTAL)))
    assert len(lines) == len(window.controller.chosen.cells) - 1
    assert all(total.contains(end.toPoint()) for _, end in lines)
    assert arrows.isVisible()
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert not arrows.isVisible()
    assert not window.controller.framed


def test_lines_follow_what_is_scrolled(window, broken):
    grid = window.page.grid
    before = [start.y() for start, _ in window.page.arrows.lines()]
    grid.set_zoom(300)
    assert [start.y() for start, _ in window.page.arrows.lines()] != before


def test_hovering_a_number_of_the_equation_points_at_its_cell(window, broken):
    cards, ref = window.findings.cards, place(broken, UPHELD)
    model = window.page.grid.table_model
    spot = cards.place_of_number(ref)
    assert cards.number_at(spot) == ref
    hover(cards.viewport(), spot)
    assert model.look(ref.row, ref.column).pointed
    hover(cards.viewport(), QPoint(2, 2))
    assert not model.look(ref.row, ref.column).pointed


def test_a_click_on_a_number_goes_to_its_cell(qtbot, window, broken):
    cards, ref = window.findings.cards, place(broken, UPHELD)
    window.page.show_table("t2")
    qtbot.mouseClick(cards.viewport(), LEFT, pos=cards.place_of_number(ref))
    assert window.page.current_ref == ref
    assert window.page.grid.hasFocus()


def test_all_relations_of_a_cell_are_listed_passed_ones_too(qtbot, window, adopt):
    session = adopt(report(applications__received__natural_person="3"))
    window.page.show_cell(place(session, RECEIVED))
    qtbot.keyClick(window.page.grid, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    panel = window.evidence.panel
    assert panel.isVisible()
    assert not panel.isModal()
    texts = [relation.text for relation in panel.model.shown]
    assert [relation.outcome for relation in panel.model.shown] == [Outcome.FOUND] * 2
    assert all(text.startswith("不符") and "3" in text for text in texts)
    window.page.show_cell(place(session, "applications.disclosed.business"))
    passed = panel.model.shown
    assert {relation.outcome for relation in passed} == {Outcome.PASSED}
    assert len(passed) == 2
    assert all("=" in relation.text for relation in passed)


def test_choosing_a_relation_frames_its_cells(qtbot, window, adopt):
    session = adopt(report())
    ref = place(session, "applications.disclosed.business")
    window.page.show_cell(ref)
    window.actions_by_name["show_relations"].trigger()
    panel = window.evidence.panel
    rect = panel.list.visualRect(panel.model.index(1, 0))
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=rect.center())
    relation = panel.model.shown[1]
    assert window.controller.framed == set(relation.cells)
    assert ref in window.controller.framed
    assert window.controller.frames.totals == {relation.link.total}
    assert window.page.current_ref == ref
    qtbot.waitUntil(panel.list.hasFocus)
    qtbot.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert not window.controller.framed


def test_an_undecided_relation_says_why(window, adopt):
    session = adopt(report(cases__reconsideration__upheld="见附件"))
    ref = place(session, CASE_TOTAL)
    (relation,) = relations_of(session, window.controller.result, (), ref)
    assert relation.outcome is Outcome.INSUFFICIENT
    assert "不是数字" in relation.text
    assert "未能检查" in relation.text


def test_the_list_of_relations_follows_an_edit(window, adopt):
    session = adopt(report())
    window.page.show_cell(place(session, CASE_TOTAL))
    window.evidence.show_relations()
    assert window.evidence.panel.model.shown[0].outcome is Outcome.PASSED
    window.controller.set_text(place(session, UPHELD), "4")
    assert window.evidence.panel.model.shown[0].outcome is Outcome.FOUND


def test_statements_are_tied_and_differ_in_line_and_weight(window, adopt):
    adopt(said("全年收到政府信息公开申请5件，结转下年度0件。", "本年发生行政复议0件。"))
    window.page.show_section(0)
    page = window.page.section.page
    by_outcome = {tie.outcome: tie for tie in page.shown.ties}
    assert {Agreement.AGREES, Agreement.DIFFERS} <= by_outcome.keys()
    formats = {}
    for outcome, tie in by_outcome.items():
        page.go_to(tie)
        found = page.textCursor().charFormat()
        formats[outcome] = (found.underlineStyle(), found.fontWeight())
    agrees, differs = formats[Agreement.AGREES], formats[Agreement.DIFFERS]
    assert agrees[0] != differs[0]
    assert agrees[1] != differs[1]


def test_a_click_on_a_statement_goes_to_the_cell_and_a_key_leads_back(qtbot, window, adopt):
    session = adopt(said("全年收到政府信息公开申请5件。"))
    window.page.show_section(0)
    page = window.page.section.page
    tie = next(tie for tie in page.shown.ties if tie.text.startswith("5"))
    spot = page.rect_of(tie).center()
    assert page.tie_at(spot) is tie
    assert "不符" in page.tip_at(spot)
    qtbot.mouseClick(page.viewport(), LEFT, pos=spot)
    assert window.page.current_ref == place(session, "applications.received.total")
    assert window.controller.framed == set(tie.cells)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.page.grid, Qt.Key.Key_J, control)
    below = window.page.prose.page
    assert below.textCursor().selectedText() == tie.text
    assert window.controller.framed == set(tie.cells)


def test_without_the_pane_the_statement_is_shown_in_its_section(window, adopt):
    session = adopt(said("全年收到政府信息公开申请5件。"))
    window.page.show_cell(place(session, "applications.received.total"))
    window.actions_by_name["show_prose"].setChecked(False)
    window.evidence.show_statement()
    assert window.page.section_shown_now == 0
    window.actions_by_name["show_prose"].setChecked(True)


def test_a_cell_that_the_prose_leaves_out_is_told(window, adopt):
    session = adopt(report())
    window.page.show_cell(place(session, UPHELD))
    window.evidence.show_statement()
    assert "没有说到" in window.status.sentence


def test_ties_follow_an_edit(window, adopt):
    session = adopt(said("全年收到政府信息公开申请5件。"))
    statements = window.page.statements
    assert statements.ties[0].outcome is Agreement.DIFFERS
    window.controller.set_text(place(session, "applications.received.total"), "5")
    assert statements.ties[0].outcome is Agreement.AGREES


def test_models_keep_qts_rules(window, adopt):
    session = adopt(report(cases__reconsideration__upheld="见附件"))
    window.findings.unchecked.button.click()
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    for model in (window.evidence.panel.model, window.findings.unchecked.model):
        QAbstractItemModelTester(model, mode, window)
    window.page.show_cell(place(session, CASE_TOTAL))
    window.evidence.show_relations()
    window.controller.set_text(place(session, UPHELD), "0")
    window.controller.set_text(place(session, UPHELD), "见")


def test_the_list_can_be_narrowed_to_a_table(window, adopt):
    adopt(report(applications__received__natural_person="3", cases__reconsideration__upheld="2"))
    model, chips = window.findings.model, window.findings.chips
    everything = model.rowCount()
    menu = chips.tables.fill_menu()
    next(action for action in menu.actions() if "复议诉讼表" in action.text()).trigger()
    assert 0 < model.rowCount() < everything
    assert "复议诉讼表" in chips.tables.text()
    chips.tables.fill_menu().actions()[0].trigger()
    assert model.rowCount() == everything


def test_what_could_not_be_checked_stands_at_the_end_with_its_reason(qtbot, window, adopt):
    session = adopt(report(cases__reconsideration__upheld="见附件"))
    window.page.show_table("t2")
    end = window.findings.unchecked
    assert end.isVisible()
    assert not end.list.isVisible()
    qtbot.mouseClick(end.button, LEFT)
    texts = [end.model.index(row, 0).data() for row in range(end.model.rowCount())]
    row = next(i for i, text in enumerate(texts) if "SUM003" in text)
    assert "不是数字" in texts[row]
    end.list.scrollTo(end.model.index(row, 0))
    rect = end.list.visualRect(end.model.index(row, 0))
    qtbot.mouseClick(end.list.viewport(), LEFT, pos=rect.center())
    assert window.page.current_ref == place(session, UPHELD)


def test_only_mechanical_corrections_are_taken_all_at_once(window, adopt, controller):
    session = adopt(report(cases__reconsideration__upheld="2"))
    assert not window.findings.accept_button.isVisible()
    refs = [place(session, UPHELD), place(session, CASE_TOTAL)]
    lead = controller.result.findings[0]

    def finding(ref, certainty, safe):
        fix = Fix("改写", (Edit(ref, session.text(ref), "1"),), certainty, safe)
        return replace(lead, found=replace(lead.found, fixes=(fix,)))

    found = (
        finding(refs[0], Certainty.MECHANICAL, True),
        finding(refs[1], Certainty.PROVED, False),
    )
    controller.report.take(replace(controller.result, findings=found))
    controller.checked.emit(controller.result)
    assert window.findings.accept_button.isVisible()
    window.findings.accept_button.click()
    assert session.text(refs[0]) == "1"
    assert session.text(refs[1]) == "0"
    controller.undo_stack.undo()
    assert session.text(refs[0]) == "2"


def test_long_equations_are_shown_whole_in_the_list(window, adopt):
    session = adopt(report())
    window.page.show_cell(place(session, "applications.handled.total"))
    window.evidence.show_relations()
    view = window.evidence.panel.list
    for row, relation in enumerate(window.evidence.panel.model.shown):
        index = window.evidence.panel.model.index(row, 0)
        lines = relation.text.count("\n") + 1
        assert view.visualRect(index).height() >= lines * view.fontMetrics().height()
        assert view.visualRect(index).width() <= view.viewport().width()
