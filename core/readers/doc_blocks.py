"""Put the paragraphs of a binary Word file together: prose, and tables inside tables."""

from __future__ import annotations

from collections.abc import Iterator

from core.document import Block, Paragraph, Provenance
from core.readers.doc_lines import Line, Noted
from core.readers.doc_table import Draft, read_table
from core.readers.docx_table import MAX_DEPTH, too_deep


class Blocks:
    """What is read of a story, line by line; the tables that are open stand inside each other."""

    def __init__(self, noted: Noted) -> None:
        """Begin with nothing read."""
        self._noted = noted
        self._open: list[Draft] = []
        # The beginning of a paragraph whose end was deleted, and where it starts.
        self._held = ""
        self._held_from: int | None = None

    @property
    def in_table(self) -> bool:
        """Whether the last line stood in a table."""
        return bool(self._open)

    def take(self, line: Line) -> Iterator[Block]:
        """Yield what is finished once a line is read: a paragraph or table, or nothing.

        Raises:
            UnreadableFileError: Tables are too deep inside each other or too large.
        """
        depth = line.layout.depth
        if depth > MAX_DEPTH:
            raise too_deep()
        yield from self._close(depth)
        if not depth:
            yield from self._prose(line)
            return
        yield from self._released()
        while len(self._open) < depth:
            self._open.append(Draft(line.start))
        self._open[-1].take(line, self._noted)

    def rest(self) -> Iterator[Block]:
        """Yield what is still open at the end of a story."""
        yield from self._close(0)
        yield from self._released()

    def _prose(self, line: Line) -> Iterator[Block]:
        self._held += line.text
        if self._held_from is None:
            self._held_from = line.start
        if not line.runs_on:
            yield from self._released()

    def _released(self) -> Iterator[Block]:
        text, start = self._held, self._held_from
        self._held, self._held_from = "", None
        if text.strip():
            yield Paragraph(text, Provenance(start=start))

    def _close(self, depth: int) -> Iterator[Block]:
        while len(self._open) > depth:
            draft = self._open.pop()
            draft.finish()
            if self._open:
                self._open[-1].inner.append(draft)
            else:
                yield from self._tables(draft)

    def _tables(self, draft: Draft) -> Iterator[Block]:
        """Yield a table, then the tables in its cells."""
        if draft.rows:
            yield read_table(draft, self._noted)
        for inner in draft.inner:
            yield from self._tables(inner)
