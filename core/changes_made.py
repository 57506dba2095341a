"""What was changed in a report: where, from what to what, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from core.document import CellRef, Document, Paragraph, ParagraphRef
from core.edits import CellInsertion, Insertion
from core.forms.model import short_label
from core.places import cells_place, paragraph_place
from core.reasons import reasons_of_changes
from core.rewording import alike
from core.writers.marking import Place

if TYPE_CHECKING:
    from core.session import Session

_NO_ROW, _ROW_PUT_IN = "（没有这一行）", "补入“{}”一行"
_NO_CELL, _CELL_PUT_IN = "（没有这一格）", "补入空白单元格"
# What stays the same around a change in prose, in characters.
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Change:
    """A cell or paragraph that no longer says what the source says.

    `where` is the place in words, `old` and `new` the whole texts, `at` the local
    time of the last edit.  `why` is what a finding said about the old text, "" if
    none said anything.  `insertion` is what was put in, None where a text was changed.
    """

    place: Place
    where: str
    old: str
    new: str
    at: datetime
    why: str
    insertion: Insertion | None = None

    @property
    def excerpts(self) -> tuple[str, str]:
        """The old and the new text, of prose only what differs and a little around it."""
        if isinstance(self.place, CellRef) or not (self.old and self.new):
            return self.old, self.new
        head = _outside_number(self.old, alike(self.old, self.new) - _AROUND)
        old, new = self.old[head:], self.new[head:]
        tail = _outside_number(old[::-1], alike(old[::-1], new[::-1]) - _AROUND)
        return _cut(old, head, tail), _cut(new, head, tail)


def changes_made(session: Session) -> tuple[Change, ...]:
    """Return all changes of a session, in the order of the report.

    The reasons are those of the source, which is checked for them.
    """
    reasons = reasons_of_changes(session)
    order = _order(session.document)
    found: list[tuple[Place, str, str, str]] = [*_cells(session), *_paragraphs(session)]
    changes = [
        Change(place, where, old, new, session.changed_at[place], reasons.get(place, ""))
        for place, where, old, new in found
    ]
    changes += _insertions(session, reasons)
    return tuple(sorted(changes, key=lambda change: _position(order, change.place)))


def _insertions(session: Session, reasons: Mapping[Place, str]) -> Iterator[Change]:
    restructuring = session.restructuring
    for beside, insertion in restructuring.insertions:
        at, why = session.inserted_at[insertion], reasons.get(beside, "")
        if isinstance(insertion, CellInsertion):
            place = restructuring.present_ref(insertion.ref)
            where = cells_place(session.document, [place])
            yield Change(place, where, _NO_CELL, _CELL_PUT_IN, at, why, insertion)
        elif row := restructuring.row(insertion.table, insertion.row):
            place = CellRef(row.table, restructuring.place(row), row.columns[0][0])
            where = cells_place(session.document, [place])
            new = _ROW_PUT_IN.format(short_label(row.label))
            yield Change(place, where, _NO_ROW, new, at, why, insertion)


def _cells(session: Session) -> Iterator[tuple[CellRef, str, str, str]]:
    for ref, text in session.edits.items():
        yield ref, cells_place(session.document, [ref]), session.original(ref), text


def _paragraphs(session: Session) -> Iterator[tuple[ParagraphRef, str, str, str]]:
    added = [ParagraphRef(number, 0) for number in session.rewording.added]
    for ref in (*session.rewording.replaced, *added):
        section = session.source.section(ref.section)
        own = section.paragraphs[ref.paragraph : ref.paragraph + 1] if section else ()
        old = own[0].text if own else ""
        where = paragraph_place(session.document, ref)
        yield ref, where, old, session.paragraph(ref) or ""


def _order(document: Document) -> Mapping[str | ParagraphRef, int]:
    """Return the position of every table, by its id, and of every paragraph."""
    order: dict[str | ParagraphRef, int] = {}
    for section in document.sections:
        paragraphs = 0
        for block in section.blocks:
            if isinstance(block, Paragraph):
                order.setdefault(ParagraphRef(section.number, paragraphs), len(order))
                paragraphs += 1
            else:
                order[block.id] = len(order)
    return order


def _position(order: Mapping[str | ParagraphRef, int], place: Place) -> tuple[int, int, int]:
    if isinstance(place, CellRef):
        return order[place.table], place.row, place.column
    return order[place], 0, 0


def _outside_number(text: str, cut: int) -> int:
    """Return where to cut a text at the latest without cutting through a number, 0 at least."""
    while cut > 0 and text[cut - 1].isdecimal() and text[cut : cut + 1].isdecimal():
        cut -= 1
    return max(cut, 0)


def _cut(text: str, head: int, tail: int) -> str:
    kept = text[: len(text) - tail]
    return f"{'…' if head else ''}{kept}{'…' if tail else ''}"
