"""Find the report among what else a saved page shows: menus, related links, the foot.

The report's own headings tell where it is: the smallest element that holds all of
them and all tables between holds the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from core.document import Block, Paragraph, Table
from core.readers.headings import find_headings

_FEWEST_HEADINGS = 3
_LONGEST_TITLE = 80
_TITLE = re.compile(
    r"20\d\d.*(?:政府信息公开|政务公开).*(?:年报|报告)|(?:政府信息公开|政务公开).*报告"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A block of a page, and the element that it was read from."""

    block: Block
    element: etree._Element


def article(seen: Sequence[Seen]) -> tuple[list[Block], int]:
    """Return the blocks of the report, and how many others of the page were left out.

    Where the page has too few of the form's headings to tell, nothing is left out.
    The title may stand before the report's own element.
    """
    place = _range(seen)
    if place is None:
        return [each.block for each in seen], 0
    before, inside, behind = seen[: place.start], seen[place.start : place.stop], seen[place.stop :]
    if any(isinstance(each.block, Table) for each in (*before, *behind)):
        # Tables are never menus to be sure of: better too much than a table too little.
        return [each.block for each in seen], 0
    titles = [each.block for each in before if _is_title(each.block)][-1:]
    if any(_is_title(each.block) for each in inside):
        titles = []
    left_out = len(before) - len(titles) + len(behind)
    return [*titles, *(each.block for each in inside)], left_out


def _range(seen: Sequence[Seen]) -> range | None:
    texts = [each.block.text if isinstance(each.block, Paragraph) else None for each in seen]
    headings = sorted(find_headings(texts))
    if len(headings) < _FEWEST_HEADINGS:
        return None
    known = range(headings[0], headings[-1] + 1)
    spine = _common([seen[i].element for i in known if _counts(seen, i, headings)])
    within = [index for index, each in enumerate(seen) if spine in _chain(each.element)]
    return range(within[0], within[-1] + 1)


def _counts(seen: Sequence[Seen], index: int, headings: Sequence[int]) -> bool:
    return index in headings or isinstance(seen[index].block, Table)


def _chain(element: etree._Element) -> list[etree._Element]:
    """Return an element and all around it, the outermost first."""
    return [*reversed(list(element.iterancestors())), element]


def _common(elements: Sequence[etree._Element]) -> etree._Element:
    """Return the smallest element that holds several others."""
    chains = [_chain(element) for element in elements]
    innermost = chains[0][0]
    for level in zip(*chains, strict=False):
        if any(each is not level[0] for each in level):
            break
        innermost = level[0]
    return innermost


def _is_title(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.text) > _LONGEST_TITLE:
        return False
    return _TITLE.search(block.text) is not None
