"""Find tables without rules: lines whose words stand under each other in columns.

Which number belongs to which column is a conclusion here and nothing that the page
says, so each number is marked uncertain and offered as a reading.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.readers.grid import MAX_COLUMNS
from core.readers.headings import is_known_heading
from core.readers.pdf_grid import nearest
from core.readers.pdf_lines import Line, joint
from core.readers.pdf_marks import Box, Page
from core.readers.pdf_table import PageCell, PageTable, is_number

# In units of the size of the text.
_GAP = 0.9
_NEAR_ROW = 1.7
_SHARE_OF_PITCH = 0.8
_FAR_LINE = 4.0
# So many lines with columns are a table, and so many without end one.
_FEWEST_ROWS = 3
_MOST_BETWEEN = 3
_FEWEST_NUMBERS = 3
_LONGEST_LABEL = 0.66


@dataclass(slots=True)
class _Row:
    """The segments of one line, or of several that are one row."""

    parts: list[Line]

    @property
    def box(self) -> Box:
        box = self.parts[0].box
        for part in self.parts[1:]:
            box = box.around(part.box)
        return box

    @property
    def numbers(self) -> list[Line]:
        return [part for part in self.parts if is_number(part.text)]

    @property
    def middle(self) -> float:
        box = (self.numbers or self.parts)[0].box
        return (box.top + box.bottom) / 2

    @property
    def size(self) -> float:
        return self.parts[0].size


def find_aligned(page: Page, lines: Sequence[Line]) -> tuple[list[PageTable], list[Line]]:
    """Return the tables that aligned columns make, and the lines that belong to none."""
    tables: list[PageTable] = []
    rest: list[Line] = []
    for group, is_table in _groups(page, lines):
        table = _table(page, [_Row(segments(line)) for line in group]) if is_table else None
        if table is None:
            rest += group
        else:
            tables.append(table)
    return tables, rest


def segments(line: Line) -> list[Line]:
    """Return a line cut where its words stand apart as columns do."""
    parts: list[list[int]] = [[]]
    before = None
    for index, glyph in enumerate(line.glyphs):
        if glyph.text == " ":
            continue
        if before is not None and glyph.left - line.glyphs[before].right > _GAP * line.size:
            parts.append([])
        parts[-1].append(index)
        before = index
    return [Line(line.glyphs[part[0] : part[-1] + 1]) for part in parts]


def _groups(page: Page, lines: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """Yield the lines in their order, those that may be a table together."""
    group: list[Line] = []
    kept = 0
    for line in lines:
        parted = len(segments(line)) > 1
        if group and not _goes_on(page, group[-1], line, parted, len(group) - kept):
            yield group[:kept], True
            yield group[kept:], False
            group, kept = [], 0
        if not group and not parted:
            yield [line], False
            continue
        group.append(line)
        if parted:
            kept = len(group)
        elif kept == len(group) - 1 and line.box.top - group[-2].box.top < _NEAR_ROW * line.size:
            # The rest of the last row's label.
            kept = len(group)
    yield group[:kept], True
    yield group[kept:], False


def _goes_on(page: Page, before: Line, line: Line, parted: bool, single: int) -> bool:
    if line.box.top - before.box.bottom > _FAR_LINE * line.size:
        return False
    if parted:
        return True
    is_text = line.box.width > _LONGEST_LABEL * page.width
    return not is_text and single < _MOST_BETWEEN and not is_known_heading(line.text)


def _table(page: Page, rows: Sequence[_Row]) -> PageTable | None:
    if max((len(row.parts) for row in rows), default=0) > MAX_COLUMNS:
        return None
    parted = sum(len(row.parts) > 1 for row in rows)
    numbered = [index for index, row in enumerate(rows) if row.numbers]
    if parted < _FEWEST_ROWS or sum(len(row.numbers) for row in rows) < _FEWEST_NUMBERS:
        return None
    body = list(_with_labels_joined(rows[numbered[0] :]))
    headers = [part for row in rows[: numbered[0]] for part in row.parts]
    xs = _edges(body, headers)
    if len(xs) > MAX_COLUMNS:
        return None
    head = _headers(headers, xs)
    found = head + [_by_columns(row.parts, xs) for row in body]
    box = rows[0].box
    for row in rows[1:]:
        box = box.around(row.box)
    cells = [
        _cell(page, index, columns, parts)
        for index, row in enumerate(found)
        for columns, parts in sorted(row.items())
    ]
    return PageTable(page.number, box, tuple(xs), len(found), cells, (page.area(box),), ruled=False)


_Span = tuple[float, float]


def _number_columns(rows: Iterable[_Row], headers: Iterable[Line]) -> list[_Span]:
    """Return from where to where the columns of numbers reach, from left to right.

    A column without any number is known by its header.
    """
    columns = _united((n.box.left, n.box.right) for row in rows for n in row.numbers)
    blank = [
        (header.box.left, header.box.right)
        for header in headers
        if header.box.left > columns[0][1]
        and not any(one < header.box.right and header.box.left < other for one, other in columns)
    ]
    return sorted([*columns, *_united(blank)])


def _united(spans: Iterable[_Span]) -> list[_Span]:
    united: list[_Span] = []
    for left, right in sorted(spans):
        if united and left < united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], right))
        else:
            united.append((left, right))
    return united


def _with_labels_joined(rows: Sequence[_Row]) -> list[_Row]:
    """Return rows of which those without numbers gave the pieces of a label to the next one."""
    numbered = [row for row in rows if row.numbers]
    pitches = sorted(after.middle - before.middle for before, after in pairwise(numbered))
    pitch = pitches[len(pitches) // 2] if pitches else 0.0
    reach = min(_NEAR_ROW * rows[0].size, _SHARE_OF_PITCH * pitch)
    middles = [row.middle for row in numbered]
    joined = []
    for row in rows:
        if row.numbers:
            joined.append(row)
            continue
        near = numbered[nearest(middles, row.middle)]
        first = near.numbers[0].box.left
        if abs(near.middle - row.middle) < reach and row.box.right < first:
            near.parts = near.parts + row.parts
        else:
            joined.append(row)
    return joined


def _edges(rows: Sequence[_Row], headers: Sequence[Line]) -> list[float]:
    """Return the edges of all columns: between labels that stand beside each other and numbers."""
    columns = _number_columns(rows, headers)
    first, size = columns[0][0], rows[0].size
    labels = [
        sorted((p for p in row.parts if p.box.right < first), key=lambda part: part.box.left)
        for row in rows
        if row.numbers
    ]
    gaps = _gaps(labels)
    left = min(part.box.left for row in rows for part in row.parts)
    ends = max((part.box.right for row in labels for part in row), default=first - size)
    between = [(one[1] + other[0]) / 2 for one, other in pairwise(columns)]
    starts = [(ends + first) / 2, *between, columns[-1][1] + size]
    if not any(labels):
        return starts
    return [left - size / 2, *sorted((gap[0] + gap[1]) / 2 for gap in gaps), *starts]


def _gaps(labels: Iterable[Sequence[Line]]) -> list[_Span]:
    """Return the gaps between labels beside each other, those that lie over each other as one."""
    gaps: list[_Span] = []
    for row in labels:
        for one, other in pairwise(row):
            left, right = one.box.right, other.box.left
            for index, known in enumerate(gaps):
                if known[0] < right and left < known[1]:
                    gaps[index] = (max(known[0], left), min(known[1], right))
                    break
            else:
                gaps += [(left, right)] if left < right else []
    return gaps


_Columns = tuple[int, int]


def _covered(part: Line, xs: Sequence[float]) -> _Columns:
    """Return which columns a piece of text stands over: the first one and the one after."""
    slack = _GAP * part.size / 2
    last = len(xs) - 2
    first = min(max(bisect_right(xs, part.box.left + slack) - 1, 0), last)
    end = min(max(bisect_right(xs, part.box.right - slack) - 1, first), last)
    return first, end + 1


def _by_columns(parts: Iterable[Line], xs: Sequence[float]) -> dict[_Columns, list[Line]]:
    """Return the pieces of a row by the columns that they cover; pieces that overlap are one."""
    found: dict[_Columns, list[Line]] = {}
    for part in parts:
        columns, pieces = _covered(part, xs), [part]
        for known in [k for k in found if k[0] < columns[1] and columns[0] < k[1]]:
            columns = (min(known[0], columns[0]), max(known[1], columns[1]))
            pieces = found.pop(known) + pieces
        found[columns] = pieces
    return found


def _headers(parts: Sequence[Line], xs: Sequence[float]) -> list[dict[_Columns, list[Line]]]:
    """Return the rows of headers: those over several columns line by line, then the others."""
    wide = [part for part in parts if _covered(part, xs)[1] - _covered(part, xs)[0] > 1]
    tops = sorted({round(part.box.top) for part in wide})
    rows = [_by_columns([p for p in wide if round(p.box.top) == top], xs) for top in tops]
    narrow = _by_columns([part for part in parts if part not in wide], xs)
    return [*rows, narrow] if narrow else rows


def _cell(page: Page, row: int, columns: _Columns, parts: Sequence[Line]) -> PageCell:
    ordered = sorted(parts, key=lambda part: (part.box.top, part.box.left))
    text, box = ordered[0].text, ordered[0].box
    for part in ordered[1:]:
        apart = " " if is_number(part.text) or is_number(text) else joint(text, part.text)
        text += apart + part.text
        box = box.around(part.box)
    return PageCell(
        row,
        columns[0],
        1,
        columns[1] - columns[0],
        text,
        box.width,
        (page.area(box),),
        ordered[0],
        ordered[-1],
        any(is_number(part.text) for part in parts),
    )
