"""The list of causes: worst first, one severity at a time, keeping its place."""

from PySide6.QtCore import Qt

from core.rules.severity import Severity
from gui.models.findings import FindingsModel
from tests.gui.invented import RECEIVED, place, report

BROKEN = {"applications__received__natural_person": "3", "disclosure__permits__decisions": "见附件"}


def test_it_keeps_qts_rules(controller, adopt, qtmodeltester):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    assert model.rowCount() == 2
    qtmodeltester.check(model)


def test_the_worst_stand_first(controller, adopt):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    severities = [model.cause(model.index(row)).severity for row in range(model.rowCount())]
    assert severities == sorted(severities, key=list(Severity).index)
    assert {Severity.ERROR, Severity.WARNING} <= set(severities)


def test_one_severity_can_be_listed_alone(controller, adopt):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    model.show_only(Severity.WARNING)
    assert model.rowCount() == len(controller.result.of_severity(Severity.WARNING))
    model.show_only(None)
    assert model.rowCount() == len(controller.causes)


def test_an_equation_has_the_present_numbers(controller, adopt):
    model = FindingsModel(controller)
    session = adopt(report(**BROKEN))
    controller.set_text(place(session, RECEIVED), "5")
    said = model.data(model.index(0), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "本年新收 5 + 上年结转 0 = 5" in said
    assert "差 5" in said


def test_a_chosen_cause_stays_chosen_while_its_numbers_change(controller, adopt):
    model = FindingsModel(controller)
    session = adopt(report(**BROKEN))
    cause = next(c for c in controller.causes if c.severity is Severity.ERROR)
    controller.choose(cause)
    controller.set_text(place(session, RECEIVED), "5")
    assert controller.chosen is not cause
    assert controller.chosen.identity == cause.identity
    assert model.index_of(controller.chosen).isValid()
    controller.set_text(place(session, RECEIVED), "0")
    assert controller.chosen is None
    assert not controller.framed


def test_what_one_wrong_cell_breaks_is_one_card_with_both_equations(controller, adopt):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    cause = model.cause(model.index(0))
    assert {finding.rule for finding in cause.findings} == {"BAL001", "SUM002"}
    assert model.data(model.index(0)) == "1 个数字填错：本年新收·自然人"
    assert len(model.equations(cause)) == 3
    assert model.index_of(cause) == model.index(0)
