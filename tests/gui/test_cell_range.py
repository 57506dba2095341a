"""Ranges and ways through tables with any merged cells."""

from hypothesis import given
from hypothesis import strategies as st

from core.document import Cell, Table
from gui.cell_range import around, cells_in, edge, step
from gui.searching import Query


@st.composite
def tables(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken, cells = set(), []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            high = draw(st.integers(1, rows - row))
            wide = draw(st.integers(1, columns - column))
            cell = Cell(row, column, "", high, wide)
            if taken.intersection(cell.positions):
                cell = Cell(row, column)
            taken.update(cell.positions)
            cells.append(cell)
    return Table("t", rows, columns, tuple(cells))


@given(tables(), st.data())
def test_a_range_cuts_no_cell(table, data):
    place = st.tuples(st.integers(0, table.rows - 1), st.integers(0, table.columns - 1))
    first, second = data.draw(place), data.draw(place)
    area = around(table, first, second)
    assert area.holds(*first)
    assert area.holds(*second)
    for cell in table.cells:
        assert len({area.holds(*position) for position in cell.positions}) == 1
    covered = [p for cell in cells_in(table, area) for p in cell.positions]
    assert len(covered) == area.rows * area.columns


@given(tables(), st.data(), st.sampled_from([(0, 1), (0, -1), (1, 0), (-1, 0)]))
def test_a_step_leaves_the_cell_and_an_edge_is_reached(table, data, way):
    place = st.tuples(st.integers(0, table.rows - 1), st.integers(0, table.columns - 1))
    start = data.draw(place)
    target = step(table, start, *way)
    if target is not None:
        assert table.at(*target) != table.at(*start)
    end = edge(table, start, *way, lambda _place: True)
    assert step(table, end, *way) is None


@given(st.text(max_size=12), st.text(min_size=1, max_size=3), st.booleans())
def test_what_is_found_is_replaced_and_nothing_else(text, wanted, folds):
    query = Query(wanted, folds)
    places = query.places(text)
    assert all(start < end <= len(text) for start, end in places)
    assert query.replaced(text, "") == "".join(
        character
        for number, character in enumerate(text)
        if not any(start <= number < end for start, end in places)
    )
