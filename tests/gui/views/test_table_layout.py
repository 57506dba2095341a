"""Column widths and row heights: every text is seen whole, and the width is used."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Cell, Table
from core.forms.loader import EDITIONS, load_form
from gui.views.table_layout import Metrics, cell_height, column_widths, row_heights


def height(text, width):
    return sum(max(1, ceil(len(line) * 14 / width)) for line in text.split("\n")) * 17.0


METRICS = Metrics(14.0, 17.0, lambda text: len(text) * 14.0, height, 7, 4)


def form_tables():
    for edition in EDITIONS:
        for form in load_form(edition).tables.values():
            cells = tuple(
                Cell(c.row, c.column, c.text or "0", c.row_span, c.column_span) for c in form.cells
            )
            yield Table(form.name, form.rows, form.columns, cells)


@pytest.mark.parametrize("table", list(form_tables()), ids=lambda table: f"{table.id}{table.rows}")
@pytest.mark.parametrize("available", [650, 830, 1400])
def test_the_forms_tables_fit_and_every_text_is_seen_whole(table, available):
    widths = column_widths(table, METRICS, available)
    heights = row_heights(table, METRICS, widths, lambda cell: cell.text)
    assert sum(widths) <= available
    for cell in table.cells:
        have = sum(heights[cell.row : cell.row + cell.row_span])
        assert have >= cell_height(cell, METRICS, widths, cell.text)


@given(
    st.lists(st.text("字0", max_size=40), min_size=1, max_size=8),
    st.integers(200, 2000),
)
def test_columns_never_vanish_and_never_exceed_the_width_without_need(texts, available):
    cells = tuple(Cell(0, column, text) for column, text in enumerate(texts))
    widths = column_widths(Table("t", 1, len(texts), cells), METRICS, available)
    assert all(width > 0 for width in widths)
    narrowest = len(texts) * 8.0 * METRICS.em
    assert sum(widths) <= max(available, narrowest) + 1
