"""The 校核 block of a worksheet: live sums beside and below the reported totals.

What is reported stays as it is; otherwise a wrong total would vanish.  Rows
are checked to the right of the table, columns and blocks of cells below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from core.document import CellRef, Confidence, Table
from core.forms.alignment import TableMatch
from core.forms.model import Comparison, Relation
from core.numbers import is_blank
from core.writers.contents import Formula, as_number, cell_name
from core.writers.texts import width

if TYPE_CHECKING:
    from core.writers.sheets import Sheet

_NARROWEST, _GAP_WIDTH, _PADDING = 16.0, 2.0, 2.0
_GAP = 1
_TITLE = "校核"
_NO_CELL = "缺单元格"
_IS_WRONG = {
    Comparison.EQUAL: "AND(ISNUMBER({0}),{0}<>0)",
    Comparison.AT_LEAST: "AND(ISNUMBER({0}),{0}<0)",
}


@dataclass(frozen=True, slots=True)
class _Words:
    """What the two sides of an equation and their difference are called; empty: not shown."""

    left: str
    right: str
    difference: str

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(word for word in (self.left, self.right, self.difference) if word)


_WORDS = {
    "balance": _Words("第一项加第二项", "第三项加第四项", "两者之差"),
    "results": _Words("（一）至（六）各行之和", "", "与（七）总计之差"),
    "row_total": _Words("各类申请人之和", "", "与总计之差"),
    "case_total": _Words("各种结果之和", "", "与总计之差"),
    "stock": _Words("现行有效加废止", "", "减制发\n（应≥0）"),
    "total_published": _Words("", "", "公开总数量减新公开\n（应≥0）"),
    "published_made": _Words("", "", "新制作减新公开\n（应≥0）"),
}
_OTHER_WORDS = _Words("左边之和", "右边之和", "两者之差")


def put_checks(sheet: Sheet, table: Table, match: TableMatch) -> list[float]:
    """Write the block; return the widths of its columns to the right of the table, gap included."""
    block = _Block(sheet, table, match)
    row, column = table.rows + _GAP, table.columns + _GAP
    over = {equation.id: equation.over for equation in match.form_table.equations}
    for equation, group in groupby(match.relations, lambda relation: relation.equation):
        relations = [relation for relation in group if block.anchor(relation)]
        words = _WORDS.get(equation, _OTHER_WORDS)
        if not relations:
            continue
        if over[equation] == "columns":
            block.put_title_row(row, words)
            row = block.put_below(row, relations, words)
        elif block.share_a_row(relations):
            block.put_block_titles(row, relations, words)
            row = block.put_below(row, relations, words)
        else:
            column = block.put_at_right(column, relations, words)
    if row > table.rows + _GAP:
        sheet.put(table.rows, 0, _TITLE, (_GAP, table.columns), look="check")
    if block.widths and block.top:
        spans = block.top, len(block.widths)
        sheet.put(0, table.columns + _GAP, _TITLE, spans, look="check")
    return [_GAP_WIDTH, *block.widths] if block.widths else []


class _Block:
    def __init__(self, sheet: Sheet, table: Table, match: TableMatch) -> None:
        self._sheet = sheet
        # How many rows there are above the titles at the right.
        self.top = table.rows
        self.widths: list[float] = []
        found = {slot: table.at(*_at(place.ref)) for slot, place in match.places.items()}
        cells = {slot: cell for slot, cell in found.items() if cell}
        # Only the first position of a merged cell holds anything in a worksheet.
        self._cells = {slot: table.ref(cell) for slot, cell in cells.items()}
        self._unsure = {
            table.ref(cell) for cell in cells.values() if cell.confidence is Confidence.UNCERTAIN
        }
        self._totals = {ref for slot, ref in self._cells.items() if match.form_table.is_total(slot)}
        self._numbers: dict[CellRef, Decimal] = {}
        self._strange: set[CellRef] = set()
        for slot, cell in cells.items():
            if number := as_number(cell.text, match.form_table.slots[slot].kind):
                self._numbers[table.ref(cell)] = number.value
            elif not is_blank(cell.text):
                self._strange.add(table.ref(cell))

    def anchor(self, relation: Relation) -> CellRef | None:
        """Return the last cell of a relation that the report has, None if it has none."""
        return next((self._cells[s] for s in reversed(relation.slots) if s in self._cells), None)

    def share_a_row(self, relations: Sequence[Relation]) -> bool:
        """Return whether relations stand side by side, as the blocks of the cases table do."""
        rows = {ref.row for relation in relations if (ref := self.anchor(relation))}
        return len(relations) > 1 and len(rows) == 1

    def put_at_right(self, column: int, relations: Sequence[Relation], words: _Words) -> int:
        """Write a column for each side and the difference; return the next free column."""
        first = min(ref.row for relation in relations if (ref := self.anchor(relation)))
        self.top = min(self.top, max(first - 1, 0))
        self.widths += [max(width(title) + _PADDING, _NARROWEST) for title in words.titles]
        for offset, title in enumerate(words.titles):
            if first:
                self._sheet.put(first - 1, column + offset, title, look="check")
        for relation in relations:
            if ref := self.anchor(relation):
                for offset, content in enumerate(self._contents(relation, words)):
                    self._put(ref.row, column + offset, content, relation)
        return column + len(words.titles)

    def put_below(self, row: int, relations: Sequence[Relation], words: _Words) -> int:
        """Write a row for each side and the difference; return the next free row."""
        for relation in relations:
            if ref := self.anchor(relation):
                for offset, content in enumerate(self._contents(relation, words)):
                    self._put(row + offset, ref.column, content, relation)
        return row + len(words.titles)

    def put_title_row(self, row: int, words: _Words) -> None:
        """Name rows below the table under its row headers, if it has any."""
        self._put_titles(row, 0, min(ref.column for ref in self._cells.values()), words)

    def put_block_titles(self, row: int, relations: Sequence[Relation], words: _Words) -> None:
        """Name rows below a block under its parts."""
        for relation in relations:
            columns = [self._cells[slot].column for slot in relation.slots if slot in self._cells]
            self._put_titles(row, min(columns), columns[-1], words)

    def _put_titles(self, row: int, start: int, end: int, words: _Words) -> None:
        for offset, title in enumerate(words.titles if end > start else ()):
            self._sheet.put(row + offset, start, title, (1, end - start), look="check")

    def _put(self, row: int, column: int, content: _Content, relation: Relation) -> None:
        self._sheet.put(row, column, content.shown, look="check")
        if content.is_difference:
            self._sheet.highlight(row, column, _IS_WRONG[relation.comparison])

    def _contents(self, relation: Relation, words: _Words) -> Iterator[_Content]:
        if any(slot not in self._cells for slot in relation.slots):
            yield from [_Content("")] * (len(words.titles) - 1)
            yield _Content(_NO_CELL)
            return
        left = [self._cells[slot] for slot in relation.left]
        right = [self._cells[slot] for slot in relation.right]
        yield from (_Content(self._sum(side)) for side, word in _shown(left, right, words) if word)
        yield _Content(self._difference(left, right), is_difference=True)

    def _sum(self, cells: Sequence[CellRef]) -> Formula:
        return Formula(f"SUM({_ranges(cells)})", self._total(cells))

    def _difference(self, left: Sequence[CellRef], right: Sequence[CellRef]) -> Formula:
        """Left minus right, nothing while that cannot be known.

        A blank part counts as zero; a blank total, text and a cell of several
        readings do not.
        """
        cells = [*left, *right]
        needed = [
            ref for ref in cells if ref in self._totals | self._strange or ref in self._unsure
        ]
        text = f"SUM({_ranges(left)})-SUM({_ranges(right)})"
        unknown = f"COUNT({_ranges(cells)})=0"
        if needed:
            unknown = f"COUNT({_ranges(needed)})<{len(needed)}"
        is_known = all(ref in self._numbers for ref in needed) and any(
            ref in self._numbers for ref in cells
        )
        result = self._total(left) - self._total(right) if is_known else None
        return Formula(f'IF({unknown},"",{text})', result)

    def _total(self, cells: Sequence[CellRef]) -> Decimal:
        return sum((self._numbers.get(ref, Decimal(0)) for ref in cells), Decimal(0))


@dataclass(frozen=True, slots=True)
class _Content:
    shown: Formula | str
    is_difference: bool = False


def _shown(
    left: list[CellRef], right: list[CellRef], words: _Words
) -> tuple[tuple[list[CellRef], str], ...]:
    return (left, words.left), (right, words.right)


def _at(ref: CellRef) -> tuple[int, int]:
    return ref.row, ref.column


def _ranges(cells: Sequence[CellRef]) -> str:
    """Return cells as Excel names them, neighbours in a row or a column as one range."""
    runs: list[list[CellRef]] = []
    for ref in sorted(cells):
        if runs and _continues(runs[-1], ref):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    ends = [dict.fromkeys((cell_name(*_at(run[0])), cell_name(*_at(run[-1])))) for run in runs]
    return ",".join(":".join(names) for names in ends)


def _continues(run: Sequence[CellRef], ref: CellRef) -> bool:
    last, step = run[-1], (ref.row - run[-1].row, ref.column - run[-1].column)
    steps = {(b.row - a.row, b.column - a.column) for a, b in pairwise(run)}
    return last.table == ref.table and step in ((0, 1), (1, 0)) and steps <= {step}
