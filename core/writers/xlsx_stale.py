"""Which stored results of formulas may be wrong once some cells have changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.excel.names import Area
from core.excel.references import Reference, references_in
from core.writers.xlsx_shared import Formulas

Place = tuple[int, int]
# With more, telling them apart takes longer than computing them all again.
_MOST = 20_000


def stale_places(
    formulas: Mapping[str, Formulas], changed: Mapping[str, Collection[Place]]
) -> dict[str, set[Place]]:
    """Return the formulas that depend on changed cells, directly or not, by sheet.

    `formulas` and `changed` are by the sheets' names.  A formula whose text does not
    tell what it looks at counts as depending.
    """
    gone = {(sheet.casefold(), place) for sheet, places in changed.items() for place in places}
    waiting = {
        (sheet, place): _seen(sheet, place, own)
        for sheet, own in formulas.items()
        for place in own.places
        if (sheet.casefold(), place) not in gone
    }
    stale: dict[str, set[Place]] = {}
    moved = gone
    while moved:
        found = {
            key for key, seen in waiting.items() if len(waiting) > _MOST or _looks_at(seen, moved)
        }
        moved = set()
        for sheet, place in found:
            del waiting[sheet, place]
            places = formulas[sheet].covered_by(place)
            stale.setdefault(sheet, set()).update(places)
            moved |= {(sheet.casefold(), each) for each in places}
    return stale


_Seen = list[tuple[str, Area]] | None


def _seen(sheet: str, place: Place, formulas: Formulas) -> _Seen:
    text = formulas.text(place)
    found = None if text is None else references_in(text, sheet)
    return None if found is None else [_key(each) for each in found]


def _key(reference: Reference) -> tuple[str, Area]:
    return reference.sheet.casefold(), reference.area


def _looks_at(seen: _Seen, moved: Collection[tuple[str, Place]]) -> bool:
    if seen is None:
        return True
    return any(name == sheet and area.has(*place) for name, area in seen for sheet, place in moved)
