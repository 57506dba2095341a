"""The bytes to change so that a paragraph says something else, goes, or comes new.

Only the runs in which something changes are touched.  The run in which a change
begins lends its format to the new text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from core.rewording import Replacement
from core.word.content import Element, Line, Piece, Sight, paragraphs
from core.word.names import attribute, child, name_of, word_tags
from core.word.outline import Part
from core.writers.docx_cell import SYMBOLS, TEXTS
from core.writers.docx_field import (
    computed_fields,
    control_splices,
    field_splices,
    simple_fields,
)
from core.writers.docx_format import lowered, run_properties
from core.writers.docx_revision import Names, Pen, Tracking, word_ancestor
from core.writers.docx_run import WHOLE, Kind, Segment
from core.writers.docx_splice import Splice, filled, removed, replaced
from core.writers.docx_tracked import Changes, revised

_EDITABLE = TEXTS | SYMBOLS
# What may go with the paragraph around it: texts, breaks of lines, and what a program noted.
_MAY_GO = {"p", "pPr", "rPr", "r", "t", "tab", "br", "cr", "noBreakHyphen", "sym", "proofErr"}
_MAY_GO |= {"lastRenderedPageBreak"}
# What a new paragraph does not take over from the one that it is modelled on.
_OWN = {
    "rPr",
    "sectPr",
    "pPrChange",
    "numPr",
    "framePr",
    "pageBreakBefore",
    "keepNext",
    "outlineLvl",
}
PROSE_TAGS = word_tags("pPr", *_OWN)


def shown_line(elements: Sequence[Element], sight: Sight) -> Line:
    """Return what some w:p show that are one paragraph on paper."""
    return [piece for _, line in paragraphs(elements, sight) for piece in line]


def reworded(
    part: Part,
    elements: Sequence[Element],
    line: Line,
    replacements: Sequence[Replacement],
    pen: Pen | None,
) -> Iterator[Splice]:
    """Return the changes after which a paragraph has its text replaced in some places.

    Without a pen the new text stands in the runs of the old one.
    """
    changes = _changes(line, replacements)
    yield from control_splices(part, changes)
    left = "".join(_said(changes.get(piece.element), piece) for piece in line)
    goes = not left.strip() and len(elements) == 1 and _may_go(elements[0])
    if goes and not isinstance(pen, Tracking):
        yield removed(part, elements[0])
    elif pen is None:
        yield from _in_place(part, line, changes)
        yield from field_splices(part, [line], changes)
    else:
        if goes and isinstance(pen, Tracking):
            changes = {piece.element: [WHOLE] for piece in line}
            yield _mark_deleted(part, elements[0], pen)
        yield from revised(part, [line], _whole_fields(part, line, changes), pen)


def added(
    part: Part, heading: Element, model: Element | None, text: str, pen: Pen | None
) -> Splice:
    """Return a new paragraph behind a heading, in the format of one that is there already."""
    names = Names.at(part, heading)
    element = names.element
    runs = [] if model is None else [each for each in model.iter() if name_of(each) == "r"]
    run_format = run_properties(part, runs[0], text) if runs else ""
    run = f"<{element}r>{run_format}{names.text(text)}</{element}r>"
    mark = run_format
    if isinstance(pen, Tracking):
        inner = run_format.removeprefix(f"<{element}rPr>").removesuffix(f"</{element}rPr>")
        inner = inner if inner != run_format else ""
        mark = f"<{element}rPr>{pen.mark('ins', names)}{inner}</{element}rPr>"
    kept = paragraph_format(part, model) + mark
    properties = f"<{element}pPr>{kept}</{element}pPr>" if kept else ""
    run = run if pen is None else pen.inserted(names, run)
    place = part.extents[heading].end
    return Splice(place, place, part.bytes(f"<{element}p>{properties}{run}</{element}p>"))


def _changes(line: Line, replacements: Sequence[Replacement]) -> Changes:
    """Return what becomes of each piece that a replacement touches."""
    places: list[tuple[int, Piece]] = []
    place = 0
    for piece in line:
        if name_of(piece.element) in _EDITABLE and not piece.mark:
            places.append((place, piece))
        place += len(piece.text)
    cuts: dict[Element, list[Replacement]] = {}
    for each in replacements:
        text = each.after
        for start, piece in _touched(places, each):
            end = start + len(piece.text)
            cut = Replacement(max(each.start, start) - start, min(each.end, end) - start, text)
            cuts.setdefault(piece.element, []).append(cut)
            text = ""
    texts = {piece.element: piece.text for _, piece in places}
    return {element: list(_segments(texts[element], found)) for element, found in cuts.items()}


def _touched(
    places: Sequence[tuple[int, Piece]], replacement: Replacement
) -> Iterator[tuple[int, Piece]]:
    """Yield the pieces of which a replacement takes something, or the one that it adds to."""
    start, end = replacement.start, replacement.end
    if start < end:
        yield from (
            (place, piece)
            for place, piece in places
            if place < end and start < place + len(piece.text)
        )
        return
    before = [(place, piece) for place, piece in places if place < start <= place + len(piece.text)]
    behind = [(place, piece) for place, piece in places if piece.text and place == start]
    texts = [each for each in (*before, *behind) if name_of(each[1].element) in TEXTS]
    yield from (texts or before or behind)[:1]


def _segments(text: str, cuts: Sequence[Replacement]) -> Iterator[Segment]:
    place = 0
    for cut in cuts:
        if place < cut.start:
            yield Segment(Kind.KEPT, text[place : cut.start])
        if cut.start < cut.end:
            whole = (cut.start, cut.end) == (0, len(text))
            yield WHOLE if whole else Segment(Kind.DELETED, text[cut.start : cut.end])
        if cut.after:
            yield Segment(Kind.INSERTED, cut.after)
        place = cut.end
    if place < len(text):
        yield Segment(Kind.KEPT, text[place:])


def _said(segments: Sequence[Segment] | None, piece: Piece) -> str:
    """Return what a piece says after its change."""
    if segments is None:
        return piece.text
    return "".join(each.text or "" for each in segments if each.kind is not Kind.DELETED)


def _in_place(part: Part, line: Line, changes: Changes) -> Iterator[Splice]:
    for piece in line:
        if piece.element in changes:
            segments = changes[piece.element]
            yield _filled(part, piece.element, _said(segments, piece))
            if all(each.kind is not Kind.KEPT for each in segments):
                yield from lowered(part, piece.element, _said(segments, piece))


def _filled(part: Part, element: Element, text: str) -> Splice:
    if name_of(element) == "m:t":
        return filled(part, element, escape(text))
    if not text:
        return filled(part, element, "") if name_of(element) == "t" else removed(part, element)
    return replaced(part, element, Names.at(part, element).text(text))


def _whole_fields(part: Part, line: Line, changes: Changes) -> Changes:
    """Return changes that take all of a computed result where they took some of it."""
    texts = {piece.element: piece for piece in line}
    members = [
        element
        for found in computed_fields(part, [line], changes)
        for element in found.result
        if not texts[element].mark
    ]
    for outer in dict.fromkeys(simple_fields(changes)):
        members += [each for each in texts if outer in each.iterancestors()]
    found = dict(changes)
    for element in dict.fromkeys(members):
        text = _said(changes.get(element), texts[element])
        found[element] = [WHOLE, *([Segment(Kind.INSERTED, text)] if text else [])]
    return found


def _may_go(paragraph: Element) -> bool:
    """Return whether a paragraph can go whole: with nothing else in it, and before another one."""
    following = paragraph.getnext()
    if following is None or name_of(following) != "p":
        return False
    return all(_is_plain(each) for each in paragraph.iter("*"))


def _is_plain(element: Element) -> bool:
    if any(name_of(each) in {"pPr", "rPr"} for each in element.iterancestors()):
        return name_of(element) not in {"sectPr", "ins", "del", "moveFrom", "moveTo"}
    return name_of(element) in _MAY_GO and not attribute(element, "type")


def _mark_deleted(part: Part, paragraph: Element, pen: Tracking) -> Splice:
    """Mark the end of a paragraph as deleted."""
    names = Names.at(part, paragraph)
    mark = pen.mark("del", names)
    properties = child(paragraph, "pPr")
    own = child(properties, "rPr")
    if own is not None:
        return _put_first(part, own, mark)
    markup = f"<{names.element}rPr>{mark}</{names.element}rPr>"
    if properties is None:
        return _put_first(part, paragraph, f"<{names.element}pPr>{markup}</{names.element}pPr>")
    change = child(properties, "pPrChange")
    if change is not None:
        place = part.extents[change].start
        return Splice(place, place, part.bytes(markup))
    extent = part.extents[properties]
    if extent.close is None:
        return replaced(part, properties, f"<{names.element}pPr>{markup}</{names.element}pPr>")
    return Splice(extent.close, extent.close, part.bytes(markup))


def _put_first(part: Part, element: Element, markup: str) -> Splice:
    extent = part.extents[element]
    if extent.close is None:
        names = Names.at(part, word_ancestor(element) if name_of(element) == "rPr" else element)
        return replaced(part, element, f"<{names.element}rPr>{markup}</{names.element}rPr>")
    place = extent.start + len(part.bytes(part.start_tag(extent)))
    return Splice(place, place, part.bytes(markup))


def paragraph_format(part: Part, model: Element | None) -> str:
    """Return the content of a paragraph's w:pPr that another one of its kind has, too."""
    properties = child(model, "pPr")
    if properties is None or part.extents[properties].close is None:
        return ""
    extent = part.extents[properties]
    place = extent.start + len(part.bytes(part.start_tag(extent)))
    kept = ""
    for each in properties:
        if name_of(each) in _OWN:
            kept += part.text(place, part.extents[each].start)
            place = part.extents[each].end
    return kept + part.text(place, extent.close or place)
