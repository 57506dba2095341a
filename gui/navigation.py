"""The order in which F8 walks through the findings: that of the report, from where one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.document import CellRef, Document, Table
from gui.causes import Cause
from gui.highlights import Highlights
from gui.prose import section_index

# Section, block inside it, row, column.
Position = tuple[float, float, float, float]
_AFTER_ALL: Position = (float("inf"), 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """Where F8 leads; `wrapped` is true when it went past an end of the report."""

    cause: Cause
    wrapped: bool


def in_report_order(
    document: Document, highlights: Highlights, causes: Sequence[Cause]
) -> list[tuple[Position, Cause]]:
    """Return causes by the place they lead to; those without one stand at the end."""
    blocks = _table_positions(document)
    placed = [
        (_position(document, blocks, cause, highlights.anchor(cause)), cause) for cause in causes
    ]
    return sorted(placed, key=lambda pair: pair[0])


def step(
    ordered: Sequence[tuple[Position, Cause]],
    chosen: Cause | None,
    here: Position,
    forward: bool,
) -> Step | None:
    """Return the next or previous cause, None if there is none at all.

    From a chosen one the walk goes on in the list; otherwise it starts at
    the current cell.
    """
    if not ordered:
        return None
    index = next((i for i, (_, cause) in enumerate(ordered) if cause is chosen), None)
    if index is not None:
        index += 1 if forward else -1
    elif forward:
        index = sum(position <= here for position, _ in ordered)
    else:
        index = sum(position < here for position, _ in ordered) - 1
    wrapped = not 0 <= index < len(ordered)
    return Step(ordered[index % len(ordered)][1], wrapped)


def cell_position(document: Document, ref: CellRef) -> Position:
    """Return where a cell stands in the report."""
    section, block = _table_positions(document).get(ref.table, (float("inf"), 0))
    return (section, block, ref.row, ref.column)


def section_position(index: int) -> Position:
    """Return where a section begins, by its index in the document."""
    return (index, -1, 0, 0)


def _position(
    document: Document,
    blocks: dict[str, tuple[int, int]],
    cause: Cause,
    anchor: CellRef | None,
) -> Position:
    if anchor is not None and anchor.table in blocks:
        return (*blocks[anchor.table], anchor.row, anchor.column)
    if span := cause.span:
        return (section_index(document, span.section), span.paragraph, span.start, 0)
    if cause.table in blocks:
        return (*blocks[cause.table], -1, 0)
    return _AFTER_ALL


def _table_positions(document: Document) -> dict[str, tuple[int, int]]:
    return {
        block.id: (index, place)
        for index, section in enumerate(document.sections)
        for place, block in enumerate(section.blocks)
        if isinstance(block, Table)
    }
