"""The bytes to change so that one cell of a Word file says something else.

Only the text of the cell is touched: the w:t that held it, the breaks and
symbols between, and what would make Word put the old text back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from core.document import fold
from core.word.content import Element, Line, Piece, Sight, blocks, cell_lines, text_of
from core.word.names import COMPATIBILITY_TAGS, attribute, child, math_tag, name_of, word_tags
from core.word.outline import Part
from core.writers.docx_field import FIELD_TAGS, control_splices, field_splices
from core.writers.docx_format import FORMAT_TAGS, is_raised, lowered, run_format
from core.writers.docx_splice import Splice, appended, filled, prefix_of, removed, replaced

TEXTS = {"t", "m:t"}
SYMBOLS = {"tab", "ptab", "br", "cr", "noBreakHyphen", "sym"}
EDITED_TAGS = (
    word_tags("tc", "p", "r", "t", *SYMBOLS)
    | math_tag("t", "r", "rPr")
    | COMPATIBILITY_TAGS
    | FIELD_TAGS
    | FORMAT_TAGS
)

# The lines that an element holds after the edit, none for one that is emptied or taken away.
Plan = Mapping[Element, Sequence[str]]


def cell_splices(part: Part, cell: Element, lines: Sequence[str], sight: Sight) -> list[Splice]:
    """Return the changes to a part after which `cell` says `lines`.

    A cell that keeps its number of lines is changed line by line and keeps their
    formats; otherwise the first text takes all.  Tables inside the cell stay.
    """
    shown = cell_lines(cell, sight)
    plan = cell_plan(shown, lines)
    if plan is not None:
        splices = [_changed(part, element, held) for element, held in plan.items()]
        for element, held in plan.items():
            splices += lowered(part, element, "".join(held))
        return [*splices, *field_splices(part, shown, plan), *control_splices(part, plan)]
    if not any(lines):
        return []
    holder, splice = _put_in(part, cell, lines, sight)
    marks = {piece.element for line in shown for piece in line}
    return [splice, *field_splices(part, shown, marks), *control_splices(part, {holder} - {cell})]


def cell_plan(shown: Sequence[Line], lines: Sequence[str], *, whole: bool = False) -> Plan | None:
    """Return what each text of a cell has to hold, None where the cell shows no text.

    As a `whole`, the first text takes all lines even where each could stay in its place.
    """
    rows, breaks = _rows(shown)
    plan = None if whole else _by_line(rows, lines)
    return _as_a_whole(rows, breaks, lines) if plan is None else plan


def _rows(shown: Iterable[Line]) -> tuple[list[Line], list[Element]]:
    """Return what stands on each line of a cell, and the elements that break lines."""
    rows: list[Line] = []
    breaks: list[Element] = []
    for line in shown:
        rows.append([])
        for piece in line:
            if piece.text == "\n":
                breaks.append(piece.element)
                rows.append([])
            elif not piece.mark:
                rows[-1].append(piece)
    return rows, breaks


def _by_line(rows: Sequence[Line], lines: Sequence[str]) -> Plan | None:
    """Return a plan that puts each line where one stands now, None where that cannot be."""
    texts = [fold(text_of(row)) for row in rows]
    filled_rows = [index for index, text in enumerate(texts) if text]
    if not filled_rows or filled_rows[-1] - filled_rows[0] + 1 != len(lines):
        return None
    plan: dict[Element, Sequence[str]] = {}
    for index, line in enumerate(lines, filled_rows[0]):
        if texts[index] == line:
            continue
        target = _target(rows[index])
        if target is None:
            return None
        plan |= _only(rows[index], target, [line])
    return plan


def _as_a_whole(
    rows: Iterable[Line], breaks: Iterable[Element], lines: Sequence[str]
) -> Plan | None:
    pieces = [piece for row in rows for piece in row]
    target = _target(pieces)
    if target is None:
        return None
    return {**_only(pieces, target, lines), **{each: () for each in breaks}}


def _target(pieces: Iterable[Piece]) -> Element | None:
    """Return the element that takes a new text: one that shows something, else an empty w:t."""

    def rank(piece: Piece) -> int:
        name, shows = name_of(piece.element), bool(piece.text.strip())
        if shows:
            if name == "t":
                return 1 if is_raised(piece.element) else 0
            return 1 if name == "m:t" else 2 if name in SYMBOLS else 9
        return 3 if name == "t" else 9

    best = min(pieces, key=rank, default=None)
    return best.element if best is not None and rank(best) < 9 else None


def _only(pieces: Iterable[Piece], target: Element, lines: Sequence[str]) -> Plan:
    """Let `target` hold the lines and everything else that shows something go."""
    others = [piece.element for piece in pieces if piece.text.strip() and piece.element != target]
    editable = TEXTS | SYMBOLS
    return {target: lines, **{each: () for each in others if name_of(each) in editable}}


def _changed(part: Part, element: Element, lines: Sequence[str]) -> Splice:
    if name_of(element) in TEXTS:
        if part.extents[element].close is None and not any(lines):
            return Splice(part.extents[element].end, part.extents[element].end, b"")
        return filled(part, element, _joined(prefix_of(part, element) + "t", lines))
    if not lines:
        return removed(part, element)
    name = prefix_of(part, element) + "t"
    return replaced(part, element, f"<{name}>{_joined(name, lines)}</{name}>")


def _joined(name: str, lines: Sequence[str]) -> str:
    """Return lines as the content of a w:t; a break ends it and begins another one."""
    broken = f"</{name}><{name[:-1]}br/><{name}>"
    return broken.join(escape(line) for line in lines)


def _put_in(
    part: Part, cell: Element, lines: Sequence[str], sight: Sight
) -> tuple[Element, Splice]:
    """Put a text into an empty cell: into an empty run of its first paragraph, or a new one there.

    Return the element that takes it, too.
    """
    paragraph, empty_run = free_place(cell)
    holder = next(each for each in (empty_run, paragraph, cell) if each is not None)
    prefix = prefix_of(part, holder)
    markup = f"<{prefix}t>{_joined(prefix + 't', lines)}</{prefix}t>"
    if empty_run is None:
        markup = f"<{prefix}r>{run_format(part, cell, paragraph, sight)}{markup}</{prefix}r>"
    if paragraph is None:
        markup = f"<{prefix}p>{markup}</{prefix}p>"
    return holder, appended(part, holder, markup)


def free_place(cell: Element) -> tuple[Element | None, Element | None]:
    """Return the first paragraph of an empty cell, and a run in it that has only a format."""
    paragraph = next((each for each in blocks(cell, Sight()) if name_of(each) == "p"), None)
    runs = () if paragraph is None else _outside_fields(paragraph)
    return paragraph, next((each for each in runs if _is_empty_run(each)), None)


def _outside_fields(paragraph: Element) -> Iterator[Element]:
    """Yield what stands in a paragraph outside of fields: nobody sees a text in a code."""
    depth = 0
    for each in paragraph:
        kinds = [attribute(m, "fldCharType") for m in each.iter() if name_of(m) == "fldChar"]
        depth += kinds.count("begin")
        if not depth:
            yield each
        depth = max(depth - kinds.count("end"), 0)


def _is_empty_run(element: Element) -> bool:
    if name_of(element) != "r" or child(element, "rPr", "vanish") is not None:
        return False
    return all(name_of(each) == "rPr" for each in element)
