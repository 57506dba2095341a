"""Which paragraphs belong to a table, and which of their numbers are those of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.document import Document, ParagraphRef, Section
from core.numbers import is_blank, parse_number
from core.rewording import source_text
from core.rules.model import Span

if TYPE_CHECKING:
    from core.prose import Span as StatedSpan
    from core.rules.ties import Tie
    from core.session import Session

# What the paragraphs of 一、总体情况 about each table speak of.
_TOPICS = {
    "disclosure": re.compile("主动公开|规范性文件|规章|行政许可|行政处罚|行政强制|收费"),
    "applications": re.compile("依申请|公开申请|申请公开|受理|答复"),
    "cases": re.compile("复议|诉讼"),
}
_OVERVIEW = 1
_LEAST_TELLING = 10
_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to show; `paragraph` is its index in the section, None for the heading.

    `text` is without the white space around it; `cut` characters stood before it.
    `original` is what the file says, None where nothing was changed.
    """

    section: Section
    paragraph: int | None
    text: str
    cut: int = 0
    original: str | None = None

    @property
    def ref(self) -> ParagraphRef | None:
        """The address of the paragraph, None for a heading."""
        if self.paragraph is None:
            return None
        return ParagraphRef(self.section.number, self.paragraph)

    def holds(self, span: Span | StatedSpan) -> bool:
        """Return whether a stretch of prose is in this paragraph."""
        return (self.section.number, self.paragraph) == (span.section, span.paragraph)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows: paragraphs, and what is marked in them.

    `number` is that of a cell, `span` the stretch that a finding speaks of.
    """

    passages: tuple[Passage, ...] = ()
    number: str = ""
    span: Span | None = None
    ties: tuple[Tie, ...] = ()

    def ties_in(self, passage: Passage) -> Iterator[tuple[int, int, Tie]]:
        """Yield where statements stand in the text of a passage."""
        for tie in self.ties:
            if passage.holds(tie.span):
                start, end = tie.span.start - passage.cut, tie.span.end - passage.cut
                if 0 <= start < end <= len(passage.text):
                    yield start, end, tie

    def marks_in(self, passage: Passage) -> Iterator[tuple[int, int]]:
        """Yield which stretches of a passage have a ground of their own."""
        if self.span and passage.holds(self.span):
            end = min(self.span.end - passage.cut, len(passage.text))
            yield max(self.span.start - passage.cut, 0), end
        yield from same_numbers(passage.text, self.number)


def whole_section(session: Session, section: Section) -> list[Passage]:
    """Return the heading and all paragraphs of a section."""
    heading = [Passage(section, None, section.heading)] if section.heading else []
    return heading + list(_prose(session, section))


def is_empty(session: Session, section: Section) -> bool:
    """Return whether a paragraph can be put into a section, which says nothing yet."""
    is_first = session.document.section(section.number) is section
    said = section.tables or any(each.text.strip() for each in section.paragraphs)
    return is_first and not said


def about_table(session: Session, table_id: str, span: Span | None = None) -> list[Passage]:
    """Return the prose of a table's own section, and what the overview says about its subject.

    The paragraph of a `span`, of which a finding speaks, stands first.
    """
    document = session.document
    spoken_of = document.section(span.section) if span else None
    if span and spoken_of:
        first = [p for p in _prose(session, spoken_of) if p.paragraph == span.paragraph]
        rest = about_table(session, table_id)
        return first + [passage for passage in rest if passage not in first]
    own = next(
        (part for part in document.sections if any(t.id == table_id for t in part.tables)), None
    )
    passages = list(_prose(session, own)) if own else []
    found = session.match.by_table_id.get(table_id)
    overview = document.section(_OVERVIEW)
    if found and overview and overview is not own:
        topic = _TOPICS[found.name]
        passages += [passage for passage in _prose(session, overview) if topic.search(passage.text)]
    return passages


def same_numbers(text: str, number: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has the number of a cell, as character offsets.

    A number of one digit stands in a text by chance, so nothing is yielded for it.
    """
    wanted = None if is_blank(number) else parse_number(number)
    if wanted is None or abs(wanted) < _LEAST_TELLING:
        return
    for found in _NUMBER.finditer(text):
        if parse_number(found[0]) == wanted:
            yield found.span()


def section_index(document: Document, number: int) -> int:
    """Return the index of the section with a number, the first one if it occurs twice."""
    return next((i for i, part in enumerate(document.sections) if part.number == number), 0)


def _prose(session: Session, section: Section) -> Iterator[Passage]:
    for index, paragraph in enumerate(section.paragraphs):
        if text := paragraph.text.strip():
            cut = len(paragraph.text) - len(paragraph.text.lstrip())
            yield Passage(section, index, text, cut, _original(session, section, index))


def _original(session: Session, section: Section, index: int) -> str | None:
    ref = ParagraphRef(section.number, index)
    rewording = session.rewording
    if ref not in rewording.replaced and not (section.number in rewording.added and not index):
        return None
    return source_text(session.source, ref)
