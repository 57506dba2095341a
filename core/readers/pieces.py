"""Put statutory tables together again that stand in the file in pieces, as at a page break.

Labels decide: a table that follows another one at once is its next piece if all its
rows are rows of the same form, and the very next ones.  A header that the next piece
repeats is left out, and a group's cell that was cut in two is one again.  Every other
cell keeps its place in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from core.document import Block, Cell, Table
from core.forms.align import align
from core.forms.labels import best_similarity, label_key, similarity
from core.forms.loader import EDITIONS, load_form
from core.forms.model import Form, FormTable, row_key
from core.forms.rows import FoundRow, find_rows, has_words
from core.readers.piece_layout import Group, NamedRow, laid_below, stacked, without_top

# A form has 28 rows of 15 columns at most; a table beyond this is no piece of one.
_MOST_ROWS = 80
_MOST_COLUMNS = 60
_LEAST_HEADERS = 3
_LEAST_LABELS = 2
_ALIKE = 0.75
_NAMES = ("disclosure", "applications", "cases")
_NOTE = (
    "这张表在文件里断成了 {count} 段，已按行名和栏目名拼成一张显示和检查；"
    "保存时各个单元格仍写回原来的位置。"
)


def join_pieces(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield blocks in order, and tables that are pieces of one statutory table as that table.

    Only tables are joined between which nothing stands: no text, and so no heading.
    """
    waiting: list[Table] = []
    for block in blocks:
        if isinstance(block, Table) and (not waiting or _is_behind(waiting[-1], block)):
            waiting.append(block)
            continue
        yield from _joined(waiting)
        waiting = []
        if isinstance(block, Table):
            waiting.append(block)
        else:
            yield block
    yield from _joined(waiting)


def _is_behind(upper: Table, lower: Table) -> bool:
    """Return whether a table stands behind another one in the file, and not inside of it."""
    end, start = upper.provenance.end, lower.provenance.start
    return end is None or start is None or end <= start


def _joined(tables: Sequence[Table]) -> Iterator[Table]:
    place = 0
    while place < len(tables):
        table, count = _longest(tables[place:])
        yield table
        place += count


def _longest(tables: Sequence[Table]) -> tuple[Table, int]:
    """Return the table that the first of some tables begins, and of how many it consists."""
    whole, most = tables[0], 1
    for form, name in _forms(tables[0]) if len(tables) > 1 else ():
        table, count = _run(tables, form, name)
        if count > most:
            whole, most = table, count
    if most > 1:
        whole = replace(whole, notes=(*whole.notes, _NOTE.format(count=most)))
    return whole, most


def _forms(table: Table) -> Iterator[tuple[Form, str]]:
    """Yield the tables of the form, newest edition first, that a table may be the beginning of."""
    if not _may_be_piece(table):
        return
    keys = {label_key(cell.text) for cell in table.cells if has_words(cell)}
    for edition in reversed(EDITIONS):
        for name in _NAMES:
            if len(keys & _label_keys(edition, name)) >= _LEAST_LABELS:
                yield load_form(edition), name


@cache
def _label_keys(edition: str, name: str) -> frozenset[str]:
    cells = load_form(edition).tables[name].cells
    return frozenset(label_key(cell.text) for cell in cells if cell.text)


def _may_be_piece(table: Table) -> bool:
    return 0 < table.rows <= _MOST_ROWS and 0 < table.columns <= _MOST_COLUMNS


def _run(tables: Sequence[Table], form: Form, name: str) -> tuple[Table, int]:
    """Return what some tables make, from the first one on, as pieces of one table of a form."""
    whole, count = tables[0], 1
    for piece in tables[1:]:
        pair = _pair(whole, piece, form, name) if _may_be_piece(piece) else None
        if pair is None:
            break
        whole, count = pair, count + 1
    if count > 1:
        found = align(whole, form, name)
        if 2 * len(found.missing_rows) >= len(found.rows):
            return tables[0], 1
    return whole, count


def _pair(upper: Table, lower: Table, form: Form, name: str) -> Table | None:
    """Return two tables as one, None if the lower one is not the upper one's next piece."""
    rest = without_top(lower, _repeated_rows(upper, lower))
    if rest is None:
        return None
    if name == "cases":
        return _with_numbers(upper, rest, form)
    return _with_rows(upper, rest, form, name)


def _repeated_rows(upper: Table, lower: Table) -> int:
    """Return how many rows at the top of the lower table say what the upper one's top rows do."""
    count = 0
    while count < min(upper.rows, lower.rows):
        said = _words(lower, count)
        if not any(said) or said != _words(upper, count):
            break
        count += 1
    return count


