"""What Word shows of the paragraphs of a binary Word file, one after the other.

Inserted text under revision counts, deleted text does not; of a field only the
result; hidden text is left out and noted; numbers that Word makes are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from core.readers.doc_file import MAX_PIECES, too_many
from core.readers.doc_looks import Layout, Look, Looks
from core.readers.doc_pieces import Text, readable
from core.word.raised import shapes_at

_ENDS = re.compile("[\r\x07\x0c]")
_ANCHORS = re.compile("\x08")
_PAGE_BREAK, _SYMBOL = "\x0c", "("
_BEGIN, _SEPARATE, _END = "\x13", "\x14", "\x15"
_FIELD_MARKS = re.compile(f"([{_BEGIN}{_SEPARATE}{_END}])")
_CONTROLS = re.compile("[\x00-\x1f]")
# Breaks of lines, pages and columns; the hyphen that keeps words together.  All other marks,
# of pictures, notes, comments and possible breaks, show nothing of themselves.
_SHOWN = dict.fromkeys(range(0x20), "") | {
    0x09: "\t",
    0x0B: "\n",
    0x0C: "\n",
    0x0E: "\n",
    0x1E: "-",
}


@dataclass(slots=True)
class Noted:
    """What was met and not shown, for the notices."""

    hidden: bool = False
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as it is shown, from position `start` on.

    `anchors` are the positions of the shapes in it, `hidden` of those not shown.  One
    that `runs_on` is carried on by the next, as its end was deleted.  `end_deleted` and
    `end_hidden` are said of its end.
    """

    text: str
    layout: Layout
    start: int
    anchors: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()
    runs_on: bool = False
    end_deleted: bool = False
    end_hidden: bool = False


@dataclass(slots=True)
class _Stretch:
    """A stretch of text, or the mark of a field."""

    text: str
    look: Look
    mark: bool = False


@dataclass(slots=True)
class _Shown:
    stretches: list[_Stretch] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


class Lines:
    """The paragraphs of a file, read story by story."""

    def __init__(self, text: Text, looks: Looks, noted: Noted) -> None:
        """Begin with the text of all stories."""
        self._text = text
        self._looks = looks
        self._noted = noted
        self._count = 0

    def between(self, start: int, end: int) -> Iterator[Line]:
        """Yield the paragraphs of a story; what follows its last mark is one, too.

        Raises:
            UnreadableFileError: There are more than 400,000, or one contradicts itself.
        """
        content = self._text.content
        for found in _ENDS.finditer(content, start, end):
            mark = found.start()
            if content[mark] == _PAGE_BREAK and not self._looks.ends_paragraph(mark):
                continue
            self._count += 1
            if self._count > MAX_PIECES:
                raise too_many("paragraphs")
            yield self._line(start, mark)
            start = mark + 1
        if content[start:end].strip():
            yield self._line(start, end - 1, whole=True)

    def _line(self, start: int, mark: int, whole: bool = False) -> Line:
        layout = self._looks.layout(mark)
        shown = self._stretches(start, mark + whole, layout.style)
        end, _ = self._looks.look(mark, layout.style)
        self._noted.revised |= end.deleted or end.inserted
        runs_on = end.deleted and not (whole or layout.ends_cell or layout.ends_row)
        text = self._visible(shown.stretches)
        anchors, hidden = tuple(shown.anchors), tuple(shown.hidden)
        return Line(text, layout, start, anchors, hidden, runs_on, end.deleted, end.hidden)

    def _stretches(self, start: int, end: int, style: int) -> _Shown:
        shown = _Shown()
        position = start
        while position < end:
            look, until = self._looks.look(position, style)
            text = self._text.content[position : min(until, end)]
            if look.deleted:
                self._noted.revised = True
            else:
                self._noted.revised |= look.inserted
                met = shown.hidden if look.hidden else shown.anchors
                met += (position + found.start() for found in _ANCHORS.finditer(text))
                shown.stretches += _divided(text, look)
            position = until
        return shown

    def _visible(self, stretches: list[_Stretch]) -> str:
        texts = []
        for stretch in _without_codes(stretches):
            text = _shown(stretch)
            if stretch.look.hidden:
                self._noted.hidden |= bool(text.strip())
            else:
                texts.append(text)
        return readable("".join(texts))


def _divided(text: str, look: Look) -> Iterator[_Stretch]:
    parts = _FIELD_MARKS.split(text)
    for index, part in enumerate(parts):
        if part:
            yield _Stretch(part, look, mark=index % 2 == 1)


def _shown(stretch: _Stretch) -> str:
    text, look = stretch.text, stretch.look
    if stretch.mark:
        return ""
    if look.symbol and not text.strip(_SYMBOL):
        text = look.symbol * len(text)
    if _CONTROLS.search(text):
        text = text.translate(_SHOWN)
    return text.translate(shapes_at(look.raised)) if look.raised else text


def _without_codes(stretches: list[_Stretch]) -> Iterator[_Stretch]:
    """Leave out field codes: what stands between begin and separator, or end without one.

    A field that does not end in its paragraph hides nothing: losing a number is worse.
    """
    if not any(stretch.mark for stretch in stretches):
        return iter(stretches)
    # How many codes begin or end at each stretch; hidden is what stands in at least one.
    changes = [0] * len(stretches)
    fields: list[tuple[int, bool]] = []
    for index, stretch in enumerate(stretches):
        if not stretch.mark:
            continue
        if stretch.text == _BEGIN:
            fields.append((index, True))
        elif fields:
            begin, in_code = fields.pop()
            if in_code:
                changes[begin] += 1
                changes[index] -= 1
            if stretch.text == _SEPARATE:
                fields.append((begin, False))
    codes = accumulate(changes)
    return (stretch for stretch, code in zip(stretches, codes, strict=True) if not code)
