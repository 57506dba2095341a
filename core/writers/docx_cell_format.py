"""What a w:tcPr may hold, in the order in which Word wants it, and how more is put into one."""

from __future__ import annotations

from collections.abc import Mapping

from core.word.content import Element
from core.word.names import child, name_of
from core.word.outline import Part
from core.writers.docx_splice import Splice, appended, replaced

# How a cell looks and where it stands.
CELL_FORMAT = (
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
    "headers",
)
# What was done to it, which stands behind.
CELL_REVISIONS = ("cellIns", "cellDel", "cellMerge", "tcPrChange")
CELL_PROPERTIES = CELL_FORMAT + CELL_REVISIONS


def put_in(part: Part, properties: Element, markups: Mapping[str, str]) -> list[Splice]:
    """Give a w:tcPr properties by name, in the place of those it has or where Word wants them."""
    if part.extents[properties].close is None:
        return [appended(part, properties, in_order(markups))]
    return [_put(part, properties, name, markup) for name, markup in markups.items()]


def in_order(markups: Mapping[str, str]) -> str:
    """Return properties of a cell as Word wants them."""
    return "".join(markups[name] for name in CELL_PROPERTIES if name in markups)


def _put(part: Part, properties: Element, name: str, markup: str) -> Splice:
    old = child(properties, name)
    if old is not None:
        return replaced(part, old, markup)
    later = CELL_PROPERTIES[CELL_PROPERTIES.index(name) + 1 :]
    behind = next((each for each in properties if name_of(each) in later), None)
    if behind is None:
        return appended(part, properties, markup)
    place = part.extents[behind].start
    return Splice(place, place, part.bytes(markup))
