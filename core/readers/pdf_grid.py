"""Find tables in the rules of a page: what touches is one grid, what no rule parts is one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from core.readers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_large
from core.readers.pdf_marks import Box, Rule

# Pieces of one rule lie within this of one line, and two sides of one rule too.
_SAME_LINE = 1.2
_SAME_EDGE = 3.2
_TOUCHES = 3.0
_RUNS_ON = 5.0
_MOST_LOOSE = 100
# So much of a cell's side must be drawn to part it from the next.
_DRAWN = 0.6


@dataclass(frozen=True, slots=True)
class Region:
    """A cell as drawn: its grid position, spans and box, and at which sides no rule ends it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    open_left: bool = False
    open_right: bool = False


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """Rules that hang together: their columns' and rows' edges and the cells between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> Box:
        """The outer edges."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def find_grids(horizontals: Iterable[Rule], verticals: Iterable[Rule]) -> list[RuledGrid]:
    """Return the grids that rules make, small ones first.

    Raises:
        UnreadableFileError: One is larger than any table may be.
    """
    parts = _with_loose_sides(_connected(fused(horizontals), fused(verticals)))
    grids = (_grid(part) for part in parts)
    found = [grid for grid in grids if grid is not None]
    return sorted(found, key=lambda grid: grid.box.width * grid.box.height)


