"""Percentages of the text with the count beside them, and the totals they can be a share of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.rules.counted_lists import lists_in
from core.rules.counts import Clause, Count, share_alone, share_beside

_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")
# Without a list that names the total, so many other percentages must bear it out.
_WITNESSES = 2


@dataclass(frozen=True)
class Share:
    """A percentage and its count; `totals` are those of the list it stands in, nearest first."""

    part: Count
    share: Count
    totals: tuple[Count, ...] = ()

    def real(self, total: Count) -> Decimal:
        """Return what the count is of a total, in per cent."""
        return self.part.value * _HUNDRED / total.value

    def fits(self, total: Count) -> bool:
        """Whether the percentage is right for a total, rounded to the printed decimals."""
        return self._off(total) <= _HALF * self._step

    def nearly_fits(self, total: Count) -> bool:
        """Whether it would be right if the last decimal were cut off instead of rounded."""
        return self._off(total) <= self._step

    def shown(self, total: Count) -> Decimal:
        """Return the right percentage with one decimal more than printed."""
        return self.real(total).quantize(self._step / 10, ROUND_HALF_UP)

    @property
    def _step(self) -> Decimal:
        return Decimal(1).scaleb(-self.share.quantity.decimals)

    def _off(self, total: Count) -> Decimal:
        return abs(self.share.value - self.real(total))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a percentage stands to the total it is a share of, None where it holds for one."""

    holds: bool
    total: Count | None = None
    real: Decimal = Decimal(0)
    truncated: bool = False


def shares_in(clauses: Sequence[Clause], before: Sequence[Count]) -> Iterator[Share]:
    """Return the percentages of a sentence that have an exact count beside them."""
    totals: dict[int, tuple[Count, ...]] = {}
    for one in lists_in(clauses, before):
        for part in one.parts:
            totals.setdefault(part.start, one.totals)
    for part, share in _beside(clauses):
        if part.is_exact and not part.quantity.chinese:
            yield Share(part, share, totals.get(part.start, ()))


def _beside(clauses: Sequence[Clause]) -> Iterator[tuple[Count, Count]]:
    last: Count | None = None
    for clause in clauses:
        alone = share_alone(clause)
        if alone is not None and last is not None:
            yield last, alone
        for count in clause.counts:
            if (share := share_beside(clause, count)) is not None:
                yield count, share
        last = clause.counts[-1] if clause.counts else None


def judge(share: Share, together: Sequence[Share], totals: Sequence[Count]) -> Verdict | None:
    """Return how a percentage stands, None where the text does not show its total.

    `together` are all percentages of the sentence, `totals` all counts of the
    paragraph so far: one that fits any of them is right.
    """
    possible = [
        total
        for total in (*share.totals, *totals)
        if total.unit == share.part.unit and total.value > 0 and total is not share.part
    ]
    if any(share.fits(total) for total in possible) or _fits_sum(share, together):
        return Verdict(holds=True)
    total = _meant(share, together, possible)
    if total is None or not total.is_exact:
        return None
    return Verdict(False, total, share.shown(total), share.nearly_fits(total))


def _fits_sum(share: Share, together: Sequence[Share]) -> bool:
    """Whether the whole is not printed, but is what all the counts of the sentence come to."""
    parts = [other.part for other in together if other.part.unit == share.part.unit]
    added = sum((part.value for part in parts), Decimal(0))
    if len(parts) < _WITNESSES or not added:
        return False
    off = abs(share.share.value - share.part.value * _HUNDRED / added)
    return off <= _HALF.scaleb(-share.share.quantity.decimals)


def _meant(share: Share, together: Sequence[Share], possible: Sequence[Count]) -> Count | None:
    """Return the total that a percentage must be a share of, None if that is not sure."""
    others = [other for other in together if other is not share]
    for total in possible:
        witnesses = sum(other.fits(total) for other in others if other.part is not total)
        if witnesses >= (1 if total in share.totals else _WITNESSES):
            return total
    alone = not others and len(share.totals) == 1
    return share.totals[0] if alone else None
