"""The counts of a sentence as they stand to each other: clauses, brackets, marking words.

发布信息 378 条，其中，网站 125 条、公众号 253 条（占 66.93%）: four clauses, the last with
a group in brackets.  Years, dates, clauses of laws, titles and list numerals are
no counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.prose import quantities
from core.prose.quantities import Quantity, quantity_in

_DIGITS = "一二三四五六七八九十"
_DEEPEST = 3
# A sentence with more is no sentence, but a table that was read as one.
_MOST_ITEMS = 150


class Mark(StrEnum):
    """A word or a sign that says how counts stand to each other."""

    AMONG = "among"
    EACH = "each"
    INCLUDING = "including"
    TOTAL = "total"
    AND_SO_ON = "etc"
    SHARE = "share"
    COMPARED = "compared"
    STOCK = "stock"


_MARKS = {
    Mark.AMONG: "其中",
    Mark.EACH: "分别(?:为|是|有)?",
    Mark.INCLUDING: "包括|包含|涵盖|分为|含(?!量)",
    Mark.TOTAL: "共计|合计|总计|总共|(?<![公中])共(?![同享建产性治识青])",
    Mark.AND_SO_ON: "等(?![级候待同于次额])",
    Mark.SHARE: "占(?:比|总)?",
    # A change, a growth rate and a part of a year's change are no part of a total.
    Mark.COMPARED: "同比|环比|增长|增加|增至|减少|减至|下降|上升|提升|提高"
    "|[较比](?:上年|去年|上一年|同期|20[0-9]{2}年)",
    Mark.STOCK: "累计|历年|截至|截止|现有|共有|新增|新建|新设|注销|关停|整合|废止|失效|修改"
    "|修订|新制定|保留",
}
_SKIPPED = (
    r"《[^《》]{0,80}》|https?[^，。；）]{0,200}|(?:19|20)[0-9]{2}年?[-—–~至到](?:19|20)[0-9]{2}年"
    r"|(?:19|20)[0-9]{2}年(?:度|以来)?|[0-9]{1,2}月(?:[0-9]{1,2}日|份|底|末)?|[0-9]{1,2}日"
    r"|[〔\[（](?:19|20)[0-9]{2}[〕\]）][0-9]{0,5}号?"
    r"|第（?[0-9零一二三四五六七八九十百]{1,7}）?[条款项章节届次批号轮名位个期季]"
    rf"|（[{_DIGITS}0-9]{{1,2}}）|[{_DIGITS}]{{1,2}}是"
)
_TOKEN = re.compile(
    f"(?P<skipped>{_SKIPPED})|"
    + "|".join(f"(?P<{mark.value}>{words})" for mark, words in _MARKS.items())
    + r"|(?P<stop>[，；、：:;,])|(?P<joined>以及|[和及与])|(?P<open>（)|(?P<close>）)"
    + rf"|{quantities.PATTERN}"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit, and what stands before it in its clause."""

    quantity: Quantity
    label: str
    text: str
    start: int
    end: int

    @property
    def value(self) -> Decimal:
        """The number, scaled; money in 万元."""
        return self.quantity.value

    @property
    def unit(self) -> str:
        """What is counted in, "" where the text does not say."""
        return self.quantity.unit

    @property
    def is_exact(self) -> bool:
        """Whether it stands for itself: not 约, 余, nor rounded to 万."""
        return self.quantity.low == self.quantity.high


@dataclass(frozen=True, slots=True)
class Marked:
    """A marking word with its place."""

    mark: Mark
    start: int
    end: int


@dataclass(slots=True)
class Clause:
    """What stands between two signs, in order; `stop` is the sign after it, "" at the end."""

    start: int
    items: list[Count | Marked | Group] = field(default_factory=list)
    end: int = 0
    stop: str = ""

    @property
    def counts(self) -> list[Count]:
        """The counts outside brackets, percentages left out."""
        return [i for i in self.items if isinstance(i, Count) and not i.quantity.is_percent]

    @property
    def shares(self) -> list[Count]:
        """The percentages outside brackets."""
        return [i for i in self.items if isinstance(i, Count) and i.quantity.is_percent]

    def has(self, *marks: Mark) -> bool:
        """Whether a marking word stands in it, outside brackets."""
        return any(isinstance(item, Marked) and item.mark in marks for item in self.items)


