"""Invented reports as files, for tests of everything that begins with a file."""

from html import escape
from pathlib import Path

from core.document import Table
from core.forms.match import match
from core.writers.report import new_report
from tests.core.rules.reports import Changes, report


def docx_file(folder: Path, changes: Changes | None = None, name: str = "年报.docx") -> Path:
    document = report(changes or Changes())
    path = folder / name
    path.write_bytes(new_report(document, match(document)))
    return path


def html_file(folder: Path, changes: Changes | None = None, name: str = "年报.html") -> Path:
    document = report(changes or Changes())
    lines = []
    for section in document.sections:
        lines.append(f"<p>{section.heading}</p>")
        lines += [f"<p>{escape(paragraph.text)}</p>" for paragraph in section.paragraphs]
        lines += [html_table(table) for table in section.tables]
    path = folder / name
    path.write_text(
        f"<html><head><meta charset='utf-8'></head><body>{''.join(lines)}</body></html>", "utf-8"
    )
    return path


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
