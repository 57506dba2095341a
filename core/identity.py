"""Which mistake a finding is, whatever draft of the report it stands in.

Table ids, row numbers and offsets in a paragraph shift from draft to draft, so
none of them is used.  A finding is known by its report, its rule and its slots;
one without slots by the labels around its cells, or by the sentence it marks.
Beside that stand the facts: what its cells and its message say.  Texts are
compared without white space and width.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.document import Cell, CellRef, Confidence, Document, Table
from core.numbers import is_blank, parse_number, plain

if TYPE_CHECKING:
    from core.rules.model import Finding, Span

_LONGEST_OPENING = 80
# White space, marks without width, and halves of a character, which no file can hold.
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[。！？；!?;\n]")
# An ID card has 18 places, a mobile number 11; such a number shall not spread into another file.
_PERSONAL = re.compile(r"(?<!\d)(\d{3})\d{4,}(\d{3}[\dXx])(?![\dXx])")


@dataclass(frozen=True, slots=True)
class Subject:
    """Which relation of which report a finding is about, without what the numbers are.

    `report` is the agency, the title where no agency is named, else the report's
    first words.  `slots` are sorted.  `place` is empty where there are slots.
    """

    report: str
    year: int | None
    rule: str
    slots: tuple[str, ...] = ()
    place: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a finding rests on: its cells in the rule's order, its values sorted by name.

    A number stands as plain digits, a blank as nothing, an uncertain cell as
    its readings.
    """

    cells: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """A finding across drafts; equal identities are the same mistake with the same numbers."""

    subject: Subject
    facts: Facts

    @property
    def order(self) -> tuple[tuple[str, bool, int, str], tuple[tuple[object, ...], ...]]:
        """What identities are sorted by; a report without a year comes first."""
        one, other = self.subject, self.facts
        report = (one.report, one.year is not None, one.year or 0, one.rule)
        return (report, (one.slots, one.place, other.cells, other.values))


def identity_of(finding: Finding, document: Document) -> Identity:
    """Return what a finding is; `document` must be the one that it was found in."""
    found = finding.found
    subject = Subject(
        report_of(document),
        document.year,
        finding.rule,
        tuple(sorted(set(found.slots))),
        () if found.slots else tuple(_place(finding, document)),
    )
    cells = tuple(_cell_fact(document.cell(ref)) for ref in found.cells)
    values = ((name, _masked(_same(text))) for name, text in found.values.items())
    return Identity(subject, Facts(cells, tuple(sorted(values))))


def report_of(document: Document) -> str:
    """Return whose report it is; two reports that say nothing at all are not told apart."""
    return _same(document.agency or document.title or _opening(document))[:_LONGEST_OPENING]


def _opening(document: Document) -> str:
    texts = (paragraph.text for part in document.sections for paragraph in part.paragraphs)
    return next((text for text in texts if _same(text)), "")


def _same(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _masked(text: str) -> str:
    """Return a text without the middle of an ID card's or a mobile phone's number."""
    return _PERSONAL.sub(r"\1…\2", text)


def _cell_fact(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.confidence is Confidence.UNCERTAIN:
        return "?" + "|".join(_same(reading) for reading in cell.readings)
    number = parse_number(cell.text)
    if number is not None:
        return plain(number)
    return "" if is_blank(cell.text) else _masked(_same(cell.text))


def _place(finding: Finding, document: Document) -> Iterator[str]:
    """Yield where a finding without slots stands, in words that the next draft still has."""
    found = finding.found
    if found.span is not None:
        yield from _sentence_place(document, found.span)
    elif found.cells:
        yield from dict.fromkeys(_cell_place(document, ref) for ref in found.cells)
    elif table := document.tables.get(found.table or ""):
        yield _table_place(document, table)


def _sentence_place(document: Document, span: Span) -> Iterator[str]:
    """Yield the section, the sentence around the span, and how far into it the span begins."""
    section = document.section(span.section)
    paragraphs = section.paragraphs if section else ()
    text = paragraphs[span.paragraph].text if span.paragraph < len(paragraphs) else ""
    begin = max((end.end() for end in _SENTENCE_END.finditer(text, 0, span.start)), default=0)
    last = _SENTENCE_END.search(text, max(span.end - 1, span.start))
    yield str(span.section)
    yield _masked(_same(text[begin : last.end() if last else len(text)]))
    yield str(len(_same(text[begin : span.start])))


def _cell_place(document: Document, ref: CellRef) -> str:
    table = document.tables.get(ref.table)
    if table is None:
        return ""
    above = (table.at(row, ref.column) for row in range(_header_rows(table, ref.row)))
    beside = (table.at(ref.row, column) for column in range(ref.column + 1))
    labels = dict.fromkeys((*_labels(table, above), *_labels(table, beside)))
    return f"{document.section_of[ref.table]}/{'/'.join(labels)}"


def _table_place(document: Document, table: Table) -> str:
    texts = (table.caption, *_labels(table, _first_words(table)))
    return f"{document.section_of[table.id]}/{'/'.join(_same(text) for text in texts if text)}"


def _first_words(table: Table) -> tuple[Cell, ...]:
    """Return the cells of the first row that is no title."""
    rows = (table.starting_in(row) for row in range(table.rows))
    return next((cells for cells in rows if any(_labels(table, cells))), ())


def _header_rows(table: Table, before: int) -> int:
    """Return how many rows at the top have no number; one where the whole table has none."""
    for row in range(before):
        if any(_is_number(cell) for cell in table.starting_in(row)):
            return row
    return min(before, 1) if _has_no_number(table, before) else before


def _has_no_number(table: Table, start: int) -> bool:
    return not any(_is_number(cell) for cell in table.cells if cell.row >= start)


def _labels(table: Table, cells: Iterable[Cell | None]) -> Iterator[str]:
    """Yield what some cells say in words; a title across the whole table names no cell."""
    for cell in cells:
        if cell is None or is_blank(cell.text) or _is_number(cell):
            continue
        if cell.column_span < table.columns or table.columns == 1:
            yield _masked(_same(cell.text))


def _is_number(cell: Cell) -> bool:
    return parse_number(cell.text) is not None
