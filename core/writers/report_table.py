"""One table of a new Word report, as WordprocessingML.

Built as text: python-docx lays a table out anew for every cell that it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from core.document import Cell, Table
from core.errors import SaveError
from core.forms.alignment import TableMatch
from core.numbers import is_blank, parse_number
from core.writers.official_page import ACROSS_WIDTH, UPRIGHT_WIDTH, Piece
from core.writers.official_text import run
from core.writers.texts import column_widths, line_count, width

# Word itself opens no table with more.
_MOST_COLUMNS = 63
_CELL_MARGINS = 114  # twips, both together
# What has more rows than this may break with its table, or half a page would stay empty.
_MOST_ROWS_KEPT = 10
_SMALL_TABLE = 8
# So many rows at either end never stand alone.
_END_ROWS = 3
# Two characters: narrower columns cannot be read.
_LEGIBLE = 4


@dataclass(frozen=True)
class _Type:
    """A size of type on a page upright or across: its style, half a character in twips."""

    style: str
    half_character: int
    is_across: bool = False

    @property
    def width(self) -> int:
        """The width of the text in twips."""
        return ACROSS_WIDTH if self.is_across else UPRIGHT_WIDTH


# 五号 wherever it can be, else 小五; then the page is turned, last of all for 六号.
_TYPES = (
    _Type("TableText", 105),
    _Type("TableSmall", 90),
    _Type("TableText", 105, is_across=True),
    _Type("TableSmall", 90, is_across=True),
    _Type("TableSmallest", 75, is_across=True),
)


def table_piece(
    table: Table,
    match: TableMatch | None,
    shares: Sequence[float] | None = None,
    *,
    stays: bool = False,
) -> Piece:
    """Return a `w:tbl` with the table's cells, merged as in its grid.

    Its type is as large as fits.  `shares` say how its columns share the width,
    without them what stands in them does.  With `stays` the last row is on the page
    of what follows.  A hole at either end of a row
    stays one (w:gridBefore, w:gridAfter); Word knows none between cells.

    Raises:
        SaveError: The table has more columns than Word can have.
    """
    if table.columns > _MOST_COLUMNS:
        raise SaveError(
            f"有一个表格有 {table.columns} 列，Word 最多只能有 {_MOST_COLUMNS} 列，没有保存；"
            "原文件没有改动，可以改为导出 Excel。"
        )
    needed = shares or column_widths(table)
    for size in _TYPES:
        writer = _Writer(table, match, size, needed)
        if writer.is_legible:
            break
    return Piece(writer.table(stays=stays), writer.is_across)


def header_rows(table: Table, match: TableMatch | None) -> int:
    """Return how many rows at the top name columns and nothing below them does so again.

    A table made of several blocks, each with its own headers, has none that
    could stand above all of it.
    """
    return _leading(_label_rows(table, match))


def _leading(label_rows: Sequence[bool]) -> int:
    count = label_rows.index(False) if False in label_rows else 0
    return 0 if any(label_rows[count:]) else count


def _label_rows(table: Table, match: TableMatch | None) -> list[bool]:
    """Return for each row whether it only names columns."""
    found = [False] * table.rows
    with_values = {place.ref.row for place in match.places.values()} if match else set()
    for row in set(range(table.rows)) - with_values:
        cells = [cell for cell in table.starting_in(row) if cell.text]
        if match is not None:
            found[row] = all(table.ref(cell) in match.label_cells for cell in cells)
        elif row == 0:
            found[row] = not any(parse_number(cell.text) for cell in cells)
        found[row] &= bool(cells)
    return found


class _Writer:
    """Writes one table: texts are centred, but labels of rows that need several lines are not.

    Labels of one column are set alike: where one of them runs over its line, all
    stand at the left.
    """

    def __init__(
        self, table: Table, match: TableMatch | None, size: _Type, needed: Sequence[float]
    ) -> None:
        self._table = table
        self._type = size
        self._label_rows = _label_rows(table, match)
        self._widths = [int(width * size.width / sum(needed)) for width in needed]
        self._ragged = {
            (cell.column, cell.column_span)
            for cell in table.cells
            if cell.row_span == 1
            and self._twips(width(cell.text)) > self._width(cell.column, cell.column_span)
        }

    @property
    def is_across(self) -> bool:
        """Whether the table needs a page turned sideways."""
        return self._type.is_across

    @property
    def is_legible(self) -> bool:
        """Whether no number breaks and no label stands in a column too narrow for it."""
        return all(
            self._twips(_unbroken(cell.text)) <= self._width(cell.column, cell.column_span)
            for cell in self._table.cells
        )

    def table(self, *, stays: bool) -> str:
        """Return the table as markup, its last row kept with what follows if it `stays`."""
        if stays:
            self._kept_with_next.add(self._table.rows - 1)
        columns = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in self._widths)
        rows = "".join(self._row(row) for row in range(self._table.rows))
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
            f'<w:tblW w:w="{sum(self._widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>'
        )

    def _row(self, row: int) -> str:
        before, after = self._outer_holes(row)
        content = "".join(self._cells(row, range(before, self._table.columns - after)))
        properties = "".join(
            f'<w:{name} w:val="{count}"/>'
            for name, count in (("gridBefore", before), ("gridAfter", after))
            if count
        )
        properties += '<w:cantSplit/><w:trHeight w:val="360" w:hRule="atLeast"/>'
        properties += "<w:tblHeader/>" if row < _leading(self._label_rows) else ""
        return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"

    def _outer_holes(self, row: int) -> tuple[int, int]:
        """Return how many positions at the left and right end of a row have no cell.

        A row without any cell gets an empty one, because Word allows no empty row.
        """
        columns = range(self._table.columns)
        present = [column for column in columns if self._table.at(row, column)]
        if not present:
            return 0, len(columns) - 1
        return present[0], len(columns) - 1 - present[-1]

    def _cells(self, row: int, columns: range) -> Iterator[str]:
        nothing = self._paragraph("", row)
        for column in columns:
            cell = self._table.at(row, column)
            if cell is None:
                yield self._cell(self._width(column, 1), "", nothing)
            elif column == cell.column:
                span, is_start = cell.column_span, row == cell.row
                merge = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
                if cell.row_span > 1:
                    merge += '<w:vMerge w:val="restart"/>' if is_start else "<w:vMerge/>"
                content = self._text(cell) if is_start else nothing
                yield self._cell(self._width(column, span), merge, content)

    @staticmethod
    def _cell(twips: int, merge: str, content: str) -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/>'
            f"</w:tcPr>{content}</w:tc>"
        )

    def _text(self, cell: Cell) -> str:
        is_ragged = (cell.column, cell.column_span) in self._ragged and cell.row_span == 1
        is_ragged &= not self._label_rows[cell.row]
        alignment = '<w:jc w:val="left"/>' if is_ragged and not _is_value(cell.text) else ""
        return self._paragraph(cell.text, cell.row, alignment)

    def _paragraph(self, text: str, row: int, alignment: str = "") -> str:
        kept = "<w:keepNext/>" if row in self._kept_with_next else ""
        style = f'<w:pStyle w:val="{self._type.style}"/>{kept}{alignment}'
        return f"<w:p><w:pPr>{style}</w:pPr>{run(text)}</w:p>"

    @cached_property
    def _kept_with_next(self) -> set[int]:
        """The rows that stay on one page with the row below.

        Headers at the foot of a page would be without what they name, a merged
        label that breaks is cut in two, and a block with headers of its own is read as one.
        """
        rows, leading = self._table.rows, _leading(self._label_rows)
        kept = {row for row, is_label in enumerate(self._label_rows) if is_label}
        for cell in self._table.cells:
            if cell.row_span <= _MOST_ROWS_KEPT:
                kept.update(range(cell.row, cell.row + cell.row_span - 1))
        kept.update(self._in_small_blocks() if not leading else ())
        ends = _END_ROWS if rows > 2 * _SMALL_TABLE else 1
        is_small = rows <= _SMALL_TABLE and sum(map(self._lines, range(rows))) <= 2 * _SMALL_TABLE
        first, last = range(leading + ends - 1), range(rows - ends, rows)
        kept.update(range(rows) if is_small else (*first, *last))
        return kept - {rows - 1}

    def _in_small_blocks(self) -> Iterator[int]:
        """Yield the rows of blocks with headers of their own, without the last one of each."""
        for is_label, block in groupby(range(self._table.rows), lambda row: self._label_rows[row]):
            rows = list(block)
            if not is_label and any(self._label_rows) and len(rows) <= _MOST_ROWS_KEPT:
                yield from rows[:-1]

    def _lines(self, row: int) -> int:
        """Return how many lines the highest cell of a row has."""
        half = self._type.half_character
        cells = (cell for cell in self._table.starting_in(row) if cell.row_span == 1)
        return max(
            (
                line_count(cell.text, self._width(cell.column, cell.column_span) / half)
                for cell in cells
            ),
            default=1,
        )

    def _width(self, column: int, span: int) -> int:
        return sum(self._widths[column : column + span])

    def _twips(self, half_characters: int) -> int:
        return half_characters * self._type.half_character + _CELL_MARGINS


def _unbroken(text: str) -> int:
    """Return how many half characters of a text must stand on one line."""
    return width(text) if _is_value(text) else min(width(text), _LEGIBLE)


def _is_value(text: str) -> bool:
    return is_blank(text) or parse_number(text) is not None
