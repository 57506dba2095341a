"""Invented reports as plain text."""

from collections.abc import Callable

from core.document import Document, Table


def text_of(document: Document, table_text: Callable[[Table], str], mark: str = "") -> str:
    """Return a report as text: tables written in some way, headings behind a mark."""
    lines = []
    for section in document.sections:
        lines.append(f"{mark}{section.heading}" if section.heading else "")
        lines += [paragraph.text for paragraph in section.paragraphs]
        for table in section.tables:
            # An empty line, or Markdown would take a table for text.
            lines += ["", table_text(table), ""]
    return "\n".join(lines) + "\n"
