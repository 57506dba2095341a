"""Join the pieces of a table that page ends have cut.

A piece goes on with another where nothing stands between them and their columns
are the same.  A header that comes again is left out, a cell that was cut is made
one again, and so is a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from core.forms.labels import best_similarity, label_key
from core.forms.loader import load_forms
from core.readers.grid import MAX_ROWS, too_large
from core.readers.pdf_grid import nearest
from core.readers.pdf_table import PageCell, PageTable, is_number

_SAME_EDGE = 4.0
_SAME_COLUMN = 16.0
_MOST_LABELS = 2
# By so much two pieces of a label must look more like one together than each alone.
_MORE_ALIKE = 0.02
_ALIKE = 0.7
_LONGEST_LABEL = 60


def join(above: PageTable, below: PageTable) -> bool:
    """Let a table go on with one from the next page; return False where it does not go on.

    `below` is used up.
    """
    if below.page != above.last_page + 1 or above.ruled != below.ruled:
        return False
    if not (_share_columns if above.ruled else _share_number_columns)(above, below):
        return False
    _drop_strips(above, below)
    _drop_repeated_header(above, below)
    first = below.starting_in(0)
    last_row = above.rows
    if _is_cut_row(above, first):
        _join_row(above, below, first)
    else:
        _extend_cut_cells(above, first, below, last_row)
    above.rows += below.rows
    if above.rows > MAX_ROWS:
        raise too_large()
    above.last_page = below.page
    above.areas += below.areas
    return True


def _share_columns(above: PageTable, below: PageTable) -> bool:
    """Give both tables the same columns, where the edges of one are among those of the other."""
    shifts = [0.0]
    width = above.box.width - below.box.width
    if abs(width) <= _SAME_EDGE:
        # The margins of left and right pages differ.
        shifts.append(above.xs[0] - below.xs[0])
    for shift in shifts:
        moved = tuple(x + shift for x in below.xs)
        for many, few, table in ((above.xs, moved, below), (moved, above.xs, above)):
            places = [nearest(many, x) for x in few]
            fits = all(abs(many[i] - x) <= _SAME_EDGE for i, x in zip(places, few, strict=True))
            if fits and len(set(places)) == len(places) and _as_wide(many, few):
                table.with_columns(many, places)
                if table is above:
                    below.xs = many
                return True
    return False


def _share_number_columns(above: PageTable, below: PageTable) -> bool:
    """Give tables without rules the same columns, where those of the numbers are the same.

    Where their labels begin and end depends on what a page has of them.
    """
    shared = 0
    while shared < min(len(above.xs), len(below.xs)) and (
        abs(above.xs[-1 - shared] - below.xs[-1 - shared]) <= _SAME_COLUMN
    ):
        shared += 1
    many, few = (above, below) if len(above.xs) >= len(below.xs) else (below, above)
    labels = len(few.xs) - shared
    if labels > _MOST_LABELS or shared <= labels + 1:
        return False
    ahead = len(many.xs) - len(few.xs)
    # The first label goes where labels begin, the others to the ones next to the numbers.
    places = [0 if i == 0 else i + ahead for i in range(len(few.xs))]
    few.with_columns(many.xs, places)
    below.xs = above.xs
    return True


def _as_wide(many: Sequence[float], few: Sequence[float]) -> bool:
    """Return whether both begin and end at the same edges: a part of a table is as wide as it."""
    return abs(many[0] - few[0]) <= _SAME_EDGE and abs(many[-1] - few[-1]) <= _SAME_EDGE


def _drop_strips(above: PageTable, below: PageTable) -> None:
    """Take out what is left of a page where its next row found no room: one wide blank cell."""
    for table, row in ((above, above.rows - 1), (below, 0)):
        own = [cell for cell in table.cells if cell.row == row and cell.row_span == 1]
        if table.rows > 1 and len(own) == 1 and own[0].column_span > 1 and not own[0].text:
            table.drop_row(row)


def _drop_repeated_header(above: PageTable, below: PageTable) -> None:
    count = 0
    while count < min(above.rows, below.rows - 1):
        one, other = _signature(above, count), _signature(below, count)
        if one != other or not any(text for _, _, _, text in one):
            break
        if any(is_number(cell.text) for cell in below.starting_in(count)):
            break
        count += 1
    while count and any(cell.row < count < cell.bottom for cell in below.cells):
        count -= 1
    below.cells = [cell for cell in below.cells if cell.row >= count]
    for cell in below.cells:
        cell.row -= count
    below.rows -= count


def _signature(table: PageTable, row: int) -> list[tuple[int, int, int, str]]:
    return [
        (cell.column, cell.column_span, cell.row_span, label_key(cell.text))
        for cell in sorted(table.starting_in(row), key=lambda cell: cell.column)
    ]


def _ending(above: PageTable) -> dict[tuple[int, int], PageCell]:
    """Return the cells that reach the last row of a table, by their columns."""
    return {cell.columns: cell for cell in above.cells if cell.bottom == above.rows}


def _is_cut_row(above: PageTable, first: Sequence[PageCell]) -> bool:
    """Return whether the first row of a page is the rest of the last one of the page before."""
    ending = _ending(above)
    if {cell.columns for cell in first} != set(ending):
        return False
    pairs = [(ending[cell.columns], cell) for cell in first]
    if not any(other.text for _, other in pairs):
        # Blank cells under a header are the row to be filled, not its lower margin.
        return any(is_number(one.text) for one, _ in pairs)
    if _is_rest_of_numbers(pairs):
        return True
    both = [(one, other) for one, other in pairs if one.text and other.text]
    if any(not _is_one_label(one, other, pairs) for one, other in both):
        return False
    if any(one.row_span == 1 or other.row_span == 1 for one, other in both):
        return True
    # The label fell on one side of the cut, all numbers on the other.
    labels_above, numbers_above = _kinds(one for one, _ in pairs)
    labels_below, numbers_below = _kinds(other for _, other in pairs)
    one_sided = labels_above != labels_below and numbers_above != numbers_below
    return one_sided and labels_above != numbers_above


def _is_rest_of_numbers(pairs: Sequence[tuple[PageCell, PageCell]]) -> bool:
    """Return whether all that stands below are last lines of numbers too long for their cells."""
    said = [(one, other) for one, other in pairs if other.text]
    # A row that had a label of its own would show it.
    labelled = any(one.text and not is_number(one.text) for one, other in pairs if not other.text)
    return labelled and all(is_number(one.text) and one.wraps_into(other) for one, other in said)


def _kinds(cells: Iterable[PageCell]) -> tuple[bool, bool]:
    """Return whether some cells of a single row have labels among them, and numbers."""
    texts = [cell.text for cell in cells if cell.text and cell.row_span == 1]
    numbers = sum(is_number(text) for text in texts)
    return numbers < len(texts), numbers > 0


def _is_one_label(one: PageCell, other: PageCell, row: Sequence[tuple[PageCell, PageCell]]) -> bool:
    """Return whether two pieces are one label, by the form's words or else by how they stand."""
    if is_number(one.text) or is_number(other.text):
        return False
    together, alone = _likeness(one.text + other.text), _likeness(one.text)
    rest = _likeness(other.text)
    if max(together, alone, rest) >= _ALIKE:
        return together > max(alone, rest) + _MORE_ALIKE
    numbers_above = any(is_number(above.text) for above, _ in row)
    numbers_below = any(is_number(below.text) for _, below in row)
    return one.wraps_into(other) and numbers_above and not numbers_below


