"""What an OpenDocument text shows of a paragraph: white space collapsed, notes left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from core.word.raised import LOWERED, RAISED

Element = etree._Element

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
}
_LONG = {short: long for long, short in _SPACES.items()}
# Their text stands elsewhere on the page, or nowhere.
_ELSEWHERE = {
    "office:annotation",
    "office:annotation-end",
    "office:forms",
    "text:note",
    "text:tracked-changes",
    "text:ruby-text",
    "text:hidden-text",
    "text:hidden-paragraph",
}
_MOST_SPACES = 1_000
_COLLAPSING = re.compile(r"[ \t\r\n]+")


def name_of(element: Element) -> str:
    """Return an element's name with its usual prefix, "" for what is none of OpenDocument's."""
    if not isinstance(element.tag, str):
        return ""
    space, _, local = element.tag[1:].rpartition("}")
    prefix = _SPACES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its usual name, such as "table:style-name"; "" where there is none."""
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_LONG[prefix]}}}{local}") or ""


@dataclass(slots=True)
class Styles:
    """What the styles of a file say that changes what is read, by the style's name."""

    hidden: set[str] = field(default_factory=set)
    shapes: dict[str, Mapping[int, int]] = field(default_factory=dict)
    widths: dict[str, str] = field(default_factory=dict)

    def learn(self, root: Element) -> None:
        """Take note of the styles in a part; parents of a style are not followed."""
        for style in root.iter(f"{{{_LONG['style']}}}style"):
            name = attribute(style, "style:name")
            for properties in style:
                self._learn(name, properties)

    def _learn(self, name: str, properties: Element) -> None:
        kind = name_of(properties)
        if kind == "style:table-column-properties":
            self.widths[name] = attribute(properties, "style:column-width")
        elif kind == "style:text-properties":
            if attribute(properties, "text:display") == "none":
                self.hidden.add(name)
            if shapes := _shapes(attribute(properties, "style:text-position")):
                self.shapes[name] = shapes
        elif kind == "style:section-properties" and attribute(properties, "text:display") == "none":
            self.hidden.add(name)


def _shapes(position: str) -> Mapping[int, int] | None:
    """Return how digits look that stand above or below the line ("super 58%", "-33% 58%")."""
    height = position.split(" ")[0]
    if height == "super" or re.fullmatch(r"[1-9]\d*(\.\d+)?%", height):
        return RAISED
    if height == "sub" or re.fullmatch(r"-[1-9]\d*(\.\d+)?%", height):
        return LOWERED
    return None


@dataclass(slots=True)
class Sight:
    """What was met while reading: hidden text, revisions, and boxes that are still to be read."""

    styles: Styles
    hidden: bool = False
    boxes: list[Element] = field(default_factory=list)


def paragraph_text(paragraph: Element, sight: Sight) -> str:
    """Return what a text:p or text:h shows; line breaks are line feeds.

    Frames in it are noted as boxes: their text stands beside.
    """
    if _is_hidden(paragraph, sight):
        return ""
    pieces = list(_pieces(paragraph, sight, None))
    # Collapsing spares what the file says explicitly: those pieces are marked by None before.
    shown: list[str] = []
    for text, is_literal in pieces:
        if is_literal:
            shown.append(text)
            continue
        text = _COLLAPSING.sub(" ", text)
        before = shown[-1] if shown else "\n"
        # A space behind a space, at the begin, or behind a break collapses, too.
        shown.append(text[1:] if text[:1] == " " and before[-1:] in ("\n", " ", "\t") else text)
        if not shown[-1]:
            shown.pop()
    return "".join(shown).rstrip(" ")


def _is_hidden(element: Element, sight: Sight) -> bool:
    if attribute(element, "text:style-name") not in sight.styles.hidden:
        return False
    sight.hidden |= bool("".join(str(text) for text in element.itertext()).strip())
    return True


def _pieces(
    element: Element, sight: Sight, shapes: Mapping[int, int] | None
) -> Iterator[tuple[str, bool]]:
    """Yield what an element shows, and whether its white space is meant as it stands."""
    shapes = sight.styles.shapes.get(attribute(element, "text:style-name"), shapes)

    def said(text: str | None) -> str:
        return (text or "").translate(shapes) if shapes else text or ""

    if element.text:
        yield said(element.text), False
    for child in element:
        yield from _child(child, sight, shapes)
        if child.tail:
            yield said(child.tail), False


def _child(
    child: Element, sight: Sight, shapes: Mapping[int, int] | None
) -> Iterator[tuple[str, bool]]:
    name = name_of(child)
    if name == "text:s":
        count = attribute(child, "text:c")
        yield " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), True
    elif name == "text:tab":
        yield "\t", True
    elif name == "text:line-break":
        yield "\n", True
    elif name == "draw:text-box":
        sight.boxes.append(child)
    elif name not in _ELSEWHERE and not _is_hidden(child, sight):
        yield from _pieces(child, sight, shapes)


def lines_of(paragraphs: Iterable[Element], sight: Sight) -> str:
    """Return what several paragraphs show, each on a line of its own."""
    return "\n".join(paragraph_text(each, sight) for each in paragraphs)
