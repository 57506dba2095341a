"""A report as it was read: sections, paragraphs, tables and cells, each with its provenance.

Everything here is frozen.  The document as read never changes; the present
state of a report is this document plus the edits (see `core.edits`).
Rows and columns count from zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

# What Word, browsers and people use as space: NBSP, the ideographic space and the
# zero-width space and BOM that web editors leave behind.  Line breaks are kept apart.
_SPACES = re.compile(r"[^\S\n]|[\u200b\u200c\u200d\u2060\ufeff]")
_SPACE_RUNS = re.compile(r" {2,}")
# So many headings that come again are a second report and no slip.
_HEADINGS_OF_A_REPORT = 3


def fold(text: str) -> str:
    """Return a cell's text with runs of white space folded and its ends trimmed.

    Line breaks inside the cell stay as line feeds; nothing else is repaired.
    """
    spaced = _SPACE_RUNS.sub(" ", _SPACES.sub(" ", text.replace("\r", "")))
    return "\n".join(line.strip() for line in spaced.split("\n")).strip()


class Confidence(StrEnum):
    """How sure the reading of a cell is; the members stand from best to worst."""

    EXACT = "exact"
    ALIGNED = "aligned"
    UNCERTAIN = "uncertain"

    def __reduce_ex__(self, proto: object) -> tuple[object, ...]:
        """Return what makes this member again, for a document that another process has read.

        WORKAROUND Python 3.11.0-3.11.3: it would be `getattr`, and who takes the document
        lets nothing in but its own classes (https://github.com/python/cpython/pull/26658).
        """
        return Confidence, (self.value,)


_BEST_FIRST = list(Confidence)


def least(confidences: Iterator[Confidence]) -> Confidence:
    """Return the worst of some confidences, `EXACT` if there are none."""
    return max(confidences, key=_BEST_FIRST.index, default=Confidence.EXACT)


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """The address of a cell: its table's id, row and column."""

    table: str
    row: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class ParagraphRef:
    """The address of a paragraph: its section's number and its index inside it."""

    section: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, in points from the top left corner of the page as it is shown.

    `page` counts from zero.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where in the file something was read.

    `part` names a part of a package ("word/document.xml") or a sheet, empty for a
    single file.  `start` and `end` are byte offsets in a package part and character
    offsets in decoded text; `line` is a line of the file.  All count from zero;
    None means that the format does not say.  `cell` is a cell of a sheet ("D7"), empty
    elsewhere.  `areas` are the places on pages,
    several where something goes on from one page to the next; only a format that
    has pages names any.
    """

    part: str = ""
    start: int | None = None
    end: int | None = None
    line: int | None = None
    cell: str = ""
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at its top-left grid position, entered exactly once.

    `text` is folded (see `fold`).  `readings` lists every reading that fits an
    uncertain cell, whose text is then empty.
    """

    row: int
    column: int
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    confidence: Confidence = Confidence.EXACT
    readings: tuple[str, ...] = ()
    provenance: Provenance = Provenance()

    @property
    def positions(self) -> Iterator[tuple[int, int]]:
        """All grid positions that the cell covers, its own first."""
        for row in range(self.row, self.row + self.row_span):
            for column in range(self.column, self.column + self.column_span):
                yield row, column


@dataclass(frozen=True)
class Table:
    """A table as a rectangular grid of `rows` × `columns`, spans laid out.

    Cells stand in reading order.  A grid position without a cell is a hole:
    the file has no cell there.
    """

    id: str
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    caption: str = ""
    notes: tuple[str, ...] = ()
    provenance: Provenance = Provenance()

    @cached_property
    def _grid(self) -> Mapping[tuple[int, int], Cell]:
        return {position: cell for cell in self.cells for position in cell.positions}

    @cached_property
    def _rows(self) -> Mapping[int, tuple[Cell, ...]]:
        starting: dict[int, list[Cell]] = {}
        for cell in self.cells:
            starting.setdefault(cell.row, []).append(cell)
        return {
            row: tuple(sorted(cells, key=lambda cell: cell.column))
            for row, cells in starting.items()
        }

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a grid position, None for a hole."""
        return self._grid.get((row, column))

    def starting_in(self, row: int) -> tuple[Cell, ...]:
        """Return the cells whose top edge is in a row, from left to right."""
        return self._rows.get(row, ())

    def ref(self, cell: Cell) -> CellRef:
        """Return the address of one of this table's cells."""
        return CellRef(self.id, cell.row, cell.column)

    def with_texts(self, texts: Mapping[tuple[int, int], str]) -> Table:
        """Return a copy in which some cells, named by (row, column), say something else.

        A text that a person gave is exact, whatever the reading was.
        """
        return replace(
            self,
            cells=tuple(
                replace(
                    cell,
                    text=texts[cell.row, cell.column],
                    confidence=Confidence.EXACT,
                    readings=(),
                )
                if (cell.row, cell.column) in texts
                else cell
                for cell in self.cells
            ),
        )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, white space as it stands; with line feeds and tabs."""

    text: str
    provenance: Provenance = Provenance()


Block = Paragraph | Table


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading, prose and tables in document order.

    `number` is 0 before 一、.  `kind` is what the form expects of it: "text" or "table".
    """

    number: int
    heading: str
    blocks: tuple[Block, ...]
    kind: str = "text"
    heading_provenance: Provenance = Provenance()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The prose of the section, without its heading."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the section, nested ones after the one they stand in."""
        return tuple(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True)
class Document:
    """A report as read.  `title`, `agency` and `year` are None where the file does not say.

    `format` is what the content is ("docx", "html", "text"), whatever the file's name says.
    `notices` are sentences for people about the whole file, such as hidden content.
    """

    format: str
    sections: tuple[Section, ...]
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    notices: tuple[str, ...] = field(default=())

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """All tables by id, in document order."""
        return {table.id: table for section in self.sections for table in section.tables}

    @cached_property
    def section_of(self) -> Mapping[str, int]:
        """The number of the section that each table stands in, by table id."""
        return {table.id: part.number for part in self.sections for table in part.tables}

    @cached_property
    def second_report(self) -> int | None:
        """The index of the section with which another report begins, None where there is one only.

        That is where the headings begin again at 一、 and several come once more.
        """
        numbers = [part.number for part in self.sections]
        for index, number in enumerate(numbers):
            before, after = set(numbers[:index]) - {0}, set(numbers[index:]) - {0}
            if number == 1 and 1 in before and len(before & after) >= _HEADINGS_OF_A_REPORT:
                return index
        return None

    def section(self, number: int) -> Section | None:
        """Return the section with a number, the first one if it occurs twice."""
        return next((part for part in self.sections if part.number == number), None)

    def cell(self, ref: CellRef) -> Cell | None:
        """Return the cell at an address, None for a hole or an unknown table."""
        table = self.tables.get(ref.table)
        return table.at(ref.row, ref.column) if table else None

    def with_texts(self, texts: Mapping[CellRef, str]) -> Document:
        """Return a copy in which some cells say something else."""
        by_table: dict[str, dict[tuple[int, int], str]] = {}
        for ref, text in texts.items():
            by_table.setdefault(ref.table, {})[ref.row, ref.column] = text

        def changed(block: Block) -> Block:
            if isinstance(block, Table) and block.id in by_table:
                return block.with_texts(by_table[block.id])
            return block

        return replace(
            self,
            sections=tuple(
                replace(part, blocks=tuple(changed(block) for block in part.blocks))
                if any(table.id in by_table for table in part.tables)
                else part
                for part in self.sections
            ),
        )
