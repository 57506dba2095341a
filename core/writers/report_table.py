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
    widths = _twips(column_widths(table), text_width)
    repeated = header_rows(table, match)
    texts = _Texts(table, widths)
    rows = "".join(
        _row(table, row, widths, texts, is_header=row < repeated) for row in range(table.rows)
    )
    grid = "".join(f'<w:gridCol w:w="{twips}"/>' for twips in widths)
    return etree.fromstring(
        f'<w:tbl xmlns:w="{WORD}"><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def header_rows(table: Table, match: TableMatch | None) -> int:
    """Return how many rows at the top name columns and nothing below them does so again.

    A table made of several blocks, each with its own headers, has none that
    could stand above all of it.
    """
    kinds = [_names_columns(table, row, match) for row in range(table.rows)]
    count = kinds.index(False) if False in kinds else 0
    return 0 if any(kinds[count:]) else count


def _names_columns(table: Table, row: int, match: TableMatch | None) -> bool:
    cells = [cell for cell in table.starting_in(row) if cell.text]
    if match is not None:
        return bool(cells) and all(table.ref(cell) in match.label_cells for cell in cells)
    return row == 0 and bool(cells) and not any(parse_number(cell.text) for cell in cells)


def _twips(needed: Sequence[float], available: int) -> list[int]:
    scale = available / sum(needed) if needed else 1.0
    return [max(1, int(width * scale)) for width in needed]


def _row(table: Table, row: int, widths: Sequence[int], texts: _Texts, *, is_header: bool) -> str:
    cells = [table.at(row, column) for column in range(table.columns)]
    before, after = _outer_holes(cells)
    first, end = before, table.columns - after
    properties = "".join(
        f'<w:{name} w:val="{count}"/>'
        for name, count in (("gridBefore", before), ("gridAfter", after))
        if count
    )
    properties += '<w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/>'
    properties += "<w:tblHeader/>" if is_header else ""
    content = "".join(_row_cells(cells[first:end], first, row, widths, texts))
    return f"<w:tr><w:trPr>{properties}</w:trPr>{content}</w:tr>"


def _outer_holes(cells: Sequence[Cell | None]) -> tuple[int, int]:
    """Return how many positions at the left and right end of a row have no cell.

    A row without any cell gets an empty one, because Word allows no empty row.
    """
    present = [column for column, cell in enumerate(cells) if cell is not None]
    if not present:
        return 0, len(cells) - 1
    return present[0], len(cells) - 1 - present[-1]


def _row_cells(
    cells: Sequence[Cell | None], first: int, row: int, widths: Sequence[int], texts: _Texts
) -> Iterator[str]:
    for column, cell in enumerate(cells, start=first):
        if cell is None:
            yield _cell(widths[column], "", texts.nothing)
        elif column == cell.column:
            span = cell.column_span
            merge = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            if cell.row_span > 1:
                merge += '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
            content = texts.paragraph(cell) if row == cell.row else texts.nothing
            yield _cell(sum(widths[column : column + span]), merge, content)


def _cell(twips: int, merge: str, content: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{twips}" w:type="dxa"/>{merge}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{content}</w:tc>"
    )


class _Texts:
    """The paragraphs in the cells of a table: centred, but labels that need lines are not.

    Labels of one column are set alike: where one of them runs over its line, all
    stand at the left.
    """

    nothing = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'

    def __init__(self, table: Table, widths: Sequence[int]) -> None:
        self._ragged = {
            (cell.column, cell.column_span)
            for cell in table.cells
            if _overflows(cell, sum(widths[cell.column : cell.column + cell.column_span]))
        }

    def paragraph(self, cell: Cell) -> str:
        is_ragged = (cell.column, cell.column_span) in self._ragged
        is_left = is_ragged and cell.row_span == 1 and not _is_value(cell.text)
        alignment = '<w:jc w:val="left"/>' if is_left else ""
        return f'<w:p><w:pPr><w:pStyle w:val="TableText"/>{alignment}</w:pPr>{run(cell.text)}</w:p>'


def _overflows(cell: Cell, twips: int) -> bool:
    return cell.row_span == 1 and width(cell.text) * _HALF_CHARACTER + _CELL_MARGINS > twips


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
