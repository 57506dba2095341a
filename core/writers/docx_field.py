"""What makes Word put an old text back into an edited cell: computed fields, bound controls."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from core.word.content import Element, Line
from core.word.names import attribute, child, name_of, word_tags
from core.word.outline import Part
from core.writers.docx_splice import Splice, removed, unwrapped

# A form field and a link keep what a person writes, and a box to tick has no result;
# everything else is computed anew.
_KEPT = {"FORMTEXT", "FORMCHECKBOX", "HYPERLINK"}
_IN_CODE = ("fldChar", "instrText", "t")
_CONTROL_TAGS = ("showingPlcHdr", "dataBinding")
FIELD_TAGS = word_tags(*_IN_CODE, "fldSimple", *_CONTROL_TAGS)


@dataclass(slots=True)
class _Field:
    """A field within a paragraph: the places of its marks in the paragraph's pieces."""

    begin: int
    code_end: int | None = None
    end: int = 0


@dataclass(frozen=True, slots=True)
class Computed:
    """A field that Word computes: the elements of its code, of its result, and its end mark."""

    code: tuple[Element, ...]
    result: tuple[Element, ...]
    end: Element


def field_splices(
    part: Part, lines: Sequence[Line], changed: Collection[Element]
) -> Iterator[Splice]:
    """Turn the fields whose result is changed into plain text."""
    for found in computed_fields(part, lines, changed):
        yield from (removed(part, each) for each in {*found.code, found.end})
    for outer in simple_fields(changed):
        yield from unwrapped(part, outer)


def computed_fields(
    part: Part, lines: Sequence[Line], changed: Collection[Element]
) -> Iterator[Computed]:
    """Return the fields of a cell or paragraph whose result is changed, inner ones first."""
    for line in lines:
        touched = [0, *accumulate(piece.element in changed for piece in line)]
        for each in _fields(line):
            if touched[each.end] > touched[each.begin] and each.code_end is not None:
                found = _computed(part, line, each, each.code_end)
                instruction = "".join(
                    code.text or "" for code in found.code if name_of(code) == "instrText"
                )
                if not _is_kept(instruction):
                    yield found


def simple_fields(changed: Collection[Element]) -> Iterator[Element]:
    """Return the w:fldSimple whose result is changed, each as often as it holds a change."""
    for element in changed:
        for outer in element.iterancestors():
            if name_of(outer) == "tc":
                break
            if name_of(outer) == "fldSimple" and not _is_kept(attribute(outer, "instr") or ""):
                yield outer


def control_splices(part: Part, changed: Collection[Element]) -> Iterator[Splice]:
    """Cut the ties of content controls that would bring the old or a placeholder text back."""
    for element in changed:
        for outer in element.iterancestors():
            if name_of(outer) == "tr":
                break
            if name_of(outer) == "sdt":
                ties = (child(outer, "sdtPr", name) for name in _CONTROL_TAGS)
                yield from (removed(part, tie) for tie in ties if tie is not None)


def _fields(line: Line) -> Iterator[_Field]:
    pending: list[_Field] = []
    for index, piece in enumerate(line):
        if piece.mark == "begin":
            pending.append(_Field(index))
        elif piece.mark and pending:
            top = pending[-1]
            top.code_end = index if top.code_end is None else top.code_end
            if piece.mark == "end":
                top.end = index
                yield pending.pop()


def _computed(part: Part, line: Line, found: _Field, code_end: int) -> Computed:
    start = part.extents[line[found.begin].element].start
    end = part.extents[line[code_end].element].end
    names = word_tags(*_IN_CODE)
    code = tuple(
        element
        for element, extent in part.extents.items()
        if extent.tag in names and start <= extent.start < end
    )
    result = tuple(piece.element for piece in line[code_end + 1 : found.end])
    return Computed(code, result, line[found.end].element)


def _is_kept(instruction: str) -> bool:
    words = instruction.split()
    return bool(words) and words[0].upper() in _KEPT
