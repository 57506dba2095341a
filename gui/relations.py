"""Every relation that a cell takes part in, passed ones too, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.document import CellRef
from core.forms.model import Relation, row_key, table_name
from core.numbers import plain
from core.prose import Outcome as Agreement
from core.rules import wording
from core.rules.model import CheckResult, Outcome, Result, RuleCheck, outcome_of
from gui import naming
from gui.equation import Line, Run, equation_of, plain_text
from gui.frames import Link, link_of
from gui.tally import is_across

if TYPE_CHECKING:
    from core.rules.ties import Tie
    from core.session import Session

STATE_WORDS = {
    Outcome.PASSED: "相符",
    Outcome.FOUND: "不符",
    Outcome.INSUFFICIENT: "未能检查",
}
# What an equation of the form says, by its name; of which row or column stands before it.
_EQUATIONS = {
    "results": "各项办理结果之和等于（七）总计",
    "row_total": "各类申请人之和等于总计",
    "balance": "本年新收 + 上年结转 = 办理结果总计 + 结转下年度",
    "case_total": "各项结果之和等于总计",
    "stock": "现行有效 + 本年废止不小于本年制发",
    "total_published": "对外公开总数量不小于本年新公开数量",
    "published_made": "新制作数量不小于本年新公开数量",
}
_WORST_FIRST = (Outcome.FOUND, Outcome.INSUFFICIENT, Outcome.PASSED)
_OF_AGREEMENT = {
    Agreement.AGREES: Outcome.PASSED,
    Agreement.DIFFERS: Outcome.FOUND,
    Agreement.CANNOT_SAY: Outcome.INSUFFICIENT,
}


@dataclass(frozen=True)
class TakesPart:
    """A relation of a cell: what it is, how its check ended, and what to frame.

    `reason` says why it could not be checked.  `tie` is set for one with the prose.
    """

    outcome: Outcome
    title: str
    rule: str
    lines: tuple[Line, ...] = ()
    reason: str = ""
    cells: tuple[CellRef, ...] = ()
    link: Link | None = None
    tie: Tie | None = None

    @property
    def text(self) -> str:
        """State, title, equation and reason, line by line."""
        head = f"{STATE_WORDS[self.outcome]}　{self.title}"
        return "\n".join(filter(None, (head, plain_text(self.lines), self.reason)))


def relations_of(
    session: Session, result: CheckResult, ties: tuple[Tie, ...], ref: CellRef
) -> tuple[TakesPart, ...]:
    """Return all relations that a cell takes part in: broken, undecided, then passed ones."""
    found = [*_between_cells(session, result, ref), *_with_prose(ties, ref)]
    found.sort(key=lambda each: _WORST_FIRST.index(each.outcome))
    return tuple(found)


def _between_cells(session: Session, result: CheckResult, ref: CellRef) -> Iterator[TakesPart]:
    seen: set[Relation] = set()
    for check in result.checks:
        for each in check.results:
            outcome = outcome_of(each)
            if outcome not in STATE_WORDS:
                continue
            relation: Relation | None = getattr(each, "relation", None)
            if relation is not None:
                if relation not in seen and ref in (cells := _cells(session, relation)):
                    seen.add(relation)
                    yield _of_relation(session, check, each, relation, cells)
            elif is_across(check) and ref in (cells := getattr(each, "cells", ())):
                yield _across(check, each, _said(result, check.rule, cells))


def _cells(session: Session, relation: Relation) -> tuple[CellRef, ...]:
    places = (session.match.places.get(slot) for slot in relation.slots)
    return tuple(place.ref for place in places if place)


def _of_relation(
    session: Session,
    check: RuleCheck,
    result: Result,
    relation: Relation,
    cells: tuple[CellRef, ...],
) -> TakesPart:
    outcome = outcome_of(result)
    return TakesPart(
        outcome,
        _title(session, relation),
        check.rule,
        equation_of(session, relation, cells if outcome is Outcome.FOUND else (), outcome),
        getattr(result, "reason", ""),
        cells,
        link_of(relation, session.match),
    )


def _title(session: Session, relation: Relation) -> str:
    """Return what a relation says, without saying that it is broken."""
    form_table = session.match.tables[table_name(relation.slots[0])].form_table
    if len({row_key(slot) for slot in relation.slots}) == 1:
        subject = wording.row_label(form_table, row_key(relation.slots[0]))
    else:
        subject = wording.column_label(form_table, relation.slots[0])
    return f"{subject}：{_EQUATIONS.get(relation.equation, relation.equation)}"


def _said(result: CheckResult, rule: str, cells: tuple[CellRef, ...]) -> str:
    """Return the message of a rule's finding about some cells, empty where it has none."""
    found = (f.message for f in result.findings if f.rule == rule and f.found.cells == cells)
    return next(found, "")


def _across(check: RuleCheck, result: Result, said: str) -> TakesPart:
    outcome = outcome_of(result)
    title = "与上年年报核对" if outcome is not Outcome.FOUND else naming.rule_title(check.rule)
    lines = ((Run(said),),) if said else ()
    reason = getattr(result, "reason", "")
    return TakesPart(outcome, title, check.rule, lines, reason, getattr(result, "cells", ()))


def _with_prose(ties: tuple[Tie, ...], ref: CellRef) -> Iterator[TakesPart]:
    for tie in ties:
        if ref in tie.cells:
            yield TakesPart(
                _OF_AGREEMENT[tie.outcome],
                f"正文“{tie.text}” · {tie.meaning}" if tie.meaning else f"正文“{tie.text}”",
                "",
                () if tie.table is None else ((Run(f"表中 {plain(tie.table)}"),),),
                cannot_say(tie),
                tie.cells,
                tie=tie,
            )


def cannot_say(tie: Tie) -> str:
    """Return why a statement was not compared, empty where it was."""
    if tie.outcome is not Agreement.CANNOT_SAY:
        return ""
    return "表中没有填、不能确定，或者正文的意思不能确定，没有比较"
