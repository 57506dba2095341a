"""One table of a new Word report, as WordprocessingML.

Built as text and parsed once: python-docx lays a table out anew for every cell
that it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from lxml import etree

from core.document import Cell, Table
from core.errors import SaveError
from core.forms.alignment import TableMatch
from core.numbers import is_blank, parse_number
from core.writers.texts import clean, column_widths, width

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Word itself opens no table with more.
_MOST_COLUMNS = 63
# Of table text (10.5 pt), in twips.
_HALF_CHARACTER, _CELL_MARGINS = 105, 114
_NOTHING = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'


def table_element(table: Table, match: TableMatch | None, text_width: int) -> etree._Element:
    """Return a `w:tbl` with the table's cells, merged as in its grid.

    `text_width` is the width to fill, in twips.  A hole at either end of a row
    stays one (w:gridBefore, w:gridAfter); Word knows none between cells.

    Raises:
        SaveError: The table has more columns than Word can have.
    """
    if table.columns > _MOST_COLUMNS:
        raise SaveError(
            f"有一个表格有 {table.columns} 列，Word 最多只能有 {_MOST_COLUMNS} 列，没有保存；"
            "原文件没有改动，可以改为导出 Excel。"
        )
    return etree.fromstring(_Writer(table, match, text_width).table())


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
    """Writes one table: texts are centred, but labels that need several lines are not.

    Labels of one column are set alike: where one of them runs over its line, all
    stand at the left.
    """

    def __init__(self, table: Table, match: TableMatch | None, text_width: int) -> None:
        self._table = table
        self._label_rows = _label_rows(table, match)
        needed = column_widths(table)
        self._widths = [int(width * text_width / sum(needed)) for width in needed]
        self._ragged = {
            (cell.column, cell.column_span)
            for cell in table.cells
            if cell.row_span == 1 and _twips(cell.text) > self._width(cell.column, cell.column_span)
        }

    def table(self) -> str:
        columns = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in self._widths)
        rows = "".join(self._row(row) for row in range(self._table.rows))
        return (
            f'<w:tbl xmlns:w="{WORD}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
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
        properties += '<w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>'
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
        for column in columns:
            cell = self._table.at(row, column)
            if cell is None:
                yield self._cell(self._width(column, 1), "", _NOTHING)
            elif column == cell.column:
                span, is_start = cell.column_span, row == cell.row
                merge = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
                if cell.row_span > 1:
                    merge += '<w:vMerge w:val="restart"/>' if is_start else "<w:vMerge/>"
                content = self._paragraph(cell) if is_start else _NOTHING
                yield self._cell(self._width(column, span), merge, content)

    @staticmethod
    def _cell(twips: int, merge: str, content: str) -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/>'
            f"</w:tcPr>{content}</w:tc>"
        )

    def _paragraph(self, cell: Cell) -> str:
        is_ragged = (cell.column, cell.column_span) in self._ragged and cell.row_span == 1
        alignment = '<w:jc w:val="left"/>' if is_ragged and not _is_value(cell.text) else ""
        # A row of headers at the foot of a page would be without what it names.
        kept = "<w:keepNext/>" if self._label_rows[cell.row] else ""
        style = f'<w:pStyle w:val="TableText"/>{kept}{alignment}'
        return f"<w:p><w:pPr>{style}</w:pPr>{run(cell.text)}</w:p>"

    def _width(self, column: int, span: int) -> int:
        return sum(self._widths[column : column + span])


def _twips(text: str) -> int:
    return width(text) * _HALF_CHARACTER + _CELL_MARGINS


def _is_value(text: str) -> bool:
    return is_blank(text) or parse_number(text) is not None


def run(text: str) -> str:
    """Return a `w:r` with a text, its tabs and line breaks; an empty one for an empty text."""
    if not text:
        return ""
    return f"<w:r>{''.join(_pieces(clean(text)))}</w:r>"


def _pieces(text: str) -> Iterator[str]:
    for line_number, line in enumerate(text.split("\n")):
        if line_number:
            yield "<w:br/>"
        for part_number, part in enumerate(line.split("\t")):
            if part_number:
                yield "<w:tab/>"
            if part:
                yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'