def fused(rules: Iterable[Rule]) -> list[Rule]:
    """Return rules with those that lie on one line and touch made one."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if not groups or rule.at - groups[-1][-1].at > _SAME_LINE:
            groups.append([])
        groups[-1].append(rule)
    found = []
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        found += [Rule(at, start, end) for start, end in _merged(group)]
    return found


def _merged(rules: Iterable[Rule]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted((rule.start, rule.end) for rule in rules):
        if merged and start <= merged[-1][1] + _TOUCHES:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


@dataclass(slots=True)
class _Part:
    """Rules that touch each other."""

    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)


def _connected(horizontals: Sequence[Rule], verticals: Sequence[Rule]) -> Iterable[_Part]:
    parents = list(range(len(horizontals) + len(verticals)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    places = [rule.at for rule in verticals]
    for h, rule in enumerate(horizontals):
        first = bisect_left(places, rule.start - _TOUCHES)
        for v in range(first, bisect_right(places, rule.end + _TOUCHES)):
            if verticals[v].start - _TOUCHES <= rule.at <= verticals[v].end + _TOUCHES:
                parents[root(h)] = root(len(horizontals) + v)
    parts: dict[int, _Part] = {}
    for h, rule in enumerate(horizontals):
        parts.setdefault(root(h), _Part()).horizontals.append(rule)
    for v, rule in enumerate(verticals):
        parts.setdefault(root(len(horizontals) + v), _Part()).verticals.append(rule)
    return parts.values()


def _with_loose_sides(parts: Iterable[_Part]) -> list[_Part]:
    """Return the parts with rules, each with the sides that nothing ties to it.

    A merged cell that goes on over both ends of a page leaves its outer side alone.
    """
    listed = list(parts)
    tied = [part for part in listed if part.horizontals]
    loose = sorted(rule for part in listed if not part.horizontals for rule in part.verticals)
    if not loose:
        return tied
    for part in tied:
        if part.verticals:
            top = min(rule.start for rule in part.verticals)
            bottom = max(rule.end for rule in part.verticals)
            part.verticals = part.verticals + [
                rule
                for rule in loose[:_MOST_LOOSE]
                if abs(rule.start - top) <= _RUNS_ON and abs(rule.end - bottom) <= _RUNS_ON
            ]
    return tied


def _grid(part: _Part) -> RuledGrid | None:
    horizontals, verticals = part.horizontals, part.verticals
    if len(horizontals) + len(verticals) < 3:
        return None
    # Where a row goes on over the end of a page, and at sides left open, no rule closes it.
    horizontals = horizontals + _closing(verticals, horizontals)
    sides = _closing(horizontals, verticals)
    verticals = verticals + sides
    xs, ys = _edges(verticals), _edges(horizontals)
    if len(xs) < 2 or len(ys) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise too_large()
    open_sides = {nearest(xs, rule.at) for rule in sides}
    regions = (
        replace(
            region,
            open_left=region.column in open_sides,
            open_right=region.column + region.column_span in open_sides,
        )
        for region in _regions(xs, ys, horizontals, verticals)
    )
    return RuledGrid(tuple(xs), tuple(ys), tuple(regions))


def _closing(along: Sequence[Rule], across: Sequence[Rule]) -> list[Rule]:
    """Return the rules that are missing where at least two run on past the first and last."""
    closing = []
    places = [rule.at for rule in across]
    for ends, outermost in (
        ([rule.start for rule in along], min),
        ([rule.end for rule in along], max),
    ):
        if len(ends) < 2:
            continue
        edge = outermost(ends)
        if any(abs(place - edge) <= _RUNS_ON for place in places):
            continue
        running = [rule.at for rule, end in zip(along, ends, strict=True) if abs(end - edge) <= 2]
        if len(running) >= 2:
            closing.append(Rule(edge, min(running), max(running)))
    return closing


def _edges(rules: Sequence[Rule]) -> list[float]:
    groups: list[list[float]] = []
    for place in sorted(rule.at for rule in rules):
        if not groups or place - groups[-1][0] > _SAME_EDGE:
            groups.append([])
        groups[-1].append(place)
    return [sum(group) / len(group) for group in groups]


def nearest(places: Sequence[float], place: float) -> int:
    """Return the index of the nearest of some places in order."""
    index = bisect_left(places, place)
    around = [i for i in (index - 1, index) if 0 <= i < len(places)]
    return min(around, key=lambda i: abs(places[i] - place))


def _drawn(
    edges: Sequence[float], rules: Iterable[Rule], across: Sequence[float]
) -> list[list[bool]]:
    """Return for each edge which of the stretches between the places across are drawn."""
    on_edge: list[list[Rule]] = [[] for _ in edges]
    for rule in rules:
        on_edge[nearest(edges, rule.at)].append(rule)
    drawn = []
    for found in on_edge:
        covered = [0.0] * (len(across) - 1)
        for start, end in _merged(found):
            for i in range(max(bisect_right(across, start) - 1, 0), len(covered)):
                if across[i] >= end:
                    break
                covered[i] += max(0.0, min(end, across[i + 1]) - max(start, across[i]))
        drawn.append(
            [length >= _DRAWN * (across[i + 1] - across[i]) for i, length in enumerate(covered)]
        )
    return drawn


def _regions(
    xs: Sequence[float], ys: Sequence[float], horizontals: Sequence[Rule], verticals: Sequence[Rule]
) -> Iterator[Region]:
    """Yield the cells in reading order: rectangles of positions that no drawn side parts."""
    upright, level = _drawn(xs, verticals, ys), _drawn(ys, horizontals, xs)
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            right = column + 1
            while right < columns and not upright[right][row] and not taken[row][right]:
                right += 1
            bottom = row + 1
            while bottom < rows and _goes_on(upright, level, bottom, column, right):
                bottom += 1
            for r in range(row, bottom):
                taken[r][column:right] = [True] * (right - column)
            box = Box(xs[column], ys[row], xs[right], ys[bottom])
            yield Region(row, column, bottom - row, right - column, box)


def _goes_on(
    upright: list[list[bool]], level: list[list[bool]], row: int, left: int, right: int
) -> bool:
    """Return whether a row belongs to the cell above it, between two columns' edges."""
    if any(level[row][left:right]):
        return False
    # A side that ends where the row begins would leave a cell that is no rectangle.
    return not any(upright[column][row] for column in range(left + 1, right))
