"""Leave out the columns that are none: slivers some twips wide.

LibreOffice, Word and WPS leave them behind when they round the widths of cells.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate

SLIVER = 20  # twips, twentieths of a point


def merged_edges(
    widths: Sequence[int], spans: Collection[tuple[int, int]], columns: int
) -> list[int]:
    """Return, for each of the `columns` + 1 column edges of a file, the edge that it is in a grid.

    `widths` are the columns' in twips, none where the file does not say; `spans` the
    columns that each cell takes, from and to.  A column that a cell fills alone is a
    column, however narrow.
    """
    slivers = _slivers(widths[:columns])
    for start, end in spans:
        if all(column in slivers for column in range(start, end)):
            slivers.discard(start)
    return list(accumulate((column not in slivers for column in range(columns)), initial=0))


def _slivers(widths: Sequence[int]) -> set[int]:
    """Return the columns whose right edge is closer than 20 twips to the edge before."""
    found: set[int] = set()
    gap = 0
    for column, width in enumerate(widths if any(widths) else ()):
        gap += width
        if gap < SLIVER:
            found.add(column)
        else:
            gap = 0
    return found
