"""Read what a page becomes when it is copied into one line: prose, headings and tables run on.

The form is walked: every label in its order, then as many values as its row has.
Values stand apart by spaces, or nothing stands between them; then the digits are cut
where that can be done in one way only (see `core.readers.glued`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, takewhile

from rapidfuzz import fuzz

from core.document import Block, Paragraph, Provenance
from core.forms.labels import label_key
from core.forms.loader import EDITIONS
from core.forms.model import FormCell
from core.readers.glued import readings_of
from core.readers.headings import heading_in
from core.readers.text_form import NAMES, TextForm, text_form
from core.readers.text_lines import Piece, trimmed
from core.readers.text_sources import Place, Row, Wanted
from core.readers.text_table import make_table
from core.readers.text_walk import Failure, Reading, walk

# A cell or a sentence may be as long as that; a report is longer.
_SHORTEST_FLOW = 400
_FEWEST_HEADINGS = 3
# A report has six sections and three tables, perhaps twice; a line with hundreds is none.
_MOST_PARTS = 40
_NUMERAL = re.compile(r"[一二三四五六七八九十]{1,2}[、.．]")
# Between two characters of a label stand spaces or punctuation, if anything.
_BETWEEN = r"[\W_]{0,3}"
_VALUES = re.compile(r"[\d０-９\s\u3000.．,，/／\-－—–]+")
_ORDINAL = re.compile(r"\d[.．、]\s*\Z")
_UNIT = re.compile(r"\s?(?:万元|元|件|宗|项|个|条|份)")
_CLOSING = re.compile(r"[\s\u3000)）”\"』」》】:：]*")
_MISPRINTED = 85.0
_SHORTEST_MISPRINT = 5
_SLACK = 3
_SHORTEST_LEFT_OVER = 4


@dataclass(slots=True)
class Flow:
    """What a line that runs on holds: blocks in order, the tables' names, and what failed."""

    blocks: list[Block] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    failures: dict[str, Piece] = field(default_factory=dict)


def read_flow(line: Piece) -> Flow | None:
    """Return what a line holds that has headings or tables in it, None for an ordinary one."""
    if len(line.text) < _SHORTEST_FLOW:
        return None
    flow = Flow()
    headings = list(islice(_headings(line.text), _MOST_PARTS))
    beginnings = list(islice(_beginnings(line.text), _MOST_PARTS))
    starts = [start for start, _ in headings]
    end = 0
    for start, stop in sorted([*headings, *beginnings]):
        if start < end:
            continue
        if stop:
            found: tuple[Block, int] | None = Paragraph(*_part(line, start, stop)), stop
        else:
            limit = next((each for each in starts if each > start), len(line.text))
            found = _table(line, start, limit, flow)
        if found is not None:
            flow.blocks += [*_prose(line, end, start), found[0]]
            end = found[1]
    flow.blocks += _prose(line, end, len(line.text))
    is_flow = flow.names or flow.failures or len(headings) >= _FEWEST_HEADINGS
    return flow if is_flow else None


def _headings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where headings of the form begin and end inside a text."""
    end = 0
    for numeral in _NUMERAL.finditer(text):
        if numeral.start() >= end and (stop := heading_in(text, numeral.start())):
            end = stop
            yield numeral.start(), stop


def _beginnings(text: str) -> Iterator[tuple[int, int]]:
    """Yield where statutory tables may begin inside a text, each with 0."""
    found = {
        match.start()
        for name in NAMES
        for edition in EDITIONS
        for pattern in _openings(edition, name)
        for match in islice(pattern.finditer(text), _MOST_PARTS)
    }
    return ((start, 0) for start in sorted(found))


@cache
def _openings(edition: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Return what a table begins with: its first two labels, or those behind a blank note."""
    (first, *_), (second, *_) = (text_form(edition, name).lines_at(row, -1) for row in (0, 1))
    labels = [cell.text for cell in (*first.cells, *second.cells)]
    pairs = [labels[:2], labels[1:3]] if first.cells[0].role == "note" else [labels[:2]]
    return tuple(re.compile(_spread("".join(map(label_key, pair)))) for pair in pairs)


def _spread(key: str) -> str:
    return r"[（(]?" + _BETWEEN.join(map(re.escape, key))


def _part(line: Piece, start: int, stop: int) -> tuple[str, Provenance]:
    piece = trimmed(Piece(line.text[start:stop], line.start + start, line.start + stop, line.line))
    return piece.text, piece.provenance


def _prose(line: Piece, start: int, stop: int) -> Iterator[Paragraph]:
    text, provenance = _part(line, start, stop)
    if text:
        yield Paragraph(text, provenance)


def _table(line: Piece, start: int, limit: int, flow: Flow) -> tuple[Block, int] | None:
    """Return the table that begins at a place and where it ends, None if none can be read."""
    best: tuple[Reading, str] | None = None
    for name in NAMES:
        for edition in reversed(EDITIONS):
            form = text_form(edition, name)
            if not any(pattern.match(line.text, start) for pattern in _openings(edition, name)):
                continue
            result = walk(form, _FlowSource(line, form, start))
            if isinstance(result, Reading) and (left := _left_over(form, result, line, limit)):
                result = Failure(left)
            if isinstance(result, Failure):
                flow.failures[name] = _quoted(result.piece)
            elif result and (best is None or _rank(result) > _rank(best[0])):
                best = result, name
    table = make_table(best[0], is_marked=False) if best else None
    if best is None or table is None:
        return None
    flow.names.add(best[1])
    return table, best[0].rows[-1].row.after.index


