"""A copy of a Word file on the way: the changes of its main part, and what is put beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from core.document import (
    Cell,
    CellRef,
    Document,
    Paragraph,
    ParagraphRef,
    Provenance,
    Section,
    Table,
    fold,
)
from core.errors import SaveError
from core.restructuring import Position, Restructuring
from core.rewording import Replacement
from core.word.content import Element, Sight, cell_text, text_of
from core.word.names import name_of
from core.word.outline import read_part
from core.word.relations import hidden_styles, main_part
from core.writers.docx_cell import EDITED_TAGS, cell_splices
from core.writers.docx_comments import comment_parts, next_comment_id
from core.writers.docx_marks import Beside
from core.writers.docx_new_cells import STRUCTURE_TAGS
from core.writers.docx_prose import PROSE_TAGS, added, reworded, shown_line
from core.writers.docx_revision import Pen, Shading, Tracking, free_ids
from core.writers.docx_splice import Splice, landing, movement, spliced
from core.writers.docx_structure import TableStructure
from core.writers.docx_tracked import tracked_cell
from core.writers.docx_zip import Archive
from core.writers.marking import Marking, Mode, Place

_OTHER_FILE = (
    "要复制的 Word 文件与打开时读到的不一样，没有保存，原文件没有改动。请重新打开它，再做修改。"
)
_SAME_TABLES = Restructuring()
_WANTED = EDITED_TAGS | PROSE_TAGS | STRUCTURE_TAGS


class Copy:
    """A Word file and the changes that are to be made in its main part.

    Raises:
        SaveError: The file is not the one that was read.
    """

    def __init__(
        self,
        data: bytes,
        source: Document,
        marking: Marking,
        restructuring: Restructuring = _SAME_TABLES,
    ) -> None:
        self._archive = Archive(data)
        self._source = source
        self._restructuring = restructuring
        self._marking = marking
        self._name = main_part(self._archive) or ""
        if not self._archive.has(self._name):
            raise SaveError(_OTHER_FILE)
        self._part = read_part(self._archive.read(self._name), _WANTED)
        self._sight = Sight(hidden_styles(self._archive, self._name))
        self._found = {(each.start, each.end): key for key, each in self._part.extents.items()}
        self._pen = Tracking(marking, free_ids(self._part))
        pens: Mapping[Mode, Pen] = {
            Mode.TRACKED: self._pen,
            Mode.HIGHLIGHTED: Shading(free_ids(self._part)),
        }
        self._prose_pen: Pen | None = pens.get(marking.mode)
        self._splices: list[Splice] = []
        self._edited: list[Cell] = []
        # What was put in at which present address.
        self._new: dict[CellRef, tuple[Splice, int]] = {}

    def edit_cells(self, texts: Mapping[CellRef, str]) -> None:
        """Put the rows and cells in that the tables lack, and let cells say other texts."""
        for name in self._restructuring.tables:
            own = {(r.row, r.column): fold(t) for r, t in texts.items() if r.table == name}
            self._restructure(self._source.tables[name], own)
        for ref, text in texts.items():
            place = None if ref in self._new else self._restructuring.source_ref(ref)
            cell = None if place is None else self._source.cell(place)
            if cell is not None:
                self._edit_cell(cell, text)

    def _restructure(self, table: Table, texts: Mapping[Position, str]) -> None:
        made = TableStructure(
            self._part,
            self._sight,
            table,
            self._restructuring.of(table.id),
            self._cell_element,
            self._prose_pen,
            texts,
        )
        for splice, starts in made.inserts():
            self._splices.append(splice)
            for (row, column), start in starts.items():
                self._new[CellRef(table.id, row, column)] = (splice, start)
        self._splices += made.others()

    def _edit_cell(self, cell: Cell, text: str) -> None:
        element = self._cell_element(cell)
        lines = fold(text).split("\n")
        self._edited.append(cell)
        if self._marking.mode is Mode.TRACKED:
            self._splices += tracked_cell(self._part, element, lines, self._sight, self._pen)
        else:
            self._splices += cell_splices(self._part, element, lines, self._sight)

    def reword(self, ref: ParagraphRef, replacements: Sequence[Replacement]) -> None:
        """Let a paragraph of the source say something else in some places."""
        paragraph = self._paragraph(ref)
        elements = self._paragraph_elements(paragraph.provenance)
        line = shown_line(elements, self._sight)
        if text_of(line) != paragraph.text:
            raise SaveError(_OTHER_FILE)
        self._splices += reworded(self._part, elements, line, replacements, self._prose_pen)

    def add(self, number: int, text: str) -> None:
        """Put a paragraph under the heading of a section."""
        section = self._source.section(number)
        if section is None:
            raise SaveError(_OTHER_FILE)
        heading = self._paragraph_elements(section.heading_provenance)[-1]
        model = self._model(section, heading)
        self._splices.append(added(self._part, heading, model, text, self._prose_pen))

    def written(self) -> bytes:
        """Return the package with all changes made, and shown as they are to be shown."""
        content = spliced(self._part.data, self._splices)
        is_shaded = self._marking.mode is Mode.HIGHLIGHTED and bool(self._edited)
        if not self._marking.comments and not is_shaded:
            return self._archive.with_part(self._name, content)
        beside = Beside(content)
        places = movement(self._splices)
        if is_shaded:
            beside.shade(places(cell.provenance.start or 0) for cell in self._edited)
        first = next_comment_id(self._archive, self._name, self._part.root)
        said = beside.comment(self._comments(places), first, self._pen.made)
        parts = {self._name: beside.content}
        if said:
            root = self._part.root
            parts |= comment_parts(self._archive, self._name, root, said, self._marking)
        return self._archive.with_parts(parts)

    def _comments(self, places: Callable[[int], int]) -> Iterable[tuple[int, str]]:
        """Return where in the changed part each commented cell or paragraph begins.

        Places that a merged cell covers are that cell, which gets one comment.
        """
        said: dict[int, list[str]] = {}
        for place, text in self._marking.comments.items():
            start = self._new_start(place)
            if start is None and (old := self._start(place)) is not None:
                start = places(old)
            if start is not None:
                said.setdefault(start, []).append(text)
        return ((start, "\n".join(texts)) for start, texts in said.items())

    def _new_start(self, place: Place) -> int | None:
        """Return where in the changed part a cell begins that was put in."""
        if not isinstance(place, CellRef) or place not in self._new:
            return None
        splice, start = self._new[place]
        return landing(self._splices, splice) + start

    def _start(self, place: Place) -> int | None:
        if isinstance(place, CellRef):
            source = self._restructuring.source_ref(place)
            cell = None if source is None else self._source.cell(source)
            return cell.provenance.start if cell else None
        section = self._source.section(place.section)
        paragraphs = section.paragraphs if section else ()
        if place.paragraph >= len(paragraphs):
            return None
        return paragraphs[place.paragraph].provenance.start

    def _paragraph(self, ref: ParagraphRef) -> Paragraph:
        section = self._source.section(ref.section)
        if section is None or ref.paragraph >= len(section.paragraphs):
            raise SaveError(_OTHER_FILE)
        return section.paragraphs[ref.paragraph]

    def _paragraph_elements(self, provenance: Provenance) -> list[Element]:
        """Return the w:p that were read as one paragraph."""
        whole = self._element(provenance)
        if whole is not None:
            return [whole]
        start, end = provenance.start or 0, provenance.end or 0
        inside = [
            each
            for each, extent in self._part.extents.items()
            if start <= extent.start and extent.end <= end and name_of(each) == "p"
        ]
        found = [each for each in inside if not any(a in inside for a in each.iterancestors())]
        if not found:
            raise SaveError(_OTHER_FILE)
        return found

    def _model(self, section: Section, heading: Element) -> Element | None:
        """Return the nearest paragraph of prose before a heading, else behind, of its own level."""
        sections = self._source.sections
        place = sections.index(section)
        for other in (*reversed(sections[:place]), *sections[place:]):
            for paragraph in other.paragraphs if other.number else ():
                element = self._element(paragraph.provenance)
                if element is not None and element.getparent() is heading.getparent():
                    return element
        return None

    def _cell_element(self, cell: Cell) -> Element:
        """Return the w:tc of a cell of the source."""
        element = self._element(cell.provenance)
        if element is None or fold(cell_text(element, self._sight)) != cell.text:
            raise SaveError(_OTHER_FILE)
        return element

    def _element(self, provenance: Provenance) -> Element | None:
        if provenance.part.lower() != self._name.lower():
            raise SaveError(_OTHER_FILE)
        return self._found.get((provenance.start or 0, provenance.end or 0))
