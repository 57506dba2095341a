"""What became of the prose of a report: the source and this make the present prose.

Paragraphs keep their addresses: one that was deleted stays in the present document
without a text, as a blank paragraph does in a file, and nobody reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.document import Block, Document, Paragraph, ParagraphRef, Section
from core.edits import ParagraphInsertion, TextEdit
from core.errors import EditError
from core.writable import has_unwritable

_NOTHING_DONE = "没有做任何修改。"


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """A new text for the characters from `start` to `end` of a paragraph of the source."""

    start: int
    end: int
    after: str


@dataclass(frozen=True)
class Rewording:
    """The replacements in each changed paragraph, in order and apart, and paragraphs added.

    A section has at most one paragraph added, and only if the source has none in it.
    """

    replaced: Mapping[ParagraphRef, tuple[Replacement, ...]] = field(default_factory=dict)
    added: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether anything is worded otherwise than in the source."""
        return bool(self.replaced or self.added)

    def text(self, source: Document, ref: ParagraphRef) -> str | None:
        """Return what a paragraph says now; None where there is none and none can be added."""
        section = source.section(ref.section)
        if section is None:
            return None
        if ref.paragraph < len(section.paragraphs):
            own = section.paragraphs[ref.paragraph].text
            return replaced_text(own, self.replaced.get(ref, ()))
        can_be_added = ref.paragraph == 0 and not section.blocks
        return self.added.get(ref.section, "") if can_be_added else None

    def edited(self, source: Document, edit: TextEdit | ParagraphInsertion) -> Rewording:
        """Return what the prose becomes by an edit.

        Raises:
            EditError: There is no such text, or it cannot be changed so.
        """
        if isinstance(edit, ParagraphInsertion):
            edit = self._filling(source, edit)
        present = self._require(source, edit)
        if edit.ref in _refs(source, edit.ref.section):
            own = source.section(edit.ref.section)
            assert own is not None, "a section that has the paragraph"
            text = own.paragraphs[edit.ref.paragraph].text
            changed = composed(text, self.replaced.get(edit.ref, ()), edit)
            everything = {**self.replaced, edit.ref: changed}
            found = replace(self, replaced={ref: each for ref, each in everything.items() if each})
        else:
            text = present[: edit.start] + edit.after + present[edit.end :]
            others = {
                number: each for number, each in self.added.items() if number != edit.ref.section
            }
            found = replace(
                self, added={**others, edit.ref.section: text} if text.strip() else others
            )
        _require_same_sections(source, found)
        return found

    def applied(self, document: Document) -> Document:
        """Return a document, as it was read, with its prose as it is now."""
        if not self:
            return document
        numbers = {ref.section for ref in self.replaced} | self.added.keys()
        sections: list[Section] = []
        for section in document.sections:
            if section.number in numbers:
                # Addresses are of the first section with a number.
                numbers.remove(section.number)
                section = replace(section, blocks=self._blocks(section))
            sections.append(section)
        return _named(document, replace(document, sections=tuple(sections)))

    def _blocks(self, section: Section) -> tuple[Block, ...]:
        blocks: list[Block] = []
        index = 0
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found = self.replaced.get(ParagraphRef(section.number, index), ())
                block = replace(block, text=replaced_text(block.text, found)) if found else block
                index += 1
            blocks.append(block)
        if section.number in self.added:
            blocks.append(Paragraph(self.added[section.number]))
        return tuple(blocks)

    def _filling(self, source: Document, insertion: ParagraphInsertion) -> TextEdit:
        """Return the edit that puts a paragraph into an empty section."""
        section = source.section(insertion.ref.section)
        refs = _refs(source, insertion.ref.section) or [insertion.ref]
        said = "".join(self.text(source, ref) or "" for ref in refs).strip()
        if section is None or section.tables or said or insertion.ref.paragraph:
            raise EditError(f"只能在还没有内容的章节里加一段文字，{_NOTHING_DONE}")
        before = self.text(source, refs[0]) or ""
        return TextEdit(refs[0], 0, len(before), before, insertion.text)

    def _require(self, source: Document, edit: TextEdit) -> str:
        place = f"第 {edit.ref.section} 部分第 {edit.ref.paragraph + 1} 段"
        present = self.text(source, edit.ref)
        if present is None:
            raise EditError(f"{place}在报告里没有，{_NOTHING_DONE}")
        if not 0 <= edit.start <= edit.end or present[edit.start : edit.end] != edit.before:
            there = present[max(edit.start, 0) : max(edit.end, 0)]
            raise EditError(
                f"{place}的这个位置现在是“{there}”，不是修改所依据的“{edit.before}”，{_NOTHING_DONE}"
            )
        if has_unwritable(edit.after, source_text(source, edit.ref)):
            raise EditError(f"{place}的新内容里有文件不能保存的控制字符，{_NOTHING_DONE}")
        return present


