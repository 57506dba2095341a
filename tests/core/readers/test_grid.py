"""Any layout of spans fills the grid, and no position is covered twice."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Provenance, Table
from core.errors import UnreadableFileError
from core.readers.grid import MAX_ROWS, Grid

SPANS = st.one_of(st.integers(-2, 6), st.sampled_from([20, 1_000, 65_534]))
CELLS = st.tuples(st.just("place"), st.integers(-2, 9), SPANS)
CONTINUATIONS = st.tuples(st.just("extend"), st.integers(1, 3), st.just(1))
ROWS = st.lists(st.lists(st.one_of(CELLS, CONTINUATIONS), max_size=4), max_size=5)


def laid_out(rows: list[list[tuple[str, int, int]]], skip: int = 0) -> tuple[Table, int]:
    """Return the table and the number of cells that went into it."""
    grid, count = Grid(), 0
    for row in rows:
        grid.start_row(skip)
        for kind, across, down in row:
            if kind == "extend" and grid.extend_above(across):
                continue
            grid.place(str(count), across, down)
            count += 1
    return grid.table(), count


def texts(table: Table) -> list[list[str | None]]:
    found = []
    for row in range(table.rows):
        cells = [table.at(row, column) for column in range(table.columns)]
        found.append([cell.text if cell else None for cell in cells])
    return found


@given(ROWS, st.integers(0, 3))
def test_any_layout_covers_no_position_twice_and_loses_no_cell(rows, skip):
    table, count = laid_out(rows, skip)

    covered = Counter(position for cell in table.cells for position in cell.positions)
    assert len(table.cells) == count
    assert set(covered.values()) <= {1}
    assert all(row < table.rows and column < table.columns for row, column in covered)
    assert [int(cell.text) for cell in table.cells] == list(range(count))
    reading_order = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    assert list(table.cells) == reading_order


@st.composite
def tilings(draw):
    """A full tiling of a small grid with rectangles: (row, column, row span, column span)."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    taken, cells = set(), []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and (row, right) not in taken and draw(st.booleans()):
                right += 1
            bottom = draw(st.integers(row + 1, rows))
            cells.append((row, column, bottom - row, right - column))
            taken |= {(r, c) for r in range(row, bottom) for c in range(column, right)}
    return rows, columns, cells


@given(tilings())
def test_a_tiling_with_html_spans_fills_the_grid_exactly_once(tiling):
    rows, _, cells = tiling
    grid = Grid()
    for row in range(rows):
        grid.start_row()
        for _, _, down, across in [cell for cell in cells if cell[0] == row]:
            grid.place("", across, down)
    table = grid.table()

    covered = Counter(position for cell in table.cells for position in cell.positions)
    assert set(covered.values()) == {1}
    assert len(covered) == table.rows * table.columns
    assert [(cell.row, cell.row_span) for cell in table.cells] == [(c[0], c[2]) for c in cells]


@given(tilings())
def test_a_tiling_with_word_continuations_gives_the_same_grid(tiling):
    rows, _, cells = tiling
    html, word = Grid(), Grid()
    for row in range(rows):
        html.start_row()
        word.start_row()
        for _, _, down, across in [cell for cell in cells if cell[0] == row]:
            html.place("", across, down)
        for top, _, down, across in sorted(cells, key=lambda cell: cell[1]):
            if top < row < top + down:
                assert word.extend_above(across)
            elif top == row:
                word.place("", across)
    assert word.table() == html.table()


def test_spans_that_run_past_the_table_end_with_it():
    table, _ = laid_out([[("place", 1_000, 65_534)], [("place", 1, 1)], []])

    assert (table.rows, table.columns) == (3, 101)
    assert (table.cells[0].row_span, table.cells[0].column_span) == (3, 100)
    assert (table.cells[1].row, table.cells[1].column) == (1, 100)


def test_a_title_wider_than_the_rows_below_makes_no_columns():
    table, _ = laid_out([[("place", 100, 1)], [("place", 1, 1)] * 10])

    assert (table.rows, table.columns) == (2, 10)
    assert table.cells[0].column_span == 10


def test_a_row_span_of_zero_means_all_rows_left():
    table, _ = laid_out([[("place", 1, 0), ("place", 1, 1)], [("place", 1, 1)], [("place", 1, 1)]])

    assert texts(table) == [["0", "1"], ["0", "2"], ["0", "3"]]


def test_a_span_ends_before_a_cell_from_above():
    rows = [[("place", 1, 1), ("place", 1, 1), ("place", 1, 2)], [("place", 3, 1)]]
    table, _ = laid_out(rows)

    assert texts(table) == [["0", "1", "2"], ["3", "3", "2"]]


def test_columns_before_a_row_are_holes():
    grid = Grid()
    grid.start_row()
    grid.place("a")
    grid.place("b")
    grid.start_row(skip=1)
    grid.place("c")

    assert texts(grid.table()) == [["a", "b"], [None, "c"]]


def test_a_continuation_without_a_cell_of_its_width_above_is_refused():
    grid = Grid()
    grid.start_row()
    assert not grid.extend_above()
    grid.place("a", 2)
    grid.start_row()
    assert not grid.extend_above(1)
    assert grid.extend_above(2)

    assert texts(grid.table()) == [["a", "a"], ["a", "a"]]


def test_texts_are_folded_and_provenance_is_kept():
    place = Provenance("word/document.xml", 3, 9)
    grid = Grid(Provenance("word/document.xml", 0, 99))
    grid.start_row()
    grid.place("\u3000新收 \u00a0 件\n  数 ", provenance=place)
    table = grid.table("表", ("注",))

    assert table.cells[0].text == "新收 件\n数"
    assert table.cells[0].provenance == place
    assert table.provenance.end == 99
    assert (table.id, table.caption, table.notes) == ("", "表", ("注",))


def test_a_table_without_rows_is_empty():
    table = Grid().table()

    assert (table.rows, table.columns, table.cells) == (0, 0, ())


def too_wide(grid: Grid) -> None:
    grid.start_row()
    for _ in range(201):
        grid.place("")


def too_long(grid: Grid) -> None:
    for _ in range(MAX_ROWS + 1):
        grid.start_row()


def too_many(grid: Grid) -> None:
    for _ in range(2_001):
        grid.start_row()
        for _ in range(100):
            grid.place("")
    grid.table()


@pytest.mark.parametrize("fill", [too_wide, too_long, too_many])
def test_a_table_over_the_limits_is_refused_with_a_sentence(fill):
    with pytest.raises(UnreadableFileError, match="表格太大"):
        fill(Grid())


def test_a_thousand_huge_spans_stay_cheap():
    table, _ = laid_out([[("place", 1_000, 65_534)]] + [[("place", 1, 65_534)]] * 20)

    assert (table.rows, table.columns) == (21, 120)
