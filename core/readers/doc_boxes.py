"""The text boxes of a binary Word file: where each is anchored and where its text stands."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise

from core.readers.doc_file import Place, WordFile
from core.readers.doc_pieces import positions

_SHAPE_SIZE, _BOX_SIZE = 26, 22
_SHAPE_ID_IN_BOX = 14
# The story of text boxes follows the text, footnotes, headers, macros, comments and endnotes.
_STORY = 6


@dataclass(frozen=True, slots=True)
class Box:
    """The positions of the text of a box."""

    start: int
    end: int


def read_boxes(file: WordFile) -> dict[int, list[Box]]:
    """Return the text boxes of the main text by the position of their anchors.

    Raises:
        UnreadableFileError: Their lists are broken or too long.
    """
    stored = file.stored(Place.BOXES)
    bounds, items = positions(stored, _BOX_SIZE)
    base = sum(file.stories[:_STORY])
    end = base + file.stories[_STORY]
    texts: dict[int, list[Box]] = {}
    for index, (first, after) in enumerate(pairwise(bounds)):
        offset = items + _BOX_SIZE * index + _SHAPE_ID_IN_BOX
        (shape,) = struct.unpack_from("<I", stored, offset)
        box = Box(min(base + first, end), min(base + after, end))
        texts.setdefault(shape, []).append(box)
    anchors = file.stored(Place.SHAPES)
    bounds, items = positions(anchors, _SHAPE_SIZE)
    found: dict[int, list[Box]] = {}
    for index, position in enumerate(bounds[:-1]):
        (shape,) = struct.unpack_from("<I", anchors, items + _SHAPE_SIZE * index)
        # Each box is read once, however many anchors claim it.
        found.setdefault(position, []).extend(texts.pop(shape, ()))
    return found
