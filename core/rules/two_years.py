"""This year's report beside last year's: whether they may be compared, and how surely."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.document import CellRef
from core.rules.context import Context, Value
from core.rules.model import Insufficient, NotApplicable, Result
from core.rules.relations import reason_of, refs, remark_on, total_of, undecided
from core.rules.severity import Severity

NOT_LOADED = "没有载入上年年报"

Compare = Callable[[Context, Context], Iterator[Result]]

_SPACES = re.compile(r"\s+")
# An agency is also known without its province or city; less than this names no agency.
_SHORTEST_NAME = 3


@dataclass(frozen=True, slots=True)
class Flow:
    """A cell of this year that follows from others: last year's + what came − what went."""

    result: Value
    before: tuple[Value, ...]
    added: tuple[Value, ...] = ()
    taken: tuple[Value, ...] = ()

    @property
    def present(self) -> tuple[Value, ...]:
        """The values of this year's report, the result first."""
        return (self.result, *self.added, *self.taken)

    @property
    def expected(self) -> Decimal:
        """What the result should be, blanks counting as zero."""
        return total_of(self.before) + total_of(self.added) - total_of(self.taken)

    @property
    def remark(self) -> str:
        """What the message says about blanks, empty where there is none."""
        return remark_on((*self.present, *self.before))

    @property
    def undecided(self) -> str:
        """Why this cannot be decided, empty if it can."""
        stopping = undecided((*self.present, *self.before))
        # By identity: the same cell of two years may hold equal values.
        there = [value for value in stopping if any(value is other for other in self.before)]
        here = [value for value in stopping if not any(value is other for other in there)]
        reasons = [reason_of(here), f"上年年报中{reason_of(there)}" if there else ""]
        return "；".join(reason for reason in reasons if reason)

    @property
    def presumed(self) -> bool:
        """Whether a value stands in a row whose columns are only presumed."""
        return any(value.presumed for value in (*self.present, *self.before))

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """The cells of this year's report; last year's stand in another document."""
        return refs(self.present)

    @property
    def slots(self) -> tuple[str, ...]:
        """The slots of this year's report."""
        return tuple(value.slot for value in self.present)


def beside_last_year(context: Context, compare: Compare) -> Iterator[Result]:
    """Compare with last year's report, or say why that cannot be done.

    A report of another year says nothing about this one's numbers, whatever they are.
    """
    last = context.last_year
    if last is None:
        yield NotApplicable(NOT_LOADED)
    elif years_follow(context, last) is False:
        yield Insufficient(f"载入的上年年报是 {last.year} 年度的，没有比较")
    else:
        yield from compare(context, last)


def with_table(name: str, compare: Compare, edition: str | None = None) -> Compare:
    """Return a comparison for reports that both have a table, of one edition if it matters."""

    def compare_tables(context: Context, last: Context) -> Iterator[Result]:
        here, there = context.tables.get(name), last.tables.get(name)
        if here is None or there is None:
            whose = "报告" if here is None else "上年年报"
            yield Insufficient(f"{whose}中没有找到{context.table_label(name)}")
        elif edition and {here.form.edition, there.form.edition} != {edition}:
            label = context.table_label(name)
            yield NotApplicable(f"两年的{label}不都是 {edition} 年版格式")
        else:
            yield from compare(context, last)

    return compare_tables


def years_follow(context: Context, last: Context) -> bool | None:
    """Return whether the other report is of the year before, None where one does not say."""
    if context.year is None or last.year is None:
        return None
    return last.year == context.year - 1


def same_agency(context: Context, last: Context) -> bool | None:
    """Return whether both reports are by one agency, None where one does not say.

    云溪市清河区人民政府 is also called 清河区人民政府, 清河区政府 or 清河区.
    """
    return same_name(*(agency_key(one.document.agency or "") for one in (context, last)))


def same_name(one: str, other: str) -> bool | None:
    """Return whether two names (see `agency_key`) may be one agency's, None where one is empty."""
    short, long = sorted((one, other), key=len)
    if not short:
        return None
    return short == long or (len(short) >= _SHORTEST_NAME and long.endswith(short))


def milder_unless_sure(context: Context, last: Context) -> Severity | None:
    """Return the severity for what would be an error, None to leave it one.

    It is one only if both reports are known to be by one agency, a year apart.
    """
    sure = years_follow(context, last) and same_agency(context, last)
    return None if sure else Severity.WARNING


def shared_slots(context: Context, last: Context, name: str) -> Sequence[str]:
    """Return the slots of a table that both reports print under one name."""
    if name not in context.tables or name not in last.tables:
        return ()
    theirs = frozenset(last.slots(name))
    return [slot for slot in context.slots(name) if slot in theirs]


def agency_key(agency: str) -> str:
    """Return an agency's name without spaces, full width and what is said of every government."""
    name = _SPACES.sub("", unicodedata.normalize("NFKC", agency))
    return name.removeprefix("中华人民共和国").replace("人民政府", "政府").removesuffix("政府")
