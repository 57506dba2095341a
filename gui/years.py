"""Last year's numbers beside this year's: which cell stands for which, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from core.document import CellRef
from core.numbers import is_blank, parse_number, plain

if TYPE_CHECKING:
    from core.session import Session

BLANK = "空白"


class Trend(Enum):
    """How this year's cell differs from last year's."""

    HIGHER = "▲"
    LOWER = "▼"
    OTHER = "≠"


@dataclass(frozen=True, slots=True)
class YearChange:
    """That a cell says something else this year, and in a sentence what."""

    trend: Trend
    sentence: str


def counterpart(session: Session, ref: CellRef, other: Session) -> CellRef | None:
    """Return the cell of another report that stands for the same slot, None without one."""
    slot = session.match.slot_at.get(ref)
    place = other.match.places.get(slot) if slot else None
    return place.ref if place else None


def table_beside(session: Session, table_id: str, other: Session) -> str:
    """Return the id of the same statutory table in another report, empty without one."""
    found = session.match.by_table_id.get(table_id)
    same = other.match.tables.get(found.name) if found else None
    return same.table_id if same else ""


def year_change(last: str, this: str) -> YearChange | None:
    """Return how a cell has changed from one year to the next, None where it says the same.

    Numbers are compared as numbers; a blank is not taken for a zero.
    """
    before, now = parse_number(last), parse_number(this)
    said = f"上年 {_said(last)}，本年 {_said(this)}"
    if before is None or now is None:
        is_same = last.strip() == this.strip() or (is_blank(last) and is_blank(this))
        return None if is_same else YearChange(Trend.OTHER, said)
    if before == now:
        return None
    if now > before:
        return YearChange(Trend.HIGHER, f"{said}，增加 {plain(now - before)}")
    return YearChange(Trend.LOWER, f"{said}，减少 {plain(before - now)}")


def year_changes(last: Session, this: Session, table_id: str) -> Mapping[CellRef, YearChange]:
    """Return what differs, by the cells of a table of last year's report."""
    found = last.match.by_table_id.get(table_id)
    changes: dict[CellRef, YearChange] = {}
    for slot, place in (found.places if found else {}).items():
        same = this.match.places.get(slot)
        change = year_change(last.text(place.ref), this.text(same.ref)) if same else None
        if change is not None:
            changes[place.ref] = change
    return changes


def _said(text: str) -> str:
    return text.strip() or BLANK
