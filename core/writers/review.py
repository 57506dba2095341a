"""The review report as a Word file in the layout of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from core.document import Cell, Table
from core.review import Listing, Passage, Review
from core.writers.official_page import Piece, official_file
from core.writers.official_styles import LINE
from core.writers.official_text import beside_table, paragraph, title
from core.writers.report_table import table_piece

_STYLES = {0: "Normal", 1: "Heading1", 2: "Heading2"}
_FLUSH = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
# Whose letter it is and of when, four characters from the right edge.
_AT_RIGHT = (
    f'<w:keepNext/><w:spacing w:before="{LINE // 2}"/>'
    '<w:ind w:right="1280" w:rightChars="400" w:firstLine="0" w:firstLineChars="0"/>'
    '<w:jc w:val="right"/>'
)
# The lines to sign on stand together, with half a line above each for the hand.
_SIGNING = (
    f'<w:keepNext/><w:spacing w:before="{LINE // 2}"/><w:ind w:firstLine="0" w:firstLineChars="0"/>'
)


def review_document(review: Review) -> bytes:
    """Return a .docx with everything that a review says; the same review gives the same bytes."""
    return official_file(_pieces(review), review.title, review.author)


def _pieces(review: Review) -> Iterator[Piece]:
    yield Piece(title(review.title))
    before: Passage | Listing | None = None
    # What stands before the lines to sign on, and their heading, goes with them.
    last = review.blocks[-1] if review.blocks else None
    for block, following in zip_longest(review.blocks, review.blocks[1:]):
        if isinstance(block, Listing):
            yield table_piece(_table(block), None, block.widths, stays=following is last)
        else:
            is_over = isinstance(following, Listing)
            is_kept = is_over or following is last
            space = beside_table(is_under=isinstance(before, Listing), is_over=is_over)
            kept = "<w:keepNext/>" if is_kept else ""
            flush = _FLUSH if review.is_letter and before is None else ""
            yield Piece(paragraph(_STYLES[block.level], block.text, f"{kept}{space}{flush}"))
        before = block
    for line in review.signature:
        yield Piece(paragraph("Normal", line, _AT_RIGHT if review.is_letter else _SIGNING))


def _table(listing: Listing) -> Table:
    cells = (
        Cell(row, column, text)
        for row, line in enumerate(listing.lines)
        for column, text in enumerate(line)
    )
    return Table("", len(listing.lines), len(listing.headers), tuple(cells))
