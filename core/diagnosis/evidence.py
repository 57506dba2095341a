"""What speaks for a set of changes or against it, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise, permutations

from core.diagnosis.digits import slip
from core.diagnosis.equations import Constraint, System, exact
from core.diagnosis.model import Change, Evidence, Reason, ReasonKind
from core.diagnosis.unknowns import consequences
from core.forms.model import column_key, row_key, slot_name, table_name
from core.numbers import plain

# A judgement, not a measurement: what another text says outweighs what digits
# suggest, and a slip that rarely fits by chance outweighs one that often does.
_WEIGHTS = {
    ReasonKind.DIGITS_SWAPPED: 4,
    ReasonKind.DIGIT_DOUBLED: 4,
    ReasonKind.DIGIT_ADDED: 3,
    ReasonKind.DIGIT_LOST: 3,
    ReasonKind.DIGIT_MISTAKEN: 2,
    ReasonKind.SIGN_MISTAKEN: 5,
    ReasonKind.NUMBER_SPLIT: 5,
    ReasonKind.NUMBERS_JOINED: 5,
    ReasonKind.CELLS_SWAPPED: 5,
    ReasonKind.VALUE_SHIFTED: 5,
    ReasonKind.LINE_SHIFTED: 6,
    ReasonKind.BLANK_FILLED: 3,
    ReasonKind.TOTAL_FOLLOWS: 1,
    ReasonKind.PROSE_STATES: 8,
    ReasonKind.LAST_YEAR_STATES: 8,
    ReasonKind.UNCHANGED_SINCE_LAST_YEAR: 1,
    ReasonKind.UNFILLED_AGREE: 4,
    ReasonKind.PROSE_STATES_PRESENT: -8,
    ReasonKind.PROSE_STATES_ANOTHER: -2,
    ReasonKind.LAST_YEAR_STATES_PRESENT: -8,
    ReasonKind.UNFILLED_DISAGREE: -4,
}
_REFUTING = {
    ReasonKind.PROSE_STATES_PRESENT,
    ReasonKind.LAST_YEAR_STATES_PRESENT,
    ReasonKind.UNFILLED_DISAGREE,
}


def weight(reasons: Iterable[Reason]) -> int:
    """Return how much some reasons speak for a repair; below zero they speak against it."""
    return sum(_WEIGHTS[reason.kind] for reason in reasons)


def refutes(reasons: Iterable[Reason]) -> bool:
    """Return whether something outside the broken relations contradicts a repair.

    The prose or last year's report says that a cell is right as it stands, or
    a total left blank would still have two values.
    """
    return any(reason.kind in _REFUTING for reason in reasons)


class Witness:
    """Everything that can be said about changes in one block of a table."""

    def __init__(self, system: System, evidence: Evidence) -> None:
        self._system = system
        self._evidence = evidence
        self._of_cell: dict[Change, tuple[Reason, ...]] = {}

    def reasons(self, changes: Sequence[Change]) -> tuple[Reason, ...]:
        """Return what speaks for some changes taken together and against them."""
        together = tuple(self._of_neighbours(changes))
        explained = {slot for reason in together for slot in reason.slots}
        alone = (
            reason
            for change in changes
            for reason in self.of_cell(change)
            # What two cells explain together needs no slip in each.
            if change.slot not in explained or not _is_slip(reason)
        )
        return (*together, *alone, *self._of_unknowns(changes))

    def of_cell(self, change: Change) -> tuple[Reason, ...]:
        """Return what speaks for a change by itself and against it."""
        if change not in self._of_cell:
            kinds = (*self._kinds_of_value(change), *self._kinds_of_texts(change))
            self._of_cell[change] = tuple(Reason(kind, (change.slot,)) for kind in kinds)
        return self._of_cell[change]

    @cached_property
    def consequences(self) -> tuple[Constraint, ...]:
        """What must hold whatever stands in the unknown cells."""
        return consequences(self._system)

    def _kinds_of_value(self, change: Change) -> Iterator[ReasonKind]:
        if change.before is None:
            yield ReasonKind.BLANK_FILLED
        elif (kind := slip(exact(change.before), exact(change.after))) is not None:
            yield kind
        if self._system.readings[change.slot].total:
            yield ReasonKind.TOTAL_FOLLOWS

    def _kinds_of_texts(self, change: Change) -> Iterator[ReasonKind]:
        present = change.before or Decimal(0)
        if stated := self._evidence.prose.get(change.slot):
            if change.after in stated:
                yield ReasonKind.PROSE_STATES
            elif present in stated:
                yield ReasonKind.PROSE_STATES_PRESENT
            else:
                yield ReasonKind.PROSE_STATES_ANOTHER
        carried = self._carried_over(change.slot)
        if carried is not None and carried in (change.after, present):
            yield (
                ReasonKind.LAST_YEAR_STATES
                if carried == change.after
                else ReasonKind.LAST_YEAR_STATES_PRESENT
            )
        if present and self._evidence.last_year.get(change.slot) == present:
            yield ReasonKind.UNCHANGED_SINCE_LAST_YEAR

    def _carried_over(self, slot: str) -> Decimal | None:
        """Return what last year's report carried over into a cell of 上年结转."""
        if row_key(slot) != "carried_in":
            return None
        source = slot_name(table_name(slot), "carried_out", column_key(slot))
        return self._evidence.last_year.get(source)

    def _of_neighbours(self, changes: Sequence[Change]) -> Iterator[Reason]:
        for first, second in permutations(changes, 2):
            if second.slot not in self._next.get(first.slot, ()):
                continue
            if (kind := _exchange(first, second)) is not None:
                yield Reason(kind, (first.slot, second.slot))
        if len(changes) == 1:
            yield from self._split_before_zero(changes[0])

    def _split_before_zero(self, change: Change) -> Iterator[Reason]:
        """Yield that 20 was split into 2 and 0, where the neighbour's zero may stay."""
        for other in self._next.get(change.slot, ()):
            reading = self._system.readings[other]
            is_zero = reading.number is not None and reading.number == 0
            if is_zero and change.before and change.after == change.before * 10:
                yield Reason(ReasonKind.NUMBER_SPLIT, (change.slot, other))

    def _of_unknowns(self, changes: Sequence[Change]) -> Iterator[Reason]:
        if not self.consequences:
            return
        grown = {change.slot: exact(change.difference) for change in changes}
        slots = tuple(change.slot for change in changes)
        if any(c.after(grown) for c in self.consequences):
            yield Reason(ReasonKind.UNFILLED_DISAGREE, slots)
        elif any(c.residual for c in self.consequences):
            yield Reason(ReasonKind.UNFILLED_AGREE, slots)

    @cached_property
    def _next(self) -> Mapping[str, tuple[str, ...]]:
        """The cells to the right of each cell and below it."""
        found: dict[str, tuple[str, ...]] = {}
        for relation in self._system.relations:
            # Parts stand beside their total; the two sides of a balance are far apart.
            is_sum = len(relation.right) == 1
            for side in (relation.slots,) if is_sum else (relation.left, relation.right):
                for slot, following in pairwise(side):
                    found[slot] = (*found.get(slot, ()), following)
        return found


def _is_slip(reason: Reason) -> bool:
    return reason.kind.value.startswith(("digit", "sign"))


def _exchange(first: Change, second: Change) -> ReasonKind | None:
    """Return how the contents of two neighbouring cells can have got mixed up."""
    present, present_next = first.before or Decimal(0), second.before or Decimal(0)
    if (present, present_next) == (second.after, first.after):
        # A number that changed places with nothing has only slipped.
        one_is_nothing = not present or not present_next
        return ReasonKind.VALUE_SHIFTED if one_is_nothing else ReasonKind.CELLS_SWAPPED
    if not second.after and _joined(present, present_next) == plain(first.after):
        return ReasonKind.NUMBER_SPLIT
    if not present_next and _joined(first.after, second.after) == plain(present):
        return ReasonKind.NUMBERS_JOINED
    return None


def _joined(first: Decimal, second: Decimal) -> str:
    """Return the digits of two numbers written without a space, empty if one has none."""
    return plain(first) + plain(second) if first > 0 and second >= 0 else ""
