"""What a browser shows of an element's text: white space collapsed, hidden content left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from core.document import fold
from core.word.raised import LOWERED, RAISED

_BLOCK_TAGS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre
    section summary table tbody td tfoot th thead tr ul
"""
# Elements whose text is not part of what the page says, and text that an author deleted.
_SILENT_TAGS = """
    audio button canvas datalist del head iframe map math noscript object option script select
    style svg template title video
"""
_SILENT_INPUTS = """
    button checkbox color file hidden image password radio range reset submit
"""
BLOCK_TAGS = frozenset(_BLOCK_TAGS.split())
SILENT_TAGS = frozenset(_SILENT_TAGS.split())
SILENT_INPUTS = frozenset(_SILENT_INPUTS.split())
_PRESERVING = frozenset(("pre", "textarea"))
_NEVER_HIDDEN = frozenset(("html", "body"))
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
# Digits that a page raises or lowers are footnote marks: 12 with a raised 1 is no 121.
_SHAPES = {"sup": RAISED, "sub": LOWERED}
_RAISING_STYLE = re.compile(r"vertical-align\s*:\s*(su[pb])(?:er)?\s*(?:;|!|$)", re.I)
# Only these collapse in HTML; no-break and ideographic spaces stand as they are.
_COLLAPSING = re.compile(r"[ \t\n\r\f]+")


def tag_of(element: etree._Element) -> str:
    """Return an element's name in lower case, empty for what is no element."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def is_hidden(element: etree._Element) -> bool:
    """Return whether a page hides an element by attribute or style."""
    if tag_of(element) in _NEVER_HIDDEN:
        return False
    return element.get("hidden") is not None or bool(
        _HIDING_STYLE.search(element.get("style") or "")
    )


def is_silent(element: etree._Element) -> bool:
    """Return whether an element's text is nothing that the page shows as its own."""
    return tag_of(element) in SILENT_TAGS or is_hidden(element)


def line_of(element: etree._Element) -> int | None:
    """Return the zero-based line that an element starts on."""
    line = element.sourceline
    return max(line - 1, 0) if isinstance(line, int) else None


def _shown_value(element: etree._Element) -> str:
    """Return what an input field shows, empty for any other element."""
    if tag_of(element) != "input":
        return ""
    kind = (element.get("type") or "text").lower()
    return "" if kind in SILENT_INPUTS else element.get("value") or ""


def _shapes_in(element: etree._Element) -> Mapping[int, int] | None:
    """Return how an element's digits look if it raises or lowers them, for `str.translate`."""
    tag = tag_of(element)
    if tag in BLOCK_TAGS or tag in ("td", "th"):
        return None
    styled = _RAISING_STYLE.search(element.get("style") or "")
    return _SHAPES.get(styled[1].lower() if styled else tag)


class LineBuffer:
    """Lines of shown text, filled while elements begin and end, white space as a browser has it.

    `line` is the line of the file where the first text stands, `origin` the element in
    which it does.
    """

    def __init__(self) -> None:
        self.line: int | None = None
        self.origin: etree._Element | None = None
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._preserving: list[etree._Element] = []
        self._raising: list[tuple[etree._Element, Mapping[int, int]]] = []

    def begin(self, element: etree._Element) -> None:
        """Add what an element says before its first child."""
        tag = tag_of(element)
        if tag in _PRESERVING:
            self._preserving.append(element)
        if shapes := _shapes_in(element):
            self._raising.append((element, shapes))
        if tag == "br":
            self.break_line()
        self._add(element.text or _shown_value(element), element)

    def end(self, element: etree._Element) -> None:
        """Add what follows an element's end."""
        if self._preserving and self._preserving[-1] is element:
            self._preserving.pop()
        if self._raising and self._raising[-1][0] is element:
            self._raising.pop()
        self._add(element.tail, element, element.getparent())

    def break_line(self) -> None:
        """End the line, as <br> does."""
        self._lines.append(self._current())
        self._pieces = []

    def end_block(self) -> None:
        """End the line unless it is empty, as the edge of a block does."""
        if self._current():
            self.break_line()
        self._pieces = []

    def take(self) -> tuple[list[str], etree._Element | None]:
        """Return the lines and the element in which they begin, and start anew."""
        self.end_block()
        lines, origin = self._lines, self.origin
        self._lines, self.origin, self.line = [], None, None
        return lines, origin

    def _add(
        self, text: str | None, element: etree._Element, within: etree._Element | None = None
    ) -> None:
        if not text:
            return
        if self.origin is None and text.strip():
            self.line = line_of(element)
            self.origin = element if within is None else within
        if self._raising:
            text = text.translate(self._raising[-1][1])
        if not self._preserving:
            self._pieces.append(_COLLAPSING.sub(" ", text))
            return
        first, *others = text.splitlines() or [""]
        self._pieces.append(first)
        for other in others:
            self.break_line()
            self._pieces.append(other)

    def _current(self) -> str:
        return _COLLAPSING.sub(" ", "".join(self._pieces)).strip(" ")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the walk through a tree: an element begins or ends."""

    element: etree._Element
    begins: bool


class Walk:
    """A walk through an element and all below it, without recursion however deep it is."""

    def __init__(self, root: etree._Element) -> None:
        self._walker = etree.iterwalk(root, events=("start", "end"))

    def __iter__(self) -> Iterator[Step]:
        for event, element in self._walker:
            yield Step(element, event == "start")

    def skip(self) -> None:
        """Leave out everything inside the element that just began."""
        self._walker.skip_subtree()


def shown_text(root: etree._Element) -> str:
    """Return an element's text; <br> and the edges of blocks are line breaks, empty lines none."""
    buffer = LineBuffer()
    walk = Walk(root)
    for step in walk:
        element = step.element
        if tag_of(element) in BLOCK_TAGS:
            buffer.end_block()
        if not step.begins:
            if element is not root:
                buffer.end(element)
        elif element is not root and is_silent(element):
            walk.skip()
        else:
            buffer.begin(element)
    return "\n".join(line for line in buffer.take()[0] if fold(line))