@dataclass(slots=True)
class Group:
    """What stands in a pair of brackets."""

    clauses: list[Clause]
    start: int
    end: int = 0


# 占总数的, 占比约: nothing that would name another whole (占全市总量的).
_OF_THE_TOTAL = re.compile(
    r"(?:总|全部|件|条|申请|收到|受理|办结|办理|答复|数|量|比|的|为|约|达|到|例)*"
)


def share_alone(clause: Clause) -> Count | None:
    """Return the percentage of a clause that only says which share something is: 占 34.2%."""
    match clause.items:
        case [Marked(Mark.SHARE, start), Count() as share] if start == clause.start:
            return _of_the_total(share)
    return None


def share_beside(clause: Clause, count: Count) -> Count | None:
    """Return the percentage right behind a count: 9 件（34.2%）, 9 件占 34.2%."""
    at = next(i for i, item in enumerate(clause.items) if item is count)
    match clause.items[at + 1 :]:
        case [Group(clauses=[inner, *_]), *_]:
            match inner.items:
                case [Count() as share, *_] if not share.label:
                    return _of_the_total(share)
            return share_alone(inner)
        case [Marked(Mark.SHARE), Count() as share, *_]:
            return _of_the_total(share)
    return None


def _of_the_total(share: Count) -> Count | None:
    is_share = share.quantity.is_percent and _OF_THE_TOTAL.fullmatch(share.label)
    return share if is_share else None


def clauses_of(text: str) -> list[Clause]:
    """Return the clauses of a sentence, those in brackets inside their group; none of a table."""
    return _Reader(text).read()


class _Reader:
    """Puts the tokens of one sentence into clauses and groups."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._levels: list[list[Clause]] = [[Clause(0)]]
        self._label_from = 0

    def read(self) -> list[Clause]:
        for number, found in enumerate(_TOKEN.finditer(self._text)):
            if number > _MOST_ITEMS:
                return []
            self._take(found)
        while len(self._levels) > 1:
            self._close(len(self._text), len(self._text))
        self._levels[0][-1].end = len(self._text)
        return self._levels[0]

    def _take(self, found: re.Match[str]) -> None:
        kind, (start, end) = found.lastgroup or "", found.span()
        if kind == "skipped":
            return
        if kind == "joined":
            # 5 件和 6 件 are two parts; 人大和政协 is one name.
            if not self._items or self._items[-1].end != start:
                return
            kind = "stop"
        if kind == "stop":
            self._end_clause(start, "、" if found["joined"] else found[0])
            self._levels[-1].append(Clause(end))
        elif kind == "open":
            self._open(start, end)
        elif kind == "close":
            self._close(start, end)
        elif found["digits"]:
            self._count(found)
            return
        else:
            self._items.append(Marked(Mark(kind), start, end))
        self._label_from = end

    @property
    def _items(self) -> list[Count | Marked | Group]:
        return self._levels[-1][-1].items

    def _count(self, found: re.Match[str]) -> None:
        start, end, text = found.start(), found.end(), self._text
        quantity = quantity_in(found, text[max(0, start - 3) : start], text[end : end + 3])
        if quantity is not None:
            label = text[self._label_from : start]
            self._items.append(Count(quantity, label, found[0], start, end))
            self._label_from = end

    def _end_clause(self, at: int, stop: str = "") -> None:
        clause = self._levels[-1][-1]
        clause.end, clause.stop = at, stop

    def _open(self, start: int, end: int) -> None:
        clauses = [Clause(end)]
        if len(self._levels) <= _DEEPEST:
            self._items.append(Group(clauses, start))
        self._levels.append(clauses)

    def _close(self, start: int, end: int) -> None:
        if len(self._levels) == 1:
            return
        self._end_clause(start)
        self._levels.pop()
        group = next((i for i in reversed(self._items) if isinstance(i, Group)), None)
        if group is not None and not group.end:
            group.end = end


def only_count(clauses: Sequence[Clause]) -> Count | None:
    """Return the one count that some clauses consist of, None where there is more or less."""
    counts = [count for clause in clauses for count in clause.counts]
    return counts[0] if len(counts) == 1 and len(clauses) == 1 else None
