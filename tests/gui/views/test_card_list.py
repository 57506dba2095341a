"""The list of cards: chips, the filter by rule, and the place it keeps."""

import pytest

from core.explanations import ExplanationKind
from core.rules.severity import Severity
from gui.causes import State
from gui.models.findings import FindingsModel
from gui.views.card_buttons import CardButtons
from tests.gui.invented import RECEIVED, place, report


@pytest.fixture
def many(window, adopt):
    texts = {"cases__reconsideration__upheld": "2", "cases__direct_lawsuit__upheld": "2"}
    texts |= {
        "disclosure__permits__decisions": "见附件",
        "disclosure__penalties__decisions": "见网站",
    }
    texts |= {RECEIVED.replace(".", "__"): "3"}
    adopt(report(**texts))
    return window


def test_a_rule_can_be_listed_alone(many):
    model, chips = many.findings.model, many.findings.chips
    actions = chips.fill_menu().actions()
    assert actions[0].text() == "全部规则"
    action = next(a for a in actions if a.text().startswith("SUM003"))
    assert action.text().endswith("2")
    action.trigger()
    listed = [model.cause(model.index(row)) for row in range(model.rowCount())]
    assert len(listed) == 2
    assert all("SUM003" in cause.rule_ids for cause in listed)
    assert chips.rule_button.text().startswith("SUM003")
    chips.fill_menu().actions()[0].trigger()
    assert model.rowCount() == len(many.controller.causes)


def test_chips_list_what_they_say(many):
    panel = many.findings
    many.walk.choose(next(c for c in many.controller.causes if "SUM003" in c.rule_ids))
    panel.explain_chosen(ExplanationKind.IGNORED)
    panel.editor.text.setPlainText("已核实")
    panel.editor.save()
    for kind, button in panel.chips._buttons.items():
        if button.isHidden():
            continue
        button.click()
        assert button.text().endswith(f" {panel.model.rowCount()}"), kind
    assert panel.chips._buttons[State.EXPLAINED].isHidden()
    assert not panel.chips._buttons[Severity.ERROR].isHidden()


def test_another_report_lists_everything(many, adopt):
    many.findings.chips._buttons[Severity.ERROR].click()
    many.findings.model.show_only_rule("SUM003")
    adopt(report(disclosure__permits__decisions="见附件"))
    assert many.findings.model.rowCount() == len(many.controller.causes)


def test_the_list_keeps_its_place_when_a_card_above_goes(qtbot, many):
    cards, model = many.findings.cards, many.findings.model
    many.resize(1200, 560)
    bar = cards.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    top = next(
        model.cause(model.index(row))
        for row in range(1, model.rowCount())
        if cards.visualRect(model.index(row)).top() >= 0
    )
    before = cards.visualRect(model.index_of(top)).top()
    many.controller.set_text(place(many.controller.present, RECEIVED), "0")
    again = next(c for c in many.controller.causes if c.identity == top.identity)
    after = cards.visualRect(model.index_of(again)).top()
    # Where less is below, the list cannot stand as low as before.
    assert after == before or bar.value() == bar.maximum()
    assert 0 <= after < cards.viewport().height()


def test_a_check_that_changes_nothing_leaves_the_place(qtbot, many):
    cards = many.findings.cards
    many.resize(1200, 560)
    bar = cards.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    many.walk.choose(many.controller.causes[0])
    bar.setValue(bar.maximum() // 2)
    place_before = bar.value()
    many.controller.check()
    assert bar.value() == place_before
    assert many.controller.chosen is not None


def test_the_list_with_settled_cards_keeps_qts_rules(many, qtmodeltester):
    many.walk.choose(many.controller.causes[0])
    many.findings.explain_chosen(ExplanationKind.EXPLAINED)
    many.findings.editor.text.setPlainText("另有原因")
    many.findings.editor.save()
    model = FindingsModel(many.controller)
    model.show_only(None)
    assert model.rowCount() == len(many.controller.causes)
    qtmodeltester.check(model)


def test_the_list_is_never_laid_out_for_a_report_that_is_gone(many):
    many.walk.choose(many.controller.causes[0])
    many.findings.cards.scheduleDelayedItemsLayout()
    many.controller.close_session()
    assert many.findings.model.rowCount() == 0
    assert not any(b.isVisible() for b in many.findings.cards.findChildren(CardButtons))
