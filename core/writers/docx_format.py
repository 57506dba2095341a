"""The format of a run that is put into an empty cell: its paragraph mark's, or a neighbour's."""

from __future__ import annotations

from collections.abc import Iterator

from core.word.content import Element, Sight, cell_lines, cells
from core.word.names import child, name_of, word_tags
from core.word.outline import Part
from core.word.raised import shapes_in
from core.writers.docx_splice import Splice, removed, without

# What belongs to the history of a mark or run, or would hide the new text.
_NOT_COPIED = {"ins", "del", "moveFrom", "moveTo", "rPrChange", "vanish", "specVanish"}
# What raises digits: those that are typed are plain ones.
_RAISING = "vertAlign"
FORMAT_TAGS = word_tags("rPr", _RAISING, *_NOT_COPIED)


def run_properties(part: Part, run: Element, text: str = "") -> str:
    """Return a run's w:rPr for another one with a text beside it, without its history."""
    properties = child(run, "rPr")
    return "" if properties is None else _markup(part, properties, flat=_has_digits(text))


def is_raised(element: Element) -> bool:
    """Return whether digits in an element of a run are raised or lowered."""
    run = element.getparent()
    return run is not None and bool(shapes_in(run))


def lowered(part: Part, element: Element, text: str) -> list[Splice]:
    """Return the changes after which a new text in a run's element is not raised by the run."""
    raising = child(element.getparent(), "rPr", _RAISING)
    if raising is None or not is_raised(element) or not _has_digits(text):
        return []
    return [removed(part, raising)]


def run_format(part: Part, cell: Element, paragraph: Element | None, sight: Sight) -> str:
    """Return a w:rPr for a new run in a paragraph of a cell, empty where nothing says how."""
    mark = child(paragraph, "pPr", "rPr")
    if mark is not None and any(name_of(each) not in _NOT_COPIED for each in mark):
        return _markup(part, mark, flat=True)
    neighbour = next(_neighbours(cell, sight), None)
    return _markup(part, neighbour, flat=True) if neighbour is not None else ""


def _has_digits(text: str) -> bool:
    return any(each in "0123456789" for each in text)


def _neighbours(cell: Element, sight: Sight) -> Iterator[Element]:
    """Yield the formats of other cells in the row, those with numbers first, then the nearest."""
    row = next((each for each in cell.iterancestors() if name_of(each) == "tr"), None)
    found: list[tuple[bool, int, Element]] = []
    others = list(cells(row, sight)) if row is not None else []
    place = others.index(cell) if cell in others else 0
    for index, other in enumerate(others):
        pieces = [piece for line in cell_lines(other, sight) for piece in line]
        text = "".join(piece.text for piece in pieces)
        run = next((piece.element.getparent() for piece in pieces if piece.text.strip()), None)
        properties = child(run, "rPr")
        if other is not cell and properties is not None:
            found.append((not text.strip().isdecimal(), abs(index - place), properties))
    yield from (each for _, _, each in sorted(found, key=lambda item: item[:2]))


def _markup(part: Part, properties: Element, *, flat: bool) -> str:
    """Return a w:rPr as it is written, without what is not copied, or would raise digits."""
    left_out = _NOT_COPIED | {_RAISING} if flat else _NOT_COPIED
    return without(part, properties, left_out)
