"""The grid's model: a window on the session that answers every change with the cells it touched."""

import pytest
from PySide6.QtCore import QModelIndex, Qt

from core.document import CellRef
from core.rules.severity import Severity
from gui.models.table import Place, TableModel
from tests.gui.invented import EXTRA_TABLE, RECEIVED, place, report, with_extra_table

Role = Qt.ItemDataRole


@pytest.fixture
def model(controller, adopt):
    adopt(report())
    return TableModel(controller, "t3")


@pytest.mark.parametrize("table_id", ["t2", "t3", "t4"])
def test_it_keeps_qts_rules(controller, adopt, qtmodeltester, table_id):
    adopt(report())
    qtmodeltester.check(TableModel(controller, table_id))


def test_values_can_be_edited_and_labels_cannot(controller, model):
    session = controller.present
    ref = place(session, RECEIVED)
    assert model.flags(model.index_of(ref)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(ref.row, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(ref.row, 0), "别的名称")
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_a_typed_text_becomes_one_undo_step(controller, model):
    index = model.index_of(place(controller.present, RECEIVED))
    assert model.setData(index, " 7 ")
    assert model.data(index) == "7"
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert model.data(index) == "0"
    assert not controller.present.edits


def test_the_same_text_is_no_edit(controller, model):
    assert not model.setData(model.index_of(place(controller.present, RECEIVED)), "0")
    assert controller.undo_stack.count() == 0


def test_white_space_around_a_number_is_no_edit(controller, model):
    assert not model.setData(model.index_of(place(controller.present, RECEIVED)), "　0 ")
    assert not controller.present.edits


def test_an_edit_repaints_the_cells_that_look_otherwise(qtbot, controller, model):
    ref = place(controller.present, RECEIVED)
    repainted = set()
    model.dataChanged.connect(
        lambda first, last: repainted.update(
            (row, column)
            for row in range(first.row(), last.row() + 1)
            for column in range(first.column(), last.column() + 1)
        )
    )
    model.setData(model.index_of(ref), "7")
    marked = {(r.row, r.column) for r in controller.highlights.marks}
    assert {(ref.row, ref.column)} | marked <= repainted


def test_a_wrong_number_is_marked_with_its_totals_and_undo_takes_the_marks_away(controller, model):
    session = controller.present
    ref = place(session, RECEIVED)
    total = place(session, "applications.received.total")
    model.setData(model.index_of(ref), "7")
    assert model.look(ref.row, ref.column).mark is Severity.ERROR
    assert model.look(ref.row, ref.column).changed
    assert model.look(total.row, total.column).mark is Severity.ERROR
    controller.undo_stack.undo()
    assert not controller.highlights.marks
    assert not model.look(ref.row, ref.column).changed


def test_the_tooltip_shows_the_equation_with_its_numbers(controller, model):
    index = model.index_of(place(controller.present, RECEIVED))
    model.setData(index, "7")
    tooltip = model.data(index, Role.ToolTipRole)
    assert "强制性错误" in tooltip
    assert "≠" in tooltip
    assert ">7</b>" in tooltip
    assert "原文：0" in tooltip


def test_a_cell_says_to_a_screen_reader_what_it_shows(controller, model):
    index = model.index_of(place(controller.present, RECEIVED))
    model.setData(index, "7")
    assert model.data(index, Role.AccessibleTextRole) == "表2，第4行 本年新收，D列 自然人，7"
    description = model.data(index, Role.AccessibleDescriptionRole)
    assert "已修改，原文 0" in description
    assert "强制性错误：" in description


def test_text_of_the_document_is_never_markup(controller, adopt):
    adopt(with_extra_table(report()))
    model = TableModel(controller, EXTRA_TABLE.id)
    index = model.index(0, 0)
    model.setData(index, "<script>")
    assert "&lt;b&gt;" in model.data(index, Role.ToolTipRole)
    assert "<script>" not in model.data(index, Role.ToolTipRole)


def test_an_unmatched_table_is_shown_and_can_be_edited(controller, adopt, qtmodeltester):
    adopt(with_extra_table(report()))
    model = TableModel(controller, EXTRA_TABLE.id)
    qtmodeltester.check(model)
    assert model.data(model.index(1, 1)) == "<b>11</b>"
    assert model.setData(model.index(1, 1), "8")
    assert controller.present.text(CellRef(EXTRA_TABLE.id, 1, 1)) == "8"


def test_labels_know_whether_they_head_a_row_or_a_column(controller, model):
    row = place(controller.present, RECEIVED).row
    assert model.look(row, 0).place is Place.ROW_LABEL
    assert model.look(0, 3).place is Place.COLUMN_LABEL


def test_nothing_can_be_typed_only_while_the_report_itself_is_being_read_anew(
    qtbot, controller, model, tmp_path
):
    index = model.index_of(place(controller.present, RECEIVED))
    with qtbot.waitSignal(controller.opening_failed):
        controller.open(tmp_path / "没有这个文件.docx")
        assert model.flags(index) & Qt.ItemFlag.ItemIsEditable
    with qtbot.waitSignal(controller.opening_failed):
        controller.open(tmp_path / "没有这个文件.docx", replaces=controller.report)
        assert not model.flags(index) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(index) & Qt.ItemFlag.ItemIsEditable
