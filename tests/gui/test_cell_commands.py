"""Copying, pasting, filling and clearing ranges: all or nothing, in one undo step."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from core.document import CellRef, Table
from gui.clipboard import OWN_FORMAT
from tests.gui.grid_use import (
    CONTROL,
    SHIFT,
    Key,
    press,
    put_on_clipboard,
    selected,
    stand,
    texts,
)
from tests.gui.invented import RECEIVED, place, report, with_extra_table

CLIPBOARDS = Path(__file__).parent / "clipboards"


@pytest.fixture
def session(adopt):
    return adopt(with_extra_table(report()))


@pytest.fixture
def grid(window, session):
    return stand(window, place(session, RECEIVED))


def paste(grid):
    press(grid, Key.Key_V, modifier=CONTROL)


def test_copy_puts_text_and_html_with_spans_on_the_clipboard(grid):
    grid.ways.go((0, 3))
    press(grid, Key.Key_C, modifier=CONTROL)
    mime = QApplication.clipboard().mimeData()
    assert 'colspan="' in mime.html()
    assert mime.text().split("\t")[0] == "申请人情况"


def test_rows_are_parted_as_windows_programs_expect(grid):
    press(grid, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    press(grid, Key.Key_C, modifier=CONTROL)
    assert QApplication.clipboard().text() == "0\t0\r\n0\t0"


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@x", "'@x"),
        ("-12", "-12"),
        ("+3", "+3"),
        ("-1,234.5", "-1,234.5"),
        ("--", "--"),
        ("12", "12"),
    ],
)
def test_what_looks_like_a_formula_is_guarded(window, session, grid, controller, text, copied):
    ref = CellRef("t9", 1, 1)
    controller.set_text(ref, text)
    stand(window, ref)
    press(grid, Key.Key_C, modifier=CONTROL)
    mime = QApplication.clipboard().mimeData()
    assert mime.text() == copied
    assert f">{copied}</td>" in mime.html().replace("&#x27;", "'")
    stand(window, CellRef("t9", 0, 1))
    paste(grid)
    # In our own windows nothing is added.
    assert session.text(CellRef("t9", 0, 1)) == text


def test_cut_empties_in_one_step(grid, session, controller):
    press(grid, Key.Key_Right, modifier=SHIFT)
    press(grid, Key.Key_X, modifier=CONTROL)
    assert QApplication.clipboard().text() == "0\t0"
    assert texts(session, "t3", 3, 3, 3, 4) == [["", ""]]
    controller.undo_stack.undo()
    assert not session.is_changed


def test_a_range_is_pasted_in_one_step_and_selected(grid, session, controller):
    put_on_clipboard("1\t2\r\n3\t4\r\n")
    paste(grid)
    assert texts(session, "t3", 3, 3, 4, 4) == [["1", "2"], ["3", "4"]]
    assert selected(grid) == (3, 3, 4, 4)
    assert controller.undo_stack.count() == 1
    controller.undo_stack.undo()
    assert not session.is_changed


def test_one_value_fills_the_selection(grid, session, controller):
    put_on_clipboard("7")
    press(grid, Key.Key_Right, Key.Key_Down, modifier=SHIFT)
    paste(grid)
    assert texts(session, "t3", 3, 3, 4, 4) == [["7", "7"], ["7", "7"]]
    assert controller.undo_stack.count() == 1


def test_numbers_are_pasted_as_they_are_written(grid, session):
    put_on_clipboard("００7\t1,234")
    paste(grid)
    assert texts(session, "t3", 3, 3, 3, 4) == [["００7", "1,234"]]


def test_html_is_taken_before_text(grid, session):
    put_on_clipboard("9\t9", "<table><tr><td>1</td><td>2</td></tr></table>")
    paste(grid)
    assert texts(session, "t3", 3, 3, 3, 4) == [["1", "2"]]


def test_html_without_a_table_is_pasted_as_text(grid, session):
    put_on_clipboard("5", "<p><b>5</b></p>")
    paste(grid)
    assert session.text(CellRef("t3", 3, 3)) == "5"


def test_quoted_text_keeps_its_breaks(window, grid, session):
    stand(window, CellRef("t9", 0, 0))
    put_on_clipboard('"a ""b""\nc"\td\r\n')
    paste(grid)
    assert texts(session, "t9", 0, 0, 0, 1) == [['a "b"\nc', "d"]]


@pytest.mark.parametrize(
    ("start", "text", "said"),
    [
        ((3, 9), "1\t2", "放不下"),
        ((26, 3), "1\n" * 40, "放不下"),
        ((3, 2), "1\t2", "不能修改"),
        ((2, 3), "1\n2", "不能修改"),
    ],
)
def test_what_does_not_fit_or_hits_labels_changes_nothing(
    window, grid, session, controller, start, text, said
):
    grid.ways.go(start)
    put_on_clipboard(text)
    paste(grid)
    assert not session.is_changed
    assert controller.undo_stack.count() == 0
    assert window.bar.isVisible()
    assert said in window.bar.sentence
    assert "没有改动" in window.bar.sentence


def test_several_tables_are_refused(window, grid, session):
    table = "<table><tr><td>1</td></tr></table>"
    put_on_clipboard("1", table + table)
    paste(grid)
    assert not session.is_changed
    assert "不止一个表格" in window.bar.sentence


def test_nothing_is_pasted_into_a_read_only_report(window, grid, session, controller):
    controller.set_read_only(True)
    put_on_clipboard("1")
    paste(grid)
    press(grid, Key.Key_D, modifier=CONTROL)
    assert not session.is_changed
    assert "只读" in window.bar.sentence


def test_the_whole_table_is_pasted_back_upon_itself(window, grid, session, controller):
    controller.set_text(CellRef("t3", 3, 3), "8")
    press(grid, Key.Key_A, modifier=CONTROL)
    press(grid, Key.Key_C, modifier=CONTROL)
    controller.undo_stack.undo()
    grid.ways.go((0, 0))
    paste(grid)
    assert session.edits == {CellRef("t3", 3, 3): "8"}


@pytest.mark.parametrize(
    ("key", "start", "stretch", "before", "after"),
    [
        (Key.Key_D, (3, 3), [Key.Key_Down, Key.Key_Down], ["5", "0", "0"], ["5", "5", "5"]),
        (Key.Key_D, (4, 3), [], ["5", "0", "0"], ["5", "5", "0"]),
    ],
)
def test_fill_down(grid, session, controller, key, start, stretch, before, after):
    controller.set_text(CellRef("t3", 3, 3), before[0])
    grid.ways.go(start)
    press(grid, *stretch, modifier=SHIFT)
    press(grid, key, modifier=CONTROL)
    assert [row[0] for row in texts(session, "t3", 3, 3, 5, 3)] == after
    assert controller.undo_stack.count() == 2


def test_fill_right(grid, session, controller):
    controller.set_text(CellRef("t3", 3, 3), "5")
    press(grid, Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    press(grid, Key.Key_R, modifier=CONTROL)
    assert texts(session, "t3", 3, 3, 3, 5) == [["5", "5", "5"]]
    assert controller.undo_stack.count() == 2


def test_filling_from_a_label_into_labels_is_refused(window, grid, session):
    grid.ways.go((4, 0))
    press(grid, Key.Key_D, modifier=CONTROL)
    assert not session.is_changed
    assert "不能修改" in window.bar.sentence


EXPECTED = {
    (0, 0): "机关",
    (0, 1): "自然人",
    (0, 3): '说"明"',
    (1, 0): "0012",
    (1, 1): "3",
    (1, 2): "007",
    (1, 3): "第一行\n第二行",
    (2, 1): "=1+1",
    (2, 2): "１２",
    (2, 3): "1,234",
}


def captured(name):
    return (CLIPBOARDS / name).read_text(encoding="utf-8")


@pytest.fixture
def sheet(window, adopt):
    """A table of the same shape as the captured ranges, with the same merged cells."""
    from dataclasses import replace

    from core.document import Cell

    spans = {(0, 1): (1, 2), (1, 0): (2, 1)}
    covered = {(0, 2), (2, 0)}
    cells = tuple(
        Cell(row, column, "x", *spans.get((row, column), (1, 1)))
        for row in range(3)
        for column in range(4)
        if (row, column) not in covered
    )
    document = report()
    last = document.sections[-1]
    last = replace(last, blocks=(*last.blocks, Table("t9", 3, 4, cells)))
    session = adopt(replace(document, sections=(*document.sections[:-1], last)))
    return stand(window, CellRef("t9", 0, 0)), session


@pytest.mark.parametrize("name", ["calc.html", "writer.html", "calc.tsv"])
def test_what_libreoffice_copies_is_pasted_and_comes_back_the_same(sheet, controller, name):
    grid, session = sheet
    text = captured(name)
    put_on_clipboard(**({"text": text} if name.endswith("tsv") else {"text": "?", "html": text}))
    paste(grid)
    table = session.document.tables["t9"]
    assert {(c.row, c.column): c.text for c in table.cells} == EXPECTED
    press(grid, Key.Key_A, modifier=CONTROL)
    press(grid, Key.Key_C, modifier=CONTROL)
    mime = QApplication.clipboard().mimeData()
    html, text, own = mime.html(), mime.text(), bytes(mime.data(OWN_FORMAT).data()).decode()
    for form in ({"text": text}, {"text": "?", "html": html}):
        controller.undo_stack.undo()
        put_on_clipboard(**form)
        grid.ways.go((0, 0))
        paste(grid)
        came_back = {(c.row, c.column): c.text for c in session.document.tables["t9"].cells}
        assert came_back == {**EXPECTED, (2, 1): "'=1+1"}
    assert "rowspan" in own
