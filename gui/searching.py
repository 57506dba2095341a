"""Finding and replacing in cells, with wide and narrow characters taken as the same if wanted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.document import CellRef

if TYPE_CHECKING:
    from core.session import Session


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.  Capitals never matter; an empty text is found nowhere."""

    text: str
    folds_width: bool = True
    whole_cell: bool = False

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where it stands in a text, as characters from start to end, none overlapping."""
        wanted, _ = self._folded(self.text)
        said, places = self._folded(text)
        if not wanted:
            return ()
        if self.whole_cell:
            return ((0, len(text)),) if said.strip() == wanted.strip() else ()
        found, start = [], said.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            is_whole = places[start] != (places[start - 1] if start else -1) and (
                end == len(said) or places[end] != places[end - 1]
            )
            # Half of a character that is folded to several, such as ㎡, is not replaced.
            if is_whole:
                found.append((places[start], places[end - 1] + 1))
            start = said.find(wanted, end if is_whole else start + 1)
        return tuple(found)

    def is_in(self, text: str) -> bool:
        """Return whether it stands in a text."""
        return bool(self.places(text))

    def replaced(self, text: str, by: str) -> str:
        """Return a text with another in place of what is looked for."""
        for start, end in reversed(self.places(text)):
            text = text[:start] + by + text[end:]
        return text

    def _folded(self, text: str) -> tuple[str, list[int]]:
        """Return a text as it is compared, and where each of its characters comes from."""
        pieces, places = [], []
        for number, character in enumerate(text):
            same = unicodedata.normalize("NFKC", character) if self.folds_width else character
            folded = same.casefold()
            pieces.append(folded)
            places += [number] * len(folded)
        return "".join(pieces), places


def cells_with(session: Session, query: Query, tables: Sequence[str]) -> Iterator[CellRef]:
    """Yield the cells of some tables in which a text stands, in reading order."""
    for name in tables:
        table = session.document.tables[name]
        for cell in table.cells:
            if query.is_in(cell.text):
                yield table.ref(cell)


def next_after(
    found: Sequence[CellRef], order: Sequence[str], here: CellRef | None
) -> tuple[CellRef, bool] | None:
    """Return the first cell behind another, and whether the search began anew; None of none."""
    if not found:
        return None
    if here is None:
        return found[0], False

    def rank(ref: CellRef) -> tuple[int, int, int]:
        return order.index(ref.table), ref.row, ref.column

    later = next((ref for ref in found if rank(ref) > rank(here)), None)
    return (later, False) if later is not None else (found[0], True)
