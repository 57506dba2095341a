"""Which stored results of formulas may be wrong once some cells have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from core.excel.names import Area
from core.excel.references import references_in
from core.writers.xlsx_shared import Formulas

Place = tuple[int, int]
# The cells of a small area are listed one by one; a wide area is asked about each moved cell.
_SMALL = 32
# Questions to wide areas: telling apart what takes more of them takes longer than computing
# everything again.
_MOST_QUESTIONS = 2_000_000


def stale_places(
    formulas: Mapping[str, Formulas], changed: Mapping[str, Collection[Place]]
) -> dict[str, set[Place]]:
    """Return the formulas that depend on changed cells, directly or not, by sheet.

    `formulas` and `changed` are by the sheets' names.  A formula whose text does not
    tell what it looks at counts as depending; so do all that are left where there are
    too many to tell.
    """
    gone = {(sheet.casefold(), place) for sheet, places in changed.items() for place in places}
    waiting = _Waiting(formulas, gone)
    stale: dict[str, set[Place]] = {}
    moved = gone
    while moved:
        found = waiting.taken_for(moved)
        moved = set()
        for sheet, place in found:
            places = formulas[sheet].covered_by(place)
            stale.setdefault(sheet, set()).update(places)
            moved |= {(sheet.casefold(), each) for each in places}
    return stale


class _Waiting:
    """Formulas, by sheet and place, of which it is not known yet that they depend on a change."""

    def __init__(
        self, formulas: Mapping[str, Formulas], gone: Collection[tuple[str, Place]]
    ) -> None:
        self._left: set[tuple[str, Place]] = set()
        self._untold: set[tuple[str, Place]] = set()
        self._by_cell: dict[tuple[str, Place], list[tuple[str, Place]]] = defaultdict(list)
        self._wide: dict[tuple[str, Place], list[tuple[str, Area]]] = defaultdict(list)
        self._questions = 0
        for sheet, own in formulas.items():
            for place in own.places:
                if (sheet.casefold(), place) not in gone:
                    self._left.add((sheet, place))
                    self._note(sheet, place, own.text(place))

    def taken_for(self, moved: Collection[tuple[str, Place]]) -> set[tuple[str, Place]]:
        """Take out the formulas that look at a moved cell, and return them."""
        self._questions += len(moved) * sum(len(areas) for areas in self._wide.values())
        if self._questions > _MOST_QUESTIONS:
            found = set(self._left)
        else:
            near = {key for cell in moved for key in self._by_cell.get(cell, ())}
            wide = {key for key, areas in self._wide.items() if _any_has(areas, moved)}
            found = (near | wide | self._untold) & self._left
        self._left -= found
        for key in found:
            self._wide.pop(key, None)
        return found

    def _note(self, sheet: str, place: Place, text: str | None) -> None:
        seen = None if text is None else references_in(text, sheet)
        if seen is None:
            self._untold.add((sheet, place))
            return
        for each in seen:
            name = each.sheet.casefold()
            if each.area.size > _SMALL:
                self._wide[sheet, place].append((name, each.area))
                continue
            for cell in each.area.places():
                self._by_cell[name, cell].append((sheet, place))


def _any_has(areas: Collection[tuple[str, Area]], moved: Collection[tuple[str, Place]]) -> bool:
    return any(name == sheet and area.has(*place) for name, area in areas for sheet, place in moved)