def _rank(reading: Reading) -> tuple[int, float]:
    return len(reading.rows), reading.likeness


def _left_over(form: TextForm, reading: Reading, line: Piece, limit: int) -> Piece | None:
    """Return a row of the form that stands behind the table which was read, up to a heading."""
    there = {cell.text for read in reading.rows for cell in read.line.cells}
    end = reading.rows[-1].row.after.index
    rest = label_key(line.text[end:limit])
    for cell in form.labels:
        key = label_key(cell.text)
        if cell.text not in there and len(key) >= _SHORTEST_LEFT_OVER and key in rest:
            return Piece(line.text[end:limit], line.start + end, line.start + limit, line.line)
    return None


def _quoted(piece: Piece) -> Piece:
    """Return the first words of a piece, which in a line that runs on may be all the rest."""
    shown = "".join(takewhile(lambda character: not character.isspace(), piece.text.strip()))
    return Piece(shown, piece.start, piece.end, piece.line)


class _FlowSource:
    """Cells of a stretch of text without marks; a place is a character of it."""

    is_marked = False

    def __init__(self, line: Piece, form: TextForm, start: int) -> None:
        self._line = line
        self._form = form
        self._start = start

    def row(self, wanted: Wanted, place: Place) -> Row | None:
        """Return the row that begins at a place if it has these cells, None if not."""
        place = place if place.index else Place(self._start)
        labels = [cell for cell in wanted.cells if not cell.slot]
        values = wanted.cells[len(labels) :]
        pieces: list[Piece] = []
        index = place.index
        for cell in labels:
            end = self._label_end(cell, index)
            if end is None:
                return None
            closing = _CLOSING.match(self._line.text, end)
            end = closing.end() if closing else end
            pieces.append(self._piece(index, end))
            index = end
        if not values:
            return Row(tuple(pieces), Place(index))
        return self._valued(pieces, len(values), wanted.may_be_short, index)

    def rest(self, place: Place) -> Sequence[Piece]:
        """Return what stands from a place on."""
        start = max(place.index, self._start)
        return [self._piece(start, len(self._line.text))] if start < len(self._line.text) else []

    def _piece(self, start: int, end: int) -> Piece:
        line = self._line
        return trimmed(Piece(line.text[start:end], line.start + start, line.start + end, line.line))

    def _label_end(self, cell: FormCell, start: int) -> int | None:
        """Return where a label ends that begins at a place, misprints allowed."""
        keys = [label_key(wording) for wording in self._form.wordings(cell)]
        longest = max(map(len, keys)) + _SLACK
        ends = list(_key_ends(self._line.text, start, longest))
        said = "".join(character for character, _ in ends)
        exact = [key for key in keys if key and said.startswith(key)]
        if exact:
            return ends[len(max(exact, key=len)) - 1][1]
        scored = [
            (fuzz.ratio(key, said[:length], score_cutoff=_MISPRINTED), length)
            for key in keys
            if len(key) >= _SHORTEST_MISPRINT
            for length in range(len(key) - _SLACK, min(len(key) + _SLACK, len(said)) + 1)
        ]
        score, length = max(scored, default=(0.0, 0))
        return ends[length - 1][1] if score else None

    def _valued(
        self, pieces: list[Piece], count: int, may_be_short: bool, index: int
    ) -> Row | None:
        stretch = _VALUES.match(self._line.text, index)
        if stretch is None:
            return None
        end = self._values_end(index, stretch.end())
        values = [
            self._piece(index + found.start(), index + found.end())
            for found in re.finditer(r"\S+", self._line.text[index:end])
        ]
        if len(values) == 1 and count > 1:
            return self._cut(pieces, values[0], count, end)
        if len(values) == count == 1 and (unit := _UNIT.match(self._line.text, end)):
            end = unit.end()
            values = [self._piece(index, end)]
        short = len(values) == count - 1 and may_be_short
        if len(values) != count and not short:
            return None
        return Row((*pieces, *values), Place(end), short=short)

    def _values_end(self, start: int, end: int) -> int:
        """Return where values end: before the number of the next label, such as 2. or 3、."""
        text = self._line.text[start:end]
        if end < len(self._line.text) and (ordinal := _ORDINAL.search(text)):
            return start + ordinal.start()
        return end

    def _cut(self, pieces: list[Piece], glued: Piece, count: int, end: int) -> Row | None:
        digits = unicodedata.normalize("NFKC", glued.text)
        found = readings_of(digits, count)
        if found is None:
            return None
        values: list[Piece] = []
        place = glued.start
        is_certain = all(len(each) == 1 for each in found)
        for each in found:
            # Where the cuts are not known, each value stands somewhere in all of it.
            stop = place + len(each[0]) if is_certain else glued.end
            values.append(Piece(each[0], place, stop, glued.line))
            place = stop if is_certain else place
        readings = (*((),) * len(pieces), *found)
        return Row((*pieces, *values), Place(end), glued=True, readings=readings)


def _key_ends(text: str, start: int, most: int) -> Iterator[tuple[str, int]]:
    """Yield the characters of a text that count in labels, each with the place behind it."""
    count = 0
    for index in range(start, len(text)):
        for character in label_key(text[index]):
            yield character, index + 1
            count += 1
        if count >= most:
            return
