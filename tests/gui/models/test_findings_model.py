"""The list of findings: worst first, one severity at a time, keeping its finding."""

from PySide6.QtCore import Qt

from core.rules.model import Severity
from gui.models.findings import FindingsModel
from tests.gui.invented import RECEIVED, place, report

BROKEN = {"applications__received__natural_person": "3", "disclosure__permits__decisions": "见附件"}


def test_it_keeps_qts_rules(controller, adopt, qtmodeltester):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    assert model.rowCount() > 2
    qtmodeltester.check(model)


def test_the_worst_stand_first(controller, adopt):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    severities = [model.finding(model.index(row)).severity for row in range(model.rowCount())]
    assert severities == sorted(severities, key=list(Severity).index)
    assert {Severity.ERROR, Severity.WARNING} <= set(severities)


def test_one_severity_can_be_listed_alone(controller, adopt):
    model = FindingsModel(controller)
    adopt(report(**BROKEN))
    model.show_only(Severity.WARNING)
    assert model.rowCount() == len(controller.result.of_severity(Severity.WARNING))
    model.show_only(None)
    assert model.rowCount() == len(controller.result.findings)


def test_an_equation_has_the_present_numbers(controller, adopt):
    model = FindingsModel(controller)
    session = adopt(report(**BROKEN))
    controller.set_text(place(session, RECEIVED), "5")
    index = next(
        model.index(row)
        for row in range(model.rowCount())
        if model.finding(model.index(row)).rule == "BAL001"
    )
    said = model.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "本年新收 5 + 上年结转 0 = 5" in said
    assert "差 5" in said


def test_a_chosen_finding_stays_chosen_while_its_numbers_change(controller, adopt):
    model = FindingsModel(controller)
    session = adopt(report(**BROKEN))
    finding = next(f for f in controller.result.findings if f.rule == "BAL001")
    controller.choose(finding)
    controller.set_text(place(session, RECEIVED), "5")
    assert controller.chosen is not finding
    assert controller.chosen.rule == "BAL001"
    assert model.index_of(controller.chosen).isValid()
    controller.set_text(place(session, RECEIVED), "0")
    assert controller.chosen is None
    assert not controller.framed
