"""Invented workbooks, built with openpyxl, and sheets of which every byte of XML is written."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from core.document import Document, Table
from core.forms.match import match
from tests.core.rules.reports import Changes, report

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OVERRIDE = (
    '<Override PartName="/xl/{}.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"/>'
)
_TYPES = (
    ("workbook", "sheet.main"),
    ("worksheets/sheet1", "worksheet"),
    ("styles", "styles"),
    ("sharedStrings", "sharedStrings"),
)
_LINE = Side(style="thin")
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put_table(
    sheet: Worksheet, table: Table, top: int = 1, left: int = 1, is_drawn: bool = True
) -> int:
    """Write a table from a row and column on, numbers as numbers; return the next row."""
    for cell in table.cells:
        row, column = top + cell.row, left + cell.column
        text = cell.text
        value: str | int | None = int(text) if text.isascii() and text.isdecimal() else text or None
        sheet.cell(row, column, value)
        if is_drawn:
            for down, right in cell.positions:
                sheet.cell(top + down, left + right).border = BORDER
        if (cell.row_span, cell.column_span) != (1, 1):
            sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + cell.row_span - 1,
                end_column=column + cell.column_span - 1,
            )
    return top + table.rows


def sheet_a_table(changes: Changes | None = None, is_drawn: bool = True) -> bytes:
    """Return a workbook of nothing but the three tables, a sheet each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(report(changes or Changes()).tables.values(), start=1):
        put_table(book.create_sheet(f"Sheet{number}"), table, is_drawn=is_drawn)
    return saved(book)


def all_on_one_sheet(
    changes: Changes | None = None, is_drawn: bool = True, gap: int = 0, left: int = 1
) -> bytes:
    """Return a workbook with the whole report on one sheet, prose and headings in the column."""
    book = Workbook()
    sheet = book.worksheets[0]
    row = 1
    for section in report(changes or Changes()).sections:
        if section.heading:
            sheet.cell(row, left, section.heading)
            row += 1
        for block in section.blocks:
            if isinstance(block, Table):
                row = put_table(sheet, block, row + gap, left, is_drawn) + gap
            else:
                sheet.cell(row, left, block.text)
                row += 1
    return saved(book)


def slots(document: Document) -> dict[str, tuple[str, str]]:
    """Return the text and the confidence of each statutory cell."""
    found = {}
    for slot, place in match(document).places.items():
        cell = document.cell(place.ref)
        found[slot] = (cell.text if cell else "-", place.confidence.value)
    return found


def package(
    rows: str,
    *,
    behind: str = "",
    before: str = "",
    styles: str = "",
    strings: str = "",
    extra: Mapping[str, str] | None = None,
    workbook: str = "",
    relations: str = "",
    sheet_relations: str = "",
) -> bytes:
    """Return an .xlsx whose one sheet has exactly these rows, and parts as given."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/calcChain.xml" ContentType="x/calcChain"/>'
        + "".join(_OVERRIDE.format(*each) for each in _TYPES)
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="甲" sheetId="1" r:id="r1"/></sheets>{workbook}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f"{relations}</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"{before}<sheetData>{rows}</sheetData>{behind}</worksheet>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        **(extra or {}),
    }
    if sheet_relations:
        name = "xl/worksheets/_rels/sheet1.xml.rels"
        parts[name] = (
            f'<Relationships xmlns="{PACKAGE}/relationships">{sheet_relations}</Relationships>'
        )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def text_cell(name: str, text: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
