"""What file formats and printed tables ask of a text: legal characters, width, lines."""

from __future__ import annotations

import math
import re
import unicodedata

from core.document import Cell, Table

# XML 1.0 has no control characters but tab and line feed, no surrogates and no
# U+FFFE, U+FFFF; a reader refuses the whole file for a single one of them.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# A label may break into three lines, a long one into two; a column is neither narrower
# than two characters nor wider than twelve.  A label beside several rows must not
# break inside its numeral （一）.
_SHORT, _LINES_OF_SHORT, _LINES_OF_LONG = 24, 3, 2
_NARROWEST, _NUMERAL, _WIDEST = 4.0, 6.0, 24.0
_PADDING = 1.5


def clean(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def width(text: str) -> int:
    """Return how wide the widest line of a text is, in half-width characters."""
    return max(map(_line_width, text.split("\n")))


def line_count(text: str, available: float) -> int:
    """Return how many lines a text takes in a cell of a width in half-width characters."""
    return sum(max(1, math.ceil(width(line) / max(available, 2.0))) for line in text.split("\n"))


def column_widths(table: Table) -> list[float]:
    """Return what each column of a table needs, in half-width characters.

    A tall cell needs less width, because its text may run over more lines.
    """
    needed = [_NARROWEST] * table.columns
    for cell in table.cells:
        if cell.column_span == 1:
            needed[cell.column] = max(needed[cell.column], _needed(cell))
    return [width + _PADDING for width in needed]


def _needed(cell: Cell) -> float:
    wide = width(cell.text)
    lines = _LINES_OF_SHORT if wide <= _SHORT else _LINES_OF_LONG
    least = min(wide, _NUMERAL) if cell.row_span > lines else 0.0
    # Numbers do not break.
    lines = 1 if cell.text.isascii() else cell.row_span * lines
    return min(max(wide / lines, least), _WIDEST)


def _line_width(line: str) -> int:
    return len(line) if line.isascii() else sum(map(_character_width, line))


def _character_width(character: str) -> int:
    # Quotation marks and the like are ambiguous, and wide in a Chinese font.
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
