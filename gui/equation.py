"""A broken relation written out with its numbers, the disagreeing ones emphasised."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from core.document import CellRef
from core.forms.model import Comparison, Relation, row_key, table_name
from core.numbers import number_in, parse_number, plain
from core.rules import wording
from core.rules.model import Finding, Outcome

if TYPE_CHECKING:
    from core.session import Session

# A sum of more terms stands on a line of its own, its terms without labels.
_MOST_ON_ONE_LINE = 7
_MOST_LABELLED = 3
# Beyond so many terms those that are zero are counted, not written.
_MOST_WRITTEN = 9


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of an equation; `ref` is the cell that a number stands in."""

    text: str
    strong: bool = False
    ref: CellRef | None = None


Line = tuple[Run, ...]

# Between the sides, for an equality or another comparison, by how the check ended.
_SIGNS = {
    (True, Outcome.FOUND): "≠ ",
    (True, Outcome.PASSED): "= ",
    (True, Outcome.INSUFFICIENT): "= ？ ",
    (False, Outcome.FOUND): "< ",
    (False, Outcome.PASSED): "≥ ",
    (False, Outcome.INSUFFICIENT): "≥ ？ ",
}

# The numbers that disagree with last year's, by rule: this year's, and what it should be.
_BESIDE_LAST_YEAR = {
    "YOY001": ("carried_in", "carried_out"),
    "YOY002": ("in_force", "expected"),
    "YOY003": ("items", "expected"),
    "YOY004": ("total", "expected"),
}


@dataclass(frozen=True, slots=True)
class _Term:
    label: str
    written: str
    number: Decimal
    ref: CellRef | None
    strong: bool


def equation_of(
    session: Session,
    relation: Relation,
    marked: Collection[CellRef],
    outcome: Outcome = Outcome.FOUND,
) -> tuple[Line, ...]:
    """Return a relation as lines with the numbers that stand in the cells now.

    It is a broken one unless `outcome` says otherwise: that it holds, or that it could
    not be decided.  The numbers of the `marked` cells are emphasised, as the grid marks them.
    """
    left = [_term(session, relation, slot, marked) for slot in relation.left]
    right = [_term(session, relation, slot, marked) for slot in relation.right]
    sign = Run(_SIGNS[relation.comparison is Comparison.EQUAL, outcome])
    gap = Run(f"差 {plain(abs(_sum(left) - _sum(right)))}", strong=True)
    end = (Run("　"), gap) if outcome is Outcome.FOUND else ()
    first, second = tuple(_side(left)), (sign, *_side(right), *end)
    if len(right) == 1 and len(left) <= _MOST_ON_ONE_LINE:
        return ((*first, Run(" "), *second),)
    return (first, second)


def equation_of_finding(
    session: Session, finding: Finding, marked: Collection[CellRef]
) -> tuple[Line, ...]:
    """Return what is broken as lines: a relation of cells, or one with last year's number.

    Last year's cells stand in another report, so that such a finding has no relation;
    its message is the equation.
    """
    if finding.found.relation is not None:
        return equation_of(session, finding.found.relation, marked)
    names = _BESIDE_LAST_YEAR.get(finding.rule, ())
    texts = [finding.found.values.get(name) for name in names]
    numbers = [parse_number(text) if text else None for text in texts]
    _, colon, said = finding.message.partition("：")
    if len(numbers) != 2 or None in numbers or not colon:
        return ()
    present, expected = numbers
    gap = plain(abs((present or Decimal(0)) - (expected or Decimal(0))))
    said = said.removesuffix(finding.found.values.get("remark", ""))
    left, sign, right = said.partition(" ≠ ")
    line = (*_emphasised(left, texts[0] or ""), Run(sign + right), Run("　"))
    return ((*line, Run(f"差 {gap}", strong=True)),)


def _emphasised(text: str, number: str) -> tuple[Run, ...]:
    """Return a side of an equation with the number at its end emphasised."""
    if not number or not text.endswith(number):
        return (Run(text),)
    return Run(text.removesuffix(number)), Run(number, strong=True)


def plain_text(lines: Sequence[Line]) -> str:
    """Return the lines as text, for screen readers and the clipboard."""
    return "\n".join("".join(run.text for run in line) for line in lines)


def rich_text(lines: Sequence[Line], color: str) -> str:
    """Return the lines as HTML for a tooltip; what stands in the document is escaped."""
    return "<br>".join("".join(_html(run, color) for run in line) for line in lines)


def _html(run: Run, color: str) -> str:
    text = escape(run.text)
    return f'<b style="color:{color}">{text}</b>' if run.strong else text


def _term(session: Session, relation: Relation, slot: str, marked: Collection[CellRef]) -> _Term:
    table = session.match.tables[table_name(slot)]
    place = table.places.get(slot)
    ref = place.ref if place else None
    number = number_in(session.text(ref), table.form_table.slots[slot].kind) if ref else None
    if len({row_key(other) for other in relation.slots}) == 1:
        label = wording.column_label(table.form_table, slot)
    else:
        label = wording.row_label(table.form_table, row_key(slot))
    written = "空白" if number is None else plain(number)
    return _Term(label, written, number or Decimal(0), ref, ref in marked)


def _side(terms: Sequence[_Term]) -> Iterator[Run]:
    shown = [term for term in terms if term.number or term.strong]
    if len(terms) <= _MOST_WRITTEN or not shown:
        shown = list(terms)
    for index, term in enumerate(shown):
        joined = " + " if index else ""
        label = f"{term.label} " if len(terms) <= _MOST_LABELLED else ""
        yield Run(joined + label)
        yield Run(term.written, term.strong, term.ref)
    if len(shown) < len(terms):
        yield Run(f"（其余 {len(terms) - len(shown)} 项为 0）")
    if len(terms) > 1:
        yield Run(f" = {plain(_sum(terms))}")


def _sum(terms: Sequence[_Term]) -> Decimal:
    return sum((term.number for term in terms), Decimal(0))
