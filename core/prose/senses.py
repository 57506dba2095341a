"""What a phrase can mean in the tables, as patterns of slots, and the slots of one report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import lru_cache

from core.forms.alignment import ReportMatch
from core.forms.loader import load_form
from core.forms.model import FormTable, slot_name
from core.prose.model import Reading

ORGANISATIONS = ("business", "research", "public_welfare", "legal_service", "other_organization")
RESULT_ROWS = (
    "disclosed",
    "partly_disclosed",
    "refused_*",
    "unavailable_*",
    "rejected_*",
    "other*",
)
BLOCKS = {
    "reconsideration": ("reconsideration",),
    "lawsuit": ("direct_lawsuit", "later_lawsuit"),
    "direct_lawsuit": ("direct_lawsuit",),
    "later_lawsuit": ("later_lawsuit",),
    "any": ("reconsideration", "direct_lawsuit", "later_lawsuit"),
}
_MEANINGS = {
    "received": "本年新收",
    "carried_in": "上年结转",
    "handled": "办理结果总计",
    "carried_out": "结转下年度",
    "disclosed": "予以公开",
    "partly_disclosed": "部分公开",
    "refused_*": "不予公开各项",
    "unavailable_*": "无法提供各项",
    "rejected_*": "不予处理各项",
    "other*": "其他处理",
    "other_reason": "其他处理中的其他",
    "natural_person": "自然人",
    "@corporate": "法人或其他组织",
    "reconsideration": "行政复议",
    "direct_lawsuit": "直接起诉",
    "later_lawsuit": "复议后起诉",
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "issued": "制发",
    "made": "新制作",
    "published": "新公开",
    "total_published": "对外公开总数",
    "repealed": "废止",
    "in_force": "现行有效",
    "decisions": "处理决定",
    "amount": "金额",
    "items": "项目数",
    "regulations": "规章",
    "normative_documents": "规范性文件",
    "permits": "行政许可",
    "penalties": "行政处罚",
    "compulsions": "行政强制",
    "fees": "行政事业性收费",
    "procurement": "政府集中采购",
}


def applications(*rows: str, minus: Sequence[str] = (), column: str = "total") -> Reading:
    """Return the sum of some rows of the applications table, less others, in one column."""
    meaning = "＋".join(_say(row) for row in rows)
    meaning += "".join(f"－{_say(row)}" for row in minus)
    if column != "total":
        meaning += f"（{_say(column)}）"
    return Reading(
        tuple(f"applications.{row}.{column}" for row in rows),
        tuple(f"applications.{row}.{column}" for row in minus),
        meaning=meaning,
    )


def in_column(reading: Reading, column: str) -> Reading:
    """Return the same rows of the applications table in another column."""
    return replace(
        reading,
        slots=tuple(_with_column(slot, column) for slot in reading.slots),
        minus=tuple(_with_column(slot, column) for slot in reading.minus),
        meaning=f"{reading.meaning}（{_say(column)}）",
    )


def cases(blocks: Iterable[str], *columns: str) -> Reading:
    """Return the sum of some columns of some blocks of the cases table."""
    blocks = tuple(blocks)
    who = "行政诉讼" if blocks == BLOCKS["lawsuit"] else "、".join(_say(block) for block in blocks)
    what = "" if columns == ("total",) else "、".join(_say(column) for column in columns)
    return Reading(
        tuple(f"cases.{block}.{column}" for block in blocks for column in columns),
        meaning=who + what,
    )


def disclosure(rows: Iterable[str], column: str) -> Reading:
    """Return the sum of one column of some rows of the disclosure table."""
    rows = tuple(rows)
    return Reading(
        tuple(f"disclosure.{row}.{column}" for row in rows),
        meaning="、".join(_say(row) for row in rows) + _say(column),
    )


def as_share(reading: Reading, whole: Reading) -> Reading:
    """Return a part as a share of a whole."""
    return replace(reading, of=whole.slots, meaning=f"{reading.meaning}占{whole.meaning}")


def _say(key: str) -> str:
    if key in _MEANINGS:
        return _MEANINGS[key]
    row = load_form("2021").tables["applications"].rows_by_key.get(key)
    if row is not None:
        return row.label.lstrip("0123456789.").split("（")[0]
    columns = load_form("2021").tables["applications"].columns_of["received"]
    return next((column.label for column in columns if column.key == key), key)


def _with_column(slot: str, column: str) -> str:
    return f"{slot.rpartition('.')[0]}.{column}"


class Slots:
    """The slots that a report has or should have, for turning patterns into names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(names)
        self._expanded: dict[str, tuple[str, ...]] = {}

    def reading(self, sense: Reading) -> Reading | None:
        """Return a reading with this report's slots, None if the edition does not have them."""
        sides = [self._all(patterns) for patterns in (sense.slots, sense.minus, sense.of)]
        if any(side is None for side in sides) or not sides[0]:
            return None
        slots, minus, of = (side or () for side in sides)
        return replace(sense, slots=slots, minus=minus, of=of)

    def _all(self, patterns: Iterable[str]) -> tuple[str, ...] | None:
        names: list[str] = []
        for pattern in patterns:
            if not (found := self._expand(pattern)):
                return None
            names += found
        return tuple(dict.fromkeys(names))

    def _expand(self, pattern: str) -> tuple[str, ...]:
        if pattern not in self._expanded:
            row, _, column = pattern.rpartition(".")
            columns = ORGANISATIONS if column == "@corporate" else (column,)
            wanted = [f"{row}.{column}" for column in columns]
            self._expanded[pattern] = tuple(
                name
                for name in self._names
                if (name in wanted if "*" not in row else any(fnmatchcase(name, w) for w in wanted))
            )
        return self._expanded[pattern]


@lru_cache(maxsize=8)
def slots_of_edition(edition: str) -> Slots:
    """Return the slots that one edition of the form prints, alternative rows left out."""
    tables = load_form(edition).tables
    rows = {name: tuple(row.key for row in table.row_specs) for name, table in tables.items()}
    return _slots(tables, rows)


def slots_of_report(match: ReportMatch | None, year: int | None) -> Slots:
    """Return the slots of a report: its own tables', and of its edition where it has none."""
    edition = match.edition if match else None
    tables = dict(load_form(edition or edition_of(year)).tables)
    rows = {name: tuple(row.key for row in table.row_specs) for name, table in tables.items()}
    for name, found in match.tables.items() if match else ():
        tables[name], rows[name] = found.form_table, found.rows
    return _slots(tables, rows)


def edition_of(year: int | None) -> str:
    """Return the edition that was due for a year (decision 7)."""
    return "2019" if year is not None and year < 2021 else "2021"


def _slots(tables: Mapping[str, FormTable], rows: Mapping[str, Sequence[str]]) -> Slots:
    return Slots(
        slot_name(name, row, column.key)
        for name, table in tables.items()
        for row in rows[name]
        for column in table.columns_of[row]
    )
