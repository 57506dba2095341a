"""A total and its parts as a sentence lists them, and how sure it is that the list is complete.

Most lists after 其中 name the largest parts only, and say nothing of the rest.  A
list is taken for complete only where the sentence itself shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from core.rules.counts import (
    Clause,
    Count,
    Group,
    Mark,
    Marked,
    only_count,
    share_alone,
    share_beside,
)

_LEADS = (Mark.AMONG, Mark.EACH, Mark.INCLUDING)
_FAR = 2
_FEWEST_IN_BRACKETS = 3
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
_REST = re.compile(r"(?:^[“及和与]*|以及|[的及和类])其[他它余]|^(?:余下|剩余)")
_WHOLE_SETS = (
    ("主动公开", "依申请", "不予公开"),
    ("线上", "线下"),
    ("自然人", "法人"),
    ("上半年", "下半年"),
    ("建议", "提案"),
    ("网", "信", "当面"),
    ("网", "邮寄", "当面"),
    ("网", "信", "现场"),
)


class Shown(StrEnum):
    """How a sentence shows that a list has all parts of its total."""

    BY_REST = "rest"
    BY_EACH = "each"
    BY_SET = "set"
    BY_SHARES = "shares"
    BY_TOTAL = "total"
    BY_BRACKETS = "brackets"
    NOT = "not"


@dataclass(frozen=True)
class CountedList:
    """A total with its parts; `totals` are all numbers that may be meant, the nearest first.

    `shares` has the percentage beside each part, None where there is none.
    `among` says that each must be a part of the total, complete or not.
    """

    totals: tuple[Count, ...]
    parts: tuple[Count, ...]
    shares: tuple[Count | None, ...]
    shown: Shown
    among: bool = False

    @property
    def total(self) -> Count:
        """The number that is most likely meant."""
        return self.totals[0]

    @property
    def sum(self) -> Decimal:
        """What the parts come to."""
        return sum((part.value for part in self.parts), Decimal(0))

    def adds_up_to(self, total: Count) -> bool:
        """Whether the parts can come to a number, as rounded as it all is printed."""
        low = sum((part.quantity.low for part in self.parts), Decimal(0))
        high = sum((part.quantity.high for part in self.parts), Decimal(0))
        return low <= total.quantity.high and total.quantity.low <= high

    @property
    def exceeds(self) -> bool:
        """Whether all parts together are more than all that may be meant, but not far more."""
        all_totals = sum((total.value for total in self.totals), Decimal(0))
        return len(self.parts) > 1 and all_totals < self.sum <= all_totals * 2

    @property
    def holds(self) -> bool:
        """Whether the parts come to any of the numbers that may be meant, or to some together.

        收到 9 件，上年结转 1 件，其中网上 5 件、信函 5 件: both are taken together.
        """
        together = accumulate(total.value for total in self.totals)
        return any(self.adds_up_to(total) for total in self.totals) or self.sum in together


def lists_in(clauses: Sequence[Clause], before: Sequence[Count] = ()) -> Iterator[CountedList]:
    """Return the lists of a sentence; `before` are the counts of the sentence before it."""
    yield from _led(clauses, before)
    yield from _in_one_bracket(clauses)
    yield from _added_up(clauses)
    yield from _in_own_brackets(clauses)


def _led(clauses: Sequence[Clause], before: Sequence[Count]) -> Iterator[CountedList]:
    """Lists after 其中, 分别为, 包括: 共 10 件，其中 A 4 件、B 6 件."""
    for i, clause in enumerate(clauses):
        for k, item in enumerate(clause.items):
            if not isinstance(item, Marked) or item.mark not in _LEADS:
                continue
            earlier = [count for part in clauses[max(0, i - _FAR) : i] for count in part.counts]
            earlier += [c for c in clause.items[:k] if isinstance(c, Count)]
            if not earlier and item.mark is Mark.AMONG and i == 0:
                earlier = list(before)
            rest = Clause(item.end, clause.items[k + 1 :], clause.end, clause.stop)
            yield from _list(earlier, [rest, *clauses[i + 1 :]], item.mark)
        # 共 171 条：甲 124 条、乙 47 条.
        ahead = clause.items[-1] if clause.items and clause.stop in ("：", ":") else None
        if isinstance(ahead, Count) and not ahead.quantity.is_percent:
            yield from _list([ahead], clauses[i + 1 :], None)


def _list(
    earlier: Sequence[Count], following: Sequence[Clause], mark: Mark | None
) -> Iterator[CountedList]:
    if not earlier:
        return
    unit = earlier[-1].unit
    totals = tuple(count for count in reversed(earlier) if count.unit == unit)
    parts = _Parts(unit)
    parts.read(following)
    if parts.counts:
        shown = _shown(parts, mark)
        among = mark in (Mark.AMONG, Mark.INCLUDING) and not parts.stock
        yield CountedList(totals, tuple(parts.counts), tuple(parts.shares), shown, among)


class _Parts:
    """Reads the parts of a list clause by clause, until something else begins."""

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self.counts: list[Count] = []
        self.shares: list[Count | None] = []
        self.labels: list[str] = []
        self.complete = True
        self.stock = False

    def read(self, clauses: Sequence[Clause]) -> None:
        stops: list[str] = []
        for i, clause in enumerate(clauses):
            if i and clause.has(*_LEADS, Mark.TOTAL):
                break
            if not self._take(clause):
                self.complete = self.complete and not self._more(clauses[i:])
                break
            if clause.has(Mark.AND_SO_ON) and clause.stop != "、":
                self.complete = False
            stops.append(clause.stop)
            if clause.stop == "；" and len(self.counts) > 1 and "；" not in stops[:-1]:
                break

    def _take(self, clause: Clause) -> bool:
        """Take a clause as a part, or as what is said of the part before; False at the end."""
        counts = [c for c in clause.counts if c.unit == self._unit]
        if clause.has(Mark.COMPARED) and not counts:
            return bool(self.counts)
        if len(counts) == 1 and not clause.has(Mark.COMPARED):
            self._add(counts[0], clause)
            return True
        if share_alone(clause) is not None and self.counts:
            self.shares[-1] = self.shares[-1] or share_alone(clause)
            return True
        if clause.counts or clause.shares:
            return False
        # A name that has a comma of its own: 信访、重复申请等不予处理 80 件.
        return clause.stop == "、" or (not self.counts and clause.start == clause.end)

    def _add(self, count: Count, clause: Clause) -> None:
        # What is in force or was abolished is no part of what was issued.
        self.stock = self.stock or clause.has(Mark.STOCK)
        if not count.is_exact or count.quantity.chinese or self.stock:
            self.complete = False
        self.counts.append(count)
        self.labels.append(count.label)
        self.shares.append(share_beside(clause, count))

    def _more(self, clauses: Sequence[Clause]) -> bool:
        """Whether more counts of the same kind follow, which may be parts or not."""
        others = (clause for clause in clauses if not clause.has(Mark.COMPARED))
        return any(count.unit == self._unit for clause in others for count in clause.counts)


def _shown(parts: _Parts, mark: Mark | None) -> Shown:
    if not parts.complete or len(parts.counts) < 2:
        return Shown.NOT
    if _REST.search(parts.labels[-1]):
        return Shown.BY_REST
    if mark is Mark.EACH:
        return Shown.BY_EACH
    if _is_whole_set(parts.labels):
        return Shown.BY_SET
    shares = [share for share in parts.shares if share is not None]
    if len(shares) == len(parts.counts):
        total = sum((share.value for share in shares), Decimal(0))
        if abs(total - _HUNDRED) <= _HALF:
            return Shown.BY_SHARES
    return Shown.BY_BRACKETS if mark is None else Shown.NOT


def _is_whole_set(labels: Sequence[str]) -> bool:
    return any(
        len(labels) == len(names) and all(any(name in label for label in labels) for name in names)
        for names in _WHOLE_SETS
    )


def _in_one_bracket(clauses: Sequence[Clause]) -> Iterator[CountedList]:
    """Lists in brackets after their total: 12 个（微信 8 个、微博 4 个）."""
    for clause in clauses:
        for i, item in enumerate(clause.items):
            if not isinstance(item, Group):
                continue
            ahead = clause.items[i - 1] if i else None
            if not isinstance(ahead, Count) or ahead.quantity.is_percent:
                continue
            first, *others = item.clauses
            match first.items:
                case [Marked(mark, _, end), *rest] if mark in _LEADS:
                    led = Clause(end, rest, first.end, first.stop)
                    yield from _list([ahead], [led, *others], mark)
                case _:
                    yield from _list([ahead], item.clauses, None)


def _added_up(clauses: Sequence[Clause]) -> Iterator[CountedList]:
    """Lists with their total at the end: A 5 件，B 6 件，共计 11 件."""
    for i, clause in enumerate(clauses):
        match clause.items:
            case [Marked(Mark.TOTAL, start, end), Count() as total, *_] if (
                start - clause.start <= 1 and total.start - end <= 1
            ):
                ahead = _ahead(clauses[:i], total.unit)
            case _:
                continue
        # Any of the last parts may be what is added up: 会议 5 次；检查 3 次、培训 4 次，共 7 次.
        for first in range(len(ahead) - 1):
            parts = tuple(ahead[first:])
            made = CountedList((total,), parts, (None,) * len(parts), Shown.NOT)
            if made.holds:
                yield made
                break
        else:
            if len(ahead) > 1 and _begins_there(clauses[:i], ahead[0]):
                yield CountedList((total,), tuple(ahead), (None,) * len(ahead), Shown.BY_TOTAL)


def _ahead(clauses: Sequence[Clause], unit: str) -> list[Count]:
    """Return the counts right before, one a clause, all in one unit."""
    found: list[Count] = []
    for clause in reversed(clauses):
        counts = clause.counts
        odd = clause.has(*_LEADS, Mark.TOTAL, Mark.COMPARED, Mark.STOCK)
        if odd or len(counts) != 1 or counts[0].unit != unit or clause.stop not in "，、,":
            break
        if not counts[0].is_exact or counts[0].quantity.chinese:
            return []
        found.insert(0, counts[0])
    return found


def _begins_there(clauses: Sequence[Clause], first: Count) -> bool:
    """Whether no other number stands before the first part in the sentence."""
    return not any(count.start < first.start for clause in clauses for count in clause.counts)


def _in_own_brackets(clauses: Sequence[Clause]) -> Iterator[CountedList]:
    """Parts with a bracket each beside one total: 甲（16 家）、乙（4 家）…，抽取 42 家."""
    groups = [i for clause in clauses for i in clause.items if isinstance(i, Group)]
    parts = [count for group in groups if (count := only_count(group.clauses)) is not None]
    if len(parts) < _FEWEST_IN_BRACKETS or len({part.unit for part in parts}) != 1:
        return
    unit = parts[0].unit
    totals = [c for clause in clauses for c in clause.counts if c.unit == unit]
    counted = sum(any(clause.counts for clause in group.clauses) for group in groups)
    bare = all(not part.label and part.is_exact for part in parts) and len(parts) == counted
    if bare and len(totals) == 1:
        none = (None,) * len(parts)
        yield CountedList((totals[0],), tuple(parts), none, Shown.BY_TOTAL)
