"""Find the statutory tables in the lines of a text, in whichever layout they stand.

A table is read only if every count fits; one that begins and does not go on as it
must is left as prose, and a notice says where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from core.document import Table
from core.forms.loader import EDITIONS
from core.progress import Progress
from core.readers.markdown import is_rule, markdown_cells, markdown_rows
from core.readers.text_form import NAMES, TextForm, newest_form, text_form
from core.readers.text_leftovers import left_over
from core.readers.text_lines import Piece, is_empty, split_at, trimmed
from core.readers.text_sources import LineSource, PipeSource, Source, TabSource, spaced
from core.readers.text_table import make_table
from core.readers.text_walk import Failure, Reading, walk

_LONGEST_OPENING = 60
# A table of 28 × 10 cells with three empty lines between any two is not longer.
_MOST_LINES = 4_000
# The second label of a table is one of the next few cells.
_SOON = 20
_LABELS_SOON = 3
# A report has three tables; a text with hundreds of beginnings is none.
_MOST_ATTEMPTS = 40
# By how much a reading is less like the form that misses one label of it.
_ONE_LABEL = 0.9
_MOST_BETWEEN = 3
_MOST_AT_END = 3
# Widths that other exports give a table: the form's own, no filling, sliver columns.
_OTHER_WIDTHS = (1, 2, 3, -1)


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table of the text and the lines that it takes, the last one not included."""

    name: str
    table: Table
    first: int
    end: int


@dataclass(slots=True)
class Search:
    """What was found in a text: tables, and where those parted from the form that were not read."""

    tables: list[FoundTable] = field(default_factory=list)
    failures: dict[str, Piece] = field(default_factory=dict)
    attempts_failed: Counter[str] = field(default_factory=Counter)

    @property
    def names(self) -> frozenset[str]:
        """The names of the tables that were read."""
        return frozenset(found.name for found in self.tables)

    def note(self, name: str, piece: Piece) -> None:
        """Keep where a table failed; of several attempts the one that came furthest."""
        known = self.failures.get(name)
        if known is None or piece.start > known.start:
            self.failures[name] = piece


@dataclass(frozen=True, slots=True)
class _Attempt:
    reading: Reading
    source: Source


def find_tables(lines: Sequence[Piece], progress: Progress) -> Search:
    """Return the statutory tables in the lines of a text, in order."""
    search = Search()
    index = 0
    while index < len(lines):
        progress(index, len(lines))
        found = None
        for name in _names_opened_by(lines[index]):
            for first in _beginnings(lines, index):
                found = found or _read(name, lines, first, search)
        if found:
            search.tables.append(found)
        index = found.end if found else index + 1
    return search


def _names_opened_by(line: Piece) -> Iterator[str]:
    """Yield the tables that may begin on a line, by the first cell in it that is not blank."""
    text = line.text[: 2 * _LONGEST_OPENING].replace("|", "\t").strip().split("\t")[0].strip()
    if not text or len(text) > _LONGEST_OPENING:
        return
    for name in NAMES:
        if any(form.opens_with(text) for form in _forms(name)):
            yield name


def _beginnings(lines: Sequence[Piece], index: int) -> Iterator[int]:
    """Yield the lines that a table with its first words on a line may begin on.

    A bar alone on the line above is the form's note, left blank.
    """
    yield index
    if index and "|" in lines[index].text and lines[index - 1].text.strip() == "|":
        yield index - 1


def _forms(name: str) -> tuple[TextForm, ...]:
    return tuple(text_form(edition, name) for edition in reversed(EDITIONS))


def _read(name: str, lines: Sequence[Piece], first: int, search: Search) -> FoundTable | None:
    if not _goes_on(name, lines, first) or search.attempts_failed[name] >= _MOST_ATTEMPTS:
        return None
    attempts = []
    start = max(first - _MOST_LINES, search.tables[-1].end if search.tables else 0)
    above = lines[start:first]
    for form in _forms(name):
        for source in _sources(lines[first : first + _MOST_LINES], form):
            result = walk(form, source)
            if isinstance(result, Reading):
                left = left_over(form, result, above, lines[result.end : result.end + _MOST_LINES])
                result = Failure(left) if left else result
            if isinstance(result, Failure):
                search.note(name, result.piece)
            elif result is not None:
                attempts.append(_Attempt(result, source))
                if source.is_marked:
                    break
    found = _agreed(name, attempts, first)
    search.attempts_failed[name] += found is None
    if attempts and found is None:
        search.note(name, lines[first])
    return found


