"""Invented tables for property tests: any texts, any spans that fill a grid exactly once."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from core.document import Cell, Table

TEXTS = st.text("年度公开申请总计0123456789.-()（）/ ", max_size=8).map(str.strip)


@st.composite
def tilings(
    draw: Callable[[st.SearchStrategy[int | str]], int | str], texts: st.SearchStrategy[str] = TEXTS
) -> Table:
    """Return a table of at least two cells, of which at least one says something."""
    rows, columns = int(draw(st.integers(1, 6))), int(draw(st.integers(2, 6)))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in taken:
                widest = 1
                while column + widest < columns and (row, column + widest) not in taken:
                    widest += 1
                width = int(draw(st.integers(1, widest if column else max(widest - 1, 1))))
                height = int(draw(st.integers(1, rows - row)))
                text = str(draw(texts)) if cells else "表"
                cell = Cell(row, column, " ".join(text.split()), height, width)
                taken.update(cell.positions)
                cells.append(cell)
    return Table("", rows, columns, tuple(cells))


def shape(table: Table) -> list[tuple[int, int, int, int, str]]:
    """Return what must be the same after reading: places, spans and texts."""
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
