"""Numbers that were printed side by side and lost what stood between them: 1129.

A number has no leading zero.  Where that and the number of cells leave one way to cut
the digits, it is taken; otherwise every cell keeps all its readings, and none is chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

_MOST_DIGITS = 400


def readings_of(digits: str, count: int) -> tuple[tuple[str, ...], ...] | None:
    """Return for each of `count` cells what it can be, in order, if none of them is blank.

    None where the digits cannot be that many numbers.  1129 as three cells is
    (1, 11), (1, 12, 2) and (29, 9).
    """
    if not digits.isascii() or not digits.isdecimal() or not count <= len(digits) <= _MOST_DIGITS:
        return None
    before = _reachable(digits, count)
    behind = _reaching_end(digits, count)
    found = [_between(digits, before[cell], behind[count - cell - 1]) for cell in range(count)]
    return tuple(found) if all(found) else None


def _reachable(digits: str, count: int) -> list[set[int]]:
    """Return for each number of cells where the digits can be cut behind them."""
    places = [{0}]
    for _ in range(count):
        places.append({end for start in places[-1] for end in _ends(digits, start)})
    return places


def _reaching_end(digits: str, count: int) -> list[set[int]]:
    """Return for each number of cells from where on the digits can be just them."""
    places = [{len(digits)}]
    for _ in range(count):
        starts = range(len(digits))
        places.append({s for s in starts if any(e in places[-1] for e in _ends(digits, s))})
    return places


def _ends(digits: str, start: int) -> Sequence[int]:
    if start >= len(digits):
        return ()
    return (start + 1,) if digits[start] == "0" else range(start + 1, len(digits) + 1)


def _between(digits: str, starts: set[int], ends: set[int]) -> tuple[str, ...]:
    """Return the numbers that begin at some places and end at others, the shortest first."""
    found = {digits[start:end] for start in starts for end in _ends(digits, start) if end in ends}
    return tuple(sorted(found, key=lambda text: (len(text), text)))
