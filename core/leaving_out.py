"""A report without some of its changes, for a file that should not have them.

The session in the window keeps them all: nothing is undone there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from core.document import CellRef, ParagraphRef
from core.edits import AnyEdit, CellInsertion, Edit, Insertion, TextEdit

if TYPE_CHECKING:
    from core.changes_made import Change
    from core.session import Session


def without(session: Session, left_out: Collection[Change]) -> Session:
    """Return a session of its own in the present state, but for the changes that are left out.

    With a row or cell that was put in goes everything that was typed into it.

    Raises:
        EditError: A change is none of this session's present state.
    """
    twin = session.snapshot()
    inserted = {
        ref for change in left_out if change.insertion for ref in _inserted(session, change)
    }
    texts = {ref: _restored(session, ref) for ref in inserted & session.edits.keys()}
    paragraphs: list[AnyEdit] = []
    for change in left_out:
        if isinstance(change.place, ParagraphRef):
            present = session.paragraph(change.place) or ""
            paragraphs.append(TextEdit(change.place, 0, len(present), present, change.old))
        elif change.insertion is None:
            texts[change.place] = _restored(session, change.place)
    # Texts first: only what is blank again can be taken out.
    twin.apply_all([*texts.values(), *paragraphs])
    twin.apply_all(each.insertion.inverse for each in left_out if each.insertion is not None)
    return twin


def dependent(
    session: Session, left_out: Collection[Change], changes: Collection[Change]
) -> tuple[Change, ...]:
    """Return those of some changes that are of texts in rows and cells that are left out."""
    cells = {ref for change in left_out if change.insertion for ref in _inserted(session, change)}
    return tuple(each for each in changes if each.insertion is None and each.place in cells)


def _restored(session: Session, ref: CellRef) -> Edit:
    return Edit(ref, session.text(ref), session.original(ref))


def _inserted(session: Session, change: Change) -> Iterator[CellRef]:
    """Yield the present addresses of the cells that an insertion has put in."""
    insertion: Insertion | None = change.insertion
    if not isinstance(change.place, CellRef) or insertion is None:
        return
    if isinstance(insertion, CellInsertion):
        yield change.place
        return
    table = session.document.tables[change.place.table]
    yield from (
        CellRef(table.id, cell.row, cell.column)
        for cell in table.cells
        if cell.row == change.place.row
    )
