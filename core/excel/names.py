"""Names of SpreadsheetML in both namespaces, of cells such as D7 and of areas such as A1:D3.

Rows and columns count from zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
_LETTERS = 26
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


def sheet_tags(*names: str) -> frozenset[str]:
    """Return lxml's tags for some elements, in the transitional and the strict namespace."""
    return frozenset(f"{{{space}}}{name}" for space in _SPACES for name in names)


@lru_cache(maxsize=1024)
def name_of_tag(tag: str) -> str:
    """Return the name in a tag of SpreadsheetML, empty for any other."""
    space, _, name = tag.rpartition("}")
    return name if space.removeprefix("{") in _SPACES else ""


@dataclass(frozen=True, slots=True)
class Area:
    """Some rows and columns, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def size(self) -> int:
        """How many cells the area has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def has(self, row: int, column: int) -> bool:
        """Return whether a cell is in the area."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def places(self) -> Iterator[tuple[int, int]]:
        """Yield the row and column of each of its cells."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


def cell_name(row: int, column: int) -> str:
    """Return the name that a spreadsheet gives a cell, such as D4 for (3, 3)."""
    letters = ""
    number = column + 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def cell_at(name: str) -> tuple[int, int] | None:
    """Return the row and column of a cell by its name, None for what names no cell."""
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row - 1, column - 1) if row <= MAX_ROWS and column <= MAX_COLUMNS else None


def area_of(reference: str) -> Area | None:
    """Return the area that a reference such as A1:D3 or A1 names, None for any other text."""
    first, _, last = reference.partition(":")
    start, end = cell_at(first), cell_at(last or first)
    if start is None or end is None:
        return None
    rows, columns = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Area(rows[0], columns[0], rows[1], columns[1])
