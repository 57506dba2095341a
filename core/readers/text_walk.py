"""Walk through the rows of the form and a text at once, and find the rows that both have.

Every piece of the text must be a cell of some row, labels must be the form's, and
the cells of each row must come out even.  A row of values may be missing from
the report, headers may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.forms.model import FormCell
from core.readers.text_form import FormLine, TextForm
from core.readers.text_lines import Piece
from core.readers.text_sources import Place, Row, Source, Wanted

# With fewer of its rows, a table is not recognised but guessed.
_LEAST_SHARE_OF_ROWS = 0.5
_LEAST_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that the form and the text agree on."""

    line: FormLine
    row: Row


@dataclass(frozen=True, slots=True)
class Reading:
    """A table read from a source: its rows in order, and how like the form's its labels are."""

    rows: tuple[ReadRow, ...]
    likeness: float

    @property
    def end(self) -> int:
        """The line after the last one that it takes."""
        return 1 + max(piece.line for read in self.rows for piece in read.row.pieces)


@dataclass(frozen=True, slots=True)
class Failure:
    """A table that begins but does not go on as the form does: the piece where it parts."""

    piece: Piece


@dataclass(frozen=True, slots=True)
class _Path:
    rows: tuple[ReadRow, ...]
    after: Place
    likeness: float

    @property
    def rank(self) -> tuple[int, float]:
        return len(self.rows), self.likeness


def walk(form: TextForm, source: Source) -> Reading | Failure | None:
    """Return the table that begins where a source does.

    None means that no table of this form begins there; a `Failure`, that one
    does and cannot be read.
    """
    walker = _Walker(form, source)
    path = walker.best()
    if path is not None and walker.has_enough_rows(path):
        return Reading(path.rows, path.likeness)
    return walker.failure()


class _Walker:
    def __init__(self, form: TextForm, source: Source) -> None:
        self._form = form
        self._source = source
        self._fitted: set[int] = set()
        self._furthest = Place(0)
        self._from = lru_cache(maxsize=None)(self._best_from)

    def best(self) -> _Path | None:
        """Return the path with most rows, whose values may all be where they are read."""
        return self._from(0, -1, Place(0))

    def has_enough_rows(self, path: _Path) -> bool:
        """Return whether a path has as many rows as make a table."""
        values = sum(read.line.holds_values and not read.line.is_own for read in path.rows)
        return values >= _LEAST_SHARE_OF_ROWS * len(self._form.value_rows)

    def failure(self) -> Failure | None:
        """Return where a table that began could not go on, None if none began."""
        rest = self._source.rest(self._furthest)
        return Failure(rest[0]) if len(self._fitted) >= _LEAST_BEGINNING and rest else None

    def _best_from(self, row: int, previous: int, place: Place) -> _Path | None:
        """Return the best path from a row of the form on; `previous` is the last one read."""
        if row >= self._form.table.rows:
            ending = _Path((), place, 0.0)
            return next(self._with_own_row(row, previous, place), ending)
        paths = [
            *self._with_row(row, previous, place),
            *self._with_own_row(row, previous, place),
            *self._without_row(row, previous, place),
        ]
        return max(paths, key=lambda path: path.rank, default=None)

    def _with_row(self, row: int, previous: int, place: Place) -> Iterator[_Path]:
        for line in self._form.lines_at(row, previous):
            if line.unseen and self._source.is_marked:
                continue
            is_last = line.last == self._form.table.rows - 1
            read = self._source.row(Wanted(line.cells, line.ends_in_its_total, is_last), place)
            if read is not None and self._fits(line, read):
                self._fitted.add(line.first)
                self._furthest = max(self._furthest, read.after, key=lambda after: after.index)
                yield from self._going_on(line, read, line.last + 1, line.last)

    def _with_own_row(self, row: int, previous: int, place: Place) -> Iterator[_Path]:
        line = self._form.line_like(previous)
        read = self._source.row(Wanted(line.cells), place) if line else None
        if line is not None and read is not None and self._fits(line, read):
            yield from self._going_on(line, read, row, previous)

    def _going_on(self, line: FormLine, read: Row, row: int, previous: int) -> Iterator[_Path]:
        rest = self._from(row, previous, read.after)
        if rest is not None and (read.continues if rest.rows else read.may_end):
            likeness = self._likeness(line, read) + rest.likeness
            yield _Path((ReadRow(line, read), *rest.rows), rest.after, likeness)

    def _without_row(self, row: int, previous: int, place: Place) -> Iterator[_Path]:
        if row in self._form.value_rows:
            following = row + 1
        elif row in self._form.block_starts:
            following = self._form.next_block(row)
        else:
            return
        if (path := self._from(following, previous, place)) is not None:
            yield path

    def _fits(self, line: FormLine, read: Row) -> bool:
        cells = zip(line.cells, read.pieces, strict=False)
        return all(self._fits_cell(line, cell, piece.text) for cell, piece in cells)

    def _fits_cell(self, line: FormLine, cell: FormCell, text: str) -> bool:
        if not cell.slot:
            return (
                self._form.may_name_own_row(text) if line.is_own else self._form.names(text, cell)
            )
        if self._source.is_marked:
            return self._form.may_be_value(text, cell)
        return self._form.must_be_value(text, cell)

    def _likeness(self, line: FormLine, read: Row) -> float:
        return sum(
            self._form.likeness(piece.text, cell)
            for cell, piece in zip(line.cells, read.pieces, strict=False)
            if not cell.slot
        )
