"""Read a written workbook again and compare: its tables say what the report says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml.etree import XMLSyntaxError

from core.document import Cell, Document
from core.errors import SaveError
from core.forms.model import SlotKind
from core.numbers import number_in
from core.writers.texts import clean

_UNREADABLE = "写出的 Excel 文件读不回来，没有保存；原文件没有改动。"
_DIFFERS = "写出的 Excel 文件读回来与现在的内容不一致，没有保存；原文件没有改动。"
_BROKEN = (ValueError, KeyError, OSError, zipfile.BadZipFile, ParseError, XMLSyntaxError)
# A cell holds little more than this; the rest of a text is not written.
_SURELY_WHOLE = 30_000

Values = Mapping[tuple[int, int], object]


def confirm_workbook(data: bytes, document: Document | None = None) -> None:
    """Refuse bytes that are no workbook, or whose first sheets are not a document's tables.

    Raises:
        SaveError: It cannot be read, or a cell says something else.
    """
    try:
        sheets = _sheets(data, len(document.tables) if document else 0)
    except _BROKEN as error:
        raise SaveError(_UNREADABLE, type(error).__name__) from error
    tables = document.tables.values() if document else ()
    for table, values in zip(tables, sheets, strict=False):
        if not all(_says(values.get((cell.row, cell.column)), cell) for cell in table.cells):
            raise SaveError(_DIFFERS, "content differs")
    if document and len(sheets) != len(document.tables):
        raise SaveError(_DIFFERS, "sheets are missing")


def _sheets(data: bytes, count: int) -> list[Values]:
    """Return what stands in the cells of the first sheets."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True)
    try:
        return [
            dict(_values(sheet.iter_rows(values_only=True))) for sheet in book.worksheets[:count]
        ]
    finally:
        book.close()


def _values(rows: Iterable[Sequence[object]]) -> Iterator[tuple[tuple[int, int], object]]:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value is not None:
                yield (row, column), value


def _says(value: object, cell: Cell) -> bool:
    if isinstance(value, int | float):
        return Decimal(str(value)) in [number_in(cell.text, kind) for kind in SlotKind]
    said, text = (_unescaped(each) for each in (str(value or ""), clean(cell.text)))
    return said == text or (len(said) >= _SURELY_WHOLE and text.startswith(said[:_SURELY_WHOLE]))


def _unescaped(text: str) -> str:
    return text.replace("_x005F_", "_")
