"""Changes to single elements of an XML part, as stretches of bytes that give way to others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable
from itertools import accumulate
from typing import NamedTuple

from core.word.content import Element
from core.word.names import name_of
from core.word.outline import Part

_NAME = re.compile(r"<([^\s/>]+)")


class Splice(NamedTuple):
    """The bytes from `start` to `end` of a part give way to `new`."""

    start: int
    end: int
    new: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return `data` with all splices made, none of which may overlap another.

    What is put in at one place stands in the order in which it was given.
    """
    pieces: list[bytes] = []
    place = 0
    for start, end, new in ordered(splices):
        if start < place:
            raise ValueError(f"two changes of byte {start}")
        pieces += [data[place:start], new]
        place = end
    return b"".join([*pieces, data[place:]])


def ordered(splices: Iterable[Splice]) -> list[Splice]:
    """Return splices in the order of the part, each once."""
    return sorted(dict.fromkeys(splices), key=lambda each: (each.start, each.end))


def movement(splices: Iterable[Splice]) -> Callable[[int], int]:
    """Return what tells where an element that began at a place begins after the splices."""
    made = sorted(ordered(splices), key=lambda each: each.end)
    ends = [each.end for each in made]
    grown = [0, *accumulate(len(each.new) - (each.end - each.start) for each in made)]
    return lambda place: place + grown[bisect_right(ends, place)]


def landing(splices: Iterable[Splice], wanted: Splice) -> int:
    """Return where what one of the splices puts in begins after all of them."""
    grown = 0
    for each in ordered(splices):
        if each == wanted:
            break
        grown += len(each.new) - (each.end - each.start)
    return wanted.start + grown


def qualified_name(part: Part, element: Element) -> str:
    """Return an element's name as it is written, with the prefix that the file uses."""
    found = _NAME.match(part.start_tag(part.extents[element]))
    if found is None:
        raise ValueError("a tag without a name")
    return found[1]


def prefix_of(part: Part, element: Element) -> str:
    """Return the prefix of an element's name with its colon, empty for a default namespace."""
    head, colon, _ = qualified_name(part, element).rpartition(":")
    return head + colon


def removed(part: Part, element: Element) -> Splice:
    """Take an element away."""
    extent = part.extents[element]
    return Splice(extent.start, extent.end, b"")


def replaced(part: Part, element: Element, markup: str) -> Splice:
    """Put markup in the place of an element."""
    extent = part.extents[element]
    return Splice(extent.start, extent.end, part.bytes(markup))


def unwrapped(part: Part, element: Element) -> list[Splice]:
    """Take an element's tags away and leave its content."""
    extent = part.extents[element]
    if extent.close is None:
        return [removed(part, element)]
    tag_end = extent.start + len(part.bytes(part.start_tag(extent)))
    return [Splice(extent.start, tag_end, b""), Splice(extent.close, extent.end, b"")]


def without(part: Part, element: Element, names: Collection[str]) -> str:
    """Return an element's markup as it is written, but for children of some names."""
    extent = part.extents[element]
    place, kept = extent.start, ""
    for each in element:
        if name_of(each) in names:
            inner = part.extents[each]
            kept += part.text(place, inner.start)
            place = inner.end
    return kept + part.text(place, extent.end)


def filled(part: Part, element: Element, markup: str) -> Splice:
    """Replace an element's content and keep its tags; an empty tag becomes a pair."""
    extent = part.extents[element]
    tag = part.start_tag(extent)
    if extent.close is not None:
        return Splice(extent.start + len(part.bytes(tag)), extent.close, part.bytes(markup))
    return replaced(part, element, _pair(part, element, tag, markup))


def appended(part: Part, element: Element, markup: str) -> Splice:
    """Put markup at the end of an element's content; an empty tag becomes a pair."""
    extent = part.extents[element]
    if extent.close is not None:
        return Splice(extent.close, extent.close, part.bytes(markup))
    return replaced(part, element, _pair(part, element, part.start_tag(extent), markup))


def _pair(part: Part, element: Element, tag: str, markup: str) -> str:
    opening = tag.removesuffix("/>").rstrip() + ">"
    return f"{opening}{markup}</{qualified_name(part, element)}>"
