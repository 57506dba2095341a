"""Which report is a superior government's, and which of the others it covers.

A government's report covers its departments and the governments below it; the
report of a government's office covers that office only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.batch_row import Row
from core.rules.two_years import agency_key


@dataclass(frozen=True)
class Hierarchy:
    """The reports that are under no other one, and those directly under each, by file."""

    roots: tuple[Row, ...]
    children: Mapping[str, tuple[Row, ...]]

    @property
    def superior(self) -> Row | None:
        """The one report that all others are under, None where there is no such."""
        if len(self.roots) == 1 and self.roots[0].file in self.children:
            return self.roots[0]
        return None

    @property
    def units(self) -> tuple[Row, ...]:
        """The reports whose sum the superior's report is: no cell is in two of them."""
        return self.children[self.superior.file] if self.superior else self.roots


def hierarchy_of(rows: Sequence[Row]) -> Hierarchy:
    """Return how reports of one year, one for each agency, stand under each other by name."""
    governments = {agency_key(row.agency): row for row in rows if is_government(row.agency)}
    roots: list[Row] = []
    children: dict[str, list[Row]] = {}
    for row in rows:
        above = _above(agency_key(row.agency), governments)
        if above is None:
            roots.append(row)
        else:
            children.setdefault(above.file, []).append(row)
    return Hierarchy(tuple(roots), {file: tuple(below) for file, below in children.items()})


def is_government(agency: str) -> bool:
    """Return whether an agency is a government itself, not one of its offices."""
    return "".join(agency.split()).endswith("政府")


def _above(key: str, governments: Mapping[str, Row]) -> Row | None:
    """Return the nearest government whose name an agency's begins with, itself not counted."""
    for length in range(len(key) - 1, 1, -1):
        if row := governments.get(key[:length]):
            return row
    return None
