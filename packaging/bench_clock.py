"""Take times and print them, for the scripts of `make bench`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(
    work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """Return how long some work takes, each time; a first time does not count."""
    work()
    taken = []
    for _ in range(times):
        started = clock()
        work()
        taken.append(clock() - started)
    return taken


def show(what: str, taken: list[float], target: float | None = None) -> float:
    """Print the median of some times in ms, with the span they lie in; return it."""
    median = statistics.median(taken)
    aim = f"   target {target * 1000:.0f}" if target else ""
    spread = f"{min(taken) * 1000:.1f}–{max(taken) * 1000:.1f}, n = {len(taken)}"
    print(f"{what:<58}{median * 1000:>9.1f} ms   ({spread}){aim}")
    return median
