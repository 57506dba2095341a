"""Leave out what each page repeats at its edges: running titles and page numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from core.readers.headings import is_known_heading
from core.readers.pdf_layout import Item, ProseLine
from core.readers.pdf_marks import Page

# So much of a page's height, from its edge, is margin.
_ZONE = 0.13
_MOST_LINES = 3
_SAME_HEIGHT = 6.0
_LARGER = 1.15
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–―─_·•~\s]*(?:第\s*)?(\d{1,4})\s*(?:页)?[-—–―─_·•~\s]*"
    r"(?:[/／,，]?\s*(?:共|of)?\s*\d{1,4}\s*(?:页)?)?"
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the top or bottom of a page, with its distance from the upper edge."""

    page: int
    place: int
    height: float
    text: str

    @property
    def shape(self) -> str:
        return _NUMBERS.sub("#", "".join(self.text.split()))

    @property
    def numbers(self) -> list[int]:
        return [int(number[:9]) for number in _NUMBERS.findall(self.text)]


def without_margins(pages: Sequence[Page], laid_out: Sequence[list[Item]]) -> list[list[Item]]:
    """Return the items of all pages without running titles and page numbers.

    A line goes that comes again at the same height of another page and says the
    same, except for numbers that count with the pages, and a page number that
    stands alone.  What stands in a table never goes.
    """
    edges = _edges(pages, laid_out)
    gone = {(edge.page, edge.place) for edge in _repeated(edges)}
    gone |= {(edge.page, edge.place) for edge in edges if _is_page_number(edge)}
    return [
        [item for place, item in enumerate(items) if (index, place) not in gone]
        for index, items in enumerate(laid_out)
    ]


def _edges(pages: Sequence[Page], laid_out: Sequence[list[Item]]) -> list[_Edge]:
    sizes = [item.line.size for items in laid_out for item in items if isinstance(item, ProseLine)]
    largest = _LARGER * median(sizes) if sizes else 0.0
    found = []
    for index, (page, items) in enumerate(zip(pages, laid_out, strict=True)):
        places = range(len(items))
        near = {*places[:_MOST_LINES], *places[-_MOST_LINES:]}
        for place in sorted(near):
            item = items[place]
            if not isinstance(item, ProseLine) or item.frame is not None:
                continue
            box = item.box
            at_edge = box.bottom < _ZONE * page.height or box.top > (1 - _ZONE) * page.height
            if at_edge and item.line.size <= largest and not is_known_heading(item.line.text):
                found.append(_Edge(index, place, box.top, item.line.text))
    return found


def _repeated(edges: Sequence[_Edge]) -> list[_Edge]:
    by_shape: dict[str, list[_Edge]] = {}
    for edge in edges:
        by_shape.setdefault(edge.shape, []).append(edge)
    found: list[_Edge] = []
    for alike in by_shape.values():
        alike.sort(key=lambda edge: (edge.height, edge.page))
        group: list[_Edge] = []
        for edge in alike:
            if group and edge.height - group[0].height > _SAME_HEIGHT:
                found += _counting(group)
                group = []
            group.append(edge)
        found += _counting(group)
    return found


def _counting(group: Sequence[_Edge]) -> list[_Edge]:
    """Return the lines of a group whose numbers are those of the first or count with the pages."""
    first = min(group, key=lambda edge: edge.page)
    counting = [
        edge
        for edge in group
        if all(
            number - start in (0, edge.page - first.page)
            for number, start in zip(edge.numbers, first.numbers, strict=True)
        )
    ]
    return counting if len({edge.page for edge in counting}) > 1 else []


def _is_page_number(edge: _Edge) -> bool:
    found = _PAGE_NUMBER.fullmatch(edge.text.strip())
    if found is None:
        return False
    decorated = found[0] != found[1]
    return decorated or int(found[1]) == edge.page + 1
