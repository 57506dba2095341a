"""The text boxes of a binary Word file: where each is anchored and where its text stands."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise

from core.readers.doc_file import Place, WordFile
from core.readers.doc_pieces import positions

_SHAPE_SIZE, _BOX_SIZE = 26, 22
# Whether a box waits to be used again, and the number of its shape.
_BOX = "<8xH4xI"
# The story of text boxes follows the text, footnotes, headers, macros, comments and endnotes.
_STORY = 6


@dataclass(frozen=True, slots=True)
class Box:
    """The positions of the text of a box."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Boxes:
    """The text boxes of the main text by the position of their anchors, and those without one.

    What stands in a group of shapes has no anchor of its own.
    """

    anchored: dict[int, list[Box]]
    others: list[Box]


def read_boxes(file: WordFile) -> Boxes:
    """Return the text boxes of the main text, each once, however many anchors claim it.

    Raises:
        UnreadableFileError: Their lists are broken or too long.
    """
    texts = _texts(file)
    stored = file.stored(Place.SHAPES)
    bounds, items = positions(stored, _SHAPE_SIZE)
    anchored: dict[int, list[Box]] = {}
    for index, position in enumerate(bounds[:-1]):
        (shape,) = struct.unpack_from("<I", stored, items + _SHAPE_SIZE * index)
        anchored.setdefault(position, []).extend(texts.pop(shape, ()))
    return Boxes(anchored, [box for boxes in texts.values() for box in boxes])


def _texts(file: WordFile) -> dict[int, list[Box]]:
    """Return the text boxes by the number of the shape in which they stand."""
    stored = file.stored(Place.BOXES)
    bounds, items = positions(stored, _BOX_SIZE)
    base = sum(file.stories[:_STORY])
    end = base + file.stories[_STORY]
    found: dict[int, list[Box]] = {}
    for index, (first, after) in enumerate(pairwise(bounds)):
        is_free, shape = struct.unpack_from(_BOX, stored, items + _BOX_SIZE * index)
        if not is_free:
            box = Box(min(base + first, end), min(base + after, end))
            found.setdefault(shape, []).append(box)
    return found
