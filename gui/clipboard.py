"""Cells as other programs understand them: text by tabs, and an HTML table with its spans."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from PySide6.QtCore import QMimeData

from core.document import Cell, Table
from gui.cell_range import CellRange, cells_in

Texts = Callable[[Cell], str]

# What is copied in one of our windows is pasted in another without the guard.
OWN_FORMAT = "application/x-gouji-cells"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")
_ONLY_DASHES = re.compile(r"-+")
_AS_TEXT = "mso-number-format:'\\@'"
_LEADING_ZERO = re.compile(r"0\d+")


def mime_data(table: Table, area: CellRange, texts: Texts) -> QMimeData:
    """Return a range in every form that is put on the clipboard."""
    data = QMimeData()
    data.setText(tab_separated(table, area, texts))
    data.setHtml(html_table(table, area, lambda cell: guarded(texts(cell))))
    data.setData(OWN_FORMAT, html_table(table, area, texts).encode())
    return data


def pasted_table(data: QMimeData) -> Table | None:
    """Return what the clipboard holds as a table, of the best form there is; None without text.

    Raises:
        ReportError: It holds several tables, or one that is too large.
    """
    # Imported here: what reads HTML would delay the first window.
    from core.pasting import table_of_html, table_of_text

    if data.hasFormat(OWN_FORMAT):
        own = bytes(data.data(OWN_FORMAT).data()).decode("utf-8", "replace")
        if (table := table_of_html(own)) is not None:
            return table
    if data.hasHtml() and (table := table_of_html(data.html())) is not None:
        return table
    return table_of_text(data.text()) if data.hasText() and data.text() else None


def tab_separated(table: Table, area: CellRange, texts: Texts) -> str:
    """Return a range as text, columns by tabs and rows by line breaks.

    A merged cell stands once, at its top left; what it covers is empty.
    """
    said = {(cell.row, cell.column): texts(cell) for cell in cells_in(table, area)}
    columns = range(area.left, area.right + 1)
    return "\r\n".join(
        "\t".join(_quoted(guarded(said.get((row, column), ""))) for column in columns)
        for row in range(area.top, area.bottom + 1)
    )


def html_table(table: Table, area: CellRange, texts: Texts) -> str:
    """Return a range as an HTML table with its spans."""
    rows: dict[int, list[str]] = {row: [] for row in range(area.top, area.bottom + 1)}
    for row in rows:
        for column in range(area.left, area.right + 1):
            cell = table.at(row, column)
            if cell is None:
                rows[row].append("<td></td>")
            elif (cell.row, cell.column) == (row, column):
                rows[row].append(_html_cell(cell, texts(cell)))
    lines = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values())
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'


def guarded(text: str) -> str:
    """Return a text that a spreadsheet takes for no formula; plain numbers stay as they are."""
    is_harmless = _NUMBER.fullmatch(text) or _ONLY_DASHES.fullmatch(text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) and not is_harmless else text


def _html_cell(cell: Cell, text: str) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if span > 1
    )
    # Excel would take 007 for the number 7.
    style = f' style="{_AS_TEXT}"' if _LEADING_ZERO.fullmatch(text) else ""
    return f"<td{spans}{style}>{escape(text).replace(chr(10), '<br>')}</td>"


def _quoted(text: str) -> str:
    """Return a cell's text, quoted where it holds what separates cells."""
    if any(mark in text for mark in '\t\n\r"'):
        return '"' + text.replace('"', '""') + '"'
    return text
