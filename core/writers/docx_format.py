"""The format of a run that is put into an empty cell: its paragraph mark's, or a neighbour's."""

from __future__ import annotations

from collections.abc import Iterator

from core.word.content import Element, Sight, cell_lines, cells
from core.word.names import child, name_of, word_tags
from core.word.outline import Part

# What belongs to the history of a mark or run, or would hide the new text.
_NOT_COPIED = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "vanish", "specVanish"}
FORMAT_TAGS = word_tags("rPr", *_NOT_COPIED)


def run_properties(part: Part, run: Element) -> str:
    """Return a run's w:rPr for another one beside it, without its history."""
    properties = child(run, "rPr")
    return "" if properties is None else _markup(part, properties)


def run_format(part: Part, cell: Element, paragraph: Element | None) -> str:
    """Return a w:rPr for a new run in a paragraph of a cell, empty where nothing says how."""
    mark = child(paragraph, "pPr", "rPr")
    if mark is not None and any(name_of(each) not in _NOT_COPIED for each in mark):
        return _markup(part, mark)
    neighbour = next(_neighbours(cell), None)
    return _markup(part, neighbour) if neighbour is not None else ""


def _neighbours(cell: Element) -> Iterator[Element]:
    """Yield the formats of other cells in the row, those with numbers first, then the nearest."""
    row = next((each for each in cell.iterancestors() if name_of(each) == "tr"), None)
    found: list[tuple[bool, int, Element]] = []
    others = list(cells(row, Sight())) if row is not None else []
    place = others.index(cell) if cell in others else 0
    for index, other in enumerate(others):
        pieces = [piece for line in cell_lines(other, Sight()) for piece in line]
        text = "".join(piece.text for piece in pieces)
        run = next((piece.element.getparent() for piece in pieces if piece.text.strip()), None)
        properties = child(run, "rPr")
        if other is not cell and properties is not None:
            found.append((not text.strip().isdecimal(), abs(index - place), properties))
    yield from (each for _, _, each in sorted(found, key=lambda item: item[:2]))


def _markup(part: Part, properties: Element) -> str:
    """Return a w:rPr as it is written, without what is not copied."""
    extent = part.extents[properties]
    place, kept = extent.start, ""
    for each in properties:
        if name_of(each) in _NOT_COPIED:
            inner = part.extents[each]
            kept += part.text(place, inner.start)
            place = inner.end
    return kept + part.text(place, extent.end)
