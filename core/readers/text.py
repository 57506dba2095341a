"""Read plain text, such as a web page copied into a file: bytes in, `Document` out."""

from __future__ import annotations

from core.document import Document, Paragraph, Provenance
from core.progress import Progress, silent
from core.readers.encoding import decode
from core.readers.structure import build_document


def read_text(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose of a text file, a paragraph for each line that says something."""
    decoded = decode(data)
    blocks = []
    start = 0
    for number, line in enumerate(decoded.text.splitlines(keepends=True)):
        text = line.rstrip("\r\n")
        if text.strip():
            blocks.append(Paragraph(text, Provenance("", start, start + len(text), number)))
        start += len(line)
    progress(1, 1)
    return build_document("text", blocks, None, decoded.notices)