def _goes_on(name: str, lines: Sequence[Piece], first: int) -> bool:
    """Return whether another label of the table follows soon; cheap to ask on every line."""
    texts = [
        text.strip()
        for line in lines[first : first + _SOON]
        if not is_rule(line)
        for text in line.text[: 2 * _LONGEST_OPENING].replace("|", "\t").split("\t")
        if text.strip()
    ]
    following = [text for text in texts[1:] if text != texts[0]][:_LABELS_SOON]
    return any(form.goes_on_with(text) for form in _forms(name) for text in following)


def _agreed(name: str, attempts: Sequence[_Attempt], first: int) -> FoundTable | None:
    """Return the table that has most rows; None if others as good say something else."""
    ranked = sorted(attempts, key=lambda a: (-len(a.reading.rows), -a.reading.likeness))
    tables = []
    for attempt in ranked:
        if not _is_as_good(attempt.reading, ranked[0].reading):
            break
        table = make_table(attempt.reading, attempt.source.is_marked)
        if table is not None:
            tables.append((table, attempt))
    if not tables or any(_said(table) != _said(tables[0][0]) for table, _ in tables):
        return None
    table, attempt = tables[0]
    return FoundTable(name, table, first, attempt.reading.end)


def _is_as_good(reading: Reading, best: Reading) -> bool:
    """Return whether a reading has as many rows, and takes no label of the best for a value."""
    as_many = len(reading.rows) == len(best.rows)
    return as_many and reading.likeness > best.likeness - _ONE_LABEL


def _said(table: Table) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in table.cells]


def _sources(lines: Sequence[Piece], form: TextForm) -> Iterator[Source]:
    """Yield the text from its first line on in each layout that it can be."""
    if rows := markdown_rows(lines):
        for is_grid in (True, False):
            yield TabSource(map(markdown_cells, rows), form.table.columns, is_grid)
    elif "|" in lines[0].text:
        yield from _pipe_sources(lines, form)
    elif rows := _tab_rows(lines, form):
        for is_grid in (False, True):
            cells = (split_at(row, "\t") for row in rows)
            yield TabSource(cells, form.table.columns, is_grid)
    else:
        yield from _line_sources(lines)


def _tab_rows(lines: Sequence[Piece], form: TextForm) -> list[Piece]:
    """Return the lines that are rows divided by tabs; a row of one cell has none."""
    rows = []
    for line in lines:
        if "\t" in line.text or form.opens_with(line.text.strip()):
            rows.append(line)
        elif not is_empty(line):
            break
    return rows if any("\t" in line.text for line in rows) else []


def _line_sources(lines: Sequence[Piece]) -> Iterator[Source]:
    apart, joined = spaced(lines, joins=False), spaced(lines, joins=True)
    for between, at_end in product(range(_MOST_BETWEEN + 1), range(_MOST_AT_END + 1)):
        yield LineSource(joined if between else apart, between, at_end)


def _pipe_sources(lines: Sequence[Piece], form: TextForm) -> Iterator[Source]:
    pieces = [piece for line in _barred(lines) for piece in split_at(trimmed(line), "|")[:-1]]
    pieces = pieces[: _other_table_at(pieces, form)]
    columns = form.table.columns
    for width in (columns, None, *(columns + more for more in _OTHER_WIDTHS)):
        yield PipeSource(pieces, width)


def _barred(lines: Sequence[Piece]) -> list[Piece]:
    """Return the lines up to the first that says something without a bar."""
    rows = []
    for line in lines:
        if not is_empty(line):
            if "|" not in line.text:
                break
            rows.append(line)
    return rows


def _other_table_at(pieces: Sequence[Piece], form: TextForm) -> int | None:
    """Return where a table of another name begins among pieces, None if none does."""
    others = [newest_form(name) for name in NAMES if name != form.table.name]
    for index, piece in enumerate(pieces):
        if any(other.opens_with(piece.text) for other in others):
            return index
    return None
