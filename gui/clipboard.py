"""Cells as text that a spreadsheet understands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex

from gui.models.table import TableModel


def tab_separated(model: TableModel, indexes: Sequence[QModelIndex]) -> str:
    """Return the rectangle around some cells, columns by tabs and rows by line breaks.

    A merged cell stands once, at its top left; what it covers is empty.
    """
    rows = range(min(i.row() for i in indexes), max(i.row() for i in indexes) + 1)
    columns = range(min(i.column() for i in indexes), max(i.column() for i in indexes) + 1)
    lines = ["\t".join(_quoted(_text(model, row, column)) for column in columns) for row in rows]
    return "\r\n".join(lines)


def _text(model: TableModel, row: int, column: int) -> str:
    cell = model.table.at(row, column)
    if cell is None or (cell.row, cell.column) != (row, column):
        return ""
    return str(model.data(model.index(row, column)) or "")


def _quoted(text: str) -> str:
    """Return a cell's text, quoted where it holds what separates cells."""
    if any(mark in text for mark in '\t\n"'):
        return '"' + text.replace('"', '""') + '"'
    return text
