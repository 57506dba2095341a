"""What Word shows of a paragraph and of a cell, as pieces that can be replaced.

Inserted text under revision counts, deleted text does not; of a field only the
result; of alternative content only the first choice.  Hidden text is left out
and noted.  Numbering that Word computes is not reproduced.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate

from lxml import etree

from core.word.names import attribute, child, is_on, name_of
from core.word.prompts import Prompts
from core.word.raised import shapes_in

Element = etree._Element

# What only wraps visible content.  Nothing else is entered.
_BLOCK_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo"}
_INLINE_WRAPPERS = _BLOCK_WRAPPERS | {
    "hyperlink",
    "smartTag",
    "fldSimple",
    "bdo",
    "dir",
    "rubyBase",
}
_REMOVED = {"del", "moveFrom"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_FIELD_MARKS = {"begin", "separate", "end"}
# What a formula writes in two dimensions must not read as one number: ½ is no 12.
_MATH_SIGNS = {"m:den": "/", "m:sup": "^", "m:sub": "_"}
_SPACE_IN_XML = re.compile(r"[\t\r\n]")
_SPACES_IN_XML = " \t\r\n"
_SPACE_ATTRIBUTE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of visible text and the element that holds it, such as w:t, w:br or w:sym.

    `mark` is "begin", "separate" or "end" for a w:fldChar, which shows nothing.
    A `prompt` asks to fill in a content control: it goes when something is written there.
    """

    text: str
    element: Element
    mark: str = ""
    prompt: bool = False


Line = list[Piece]


@dataclass(slots=True)
class Sight:
    """What was met and not shown on a walk: for the notices, and to be visited later.

    `boxes` are the contents of text boxes, in order.  `hidden_styles` are the
    ids of the styles whose text is hidden, `prompts` knows the unfilled content controls.
    """

    hidden_styles: frozenset[str] = frozenset()
    hidden: bool = False
    revised: bool = False
    embedded: bool = False
    boxes: list[Element] = field(default_factory=list)
    prompts: Prompts = field(default_factory=Prompts)


def chosen(alternatives: Element) -> Iterable[Element]:
    """Return the content of an mc:AlternateContent that is read: of the first choice there is."""
    branches = {name_of(branch): branch for branch in reversed(alternatives)}
    return branches.get("mc:Choice", branches.get("mc:Fallback", ()))


def blocks(container: Iterable[Element], sight: Sight) -> Iterator[Element]:
    """Return the paragraphs (w:p) and tables (w:tbl) of a body, cell or text box in order."""
    return _wrapped(container, {"p", "tbl"}, sight)


def rows(table: Element, sight: Sight) -> Iterator[Element]:
    """Return the rows of a table that are neither deleted nor hidden."""
    for row in _wrapped(table, {"tr"}, sight):
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            sight.revised = True
        elif is_on(child(properties, "hidden")):
            sight.hidden = True
        else:
            sight.revised |= child(properties, "ins") is not None
            yield row


def cells(row: Element, sight: Sight) -> Iterator[Element]:
    """Return the cells of a row that are not deleted."""
    for cell in _wrapped(row, {"tc"}, sight):
        if child(cell, "tcPr", "cellDel") is None:
            sight.revised |= child(cell, "tcPr", "cellIns") is not None
            yield cell
        else:
            sight.revised = True


def _wrapped(container: Iterable[Element], wanted: set[str], sight: Sight) -> Iterator[Element]:
    for each in container:
        name = name_of(each)
        if name in wanted:
            yield each
        elif name in _BLOCK_WRAPPERS:
            yield from _wrapped(each, wanted, sight)
        elif name == "mc:AlternateContent":
            yield from _wrapped(chosen(each), wanted, sight)
        elif name in _REMOVED:
            sight.revised = True
        elif name in {"altChunk", "subDoc"}:
            sight.embedded = True


def paragraphs(elements: Iterable[Element], sight: Sight) -> Iterator[tuple[list[Element], Line]]:
    """Return what is one paragraph on paper, with the w:p that it consists of, prompts left out.

    A paragraph whose mark was deleted under revision runs on into the next one.
    """
    for joined, line in _whole_paragraphs(elements, sight):
        yield joined, [piece for piece in line if not piece.prompt]


def _whole_paragraphs(
    elements: Iterable[Element], sight: Sight
) -> Iterator[tuple[list[Element], Line]]:
    joined: list[Element] = []
    line: Line = []
    for element in elements:
        joined.append(element)
        for piece in _visible(_inline(element, sight, _has_hidden_style(element, "pPr", sight))):
            is_prompt = bool(piece.text) and sight.prompts.hold(piece.element)
            line.append(replace(piece, prompt=True) if is_prompt else piece)
        if mark_is_deleted(element):
            sight.revised = True
            continue
        yield joined, line
        joined, line = [], []
    if joined:
        yield joined, line


def mark_is_deleted(paragraph: Element) -> bool:
    """Return whether the end of a paragraph was deleted under revision."""
    mark = child(paragraph, "pPr", "rPr")
    return mark is not None and any(name_of(each) in _REMOVED for each in mark)


def cell_lines(cell: Element, sight: Sight) -> list[Line]:
    """Return the visible pieces of a cell by paragraph, tables inside it left out.

    Prompts are among them: they have to go when the cell gets a text.
    """
    own = (block for block in blocks(cell, sight) if name_of(block) == "p")
    return [line for _, line in _whole_paragraphs(own, sight)]


