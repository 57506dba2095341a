"""What other programs put on the clipboard, as a table: HTML with its spans, or texts by tabs.

Nothing is repaired or converted: a cell says what was copied, folded as a file's cells are.
"""

from __future__ import annotations

import csv
import io

from lxml import etree

from core.document import Cell, Table, fold
from core.errors import ReportError
from core.readers.grid import MAX_CELLS
from core.readers.html_table import read_table

_TOO_MUCH = "剪贴板里的内容太多，没有粘贴，表格没有改动。请分几次复制、粘贴。"
_SEVERAL = "剪贴板里不止一个表格，没有粘贴，表格没有改动。请一次只复制一个表格。"
_MOST_CHARACTERS = 20_000_000
_TABLE_ID = "pasted"


def table_of_html(html: str) -> Table | None:
    """Return the table that some HTML is, None where it holds none.

    Raises:
        ReportError: It holds several tables beside each other, or one that is too large.
    """
    if len(html) > _MOST_CHARACTERS:
        raise ReportError(_TOO_MUCH)
    parser = etree.HTMLParser(
        huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
    )
    # A zero character would end the page for the parser; Windows programs append one.
    data = html.replace("\0", "").encode("utf-8", "replace")
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        return None
    outer = [
        table for table in root.iter("table") if next(table.iterancestors("table"), None) is None
    ]
    if len(outer) > 1:
        raise ReportError(_SEVERAL)
    return read_table(outer[0])[0] if outer else None


def table_of_text(text: str) -> Table:
    """Return lines of texts by tabs as a table; a quoted text may hold tabs, quotes and breaks.

    Raises:
        ReportError: It is too large.
    """
    if len(text) > _MOST_CHARACTERS:
        raise ReportError(_TOO_MUCH)
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    rows = _rows(text.removesuffix("\n"))
    columns = max(map(len, rows), default=1)
    if len(rows) * columns > MAX_CELLS:
        raise ReportError(_TOO_MUCH)
    cells = tuple(
        Cell(number, column, fold(said))
        for number, row in enumerate(rows)
        for column, said in enumerate([*row, *[""] * (columns - len(row))])
    )
    return Table(_TABLE_ID, len(rows), columns, cells)


def _rows(text: str) -> list[list[str]]:
    """Return the texts of each line; quotes that are never closed are quotes of the text."""
    csv.field_size_limit(_MOST_CHARACTERS)
    if '"' in text:
        try:
            read = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab", strict=True)
            return [row or [""] for row in read]
        except csv.Error:
            pass
    return [line.split("\t") for line in text.split("\n")]
