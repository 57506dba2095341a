"""Read statutory tables of which only the rows of numbers are left: the text of a PDF.

Columns' names are scattered there, and some rows' names have come apart from their
numbers.  The rows are taken in their order, if each has as many numbers as the form
prints, there are just as many rows, and every name that still stands beside its
numbers is that row's.  Names that are not there are the form's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.document import Table
from core.forms.labels import best_similarity
from core.forms.loader import EDITIONS
from core.forms.model import short_label
from core.numbers import parse_number
from core.readers.headings import find_headings
from core.readers.text_form import FormLine, TextForm, text_form
from core.readers.text_lines import Piece, split_at, trimmed
from core.readers.text_sources import Place, Row
from core.readers.text_table import make_table
from core.readers.text_walk import Reading, ReadRow

_SECTIONS = {"disclosure": 2, "applications": 3, "cases": 4}
_ALIKE = 0.7
_SURELY_ALIKE = 0.9
# So many rows must still have their names for the others to follow from their order.
_LEAST_NAMED = 0.6
_LEAST_HEADERS = 0.5
_PAGE_NUMBER = re.compile(r"[\s—–\-·]*\d{1,3}[\s—–\-·]*")
_RULE = re.compile(r"[\s|:\-]+")
_NOTE = "本表是从只剩逐行文字的原文还原的：栏目名按格式补上，{named}请对照原文核对每一行。"
_BY_ORDER = "没有行名的几行（{rows}）按格式的顺序对应，"
_LEFT_OUT = "“{rows}”的数字个数与格式不符，没有读取，"


@dataclass(frozen=True, slots=True)
class LooseTable:
    """A table and the lines that it takes; it stands where the first of them does."""

    name: str
    table: Table
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A line with numbers at its end, and what stands before them."""

    index: int
    label: str
    last_label: str
    values: tuple[Piece, ...]

    def likeness(self, wordings: Sequence[str]) -> float:
        return max(best_similarity(label, wordings) for label in (self.label, self.last_label))


def find_loose(lines: Sequence[Piece], names: Sequence[str]) -> list[LooseTable]:
    """Return those of some statutory tables whose rows of numbers stand under their heading."""
    found = []
    for name in names:
        region = _region(lines, _SECTIONS[name])
        rows = [row for index in region if (row := _row(lines[index], index))]
        table = _read(name, rows, [lines[index].text for index in region])
        if table is not None:
            found.append(table)
    return found


def _region(lines: Sequence[Piece], section: int) -> range:
    """Return the lines between the heading of a section and the next one; none if it is missing."""
    headings = find_headings([line.text or None for line in lines])
    starts = sorted(headings)
    for start, end in pairwise([*starts, len(lines)]):
        if headings[start].number == section:
            return range(start + 1, end)
    return range(0)


def _row(line: Piece, index: int) -> _Found | None:
    if _RULE.fullmatch(line.text) or _PAGE_NUMBER.fullmatch(line.text):
        return None
    pieces = split_at(line, "|") if "|" in line.text else _words(line)
    while pieces and not pieces[-1].text:
        pieces.pop()
    values: list[Piece] = []
    while pieces and pieces[-1].text and parse_number(pieces[-1].text) is not None:
        values.insert(0, pieces.pop())
    labels = [piece.text for piece in pieces if piece.text]
    if not values:
        return None
    return _Found(index, "".join(labels), labels[-1] if labels else "", tuple(values))


def _words(line: Piece) -> list[Piece]:
    return [
        trimmed(Piece(found[0], line.start + found.start(), line.start + found.end(), line.line))
        for found in re.finditer(r"\S+", line.text)
    ]


def _read(name: str, rows: Sequence[_Found], texts: Sequence[str]) -> LooseTable | None:
    for edition in reversed(EDITIONS):
        form = text_form(edition, name)
        for lines in _printings(form):
            chosen = _in_order(form, lines, rows)
            if chosen is None and name == "disclosure":
                chosen = _by_name(form, lines, rows)
            if chosen and _has_headers(form, texts):
                return _made(name, form, lines, chosen)
    return None


def _printings(form: TextForm) -> Iterator[list[FormLine]]:
    """Yield the form's lines, with its own rows and with one row in place of several."""
    for wants_other in (False, True):
        lines: list[FormLine] = []
        row = 0
        while row < form.table.rows:
            options = [line for line in form.lines_at(row, row - 1) if not line.unseen]
            line = options[-1] if wants_other else options[0]
            lines.append(line)
            row = line.last + 1
        if not wants_other or any(line.first != line.last for line in lines):
            yield lines