def _join_row(above: PageTable, below: PageTable, first: Sequence[PageCell]) -> None:
    ending = _ending(above)
    rest = [cell for cell in below.cells if cell.row > 0]
    for cell in first:
        whole = ending[cell.columns]
        whole.absorb(cell)
        whole.row_span += cell.row_span - 1
    for cell in rest:
        cell.row += above.rows - 1
    above.cells += rest
    below.rows -= 1


def _extend_cut_cells(
    above: PageTable, first: Sequence[PageCell], below: PageTable, rows: int
) -> None:
    """Put the rows of a page under a table; a merged cell that was cut becomes one again."""
    ending = _ending(above)
    absorbed = set()
    labels = [cell.column for cell in first if cell.text and not is_number(cell.text)]
    for cell in first:
        whole = ending.get(cell.columns)
        # A blank cell right of its row's label is a number not filled in.
        leads = cell.column < max(labels, default=0)
        if whole is not None and _is_cut_cell(whole, cell, leads):
            whole.absorb(cell)
            whole.row_span += cell.row_span
            absorbed.add(id(cell))
    for cell in below.cells:
        cell.row += rows
    above.cells += [cell for cell in below.cells if id(cell) not in absorbed]


def _is_cut_cell(whole: PageCell, rest: PageCell, leads: bool) -> bool:
    if is_number(whole.text) or is_number(rest.text) or not (whole.text or rest.text):
        return False
    merged = whole.row_span > 1 or rest.row_span > 1
    if not rest.text:
        return leads
    if not whole.text:
        # Its text was set in the middle and came on the second page.
        return merged
    together = _likeness(whole.text + rest.text)
    alone = max(_likeness(whole.text), _likeness(rest.text))
    return merged and together >= _ALIKE and together > alone


def _likeness(text: str) -> float:
    """Return how alike a text is to the nearest label of the forms."""
    key = label_key(text)
    return best_similarity(key, _labels()) if 0 < len(key) <= _LONGEST_LABEL else 0.0


@cache
def _labels() -> tuple[str, ...]:
    return tuple(
        {
            wording
            for form in load_forms().values()
            for table in form.tables.values()
            for cell in table.cells
            if cell.text
            for wording in (cell.text, *table.label_variants.get(cell.text, ()))
        }
    )
