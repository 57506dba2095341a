"""Two-cell mistakes whose lines are known while the line that crosses them is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.diagnosis.equations import System
from core.diagnosis.model import Change, Pattern, PatternKind
from core.forms.model import column_key, row_key

Key = Callable[[str], str]

_COLUMNS = (PatternKind.MOVED_BETWEEN_COLUMNS, PatternKind.SAME_IN_COLUMNS)
_ROWS = (PatternKind.MOVED_BETWEEN_ROWS, PatternKind.SAME_IN_ROWS)


def pattern_of(system: System, repairs: Sequence[tuple[Change, ...]]) -> Pattern | None:
    """Return what all repairs of two cells have in common, None if it is nothing."""
    pairs = [(changes[0], changes[1]) for changes in repairs if len(changes) == 2]
    if not pairs or len(pairs) != len(repairs):
        return None
    for line, across, kinds in ((column_key, row_key, _COLUMNS), (row_key, column_key, _ROWS)):
        if _share_lines(pairs, line, across):
            return _named(system, pairs, line, kinds)
    return None


def _share_lines(pairs: Sequence[tuple[Change, Change]], line: Key, across: Key) -> bool:
    """Return whether every pair crosses the same two lines in one row or column of its own."""
    lines = {frozenset((line(a.slot), line(b.slot))) for a, b in pairs}
    return len(lines) == 1 and all(across(a.slot) == across(b.slot) for a, b in pairs)


def _named(
    system: System,
    pairs: Sequence[tuple[Change, Change]],
    line: Key,
    kinds: tuple[PatternKind, PatternKind],
) -> Pattern | None:
    # A total stands on the other side of its equation, so a part says which way it went.
    model = min(pairs, key=lambda pair: sum(system.readings[c.slot].total for c in pair))
    amount = abs(model[0].difference)
    moved = model[0].difference == -model[1].difference
    if not moved and (model[0].difference != model[1].difference or len(pairs) == 1):
        return None
    first = line(min(model, key=lambda change: change.difference).slot if moved else model[0].slot)
    choices = ((a.slot, b.slot) if line(a.slot) == first else (b.slot, a.slot) for a, b in pairs)
    return Pattern(kinds[0] if moved else kinds[1], amount, tuple(choices))