def text_of(line: Line) -> str:
    """Return the text of a paragraph, with its line breaks and tabs, without prompts."""
    return "".join(piece.text for piece in line if not piece.prompt)


def cell_text(cell: Element, sight: Sight) -> str:
    """Return the text of a cell, a line for each paragraph."""
    return "\n".join(text_of(line) for line in cell_lines(cell, sight))


def _inline(container: Iterable[Element], sight: Sight, hidden: bool) -> Iterator[Piece]:
    """Return the pieces of runs; `hidden` is what the paragraph's style says of them."""
    for each in container:
        name = name_of(each)
        if name == "r":
            yield from _run(each, sight, hidden)
        elif name in _INLINE_WRAPPERS:
            sight.revised |= name in {"ins", "moveTo"}
            yield from _inline(each, sight, hidden)
        elif name == "mc:AlternateContent":
            yield from _inline(chosen(each), sight, hidden)
        elif name in _REMOVED:
            sight.revised = True
        elif name.startswith("m:"):
            yield from _formula(each, sight, hidden)


def _run(run: Element, sight: Sight, hidden: bool) -> Iterator[Piece]:
    boxes = len(sight.boxes)
    pieces = _raised(run, list(_run_content(run, sight)))
    if not _is_hidden(run, sight, hidden):
        return iter(pieces)
    sight.hidden |= any(piece.text.strip() for piece in pieces) or len(sight.boxes) > boxes
    del sight.boxes[boxes:]
    # A field has to end although its end may be hidden.
    return (piece for piece in pieces if piece.mark)


def _raised(run: Element, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with digits that Word raises or lowers as such."""
    shapes = shapes_in(run)
    if not shapes:
        return pieces
    return [replace(piece, text=piece.text.translate(shapes)) for piece in pieces]


def _is_hidden(run: Element, sight: Sight, hidden: bool) -> bool:
    own = child(run, "rPr", "vanish")
    if own is not None:
        return is_on(own)
    return hidden or _has_hidden_style(run, "rPr", sight)


def _has_hidden_style(element: Element, properties: str, sight: Sight) -> bool:
    if not sight.hidden_styles:
        return False
    style = child(element, properties, "pStyle" if properties == "pPr" else "rStyle")
    return style is not None and attribute(style, "val") in sight.hidden_styles


def _run_content(container: Iterable[Element], sight: Sight) -> Iterator[Piece]:
    for each in container:
        name = name_of(each)
        if name == "t":
            yield Piece(_written(each), each)
        elif name in _CHARACTERS:
            yield Piece(_CHARACTERS[name], each)
        elif name == "sym":
            yield Piece(_symbol(each), each)
        elif name == "fldChar":
            mark = attribute(each, "fldCharType") or ""
            if mark in _FIELD_MARKS:
                yield Piece("", each, mark)
        elif name == "ruby":
            yield from _inline(each, sight, False)
        elif name == "mc:AlternateContent":
            yield from _run_content(chosen(each), sight)
        elif name in {"drawing", "pict", "object"}:
            sight.boxes += _boxes(each)


def _written(element: Element) -> str:
    text = element.text or ""
    if element.get(_SPACE_ATTRIBUTE) != "preserve":
        text = text.strip(_SPACES_IN_XML)
    return _SPACE_IN_XML.sub(" ", text)


def _symbol(element: Element) -> str:
    try:
        return chr(int(attribute(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return ""


def _boxes(drawing: Iterable[Element]) -> Iterator[Element]:
    for each in drawing:
        name = name_of(each)
        if name == "txbxContent":
            yield each
        elif name == "mc:AlternateContent":
            yield from _boxes(chosen(each))
        else:
            yield from _boxes(each)


def _formula(element: Element, sight: Sight, hidden: bool) -> Iterator[Piece]:
    name = name_of(element)
    if name == "m:r":
        yield from (Piece(_written(each), each) for each in element if name_of(each) == "m:t")
        return
    if name in _MATH_SIGNS:
        yield Piece(_MATH_SIGNS[name], element)
    for each in element:
        inner = name_of(each)
        if inner.startswith("m:") and not inner.endswith("Pr"):
            yield from _formula(each, sight, hidden)
        elif inner in _INLINE_WRAPPERS or inner == "r":
            yield from _inline([each], sight, hidden)


def _visible(pieces: Iterator[Piece]) -> Line:
    """Leave out field codes: what stands between "begin" and "separate", or "end" without one.

    A field that does not end in its paragraph hides nothing: losing a number is worse.
    """
    line = list(pieces)
    if not any(piece.mark for piece in line):
        return line
    # How many codes begin or end at each piece; hidden is what stands in at least one.
    changes = [0] * (len(line) + 1)
    pending: list[int] = []
    coding: list[bool] = []
    for index, piece in enumerate(line):
        if piece.mark == "begin":
            pending.append(index)
            coding.append(True)
        elif piece.mark and pending:
            if coding[-1]:
                changes[pending[-1]] += 1
                changes[index] -= 1
                coding[-1] = False
            if piece.mark == "end":
                pending.pop()
                coding.pop()
    return [p for p, codes in zip(line, accumulate(changes), strict=False) if p.mark or not codes]
