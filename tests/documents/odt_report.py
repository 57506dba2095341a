"""An invented report as an OpenDocument text, as few tags as it needs."""

from html import escape

from core.document import Document, Table
from tests.documents.word_package import package

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style")
)


def odt_report(document: Document) -> bytes:
    """Return a report as a word processor would save it."""
    blocks: list[str] = []
    for section in document.sections:
        if section.heading:
            blocks.append(f'<text:h text:outline-level="1">{escape(section.heading)}</text:h>')
        for block in section.blocks:
            blocks.append(
                _table(block)
                if isinstance(block, Table)
                else f"<text:p>{escape(block.text)}</text:p>"
            )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES}>'
        f"<office:body><office:text>{''.join(blocks)}</office:text></office:body>"
        "</office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return package({"mimetype": kind, "content.xml": content.encode()})


def _table(table: Table) -> str:
    rows = []
    for row in range(table.rows):
        starting = {cell.column: cell for cell in table.starting_in(row)}
        cells = ""
        for column in range(table.columns):
            if cell := starting.get(column):
                cells += (
                    f'<table:table-cell table:number-columns-spanned="{cell.column_span}"'
                    f' table:number-rows-spanned="{cell.row_span}">'
                    f"<text:p>{escape(cell.text)}</text:p></table:table-cell>"
                )
            else:
                cells += "<table:covered-table-cell/>"
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    columns = f'<table:table-column table:number-columns-repeated="{table.columns}"/>'
    return f"<table:table>{columns}{''.join(rows)}</table:table>"
