"""Read a Word file: what Word shows, in document order, each piece with its bytes.

python-docx is not asked for cells: it drops insertions under revision and rows
inside content controls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from core.document import Block, Document, Paragraph, Provenance
from core.errors import UnreadableFileError
from core.progress import Progress, silent
from core.readers.docx_table import MAX_DEPTH, read_table, too_deep
from core.readers.guard import Package, office_kind, open_package, refuse
from core.readers.structure import build_document
from core.word.content import Element, Sight, blocks, cells, paragraphs, rows, text_of
from core.word.names import child, name_of, word_tags
from core.word.outline import Part, read_part, refuse_dtd
from core.word.relations import hidden_styles, main_part

_TABLE = word_tags("tbl")
_TAGS = word_tags("tbl", "tc", "p")
_NO_WORD = "这个文件里没有 Word 正文，没有打开，原文件没有改动。请用 Word 或 WPS 另存为 .docx。"
HIDDEN = "文档中有隐藏的文字，没有读取；如需核对，请在 Word 或 WPS 中取消隐藏后重新打开。"
REVISED = "文档中有尚未接受的修订，按全部接受后的内容读取：插入的算，删除的不算。"
_EMBEDDED = "文档中嵌入了另一个文件的内容，没有读取；请在 Word 或 WPS 中另存一次后重新打开。"


def read_docx(data: bytes, name: str, progress: Progress = silent) -> Document:
    """Return the prose and tables of a Word file (.docx, .docm, .dotx), whatever its name.

    Raises:
        UnreadableFileError: The file is no Word document, broken, hostile,
            encrypted or too large.
        Cancelled: `progress` asked to stop.
    """
    found, notices = read_blocks(open_package(data), progress)
    return build_document("docx", found, notices=notices)


def read_blocks(
    package: Package, progress: Progress = silent
) -> tuple[list[Block], tuple[str, ...]]:
    """Return the paragraphs and tables of a package and notices about the whole file.

    Blank paragraphs are left out.  A table inside a cell and the content of a text
    box follow the table or paragraph in which they stand.
    """
    main = _main(package)
    for name in package.xml_names():
        refuse_dtd(package.chunks(name))
    part = read_part(package.read(main), _TAGS)
    body = child(part.root, "body")
    if name_of(part.root) != "document" or body is None:
        raise UnreadableFileError(_NO_WORD, str(part.root.tag))
    sight = Sight(hidden_styles(package, main))
    reading = _Reading(part, package.name(main), sight)
    found = list(reading.blocks(_watched(body, progress), 0))
    return found, _notices(sight)


def _watched(body: Element, progress: Progress) -> Iterator[Element]:
    # lxml counts the children anew each time that it is asked how many there are.
    total = len(body)
    for index, element in enumerate(body):
        progress(index, total)
        yield element


def _main(package: Package) -> str:
    kind = office_kind(package.data)
    main = main_part(package)
    if kind != "docx":
        raise refuse(kind)
    if main is None:
        raise UnreadableFileError(_NO_WORD, "no main part")
    return main


def _notices(sight: Sight) -> tuple[str, ...]:
    said = ((sight.hidden, HIDDEN), (sight.revised, REVISED), (sight.embedded, _EMBEDDED))
    return tuple(sentence for met, sentence in said if met)


class _Reading:
    """One walk over the main part of a package."""

    def __init__(self, part: Part, name: str, sight: Sight) -> None:
        self._part = part
        self._name = name
        self._sight = sight

    def blocks(self, container: Iterable[Element], depth: int) -> Iterator[Block]:
        """Yield what stands in a body, cell or text box, `depth` tables deep."""
        for name, group in groupby(blocks(container, self._sight), name_of):
            if name == "p":
                yield from self._prose(group, depth)
            else:
                for table in group:
                    yield from self._tables(table, depth + 1)

    def _prose(self, elements: Iterable[Element], depth: int) -> Iterator[Block]:
        for joined, line in paragraphs(elements, self._sight):
            text = text_of(line)
            if text.strip():
                yield Paragraph(text, self._provenance(joined[0], joined[-1]))
            yield from self._boxes(depth)

    def _tables(self, table: Element, depth: int) -> Iterator[Block]:
        """Yield a table, then the tables and text boxes in its cells."""
        if depth > MAX_DEPTH:
            raise too_deep()
        yield read_table(table, self._provenance, self._sight)
        yield from self._boxes(depth)
        if next(table.iterdescendants(*_TABLE), None) is None:
            return
        unseen = Sight()
        for row in rows(table, unseen):
            for cell in cells(row, unseen):
                for block in blocks(cell, unseen):
                    if name_of(block) == "tbl":
                        yield from self._tables(block, depth + 1)

    def _boxes(self, depth: int) -> Iterator[Block]:
        boxes, self._sight.boxes = self._sight.boxes, []
        for box in boxes:
            yield from self.blocks(box, depth)

    def _provenance(self, first: Element, last: Element | None = None) -> Provenance:
        start = self._part.extents[first].start
        end = self._part.extents[first if last is None else last].end
        return Provenance(self._name, start, end)
