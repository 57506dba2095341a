"""Find the rows of the form in a table: which grid row is which row key, and where its label ends.

Rows are aligned by their labels, never by their position: rows may be missing,
moved, misprinted or the report's own (decisions 4 and 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.document import Cell, Table
from core.forms.labels import best_similarity, label_key, similarity
from core.forms.model import FormRow, FormTable

# Below this two labels of the form are as alike as a label and its misprint.
_ALIKE = 0.65
# A row with so many column headers is a header row, whatever its cells are like; without any
# number two are enough, so that a misprint in the others makes no row 总计 of it.
_HEADERS_IN_HEADER_ROW = 3
_HEADERS_WITHOUT_NUMBERS = 2
_GROUP_BONUS = 0.1


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A grid row that is a row of the form: its cells up to the label, and those after it."""

    key: str
    row: int
    labels: tuple[Cell, ...]
    values: tuple[Cell, ...]

    @property
    def label(self) -> Cell:
        """The cell that names the row."""
        return self.labels[-1]


@dataclass(frozen=True, slots=True)
class _Candidate:
    score: float
    found: FoundRow


def cells_across(table: Table, row: int) -> tuple[Cell, ...]:
    """Return the cells that cover a grid row, from left to right, each once."""
    cells: dict[tuple[int, int], Cell] = {}
    for column in range(table.columns):
        cell = table.at(row, column)
        if cell is not None:
            cells.setdefault((cell.row, cell.column), cell)
    return tuple(cells.values())


def find_rows(table: Table, form_table: FormTable) -> Mapping[str, FoundRow]:
    """Return the rows of the form that a table has, by row key, best matches first served."""
    candidates = sorted(_candidates(table, form_table), key=lambda c: (-c.score, c.found.row))
    found: dict[str, FoundRow] = {}
    taken: set[int] = set()
    for candidate in candidates:
        row = candidate.found
        if row.key not in found and row.row not in taken:
            found[row.key] = row
            taken.add(row.row)
    return found


def _candidates(table: Table, form_table: FormTable) -> Iterator[_Candidate]:
    headers = _header_keys(form_table)
    for row in range(table.rows):
        cells = cells_across(table, row)
        if not cells or _is_header_row(cells, row, headers):
            continue
        # Most cells are numbers; leaving them out here is what makes matching fast.
        named = [i for i, cell in enumerate(cells) if cell.row == row and has_words(cell)]
        for spec in form_table.rows_by_key.values():
            yield from _best_label(cells, named, spec)


def has_words(cell: Cell) -> bool:
    """Return whether a cell says something that is no plain number."""
    return not cell.text.isdecimal() and bool(label_key(cell.text))


def _header_keys(form_table: FormTable) -> frozenset[str]:
    texts = (
        wording
        for cell in form_table.cells
        if cell.role == "header"
        for wording in (cell.text, *form_table.label_variants.get(cell.text, ()))
    )
    return frozenset(label_key(text) for text in texts)


def _is_header_row(cells: tuple[Cell, ...], row: int, headers: frozenset[str]) -> bool:
    own = [cell for cell in cells if cell.row == row]
    has_numbers = any(cell.text.isdecimal() for cell in own)
    enough = _HEADERS_IN_HEADER_ROW if has_numbers else _HEADERS_WITHOUT_NUMBERS
    return sum(label_key(cell.text) in headers for cell in own) >= enough


def _best_label(
    cells: tuple[Cell, ...], named: Sequence[int], spec: FormRow
) -> Iterator[_Candidate]:
    """Yield the row read with the last of its own cells that names the form's row, if any does.

    A cell that reaches down from above is a group and not this row's label.
    """
    for index in reversed(named):
        cell = cells[index]
        score = best_similarity(cell.text, (spec.label, *spec.variants))
        if score < _ALIKE:
            continue
        if spec.group and index:
            score += _GROUP_BONUS * similarity(cells[index - 1].text, spec.group)
        found = FoundRow(spec.key, cell.row, cells[: index + 1], cells[index + 1 :])
        yield _Candidate(score, found)
        return


def header_row_above(table: Table, row: int, first_label: str) -> tuple[Cell, ...]:
    """Return the cells after the first of the nearest row above that begins with a label."""
    for above in range(row - 1, -1, -1):
        cells = cells_across(table, above)
        if cells and similarity(cells[0].text, first_label) >= _ALIKE:
            return cells[1:]
    return ()
