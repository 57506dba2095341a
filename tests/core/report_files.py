"""Invented reports as files, for tests of everything that begins with a file."""

from html import escape
from pathlib import Path

from core.document import Document, Table
from core.forms.match import match
from core.writers.report import new_report
from tests.core.rules.reports import Changes, report


def docx_file(folder: Path, changes: Changes | None = None, name: str = "年报.docx") -> Path:
    document = report(changes or Changes())
    path = folder / name
    path.write_bytes(new_report(document, match(document)))
    return path


def html_file(folder: Path, changes: Changes | None = None, name: str = "年报.html") -> Path:
    path = folder / name
    path.write_text(page_of(report(changes or Changes())), "utf-8")
    return path


def page_of(document: Document, style: str = "") -> str:
    """Return a report as a web page."""
    lines = []
    for section in document.sections:
        lines.append(f"<p>{section.heading}</p>")
        lines += [f"<p>{escape(paragraph.text)}</p>" for paragraph in section.paragraphs]
        lines += [html_table(table) for table in section.tables]
    head = f"<meta charset='utf-8'><style>{style}</style>" if style else "<meta charset='utf-8'>"
    return f"<html><head>{head}</head><body>{''.join(lines)}</body></html>"


def html_table(table: Table) -> str:
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={cell.row_span} colspan={cell.column_span}>{escape(cell.text)}</td>"
            for cell in table.starting_in(row)
        )
        + "</tr>"
        for row in range(table.rows)
    )
    return f"<table>{rows}</table>"
