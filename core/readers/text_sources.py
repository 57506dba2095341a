"""The three ways in which plain text holds the cells of a table, each asked for one row at a time.

A source knows nothing of labels.  It is told how many cells begin in a row and
which of them may be blank, and answers with their pieces and the place where
the next row begins, or that the text does not have such a row there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.forms.model import FormCell
from core.readers.headings import is_known_heading
from core.readers.text_lines import Piece, is_empty, joined, trimmed


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row begins: a piece of the source, and blank cells still to come before it."""

    index: int
    blanks: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """The row that the form has next: the cells that begin in it.

    A row that `may_be_short` may lack its last cell; `is_last` is the form's last row.
    """

    cells: tuple[FormCell, ...]
    may_be_short: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the text has it: a piece for each cell, and where the next row begins.

    `continues` says whether another row of the table can follow, `may_end` whether the
    table can end with this row.  `short` means that the last cell is not there
    at all; `padded` that blank pieces follow it, so that only the form tells blank
    cells from padding; `glued` that nothing stood between its values.  `readings` are
    then what each piece can be, nothing where there is no doubt.
    """

    pieces: tuple[Piece, ...]
    after: Place
    continues: bool = True
    may_end: bool = True
    short: bool = False
    padded: bool = False
    glued: bool = False
    readings: tuple[tuple[str, ...], ...] = ()


class Source(Protocol):
    """Cells of a stretch of text in one layout."""

    @property
    def is_marked(self) -> bool:
        """Whether the text itself marks every cell, blank ones included."""

    def row(self, wanted: Wanted, place: Place) -> Row | None:
        """Return the row that begins at a place if it has these cells, None if not."""

    def rest(self, place: Place) -> Sequence[Piece]:
        """Return the pieces from a place on that say something."""


class PipeSource:
    """Cells that end in a vertical bar; a row is filled up with bars to the width of the table.

    `width` is that number of cells, None where rows are not filled up.  The last
    row of the text may lack its filling.
    """

    is_marked = True

    def __init__(self, pieces: Sequence[Piece], width: int | None) -> None:
        self._pieces = pieces
        self._width = width

    def row(self, wanted: Wanted, place: Place) -> Row | None:
        """Return the row that begins at a place if it has these cells, None if not."""
        count = len(wanted.cells)
        width = count if self._width is None else self._width
        taken = self._pieces[place.index : place.index + width]
        if width < count or any(piece.text for piece in taken[count:]):
            return None
        after = Place(place.index + len(taken))
        short = wanted.may_be_short and len(taken) == count - 1 and all(p.text for p in taken)
        if short:
            return Row(tuple(taken), after, short=True)
        if len(taken) < count:
            return None
        values = [bool(p.text) for cell, p in zip(wanted.cells, taken, strict=False) if cell.slot]
        may_end = values == sorted(values, reverse=True) or self._ends_evenly(taken, count, after)
        return Row(tuple(taken[:count]), after, may_end=may_end, padded=len(taken) > count)

    def _ends_evenly(self, taken: Sequence[Piece], count: int, after: Place) -> bool:
        """Return whether the last row has all its bars or just those of its cells.

        Otherwise a bar too many may have moved values to the right.
        """
        left = self._pieces[after.index :]
        if left and not any(piece.text for piece in left):
            return False
        return len(taken) == count or len(taken) == self._width != count + 1

    def rest(self, place: Place) -> Sequence[Piece]:
        """Return the pieces from a place on that say something."""
        return [piece for piece in self._pieces[place.index :] if piece.text]


class TabSource:
    """A row a line, its cells divided by tabs or bars.

    A browser leaves positions under a merged cell out, a spreadsheet keeps them
    as blank cells: `is_grid` says which of the two this is.
    """

    is_marked = True

    def __init__(self, rows: Iterable[Sequence[Piece]], columns: int, is_grid: bool) -> None:
        self._rows = list(rows)
        self._columns = columns
        self._is_grid = is_grid

    def row(self, wanted: Wanted, place: Place) -> Row | None:
        """Return the row that begins at a place if it has these cells, None if not."""
        if place.index >= len(self._rows):
            return None
        pieces = self._rows[place.index]
        after = Place(place.index + 1)
        if self._is_grid:
            return self._grid_row(wanted.cells, pieces, after)
        count = len(wanted.cells)
        if any(piece.text for piece in pieces[count:]):
            return None
        if len(pieces) >= count:
            return Row(tuple(pieces[:count]), after, padded=len(pieces) > count)
        short = len(pieces) == count - 1 and all(piece.text for piece in pieces)
        return Row(tuple(pieces), after, short=True) if short and wanted.may_be_short else None

    def _grid_row(
        self, cells: Sequence[FormCell], pieces: Sequence[Piece], after: Place
    ) -> Row | None:
        end = pieces[-1].end
        filling = [Piece("", end, end, pieces[-1].line)] * (self._columns - len(pieces))
        filled = [*pieces, *filling]
        columns = [cell.column for cell in cells]
        others = [piece for column, piece in enumerate(filled) if column not in columns]
        if len(pieces) > self._columns or any(piece.text for piece in others):
            return None
        return Row(tuple(filled[column] for column in columns), after, padded=bool(filling))

    def rest(self, place: Place) -> Sequence[Piece]:
        """Return the pieces from a place on that say something."""
        return [piece for row in self._rows[place.index :] for piece in row if piece.text]


@dataclass(frozen=True, slots=True)
class SpacedPiece:
    """A line that says something, and how many empty lines follow it."""

    piece: Piece
    gap: int


def spaced(lines: Sequence[Piece], joins: bool) -> list[SpacedPiece]:
    """Return the lines that say something, with the empty ones counted.

    With `joins`, lines without any empty one between them are one cell of several
    lines; a heading never goes on a cell's text.
    """
    found: list[SpacedPiece] = []
    for line in lines:
        if is_empty(line):
            if found:
                found[-1] = SpacedPiece(found[-1].piece, found[-1].gap + 1)
        elif joins and found and not found[-1].gap and not is_known_heading(line.text):
            found[-1] = SpacedPiece(joined(found[-1].piece, trimmed(line)), 0)
        else:
            found.append(SpacedPiece(trimmed(line), 0))
    return found


class LineSource:
    """A cell a line; a blank cell is an empty line more.

    `between` empty lines stand between two cells of a row, `at_end` more at the end
    of each row (see `spaced`).
    """

    is_marked = False

    def __init__(self, cells: Sequence[SpacedPiece], between: int, at_end: int) -> None:
        self._cells = cells
        self._between = between
        self._at_end = at_end

    def row(self, wanted: Wanted, place: Place) -> Row | None:
        """Return the row that begins at a place if it has these cells, None if not."""
        row = self._row(wanted, len(wanted.cells), place)
        # Where all empty lines may have been lost, nothing tells which cell is missing.
        is_collapsed = not self._between and not self._at_end
        if row is None and wanted.may_be_short and not is_collapsed:
            row = self._row(wanted, len(wanted.cells) - 1, place)
        return row

    def _row(self, wanted: Wanted, count: int, place: Place) -> Row | None:
        index, blanks = place.index, place.blanks
        pieces: list[Piece] = []
        for cell in wanted.cells[:count]:
            at_end = index == len(self._cells)
            if blanks < 0 or (blanks and not cell.slot):
                return None
            if blanks or (at_end and wanted.is_last and not _has_value(wanted, pieces)):
                pieces.append(self._blank(index, blanks))
                blanks = max(blanks - 1, 0)
            elif at_end:
                return None
            else:
                pieces.append(self._cells[index].piece)
                blanks = self._cells[index].gap - self._between
                index += 1
        short = count < len(wanted.cells)
        if short and not all(piece.text for piece in pieces):
            return None
        return self._ended(tuple(pieces), index, blanks, short, wanted)

    def _ended(
        self, pieces: tuple[Piece, ...], index: int, blanks: int, short: bool, wanted: Wanted
    ) -> Row | None:
        """Return a row if it can end here: with the form's next row or with the table."""
        left = blanks - self._at_end
        continues = left >= 0 and index < len(self._cells)
        # Where a row has blank cells, the empty lines after it must come out even, too, or
        # its values may have moved.  Otherwise what follows may stand at any distance.
        is_full = all(piece.text for piece in pieces)
        nothing_lost = index == len(self._cells) and not _has_value(wanted, pieces)
        may_end = is_full or left == 0 or (left < 0 and bool(pieces[-1].text)) or nothing_lost
        if not continues and not may_end:
            return None
        return Row(pieces, Place(index, max(left, 0)), continues, may_end, short)

    def _blank(self, index: int, blanks: int) -> Piece:
        """Return the place of a blank cell: among the empty lines before the next piece."""
        if index < len(self._cells):
            following = self._cells[index].piece
            return Piece("", following.start, following.start, max(following.line - blanks, 0))
        last = self._cells[-1].piece
        return Piece("", last.end, last.end, last.line)

    def rest(self, place: Place) -> Sequence[Piece]:
        """Return the pieces from a place on."""
        return [cell.piece for cell in self._cells[place.index :]]


def _has_value(wanted: Wanted, pieces: Sequence[Piece]) -> bool:
    """Return whether any of the row's slots read so far says something."""
    return any(piece.text for cell, piece in zip(wanted.cells, pieces, strict=False) if cell.slot)
