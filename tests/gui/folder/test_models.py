"""The list's own order: what needs work first, nothing jumps, everything is said in words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from core.batch_row import Listed, Row, kept_findings
from core.batch_view import Wanted
from core.rules.severity import Severity
from gui.folder.models.lines import Line, LinesModel
from gui.folder.models.reports import Column, ReportsModel
from gui.folder.models.units import UnitLine, UnitsModel
from gui.folder.views.report_list import ReportList

pytestmark = pytest.mark.usefixtures("application")


def row(file, errors=0, warnings=0, notes=0, **values):
    return Row(
        file,
        agency=values.pop("agency", f"云溪市{file}局"),
        year=2024,
        edition="2021",
        confidence="exact",
        errors=errors,
        warnings=warnings,
        notes=notes,
        open_errors=errors,
        open_warnings=warnings,
        rules={"SUM002": errors} if errors else {},
        **values,
    )


ROWS = [
    row("a", notes=1),
    row("b", errors=2),
    row("c"),
    Row("d", "文件已加密，没有打开。"),
    row("e", warnings=3),
    row("f", errors=5),
]


@pytest.fixture
def model(qtmodeltester):
    made = ReportsModel()
    made.show(row.file for row in ROWS)
    yield made
    qtmodeltester.check(made)


def files(model):
    return "".join(model.file(model.index(place, 0)) for place in range(model.rowCount()))


def text(model, file, column):
    index = model.index_of(file)
    return model.data(index.siblingAtColumn(column))


def test_every_file_waits_from_the_beginning(model):
    assert files(model) == "abcdef"
    assert text(model, "a", Column.STATE) == "等待"
    assert model.rows == []


def test_what_needs_most_work_stands_first_and_what_waits_last(model):
    model.take(ROWS[2:])
    assert files(model) == "dfecab"
    model.take(ROWS[:2])
    assert files(model) == "dfbeac"


def test_states_are_said_in_words_and_shapes(model):
    model.take(ROWS)
    words = {file: text(model, file, Column.STATE) for file in "abcde"}
    assert words == {
        "a": "只有提示",
        "b": "有强制性错误",
        "c": "没有发现问题",
        "d": "没有读取",
        "e": "有待核实",
    }
    pictures = {
        file: model.data(model.index_of(file), Qt.ItemDataRole.DecorationRole)
        .pixmap(20, 20)
        .toImage()
        for file in "abcde"
    }
    assert all(pictures["a"] != pictures[file] for file in "bcde")


def test_a_file_that_was_not_read_says_why(model):
    model.take(ROWS)
    assert text(model, "d", Column.FILE) == "d：文件已加密，没有打开。"
    assert text(model, "d", Column.ERRORS) == ""


def test_a_screen_reader_is_told_the_column(model):
    model.take(ROWS)
    index = model.index_of("b").siblingAtColumn(Column.ERRORS)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "强制性错误：2"


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (Column.ERRORS, Qt.SortOrder.DescendingOrder, "fb"),
        (Column.WARNINGS, Qt.SortOrder.DescendingOrder, "e"),
        (Column.FILE, Qt.SortOrder.AscendingOrder, "abcdef"),
        (Column.AGENCY, Qt.SortOrder.AscendingOrder, "abcefd"),
    ],
)
def test_a_column_sorts(model, column, order, expected):
    model.take(ROWS)
    model.sort(column, order)
    assert files(model).startswith(expected)


@pytest.mark.parametrize("column", list(Column))
def test_what_waits_stays_last_in_every_order(model, column):
    model.take(ROWS[:3])
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(column, order)
        assert files(model).endswith("def")


def test_what_is_held_follows_its_file(model):
    held = QPersistentModelIndex(model.index_of("b").siblingAtColumn(Column.FILE))
    model.take(ROWS)
    assert model.file(held) == "b"
    assert held.column() == Column.FILE


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(severity=Severity.ERROR), "fb"),
        (Wanted(severity=Severity.NOTE), "a"),
        (Wanted(rule="SUM002"), "fb"),
        (Wanted(text="云溪市 E局"), "e"),
        (Wanted(text="加密"), "d"),
        (Wanted(text="各类申请人"), "g"),
    ],
)
def test_filters(wanted, expected):
    found = Listed("error", "SUM002", "表二", "各类申请人之和 8 ≠ 总计 9", "", "")
    rows = [*ROWS, replace(row("g"), kept_findings=kept_findings([found]))]
    model = ReportsModel()
    model.show(each.file for each in rows)
    model.take(rows)
    model.want(wanted)
    assert files(model) == expected
    model.want(Wanted())
    assert model.rowCount() == len(rows)


def test_of_what_waits_only_the_name_can_be_looked_for(model):
    model.take(ROWS[:1])
    model.want(Wanted(text="b"))
    assert files(model) == "b"
    model.want(Wanted(severity=Severity.ERROR))
    assert files(model) == ""
    model.take(ROWS[1:2])
    assert files(model) == "b"


def test_a_row_that_is_no_file_of_the_folder_is_not_taken(model):
    model.take([row("x")])
    assert model.rows == []


def test_two_thousand_rows_arrive_in_parts(qtmodeltester):
    rows = [row(f"{n:05}", errors=n % 3, warnings=n % 5) for n in range(2000)]
    model = ReportsModel()
    model.show(each.file for each in rows)
    for start in range(0, 2000, 100):
        model.take(rows[start : start + 100])
    shown = [model.row(model.index(place, 0)) for place in range(model.rowCount())]
    counts = [(-each.open_errors, -each.open_warnings) for each in shown if each]
    assert len(counts) == 2000
    assert counts == sorted(counts)
    qtmodeltester.check(model)


def test_the_list_does_not_jump_under_what_is_chosen(qtbot):
    rows = [row(f"{n:03}", errors=n) for n in range(300)]
    model = ReportsModel()
    model.show(each.file for each in rows)
    view = ReportList(model)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    view.choose("150")
    before = view.rowViewportPosition(view.currentIndex().row())
    chosen = []
    view.chosen.connect(chosen.append)
    for start in range(0, 300, 50):
        model.take(rows[start : start + 50])
        assert view.current_file == "150"
        place = view.rowViewportPosition(view.currentIndex().row())
        assert abs(place - before) <= view.rowHeight(0)
    assert chosen == []


def test_what_is_chosen_is_chosen_again_after_a_filter(qtbot):
    model = ReportsModel()
    model.show(each.file for each in ROWS)
    model.take(ROWS)
    view = ReportList(model)
    qtbot.addWidget(view)
    view.choose("f")
    model.want(Wanted(severity=Severity.ERROR))
    assert view.current_file == "f"
    model.want(Wanted(severity=Severity.NOTE))
    assert view.current_file == ""


def test_lines_with_shapes(qtmodeltester):
    model = LinesModel(("级别", "内容"))
    model.show([Line(("待核实", "有两个版本"), Severity.WARNING), Line(("", "无"))])
    qtmodeltester.check(model)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(0, 1), role) == "内容：有两个版本"
    assert not model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole).isNull()
    assert model.data(model.index(1, 0), Qt.ItemDataRole.DecorationRole) is None
    assert model.line(QModelIndex()) is None


def test_units_are_ticked_and_the_ticks_are_kept(qtbot, qtmodeltester):
    model = UnitsModel()
    units = (UnitLine("a", "甲局", "2024"), UnitLine("b", "乙局", "2024", "有强制性错误 1 处"))
    model.show(units)
    qtmodeltester.check(model)
    assert model.chosen == {"a", "b"}
    check = Qt.ItemDataRole.CheckStateRole
    with qtbot.waitSignal(model.chosen_changed):
        assert model.setData(model.index(1, 0), Qt.CheckState.Unchecked.value, check)
    model.show(units)
    assert model.chosen == {"a"}
    model.choose(["b"])
    assert model.chosen == {"b"}
    assert not model.setData(model.index(1, 1), Qt.CheckState.Checked.value, check)