def _in_order(
    form: TextForm, lines: Sequence[FormLine], rows: Sequence[_Found]
) -> Mapping[FormLine, _Found] | None:
    """Return a row of numbers for each line of the form, None unless all of them fit."""
    wanted = [line for line in lines if line.holds_values]
    if len(wanted) != len(rows):
        return None
    pairs = list(zip(wanted, rows, strict=True))
    if any(len(row.values) != _count(line) for line, row in pairs):
        return None
    labelled = [line for line in wanted if _label(line)]
    named = [line for line, row in pairs if _label(line) and _names(form, row, line)]
    if len(named) < _LEAST_NAMED * len(labelled):
        return None
    others = {line: [other for other in labelled if other is not line] for line in wanted}
    for line, row in pairs:
        own = row.likeness(_wordings(form, line))
        if any(row.likeness(_wordings(form, other)) > max(own, _ALIKE) for other in others[line]):
            return None
    return dict(pairs)


def _by_name(
    form: TextForm, lines: Sequence[FormLine], rows: Sequence[_Found]
) -> Mapping[FormLine, _Found] | None:
    """Return the rows that have their name and all their numbers; each name must come once."""
    found: dict[FormLine, _Found] = {}
    for line in lines:
        mine = [row for row in rows if row.likeness(_wordings(form, line)) >= _SURELY_ALIKE]
        if line.holds_values and len(mine) == 1 and len(mine[0].values) == _count(line):
            found[line] = mine[0]
    order = [row.index for row in found.values()]
    wanted = [line for line in lines if line.holds_values]
    is_enough = len(found) >= _LEAST_NAMED * len(wanted)
    return found if is_enough and order == sorted(order) else None


def _names(form: TextForm, row: _Found, line: FormLine) -> bool:
    return row.likeness(_wordings(form, line)) >= _ALIKE


def _count(line: FormLine) -> int:
    return sum(bool(cell.slot) for cell in line.cells)


def _label(line: FormLine) -> str:
    labels = [cell.text for cell in line.cells if not cell.slot]
    return labels[-1] if labels else ""


def _wordings(form: TextForm, line: FormLine) -> Sequence[str]:
    named = [cell for cell in line.cells if not cell.slot]
    return form.wordings(named[-1]) if named else ()


def _has_headers(form: TextForm, texts: Sequence[str]) -> bool:
    """Return whether the names of the columns stand in the text at all, whole or in pieces."""
    said = "".join(texts)
    headers = {
        cell.text for cell in form.labels if cell.row not in form.value_rows and cell.role != "note"
    }
    there = [text for text in headers if all(character in said for character in text)]
    return len(there) >= _LEAST_HEADERS * len(headers)


def _made(
    name: str, form: TextForm, lines: Sequence[FormLine], chosen: Mapping[FormLine, _Found]
) -> LooseTable | None:
    first = next(iter(chosen.values())).values[0]
    rows = []
    for line in lines:
        if line.holds_values and line not in chosen:
            continue
        row = chosen.get(line)
        place = row.values[0] if row else first
        labels = [
            Piece(_shown(form, line, cell.text, row), place.start, place.start, place.line)
            for cell in line.cells
            if not cell.slot
        ]
        values = row.values if row else ()
        rows.append(ReadRow(line, Row((*labels, *values), Place(0))))
    note = _note(form, lines, chosen)
    table = make_table(Reading(tuple(rows), 0.0), is_marked=False, notes=(note,))
    if table is None:
        return None
    return LooseTable(name, table, tuple(row.index for row in chosen.values()))


def _shown(form: TextForm, line: FormLine, text: str, row: _Found | None) -> str:
    """Return what a label's cell says: the file's own words where they stand there whole."""
    if row is not None and text == _label(line):
        wordings = _wordings(form, line)
        said = max((row.last_label, row.label), key=lambda label: best_similarity(label, wordings))
        if best_similarity(said, wordings) >= _SURELY_ALIKE:
            return said
    return text


def _note(form: TextForm, lines: Sequence[FormLine], chosen: Mapping[FormLine, _Found]) -> str:
    unnamed = [line for line, row in chosen.items() if _label(line) and not _names(form, row, line)]
    left_out = [line for line in lines if line.holds_values and line not in chosen]
    said = ""
    if unnamed:
        said += _BY_ORDER.format(rows="、".join(short_label(_label(line)) for line in unnamed))
    if left_out:
        said += _LEFT_OUT.format(rows="、".join(short_label(_label(line)) for line in left_out))
    return _NOTE.format(named=said)