def _words(table: Table, row: int) -> list[str]:
    """Return what the cells of a row say, nothing if one of them is a number."""
    texts = [cell.text for cell in table.starting_in(row)]
    return [] if any(map(str.isdecimal, texts)) else [label_key(text) for text in texts]


def _with_numbers(upper: Table, lower: Table, form: Form) -> Table | None:
    """Return the cases table if one piece is its headers and the other its row of numbers."""
    headers = _headers(form.tables["cases"])
    slots = form.tables["cases"].slots
    cells = lower.starting_in(0)
    is_row = lower.rows == 1 and lower.columns == upper.columns and len(cells) == len(slots)
    if not is_row or any(_is_like(cell, headers) for cell in cells if has_words(cell)):
        return None
    if not align(upper, form, "cases").missing_rows:
        return None
    whole = stacked(upper, lower)
    found = align(whole, form, "cases")
    is_whole = len(found.places) == len(slots) and not found.notes
    return whole if is_whole and _is_only_header(upper, headers) else None


def _with_rows(upper: Table, lower: Table, form: Form, name: str) -> Table | None:
    """Return a table with labelled rows if the lower piece has the very next ones of the form."""
    form_table, crude = form.tables[name], stacked(upper, lower)
    found = {row.row: row for row in find_rows(crude, form_table).values()}
    headers = _headers(form_table)
    below = range(upper.rows, crude.rows)
    if not all(row in found or _is_header(crude, row, headers) for row in below):
        return None
    if not any(row < upper.rows for row in found) and not _is_only_header(upper, headers):
        return None
    if not _goes_on(found, upper.rows, align(crude, form, name).rows):
        return None
    groups = tuple(_groups(upper, found, form_table))
    named = {
        row - upper.rows: NamedRow(
            replace(each.label, row=row - upper.rows), len(form_table.columns_of[each.key])
        )
        for row, each in found.items()
        if row >= upper.rows
    }
    return laid_below(upper, lower, groups, named)


def _goes_on(found: Mapping[int, FoundRow], seam: int, order: Sequence[str]) -> bool:
    """Return whether the rows from the seam on come in the form's order, right after the others."""
    if not all(each.key in order for each in found.values()):
        return False
    places = {row: order.index(found[row].key) for row in sorted(found)}
    above = [place for row, place in places.items() if row < seam]
    below = [place for row, place in places.items() if row >= seam]
    return bool(below) and below == sorted(below) and below[0] == max(above, default=-1) + 1


def _groups(upper: Table, found: Mapping[int, FoundRow], form_table: FormTable) -> Iterator[Group]:
    """Yield the cells at the lower edge of a piece that the form prints beside rows of the next."""
    rows = _form_rows(form_table)
    keys = {row: rows[each.key] for row, each in found.items()}
    last = max((row for row in keys if row < upper.rows), default=None)
    if last is None:
        return
    for cell in upper.cells:
        if cell.row + cell.row_span != upper.rows or cell == found[last].label:
            continue
        for printed in form_table.cells:
            is_beside = not printed.slot and printed.covers_row(keys[last])
            if is_beside and similarity(cell.text, printed.text) >= _ALIKE:
                count = 0
                while (row := keys.get(upper.rows + count)) is not None and printed.covers_row(row):
                    count += 1
                if count:
                    yield Group(cell, count)


def _form_rows(form_table: FormTable) -> Mapping[str, int]:
    """Return in which row of its grid the form prints each row of numbers."""
    rows = {row_key(cell.slot): cell.row for cell in form_table.cells if cell.slot}
    return rows | {other.row.key: rows[other.replaces[0]] for other in form_table.alternatives}


def _headers(form_table: FormTable) -> tuple[str, ...]:
    """Return the wordings of the form's headers."""
    texts = [cell.text for cell in form_table.cells if cell.role in {"header", "note"}]
    return tuple(
        wording for text in texts for wording in (text, *form_table.label_variants.get(text, ()))
    )


def _is_like(cell: Cell, headers: Collection[str]) -> bool:
    return best_similarity(cell.text, headers) >= _ALIKE


def _is_header(table: Table, row: int, headers: Collection[str]) -> bool:
    """Return whether the cells of a row say nothing, or what headers of the form say."""
    return all(not cell.text or _is_like(cell, headers) for cell in table.starting_in(row))


def _is_only_header(table: Table, headers: Collection[str]) -> bool:
    wordy = [cell for cell in table.cells if cell.text]
    return len(wordy) >= _LEAST_HEADERS and all(_is_like(cell, headers) for cell in wordy)
