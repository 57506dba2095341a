"""The cells of a row of a binary Word table: their edges and how they are merged.

A row is defined whole (TDefTable) and then changed by what follows in its list of
properties ([MS-DOC] 2.6.3).
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from core.readers.doc_properties import Change, Property

_MOST_CELLS = 64
_BOX_SIZE = 20
_WIDEST = 31_680  # twips, 22 inches


@dataclass(slots=True)
class Box:
    """How a cell is merged: with those beside it (`starts` or `joins`) and those above."""

    starts: bool = False
    joins: bool = False
    continues: bool = False


@dataclass(slots=True)
class Shape:
    """The edges of a row in twips, from left to right, and its cells between them."""

    edges: list[int] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def rising(self) -> list[int]:
        """Return the edges with none at or before the one before it."""
        found: list[int] = []
        for edge in self.edges:
            found.append(max(edge, found[-1] + 1) if found else edge)
        return found


def row_shape(told: Iterable[Change]) -> Shape:
    """Return the shape of a row; without any cell if its properties define none."""
    shape = Shape()
    for name, value in told:
        if name in _STEPS:
            _STEPS[name](shape, value)
    return shape


def _define(shape: Shape, value: bytes) -> None:
    count = min(value[2], _MOST_CELLS) if len(value) > 2 else 0
    boxes = 3 + 2 * (count + 1)
    if not count or boxes > len(value):
        return
    shape.edges = list(struct.unpack_from(f"<{count + 1}h", value, 3))
    shape.boxes = [
        _box(value[boxes + _BOX_SIZE * index : boxes + _BOX_SIZE * index + 2])
        for index in range(count)
    ]


def _box(flags: bytes) -> Box:
    said = int.from_bytes(flags, "little")
    beside, above = said & 3, said >> 5 & 3
    return Box(starts=beside > 1, joins=beside == 1, continues=above == 1)


def _move(shape: Shape, value: bytes) -> None:
    left = int.from_bytes(value, "little", signed=True)
    shape.edges = [edge - shape.edges[0] + left for edge in shape.edges]


def _insert(shape: Shape, value: bytes) -> None:
    first, count, width = struct.unpack("<BBh", value)
    count = min(count, _MOST_CELLS - len(shape.boxes))
    if not shape.edges or count <= 0:
        return
    first = min(first, len(shape.boxes))
    width = min(max(width, 0), _WIDEST)
    left = shape.edges[first]
    shape.edges[first + 1 :] = [
        *(left + width * (index + 1) for index in range(count)),
        *(edge + width * count for edge in shape.edges[first + 1 :]),
    ]
    shape.boxes[first:first] = [Box() for _ in range(count)]


def _delete(shape: Shape, value: bytes) -> None:
    first, limit = value[0], min(value[1], len(shape.boxes))
    if first >= limit:
        return
    gone = shape.edges[limit] - shape.edges[first]
    shape.edges[first + 1 :] = [edge - gone for edge in shape.edges[limit + 1 :]]
    del shape.boxes[first:limit]


def _widen(shape: Shape, value: bytes) -> None:
    first, limit, width = struct.unpack("<BBh", value)
    widths = [right - left for left, right in pairwise(shape.edges)]
    changed = range(first, min(limit, len(widths)))
    widths[first : changed.stop] = [min(max(width, 0), _WIDEST)] * len(changed)
    shape.edges = list(accumulate(widths, initial=shape.edges[0])) if widths else []


def _merge(shape: Shape, value: bytes) -> None:
    for index, box in enumerate(shape.boxes[value[0] : value[1]]):
        box.starts, box.joins = index == 0, index > 0


def _split(shape: Shape, value: bytes) -> None:
    for box in shape.boxes[value[0] : value[1]]:
        box.starts = box.joins = False


def _merge_down(shape: Shape, value: bytes) -> None:
    # Its value begins with its own length.
    if len(value) > 2 and value[1] < len(shape.boxes):
        shape.boxes[value[1]].continues = value[2] == 1


_STEPS: Mapping[int, Callable[[Shape, bytes], None]] = {
    Property.ROW: _define,
    Property.ROW_LEFT: _move,
    Property.INSERT_CELLS: _insert,
    Property.DELETE_CELLS: _delete,
    Property.CELL_WIDTH: _widen,
    Property.MERGE_CELLS: _merge,
    Property.SPLIT_CELLS: _split,
    Property.MERGE_DOWN: _merge_down,
}
