"""A table of numbers seen as lines, its rows or its columns, and which line is a sum of which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from core.document import Cell, CellRef, Confidence, Table
from core.numbers import is_blank, parse_number

_SPACES = re.compile(r"\s+")
_TOTAL = re.compile(r".{0,8}(合计|小计|总计|共计)(?!划).{0,4}")
# A 小计 is never the sum of a 总计.
_LEVELS = {"小计": 1, "合计": 2, "共计": 2, "总计": 3}
_DIGIT = re.compile(r"\d")
# What is printed in figures and never adds up.
_NOT_ADDED = re.compile(
    r"序号|编号|年份|平均|人均|均值|均价|单价|率|同比|环比|占比|比例|比重|对比|%|‰"
    r"|排名|名次|增长|增幅|降幅|倍数|得分|评分|^其中"
)
_YEARS = range(1949, 2100)


@dataclass(frozen=True, slots=True)
class Number:
    """What stands at a grid position: a number, with the cell that it stands in."""

    value: Decimal
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: its labels, outermost first, and what stands at each position.

    None at a position says that nothing there can be added up: text, a cell that
    is merged with others, uncertain or missing.  A blank is zero.
    """

    index: int
    labels: tuple[str, ...]
    numbers: tuple[Number | None, ...]
    blanks: frozenset[int]

    @property
    def is_total(self) -> bool:
        """Whether it is labelled as a sum."""
        return self.level > 0

    @property
    def level(self) -> int:
        """How much it covers by its label: 0 for a line that is no sum."""
        found = (_TOTAL.fullmatch(label) for label in self.labels)
        return max((_LEVELS[match[1]] for match in found if match), default=0)

    @property
    def is_added(self) -> bool:
        """Whether its numbers may be added to others: no ordinals, shares or averages."""
        return not any(_NOT_ADDED.search(label) for label in self.labels)

    @property
    def has_numbers(self) -> bool:
        """Whether anything but blanks can be added up in it."""
        return any(number and number.ref for number in self.numbers)

    @property
    def name(self) -> str:
        """What it is called, empty where it has no label."""
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A line that was tried as the sum of others: the positions where that holds and fails."""

    total: Line
    parts: tuple[Line, ...]
    holds: tuple[int, ...]
    fails: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        """How well it explains the line; of equals the one with more parts."""
        return len(self.holds), -len(self.fails), len(self.parts)

    def amount(self, position: int) -> Decimal:
        """Return what the parts come to at a position."""
        numbers = (part.numbers[position] for part in self.parts)
        return sum((number.value for number in numbers if number), Decimal(0))

    def cells(self, position: int) -> tuple[CellRef, ...]:
        """Return the cells that take part at a position, the total last."""
        numbers = (line.numbers[position] for line in (*self.parts, self.total))
        return tuple(number.ref for number in numbers if number and number.ref)


class Lines:
    """All rows, or all columns, of a table."""

    def __init__(self, table: Table, *, columns: bool = False) -> None:
        self._table = table
        self._columns = columns

    @cached_property
    def all(self) -> tuple[Line, ...]:
        """The lines in their order."""
        count, positions = self._table.rows, self._table.columns
        if self._columns:
            count, positions = positions, count
        lines = [self._line(index, range(positions)) for index in range(count)]
        first = next((line for line in lines if line.has_numbers), None)
        if first is not None and _are_years(first):
            lines[first.index] = self._line(first.index, range(0))
        return tuple(lines)

    @cached_property
    def totals(self) -> tuple[Line, ...]:
        """The lines that are labelled as sums and have any number."""
        return tuple(line for line in self.all if line.is_total and line.has_numbers)

    def sums(self, across: Lines) -> Iterator[Sum]:
        """Return for each total the sum that explains it best, none where nothing holds.

        `across` are the lines the other way: what is no number to be added there
        is no evidence here.
        """
        positions = [line.index for line in across.all if line.is_added]
        found: dict[int, Sum] = {}
        for total in self.totals:
            tried = (
                attempt
                for parts in self._covers(total, found)
                for attempt in _growing(total, parts, positions)
            )
            best = max(tried, key=lambda attempt: attempt.rank, default=None)
            if best is not None and best.holds:
                found[total.index] = best
                yield best

    def _covers(self, total: Line, found: Mapping[int, Sum]) -> Iterator[Sequence[Line]]:
        """Return sequences of lines whose beginnings a total may be the sum of, nearest first."""
        for side in self._sides(total):
            own = [
                line
                for line in side
                if line.is_added and line.has_numbers and line.level <= total.level
            ]
            yield [line for line in own if not line.is_total]
            yield [line for line in own if line.is_total]
            yield _outermost(own, found)
            # 合计 over 件数 and 金额: each covers what is called so in the other groups.
            yield [line for line in own if line.name == total.name and not line.is_total]

    def _sides(self, total: Line) -> Iterator[Sequence[Line]]:
        """Return the lines before a total and those after it, nearest first.

        A table that ends in a total has its totals below what they cover; one that
        begins with a total has them above.
        """
        filled = [line for line in self.all if line.has_numbers]
        begins, ends = filled[0].is_total, filled[-1].is_total
        if ends or not begins:
            yield self.all[: total.index][::-1]
        if begins or not ends:
            yield self.all[total.index + 1 :]

    def _line(self, index: int, with_numbers: range) -> Line:
        positions = range(self._table.rows if self._columns else self._table.columns)
        cells = [self._at(index, position) for position in positions]
        numbers = [
            self._number(cell) if i in with_numbers else None for i, cell in enumerate(cells)
        ]
        first = next((i for i, number in enumerate(numbers) if number), len(cells))
        labels = (_plain(cell.text) for cell in cells[:first] if cell and not self._is_title(cell))
        blanks = frozenset(i for i, cell in enumerate(cells) if cell and _is_empty(cell))
        filled = [Number(Decimal(0)) if i in blanks else number for i, number in enumerate(numbers)]
        return Line(
            index,
            tuple(dict.fromkeys(label for label in labels if not is_blank(label))),
            tuple(filled),
            blanks,
        )

    def _is_title(self, cell: Cell) -> bool:
        """Return whether a cell goes across all lines and so names none of them."""
        if self._columns:
            return cell.column_span == self._table.columns
        return cell.row_span == self._table.rows

    def _at(self, index: int, position: int) -> Cell | None:
        row, column = (position, index) if self._columns else (index, position)
        return self._table.at(row, column)

    def _number(self, cell: Cell | None) -> Number | None:
        if cell is None or cell.confidence is Confidence.UNCERTAIN:
            return None
        if cell.row_span > 1 or cell.column_span > 1:
            return None
        # 一 and 二 are labels here, not numbers.
        value = parse_number(cell.text) if _DIGIT.search(cell.text) else None
        return None if value is None else Number(value, self._table.ref(cell))


def _growing(total: Line, parts: Sequence[Line], positions: Sequence[int]) -> Iterator[Sum]:
    """Try a total as the sum of the first part, of the first two, and so on."""
    wanted = {
        position: number.value
        for position in positions
        if (number := total.numbers[position]) and position not in total.blanks
    }
    sums = dict.fromkeys(wanted, Decimal(0))
    filled, told = set[int](), set[int]()
    for count, part in enumerate(parts, start=1):
        for position in list(sums):
            number = part.numbers[position]
            if number is None:
                del sums[position]
                continue
            sums[position] += number.value
            if number.ref:
                filled.add(position)
            if number.value:
                told.add(position)
        # Neither 0 = 0 + 0 nor parts that nobody filled in say anything.
        holds = tuple(p for p in sums if p in told and sums[p] == wanted[p])
        fails = tuple(p for p in sums if p in filled and sums[p] != wanted[p])
        if count > 1 or part.level < total.level:
            covered = tuple(sorted(parts[:count], key=lambda line: line.index))
            yield Sum(total, covered, holds, fails)


def _outermost(lines: Sequence[Line], found: Mapping[int, Sum]) -> list[Line]:
    """Leave out the lines that a total among the others already covers."""
    covered = {
        part.index for line in lines if line.index in found for part in found[line.index].parts
    }
    return [line for line in lines if line.index not in covered]


def _are_years(line: Line) -> bool:
    years = [number.value for number in line.numbers if number and number.ref]
    return len(set(years)) == len(years) > 1 and all(
        int(y) == y and int(y) in _YEARS for y in years
    )


def _is_empty(cell: Cell) -> bool:
    return is_blank(cell.text) and cell.confidence is not Confidence.UNCERTAIN


def _plain(text: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", text))
