"""Align the cases table: one row of numbers under three blocks of five columns."""

from __future__ import annotations

from collections.abc import Sequence

from core.document import Cell, CellRef, Table
from core.forms.alignment import LabelMatch, TableMatch
from core.forms.columns import Heading, PlacedRow, oddity, pair_headings, place_values
from core.forms.difference import difference
from core.forms.labels import similarity
from core.forms.model import Form, FormTable, slot_name
from core.forms.rows import has_words

_ALIKE = 0.75


def align_cases(table: Table, form: Form, name: str) -> TableMatch:
    """Return where the slots of the cases table stand.

    The leaf headers stand in blocks of five; a block is known by the header
    over it, and keeps the form's place where that header says nothing.
    """
    form_table = form.tables[name]
    blocks = tuple(row.key for row in form_table.row_specs)
    leaves = _leaves(table, form_table, blocks[0])
    # Not the lowest edge of the headers: a wrong row span may run over the numbers.
    header_end = max((leaf.row + 1 for leaf in leaves), default=0)
    headings = _headings(table, form_table, blocks, leaves)
    data_row = _data_row(table, header_end)
    if data_row is None or not leaves:
        return TableMatch(table.id, name, form, blocks, {}, missing_rows=blocks)
    placed = _placed(table, data_row, headings)
    return TableMatch(
        table_id=table.id,
        name=name,
        form=form,
        rows=blocks,
        places={place.slot: place for place in placed.places},
        missing_slots=placed.missing,
        labels=_differences(table, headings),
        label_cells=frozenset(_header_refs(table, header_end)),
        notes=(f"数据行{odd}",) if (odd := oddity(placed)) else (),
    )


def _data_row(table: Table, header_end: int) -> int | None:
    """Return the row of numbers: of those below the headers the one with the fewest words in it.

    A row that only counts the columns is none where there is another.
    """
    rows = [row for row in range(header_end, table.rows) if table.starting_in(row)]
    rows = [row for row in rows if not _counts_columns(table, row)] or rows
    return max(rows, key=lambda row: _wordless(table, row), default=None)


def _counts_columns(table: Table, row: int) -> bool:
    texts = [cell.text for cell in table.starting_in(row)]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _wordless(table: Table, row: int) -> int:
    return sum(not has_words(cell) for cell in table.starting_in(row))


def _leaves(table: Table, form_table: FormTable, block: str) -> list[Cell]:
    """Return the cells that name a result, from left to right."""
    labels = [column.label for column in form_table.columns_of[block]]
    cells = [
        cell
        for cell in table.cells
        if any(similarity(cell.text, label) >= _ALIKE for label in labels)
    ]
    return sorted(cells, key=lambda cell: cell.column)


def _headings(
    table: Table, form_table: FormTable, blocks: Sequence[str], leaves: Sequence[Cell]
) -> list[tuple[str, Heading]]:
    """Return the block and heading of each column, in the order of the report."""
    width = len(form_table.columns_of[blocks[0]])
    chunks = [leaves[start : start + width] for start in range(0, width * len(blocks), width)]
    if len(leaves) != width * len(blocks):
        chunks = [[] for _ in blocks]
    keys = _block_order(table, form_table, blocks, chunks)
    return [
        (key, heading)
        for key, chunk in zip(keys, chunks, strict=True)
        for heading in pair_headings(form_table.columns_of[key], chunk)
    ]


def _block_order(
    table: Table, form_table: FormTable, blocks: Sequence[str], chunks: Sequence[Sequence[Cell]]
) -> Sequence[str]:
    """Return the blocks from left to right, by the headers over their first columns."""
    named = [_block_over(table, form_table, chunk[0]) for chunk in chunks if chunk]
    return named if sorted(map(str, named)) == sorted(blocks) else blocks  # type: ignore[return-value]  # equal sorted lists hold no None


def _block_over(table: Table, form_table: FormTable, leaf: Cell) -> str | None:
    for row in range(leaf.row - 1, -1, -1):
        cell = table.at(row, leaf.column)
        for block in form_table.row_specs:
            if cell and similarity(cell.text, block.label.split("/")[-1]) >= _ALIKE:
                return block.key
    return None


def _placed(table: Table, row: int, headings: Sequence[tuple[str, Heading]]) -> PlacedRow:
    slots = [slot_name("cases", block, heading.column.key) for block, heading in headings]
    return place_values(table, row, slots, [heading.cell for _, heading in headings], -1)


def _differences(table: Table, headings: Sequence[tuple[str, Heading]]) -> tuple[LabelMatch, ...]:
    found = (
        difference(table.ref(h.cell), h.cell.text, h.column.label, h.column.variants)
        for _, h in headings
        if h.cell is not None
    )
    return tuple(label for label in found if label is not None)


def _header_refs(table: Table, header_end: int) -> list[CellRef]:
    return [table.ref(cell) for cell in table.cells if cell.row < header_end]
