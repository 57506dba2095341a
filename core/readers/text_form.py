"""The rows of the printed form as a text must have them: which cells begin in each, what they say.

A report may leave rows out or print one in place of several; the cells that span
rows then begin in the first row of theirs that is there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from rapidfuzz import fuzz

from core.forms.labels import best_similarity, label_key
from core.forms.loader import EDITIONS, load_form
from core.forms.model import FormCell, FormTable, column_key, row_key
from core.numbers import is_blank, number_in, parse_number
from core.readers.headings import is_known_heading

NAMES = ("disclosure", "applications", "cases")
# A label may differ this much from the printed one, if no other label is nearer.
_ALIKE = 0.7
_LONGEST_VALUE = 60
# The row number of a line that is the report's own.
_OWN_ROW = -1
_SHORT_REMARK = re.compile(r"[^\s:：，,。；;、（(《]{1,6}")
_DIGIT = re.compile(r"\d")
_LONGEST_WITH_DIGIT = 12


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row that a text may have: the form's rows `first` to `last`, and the cells beginning there.

    `cells` stand from left to right; those with a slot hold a value.  `unseen` stand
    before them and are blank in a way that plain lines cannot show.
    """

    first: int
    last: int
    cells: tuple[FormCell, ...]
    unseen: tuple[FormCell, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it is a row of the report's own, which the form does not have."""
        return self.first == _OWN_ROW

    @property
    def holds_values(self) -> bool:
        """Whether any of its cells is a slot of the form."""
        return any(cell.slot for cell in self.cells)

    @property
    def ends_in_its_total(self) -> bool:
        """Whether the last cell is the one total of the row's other values."""
        totals = [cell for cell in self.cells if cell.slot and column_key(cell.slot) == "total"]
        return len(totals) == 1 and totals[0] is self.cells[-1]


class TextForm:
    """One statutory table of one edition, asked row by row while a text is read."""

    def __init__(self, edition: str, name: str) -> None:
        self.table: FormTable = load_form(edition).tables[name]

    @cached_property
    def _alternatives(self) -> Mapping[int, tuple[int, str, tuple[str, ...]]]:
        """By first row replaced: the last one, the label and its variants."""
        rows = {row_key(cell.slot): cell.row for cell in self.table.cells if cell.slot}
        return {
            rows[item.replaces[0]]: (rows[item.replaces[-1]], item.row.label, item.row.variants)
            for item in self.table.alternatives
        }

    @cached_property
    def _wordings(self) -> Mapping[str, tuple[str, ...]]:
        """All labels of the form, each with its known variants."""
        wordings = {cell.text: {cell.text} for cell in self.table.cells if cell.text}
        for label, variants in self.table.label_variants.items():
            wordings.setdefault(label, {label}).update(variants)
        for row in self.table.rows_by_key.values():
            wordings.setdefault(row.label, {row.label}).update(row.variants)
        return {label: tuple(sorted(texts)) for label, texts in wordings.items()}

    @cached_property
    def _exact(self) -> frozenset[str]:
        return frozenset(label_key(text) for texts in self._wordings.values() for text in texts)

    @cached_property
    def block_starts(self) -> tuple[int, ...]:
        """The rows where a block begins: a header row that no header row stands above."""
        headers = [row not in self.value_rows for row in range(self.table.rows)]
        return tuple(
            row
            for row, header in enumerate(headers)
            if header and (row == 0 or not headers[row - 1])
        )

    @cached_property
    def openings(self) -> tuple[FormCell, ...]:
        """The cells that a table may begin with: the first of each block, and the one after a note.

        A note that is left blank cannot be seen in plain lines.
        """
        found = []
        for start in self.block_starts:
            cells = [cell for cell in self.table.cells if cell.row == start]
            found += cells[:2] if cells[0].role == "note" else cells[:1]
        return tuple(found)

    @cached_property
    def labels(self) -> tuple[FormCell, ...]:
        """The cells that are printed in the form."""
        return tuple(cell for cell in self.table.cells if cell.text)

    def opens_with(self, text: str) -> bool:
        """Return whether the table may begin with a text."""
        key = label_key(text)
        return any(
            fuzz.ratio(key, opening, score_cutoff=100 * _ALIKE) and self.names(text, cell)
            for opening, cell in self._opening_keys
        )

    @cached_property
    def _opening_keys(self) -> tuple[tuple[str, FormCell], ...]:
        return tuple((label_key(cell.text), cell) for cell in self.openings)

    def goes_on_with(self, text: str) -> bool:
        """Return whether a text is a label of the form, misprints allowed."""
        return self._best_likeness(text) >= _ALIKE

    @cache  # noqa: B019 - forms are made once and live as long as the program
    def lines_at(self, row: int, previous: int) -> tuple[FormLine, ...]:
        """Return how a row may be printed, if `previous` is the last one that is there.

        An alternative row in place of several, and a row whose note is blank, come second.
        """
        cells = tuple(
            cell
            for cell in self._left_to_right
            if cell.covers_row(row) and (cell.row == row or cell.row > previous)
        )
        found = [FormLine(row, row, cells)]
        if row in self._alternatives:
            found.append(self._alternative(row, cells))
        if cells and cells[0].role == "note":
            found.append(FormLine(row, row, cells[1:], cells[:1]))
        return tuple(found)

    @cached_property
    def _left_to_right(self) -> tuple[FormCell, ...]:
        return tuple(sorted(self.table.cells, key=lambda cell: cell.column))

    def line_like(self, previous: int) -> FormLine | None:
        """Return a row of the report's own after a row of values, None where none can be told.

        It has the cells of the row before.  Where cells span rows, nothing says whether
        they reach over it.
        """
        spans_rows = any(cell.row_span > 1 for cell in self.table.cells)
        if spans_rows or previous not in self.value_rows:
            return None
        (line, *_) = self.lines_at(previous, previous)
        return FormLine(_OWN_ROW, _OWN_ROW, line.cells)

    def may_name_own_row(self, text: str) -> bool:
        """Return whether a text can be the label of a row that the form does not have."""
        return (
            bool(text)
            and not any(is_figure(line) for line in text.split("\n"))
            and not is_known_heading(text)
            and self._best_likeness(text) < _ALIKE
        )

    def _alternative(self, row: int, cells: Sequence[FormCell]) -> FormLine:
        last, label, _ = self._alternatives[row]
        values = tuple(cell for cell in cells if cell.slot)
        kept = tuple(cell for cell in cells if not cell.slot and cell.row_span > last - row + 1)
        names = [cell for cell in cells if not cell.slot and cell not in kept]
        start = min(cell.column for cell in names)
        name = replace(
            names[0],
            row=row,
            column=start,
            text=label,
            row_span=last - row + 1,
            column_span=values[0].column - start,
        )
        return FormLine(row, last, (*kept, name, *values))

    def next_block(self, row: int) -> int:
        """Return where the block after the one that begins at a row begins."""
        return next((start for start in self.block_starts if start > row), self.table.rows)

    @cached_property
    def value_rows(self) -> frozenset[int]:
        """The rows that hold values; only these may be missing alone."""
        return frozenset(cell.row for cell in self.table.cells if cell.slot)

    def names(self, text: str, cell: FormCell) -> bool:
        """Return whether a text is a cell's label, misprints allowed, and no other label's."""
        if cell.role == "note" and not text:
            return True
        likeness = self.likeness(text, cell)
        if likeness == 1.0:
            return True
        return likeness >= _ALIKE and likeness >= self._best_likeness(text)

    def likeness(self, text: str, cell: FormCell) -> float:
        """Return how alike a text is to a cell's label, from 0 to 1."""
        if "\n" in text and any(is_figure(line) for line in text.split("\n")):
            return 0.0
        return best_similarity(text, self.wordings(cell))

    def wordings(self, cell: FormCell) -> tuple[str, ...]:
        """Return what a cell's label may be: as the form prints it, and its known variants."""
        return self._wordings.get(cell.text, (cell.text,))

    def _best_likeness(self, text: str) -> float:
        return max(best_similarity(text, wordings) for wordings in self._wordings.values())

    def is_label(self, text: str) -> bool:
        """Return whether a text is, word for word, some label of the form."""
        return label_key(text) in self._exact

    def may_be_value(self, text: str, cell: FormCell) -> bool:
        """Return whether a cell may say this: anything short that is no label or heading."""
        if is_blank(text) or number_in(text, cell.kind) is not None:
            return True
        return (
            len(text) <= _LONGEST_VALUE
            and "\n" not in text
            and not self.is_label(text)
            and not is_known_heading(text)
            and self._best_likeness(text) < _ALIKE
        )

    def must_be_value(self, text: str, cell: FormCell) -> bool:
        """Return whether a line on its own can hardly be anything but a value of this cell."""
        if is_blank(text) or number_in(text, cell.kind) is not None:
            return "\n" not in text
        is_short = len(text) <= _LONGEST_WITH_DIGIT and _DIGIT.search(text) is not None
        is_remark = cell.row < self.table.rows - 1 and _SHORT_REMARK.fullmatch(text) is not None
        return (is_short or is_remark) and self.may_be_value(text, cell)


def is_figure(text: str) -> bool:
    """Return whether a text can only be what stands in a number cell."""
    return is_blank(text) or parse_number(text) is not None


@cache
def text_form(edition: str, name: str) -> TextForm:
    """Return one table of one edition, made once."""
    return TextForm(edition, name)


def newest_form(name: str) -> TextForm:
    """Return a table of the newest edition."""
    return text_form(EDITIONS[-1], name)
