"""A worksheet as it was read, whatever its file's format: shown texts, merges, what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.document import Confidence
from core.excel.built_in import GENERAL
from core.excel.formats import is_rounded, shown_number, shown_text
from core.excel.general import general
from core.excel.names import Area, cell_name

ERRORS: Mapping[int, str] = {
    **{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!"},
    **{0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"},
}


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A stored cell: what it shows, whether it has a border, how sure that is."""

    text: str
    is_bordered: bool = False
    confidence: Confidence = Confidence.EXACT


@dataclass
class Sheet:
    """A worksheet's stored cells by row and column, and what people should be told about it.

    `part` is its part in a package, or its name.  `unsolved` are formulas without a
    stored result, `rounded` cells whose format hides digits, with what it shows and
    what is stored.
    """

    name: str
    part: str
    is_hidden: bool = False
    is_from_1904: bool = False
    hides_zeros: bool = False
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas: int = 0
    unsolved: list[str] = field(default_factory=list)
    rounded: list[tuple[str, str, str]] = field(default_factory=list)
    strange_formats: list[str] = field(default_factory=list)

    def put_text(self, row: int, column: int, text: str, code: str, is_bordered: bool) -> None:
        """Keep a cell that holds a text."""
        shown = shown_text(text, code) if text and code != GENERAL else text
        self.cells[row, column] = SheetCell(shown, is_bordered)

    def put_number(
        self, row: int, column: int, value: Decimal, code: str, is_bordered: bool
    ) -> None:
        """Keep a cell that holds a number, as its format shows it."""
        if code == GENERAL:
            self.cells[row, column] = SheetCell(general(value), is_bordered)
            return
        shown = shown_number(value, code, from_1904=self.is_from_1904)
        name = cell_name(row, column)
        if shown is None:
            shown = general(value)
            self.strange_formats.append(name)
        elif is_rounded(value, code):
            self.rounded.append((name, shown.strip(), f"{value:f}"))
        self.cells[row, column] = SheetCell(shown, is_bordered)

    def put_unsolved(self, row: int, column: int, is_bordered: bool) -> None:
        """Keep a cell whose formula has no stored result: nobody knows what it shows."""
        self.unsolved.append(cell_name(row, column))
        self.cells[row, column] = SheetCell("", is_bordered, Confidence.UNCERTAIN)

    def is_column_hidden(self, column: int) -> bool:
        """Return whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)
