"""Read a binary Word file (.doc, .wps): what Word shows, in document order.

The specification is [MS-DOC].  Headers, footers, notes and comments are left out, as
in the newer format.  A place in the text is given as the position of a character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.document import Block, Document
from core.progress import Progress, silent
from core.readers.doc_blocks import Blocks
from core.readers.doc_boxes import Box, Boxes, read_boxes
from core.readers.doc_file import open_word_file
from core.readers.doc_lines import Lines, Noted
from core.readers.doc_looks import Looks
from core.readers.doc_pieces import read_text
from core.readers.docx import HIDDEN, REVISED
from core.readers.structure import build_document


def read_doc(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of a binary Word file of 1997 or later, whatever its name.

    Raises:
        UnreadableFileError: The file is no Word document, of an older Word, broken,
            hostile, encrypted or too large.
        Cancelled: `progress` asked to stop.
    """
    file = open_word_file(data)
    text = read_text(file)
    noted = Noted()
    lines = Lines(text, Looks(file, text), noted)
    reading = _Reading(lines, noted, read_boxes(file))
    found = list(reading.blocks(progress, file.stories[0]))
    said = ((noted.hidden, HIDDEN), (noted.revised, REVISED))
    notices = tuple(sentence for met, sentence in said if met)
    return build_document("doc", found, notices=notices)


class _Reading:
    """One walk over the main text; a text box follows what its anchor stands in."""

    def __init__(self, lines: Lines, noted: Noted, boxes: Boxes) -> None:
        self._lines = lines
        self._noted = noted
        self._boxes = boxes

    def blocks(self, progress: Progress, length: int) -> Iterator[Block]:
        """Yield the paragraphs and tables of the main text, which has some characters."""
        main = Blocks(self._noted)
        waiting: list[Block] = []
        for line in self._lines.between(0, length):
            progress(line.start, length)
            if not line.layout.depth and main.in_table:
                yield from main.rest()
                yield from waiting
                waiting = []
            yield from main.take(line)
            for anchor in line.anchors:
                waiting += self._boxed(self._boxes.anchored.pop(anchor, ()))
            hidden = any(anchor in self._boxes.anchored for anchor in line.hidden)
            self._noted.hidden |= hidden
            if not main.in_table and not line.runs_on:
                yield from waiting
                waiting = []
        yield from main.rest()
        yield from waiting
        yield from self._boxed(self._boxes.others)

    def _boxed(self, boxes: Iterable[Box]) -> Iterator[Block]:
        for box in boxes:
            inner = Blocks(self._noted)
            for line in self._lines.between(box.start, box.end):
                yield from inner.take(line)
            yield from inner.rest()
