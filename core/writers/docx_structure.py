"""The bytes to put into a Word table for rows and cells that it lacks.

All bytes of the source stay but where a merged cell begins elsewhere now, and where a
row said that it has no cell in the column that gets one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from core.document import Cell, Table
from core.errors import SaveError
from core.restructuring import InsertedCell, InsertedRow, Position, Restructuring, heads
from core.word.content import Element, Sight, cells
from core.word.names import name_of
from core.word.outline import Part
from core.writers.docx_cell import cell_splices
from core.writers.docx_new_cells import WRAPPERS, CellWriter
from core.writers.docx_revision import Names, Pen, Tracking
from core.writers.docx_splice import Splice
from core.writers.docx_tracked import tracked_cell

_OTHER_LAYOUT = (
    "补入的行或者单元格在这个 Word 文件的表格里放不进去，没有保存，原文件没有改动。"
    "请撤销补入，直接在 Word 或 WPS 中补上，再重新打开核对。"
)


class Insert(NamedTuple):
    """What is put in at one place, and at which byte of it each present position begins."""

    splice: Splice
    starts: Mapping[Position, int]


class TableStructure:
    """Writes what a table of the source gets; `element` tells the w:tc of one of its cells.

    `texts` say what stands in new cells now, by present row and column.
    """

    def __init__(
        self,
        part: Part,
        sight: Sight,
        table: Table,
        changes: Restructuring,
        element: Callable[[Cell], Element],
        pen: Pen | None,
        texts: Mapping[Position, str],
    ) -> None:
        self._part = part
        self._sight = sight
        self._table = table
        self._changes = changes
        self._element = element
        self._pen = pen
        self._writer = CellWriter(part, pen, sight)
        self._texts = texts
        self._heads = heads(changes.rows)

    def inserts(self) -> Iterator[Insert]:
        """Yield the new rows, those of one place together, and the new cells."""
        for gap, rows in groupby(self._changes.rows, lambda row: row.gap):
            yield self._rows(gap, list(rows))
        for cell in self._changes.cells:
            yield self._cell_at_end(cell)

    def others(self) -> Iterator[Splice]:
        """Yield what changes in cells of the source: merged ones that begin elsewhere now."""
        for row, column in sorted({group for each in self._changes.rows for group in each.groups}):
            cell = self._source_cell(row, column)
            element = self._element(cell)
            if (row, column) in self._heads:
                yield from self._writer.merged(element, "<{}vMerge/>")
                if isinstance(self._pen, Tracking):
                    yield from tracked_cell(self._part, element, [""], self._sight, self._pen)
                else:
                    yield from cell_splices(self._part, element, [""], self._sight)
            elif cell.row_span == 1:
                yield from self._writer.merged(element, '<{}vMerge{} {}val="restart"/>')
        for hole in self._changes.cells:
            yield from self._writer.without_gap(self._row_element(hole.row))

    def _rows(self, gap: int, rows: Sequence[InsertedRow]) -> Insert:
        above = self._row_element(max(gap - 1, 0))
        outermost = self._outermost(above, last=gap > 0)
        extent = self._part.extents[outermost]
        place = extent.end if gap else extent.start
        written = _Written(self._part)
        for row in rows:
            self._write_row(row, written)
        return written.at(place)

    def _write_row(self, row: InsertedRow, written: _Written) -> None:
        model = self._row_element(row.model)
        names = Names.at(self._part, model)
        own = list(cells(model, Sight()))
        label, *_ = row.columns
        first = own.index(self._element(self._source_cell(row.model, label[0])))
        if first != len(row.groups):
            raise SaveError(_OTHER_LAYOUT)
        written.add(f"<{names.element}tr>{self._writer.row_format(model, names)}")
        for group, element in zip(row.groups, own, strict=False):
            self._write_group(row, group, element, written)
        place = self._changes.place(row)
        for column, span in row.columns:
            text = self._texts.get((place, column), row.label if column == label[0] else "")
            written.begin((place, column))
            written.add(self._writer.cell(*self._models(row.model, column, span), text))
        written.add(f"</{names.element}tr>")

    def _write_group(
        self, row: InsertedRow, group: Position, element: Element, written: _Written
    ) -> None:
        """Write the part of a merged cell in a new row: its begin, or a continuation of it."""
        source = self._source_cell(*group)
        names = Names.at(self._part, element)
        if self._heads.get(group) != row:
            merge = f"<{names.element}vMerge/>"
            written.add(self._writer.cell(element, element, "", {"vMerge": merge}))
            return
        position = self._changes.place(row), group[1]
        text = self._texts.get(position, source.text)
        written.begin(position)
        merge = f'<{names.element}vMerge{names.declaration} {names.attribute}val="restart"/>'
        written.add(self._writer.cell(self._element(source), element, text, {"vMerge": merge}))

    def _cell_at_end(self, cell: InsertedCell) -> Insert:
        row = self._row_element(cell.row)
        last = list(cells(row, Sight()))[-1]
        while last.getparent() is not row and last.getparent() is not None:
            last = last.getparent()  # type: ignore[assignment]  # asked for just before
        names = Names.at(self._part, row)
        added = {}
        if isinstance(self._pen, Tracking):
            added["cellIns"] = self._pen.mark("cellIns", names)
        present = self._changes.present_row(cell.table, cell.row)
        written = _Written(self._part)
        written.begin((present, cell.column))
        text = self._texts.get((present, cell.column), "")
        models = self._models(cell.row, cell.column, cell.span)
        written.add(self._writer.cell(*models, text, added))
        return written.at(self._part.extents[last].end)

    def _models(self, row: int, column: int, span: int) -> tuple[Element, Element]:
        """Return the w:tc that lends its format to a new one, and the one that lends its width.

        Where a row has no cell in a column, that is its nearest one, and the nearest above
        or below.
        """
        own = self._table.at(row, column)
        if own is not None and (own.row, own.column) == (row, column) and not own.readings:
            return self._element(own), self._element(own)
        beside = [cell for cell in self._table.starting_in(row) if cell.column < column]
        over = [
            cell
            for cell in self._table.cells
            if (cell.column, cell.column_span, cell.row_span) == (column, span, 1)
        ]
        if not beside:
            raise SaveError(_OTHER_LAYOUT)
        nearest = min(over, key=lambda cell: abs(cell.row - row), default=beside[-1])
        return self._element(beside[-1]), self._element(nearest)

    def _source_cell(self, row: int, column: int) -> Cell:
        cell = self._table.at(row, column)
        if cell is None:
            raise SaveError(_OTHER_LAYOUT)
        return cell

    def _row_element(self, row: int) -> Element:
        """Return the w:tr that a row of the source is."""
        for cell in self._table.starting_in(row):
            for each in self._element(cell).iterancestors():
                if name_of(each) == "tr":
                    return each
        raise SaveError(_OTHER_LAYOUT)

    def _outermost(self, row: Element, *, last: bool) -> Element:
        """Return the wrapper of which a row is the last or first, so that a new one stays outside.

        What wraps other rows behind it, too, takes in the new one.
        """
        place = row
        parent = place.getparent()
        while parent is not None and name_of(parent) in WRAPPERS:
            siblings = [each for each in parent if name_of(each) not in {"sdtPr", "sdtEndPr"}]
            if siblings[-1 if last else 0] is not place:
                break
            place, parent = parent, parent.getparent()
        return row if name_of(place) == "sdtContent" else place


class _Written:
    """Markup on the way, and at which of its bytes each position begins."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._pieces: list[bytes] = []
        self._starts: dict[Position, int] = {}

    def begin(self, position: Position) -> None:
        """Note that what comes next stands at a present row and column."""
        self._starts[position] = sum(map(len, self._pieces))

    def add(self, markup: str) -> None:
        """Write on."""
        self._pieces.append(self._part.bytes(markup))

    def at(self, place: int) -> Insert:
        """Return what was written, to be put in at a byte of the part."""
        return Insert(Splice(place, place, b"".join(self._pieces)), self._starts)
