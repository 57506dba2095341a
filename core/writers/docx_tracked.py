"""The bytes to change so that one cell says something else under revision.

What stood there is marked as deleted and the new text as inserted beside it, so that
accepting all gives the clean correction and rejecting all what stood there before.
Revisions of others stay as they are: a deletion goes inside their insertion, and an
insertion beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.word.content import Element, Line, Sight, cell_lines
from core.word.names import attribute, child
from core.word.outline import Part
from core.writers.docx_cell import Plan, cell_plan, free_place
from core.writers.docx_field import computed_fields, control_splices, simple_fields
from core.writers.docx_format import run_format, run_properties
from core.writers.docx_revision import Names, Pen
from core.writers.docx_run import WHOLE, Kind, Segment, run_splices
from core.writers.docx_splice import Splice, appended

Changes = dict[Element, list[Segment]]


def tracked_cell(
    part: Part, cell: Element, lines: Sequence[str], sight: Sight, pen: Pen
) -> list[Splice]:
    """Return the changes to a part after which `cell` says `lines` once they are accepted."""
    shown = cell_lines(cell, sight)
    plan = cell_plan(shown, lines)
    if plan is not None and _has_fields(part, shown, plan):
        # Half a result cannot be taken out of a field: it goes with all of it.
        plan = cell_plan(shown, lines, whole=True)
    if plan is not None:
        changes = _changes(shown, plan)
        return [*revised(part, shown, changes, pen), *control_splices(part, plan)]
    if not any(lines):
        return []
    marks: Changes = {piece.element: [WHOLE] for line in shown for piece in line if piece.mark}
    holder, splice = _put_in(part, cell, "\n".join(lines), sight, pen)
    return [*revised(part, shown, marks, pen), splice, *control_splices(part, {holder} - {cell})]


def revised(part: Part, lines: Sequence[Line], changes: Changes, pen: Pen) -> Iterator[Splice]:
    """Write changes of runs, the fields whose result they touch deleted with them."""
    for found in list(computed_fields(part, lines, changes)):
        members = [*found.code, *found.result, found.end]
        texts = _taken(changes, members)
        changes |= {each: [WHOLE] for each in members}
        changes[found.end] = [WHOLE, *texts]
    for outer in dict.fromkeys(simple_fields(changes)):
        inside = [each for each in outer.iter("*") if each in changes]
        yield from _unfolded(part, outer, _taken(changes, inside), inside[0], pen)
    yield from run_splices(part, changes, pen)


def _has_fields(part: Part, shown: Sequence[Line], plan: Plan) -> bool:
    found = computed_fields(part, shown, plan)
    return next(found, None) is not None or next(simple_fields(plan), None) is not None


def _changes(shown: Sequence[Line], plan: Plan) -> Changes:
    """Return a cell's plan as changes: each text in it goes, and the new one comes behind it."""
    texts = {piece.element: piece.text for line in shown for piece in line}
    changes: Changes = {}
    for element, lines in plan.items():
        stays = not texts[element].strip(" ") and any(lines)
        changes[element] = [Segment(Kind.KEPT) if stays else WHOLE]
        if any(lines):
            changes[element].append(Segment(Kind.INSERTED, "\n".join(lines)))
    return changes


def _taken(changes: Changes, elements: Sequence[Element]) -> list[Segment]:
    """Take the insertions away from some elements and return them."""
    found: list[Segment] = []
    for each in elements:
        segments = changes.get(each, [])
        found += [segment for segment in segments if segment.kind is Kind.INSERTED]
        if segments:
            changes[each] = [segment for segment in segments if segment.kind is not Kind.INSERTED]
    return found


def _unfolded(
    part: Part, field: Element, texts: Sequence[Segment], within: Element, pen: Pen
) -> Iterator[Splice]:
    """Write a w:fldSimple as a field of runs, all of them deleted: w:del cannot hold the other."""
    extent, names = part.extents[field], Names.at(part, field)
    tag_end = extent.start + len(part.bytes(part.start_tag(extent)))
    code = names.stretch("delInstrText", attribute(field, "instr") or "")
    head = "".join(
        _run(names, each) for each in (_mark(names, "begin"), code, _mark(names, "separate"))
    )
    tail = pen.deleted(names, _run(names, _mark(names, "end")))
    if texts:
        run = within.getparent()
        text = "".join(each.text or "" for each in texts)
        properties = "" if run is None else run_properties(part, run, text)
        tail += pen.inserted(names, _run(names, properties + names.text(text)))
    yield Splice(extent.start, tag_end, part.bytes(pen.deleted(names, head)))
    yield Splice(extent.close or extent.end, extent.end, part.bytes(tail))


def _run(names: Names, content: str) -> str:
    return f"<{names.element}r>{content}</{names.element}r>"


def _mark(names: Names, kind: str) -> str:
    return f'<{names.element}fldChar{names.declaration} {names.attribute}fldCharType="{kind}"/>'


def _put_in(part: Part, cell: Element, text: str, sight: Sight, pen: Pen) -> tuple[Element, Splice]:
    """Insert a text into an empty cell, at the end of its first paragraph."""
    paragraph, empty_run = free_place(cell)
    holder = cell if paragraph is None else paragraph
    names = Names.at(part, holder)
    if empty_run is not None and child(empty_run, "rPr") is not None:
        properties = run_properties(part, empty_run, text)
    else:
        properties = run_format(part, cell, paragraph, sight)
    markup = pen.inserted(names, _run(names, properties + names.text(text)))
    if paragraph is None:
        markup = f"<{names.element}p>{markup}</{names.element}p>"
    return holder, appended(part, holder, markup)
