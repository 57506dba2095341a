"""Which cells are framed now: those of a relation, its total, and one that a hand points at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.document import CellRef
from core.forms.model import Comparison, Relation
from gui.causes import Cause

if TYPE_CHECKING:
    from core.forms.alignment import ReportMatch


@dataclass(frozen=True, slots=True)
class Link:
    """A sum: the cells that are added up, and the one that should be what they come to."""

    parts: tuple[CellRef, ...]
    total: CellRef


@dataclass(frozen=True, slots=True)
class Framed:
    """What is framed in one report, kept while another is shown."""

    cells: frozenset[CellRef] = frozenset()
    links: tuple[Link, ...] = ()


NOTHING_FRAMED = Framed()


class Frames(QObject):
    """Holds what is framed; the grid asks for every cell that it draws.

    Signals:
        changed: The cells that look otherwise than before (frozenset of CellRef).
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cells: frozenset[CellRef] = frozenset()
        self.links: tuple[Link, ...] = ()
        self.totals: frozenset[CellRef] = frozenset()
        self.pointed: CellRef | None = None

    @property
    def held(self) -> Framed:
        """What is framed now."""
        return Framed(self.cells, self.links)

    def show(self, cells: Iterable[CellRef], links: Iterable[Link] = ()) -> None:
        """Frame some cells, and the totals of sums among them otherwise."""
        links = tuple(links)
        cells, totals = frozenset(cells), frozenset(link.total for link in links)
        changed = (self.cells ^ cells) | (self.totals ^ totals)
        is_same = links == self.links and not changed
        self.cells, self.totals, self.links = cells, totals, links
        if not is_same:
            self.changed.emit(changed)

    def point_at(self, ref: CellRef | None) -> None:
        """Mark the cell of a number that a hand points at elsewhere, or none any more."""
        changed = frozenset(each for each in (self.pointed, ref) if each is not None)
        is_same, self.pointed = ref == self.pointed, ref
        if not is_same:
            self.changed.emit(changed)

    def hold(self, framed: Framed) -> None:
        """Frame what was framed in another report, which is drawn anew in any case."""
        self.cells, self.links = framed.cells, framed.links
        self.totals = frozenset(link.total for link in framed.links)
        self.pointed = None


def links_of_cause(cause: Cause, match: ReportMatch) -> tuple[Link, ...]:
    """Return the sums that a cause breaks."""
    relations = (finding.found.relation for finding in cause.findings)
    links = (link_of(relation, match) for relation in relations if relation is not None)
    return tuple(link for link in links if link is not None)


def link_of(relation: Relation, match: ReportMatch) -> Link | None:
    """Return the sum that a relation is, None where it has no single total."""
    if relation.comparison is not Comparison.EQUAL or len(relation.right) != 1:
        return None
    places = [match.places.get(slot) for slot in relation.slots]
    *parts, total = places
    if total is None:
        return None
    return Link(tuple(place.ref for place in parts if place), total.ref)
