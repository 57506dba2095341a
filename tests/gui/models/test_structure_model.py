"""The tree of sections and tables with what was found in each."""

from PySide6.QtCore import QModelIndex, Qt

from core.rules.severity import Severity
from gui.models.structure import NodeKind, StructureModel
from tests.gui.invented import RECEIVED, place, report, with_extra_table


def titles(model, parent):
    return [model.data(model.index(row, 0, parent)) for row in range(model.rowCount(parent))]


def test_it_keeps_qts_rules(controller, adopt, qtmodeltester):
    model = StructureModel(controller)
    adopt(with_extra_table(report()))
    qtmodeltester.check(model)


def test_sections_hold_their_tables(controller, adopt):
    model = StructureModel(controller)
    adopt(with_extra_table(report()))
    parts = model.index(0, 0)
    assert titles(model, QModelIndex()) == ["报告结构", "对照", "本次修改"]
    assert titles(model, parts)[2] == "三、收到和处理政府信息公开申请情况"
    assert titles(model, model.index(2, 0, parts)) == ["申请办理表"]
    assert titles(model, model.index(5, 0, parts)) == ["表4（未识别）"]


def test_a_badge_counts_causes_and_goes_when_they_are_mended(controller, adopt):
    model = StructureModel(controller)
    session = adopt(report(applications__received__natural_person="3"))
    table = model.index_of_table("t3")
    badge = model.badge(table)
    assert (badge.count, badge.worst) == (1, Severity.ERROR)
    assert model.badge(table.parent()) == badge
    controller.set_text(place(session, RECEIVED), "0")
    assert model.badge(table).passed


def test_no_tick_where_something_could_not_be_checked(controller, adopt):
    model = StructureModel(controller)
    adopt(report(cases__reconsideration__total=""))
    assert not model.badge(model.index_of_table("t4")).passed
    assert model.badge(model.index_of_table("t3")).passed


def test_no_tick_for_a_table_nobody_checked(controller, adopt):
    model = StructureModel(controller)
    adopt(with_extra_table(report()))
    assert not model.badge(model.index_of_table("t9")).passed


def test_it_counts_the_changes(controller, adopt):
    model = StructureModel(controller)
    session = adopt(report())
    line = model.index(0, 0, model.index(2, 0))
    assert model.node(line).kind is NodeKind.CHANGES
    assert model.data(line) == "尚无修改"
    controller.set_text(place(session, RECEIVED), "3")
    assert model.data(line) == "1 处修改"


def test_group_headings_cannot_be_chosen(controller, adopt):
    model = StructureModel(controller)
    adopt(report())
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index_of_table("t3")) & Qt.ItemFlag.ItemIsSelectable