def source_text(source: Document, ref: ParagraphRef) -> str:
    """Return what a paragraph says in the source, "" where there is none."""
    section = source.section(ref.section)
    paragraphs = section.paragraphs if section else ()
    return paragraphs[ref.paragraph].text if ref.paragraph < len(paragraphs) else ""


def replaced_text(text: str, replacements: Sequence[Replacement]) -> str:
    """Return a text with replacements made in it."""
    for each in reversed(replacements):
        text = text[: each.start] + each.after + text[each.end :]
    return text


def printed(document: Document) -> Document:
    """Return a document without the paragraphs that say nothing any more."""

    def said(section: Section) -> Section:
        blocks = section.blocks
        kept = tuple(b for b in blocks if not isinstance(b, Paragraph) or b.text.strip())
        return section if len(kept) == len(blocks) else replace(section, blocks=kept)

    return replace(document, sections=tuple(said(section) for section in document.sections))


def composed(
    text: str, replacements: Sequence[Replacement], edit: TextEdit
) -> tuple[Replacement, ...]:
    """Return the replacements in the source's `text` after an edit of what they make of it.

    What the edit touches becomes one with it.  None are left where the text is again
    what the source says.
    """
    kept: list[Replacement] = []
    start, end = edit.start, edit.end
    before = after = ""
    shift = start_shift = end_shift = 0
    for each in replacements:
        here = each.start + shift
        there = here + len(each.after)
        shift += len(each.after) - (each.end - each.start)
        if there < edit.start:
            start_shift = end_shift = shift
        elif here <= edit.end:
            end_shift = shift
            if here < start:
                start, before = here, each.after[: edit.start - here]
            if there > end:
                end, after = there, each.after[len(each.after) - (there - edit.end) :]
            continue
        kept.append(each)
    made = Replacement(start - start_shift, end - end_shift, before + edit.after + after)
    found = tuple(sorted([*kept, *_least(text, made)]))
    # One of two equal characters taken out and the other put back leaves what was there.
    return () if replaced_text(text, found) == text else found


def _least(text: str, made: Replacement) -> list[Replacement]:
    """Return a replacement without what stays the same at its ends, whole numbers kept together."""
    old, new = text[made.start : made.end], made.after
    if old == new:
        return []
    head = alike(old, new)
    tail = alike(old[head:][::-1], new[head:][::-1])
    while head and old[head - 1].isdecimal() and _begins_with_digit(old[head:], new[head:]):
        head -= 1
    while (
        tail and old[-tail].isdecimal() and _begins_with_digit(old[:-tail][::-1], new[:-tail][::-1])
    ):
        tail -= 1
    return [Replacement(made.start + head, made.end - tail, new[head : len(new) - tail])]


def alike(one: str, other: str) -> int:
    """Return how many characters at the begin of two texts are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))


def _begins_with_digit(*texts: str) -> bool:
    return any(text[:1].isdecimal() for text in texts)


def _refs(source: Document, number: int) -> list[ParagraphRef]:
    section = source.section(number)
    count = len(section.paragraphs) if section else 0
    return [ParagraphRef(number, index) for index in range(count)]


def _require_same_sections(source: Document, changed: Rewording) -> None:
    """Refuse a text by which a reader would find other sections than there are."""
    if _headings(changed.applied(source)) != _headings(source):
        raise EditError(f"改后的文字会被当成章节的标题，{_NOTHING_DONE}请换一种写法。")


def _headings(document: Document) -> list[tuple[str, int]]:
    """Return the headings that a reader would find, and their numbers."""
    texts: list[str | None] = []
    for section in document.sections:
        texts += [section.heading] if section.heading else []
        texts += [block.text if isinstance(block, Paragraph) else None for block in section.blocks]
    # A reader leaves blank paragraphs out.
    said = [text for text in texts if text is None or text.strip()]
    # Imported here, as below: what is said of a report is not looked for before there is one.
    from core.readers.headings import find_headings

    found = find_headings(said)
    return [(said[index] or "", found[index].number) for index in sorted(found)]


def _named(source: Document, document: Document) -> Document:
    """Return a document with the title, agency and year that its opening says now."""
    opening, before = document.section(0), source.section(0)
    if opening is None or opening == before:
        return document
    from core.readers.naming import find_naming

    naming = find_naming([each.text for each in opening.paragraphs], source.title)
    return replace(
        document,
        title=naming.title or source.title,
        agency=naming.agency or source.agency,
        year=naming.year or source.year,
    )
