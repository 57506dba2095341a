"""See that a table which was read leaves nothing of itself in the text around it.

A label of the form that stands above or below, or a figure right below, shows
that cells were lost or moved, though the rows that were read come out even.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from core.readers.headings import is_known_heading
from core.readers.text_form import NAMES, TextForm, is_figure, newest_form
from core.readers.text_lines import Piece, split_at, trimmed
from core.readers.text_walk import Reading

_MOST_LINES = 400
# A remark, a source or a link may follow in the table's own layout.
_MOST_REMARKS = 3


def left_over(
    form: TextForm, reading: Reading, above: Sequence[Piece], below: Sequence[Piece]
) -> Piece | None:
    """Return a piece of the table that is outside of it, None if there is none.

    `above` are the lines from the table or heading before, `below` those that follow.
    """
    own = [read.line for read in reading.rows if not read.line.is_own]
    there = {cell.text for line in own for cell in line.cells}
    missing = [cell for cell in form.labels if cell.text not in there]
    after = list(_until_next(form, below))
    near = list(islice(after, _MOST_REMARKS))
    for piece in (*_until_next(form, list(reversed(above))), *after):
        lines = piece.text.split("\n")
        if any(form.names(line, cell) for line in lines for cell in missing):
            return piece
    return next((p for p in near if is_figure(p.text) or form.is_label(p.text)), None)


def _until_next(form: TextForm, lines: Sequence[Piece]) -> Iterator[Piece]:
    """Yield what lines say, up to a heading or another table."""
    others = [newest_form(name) for name in NAMES if name != form.table.name]
    near = takewhile(lambda line: not is_known_heading(line.text), lines[:_MOST_LINES])
    for line in near:
        pieces = [piece for piece in _cells(line) if piece.text]
        if pieces and any(other.opens_with(pieces[0].text) for other in others):
            return
        yield from pieces


def _cells(line: Piece) -> list[Piece]:
    for mark in ("|", "\t"):
        if mark in line.text:
            return split_at(line, mark)
    return [trimmed(line)]
