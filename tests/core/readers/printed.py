"""Invented statutory tables, laid out as the form prints them, and written as plain text.

Rows may be left out, （六）其他处理 may be one row; a cell that spans rows begins in the
first of them that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from core.document import Table
from core.forms.loader import load_form
from core.forms.model import FormCell, row_key
from core.readers.grid import Grid

VALUES = st.sampled_from(["", "", "0", "0", "1", "12", "305", "1,024", "/", "—", "３"])
FIGURES = st.sampled_from(["0", "1", "7", "12", "305"])
TABLES = [(edition, name) for edition in ("2019", "2021") for name in ("disclosure", "cases")]
TABLES += [("2019", "applications"), ("2021", "applications")]


def slots(edition: str, name: str) -> list[str]:
    return list(load_form(edition).tables[name].slots)


def printed(
    edition: str,
    name: str,
    values: Mapping[str, str],
    omitted: Collection[str] = (),
    one_row: bool = False,
) -> Table:
    """Return a table of the form with some values; `omitted` are row keys that it lacks."""
    table = load_form(edition).tables[name]
    keys = {cell.row: row_key(cell.slot) for cell in table.cells if cell.slot}
    replaced = [key for item in table.alternatives for key in item.replaces] if one_row else []
    left_out = {*omitted, *replaced[1:]}
    rows = [row for row in range(table.rows) if keys.get(row) not in left_out]
    grid = Grid()
    placed: set[FormCell] = set()
    for row in rows:
        grid.start_row()
        for cell in sorted(table.cells, key=lambda cell: cell.column):
            if cell in placed or not cell.covers_row(row):
                continue
            placed.add(cell)
            text, width = cell.text, cell.column_span
            if replaced and keys.get(row) == replaced[0] and not cell.slot and cell.row == row:
                if cell.row_span == 1:
                    continue
                text, width = table.alternatives[0].row.label, 2
            if cell.slot:
                slot = cell.slot
                if replaced and keys.get(row) == replaced[0]:
                    slot = slot.replace(replaced[0], table.alternatives[0].row.key)
                text = values.get(slot, "")
            grid.place(text, width, sum(cell.covers_row(other) for other in rows))
    return grid.table()


def as_pipes(table: Table) -> str:
    """Return cells that end in a bar, rows filled up with bars; the last row is not."""
    lines = []
    for row in range(table.rows):
        cells = table.starting_in(row)
        lines += [f"{cell.text} |" if cell.text else "|" for cell in cells]
        if row < table.rows - 1 and len(cells) < table.columns:
            lines.append("|" * (table.columns - len(cells)))
    return "\n".join(lines) + "\n"


def as_lines(table: Table, between: int, at_end: int) -> list[str]:
    """Return a cell a line: `between` empty lines between cells, `at_end` more after a row.

    A blank cell is an empty line more.
    """
    lines: list[str] = []
    pending = 0
    for row in range(table.rows):
        for cell in table.starting_in(row):
            if cell.text:
                lines += [""] * (pending if lines else 0) + [cell.text]
                pending = between
            else:
                pending += 1
        pending += at_end
    return [*lines, *[""] * pending]


def as_tabs(table: Table, is_grid: bool) -> str:
    """Return a row a line; a spreadsheet keeps covered positions, a browser does not."""
    rows = []
    for row in range(table.rows):
        texts = {cell.column: cell.text for cell in table.starting_in(row)}
        columns = range(table.columns) if is_grid else sorted(texts)
        rows.append("\t".join(texts.get(column, "") for column in columns))
    return "\n".join(rows) + "\n"


def as_markdown(table: Table, is_grid: bool) -> str:
    """Return a table as Markdown has it; with a cell for covered positions, or without."""
    rows = []
    for row in range(table.rows):
        texts = {cell.column: cell.text for cell in table.starting_in(row)}
        columns = range(table.columns) if is_grid else sorted(texts)
        rows.append("| " + " | ".join(texts.get(column, "") for column in columns) + " |")
        if row == 0:
            rows.append("|" + "---|" * table.columns)
    return "\n".join(rows)


@dataclass(frozen=True)
class Invented:
    """A table of some edition with its name."""

    edition: str
    name: str
    table: Table


@st.composite
def tables(draw: Callable[..., object], texts: st.SearchStrategy[str] = VALUES) -> Invented:
    """Return any statutory table: values, at most three rows left out, one row for three."""
    edition, name = draw(st.sampled_from(TABLES))
    names = slots(edition, name)
    values = draw(st.lists(texts, min_size=len(names), max_size=len(names)))
    keys = sorted({row_key(slot) for slot in names}) if name != "cases" else []
    omitted = draw(st.sets(st.sampled_from(keys), max_size=3)) if keys else set()
    one_row = draw(st.booleans())
    if edition == "2021" and one_row and name == "applications":
        omitted = {key for key in omitted if not key.startswith("other")}
    table = printed(edition, name, dict(zip(names, values, strict=True)), omitted, one_row)
    return Invented(edition, name, table)
