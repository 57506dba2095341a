"""Make mistakes in consistent tables by the hundred and print how often the diagnosis is right.

    python packaging/mutants.py [--seed N] [--times N]

Each line is a kind of mistake: how many tables were tried, how many were
noticed, proved and wrongly proved; how often the right cells with the right
values were named at all (for a blank total: as the value that follows), as the
first and among the first three candidates; and the time that half of the
diagnoses and all but one in a hundred stayed below.

Ends with status 1 where a proof was wrong, a sound table was called broken, or
wrong numbers in a complete table went unnoticed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.core.diagnosis.experiments import COMPLETE, EXPERIMENTS, LIMIT, Figures, run

SEED = 20250131
HEADINGS = ("tables", "detected", "proved", "wrong", "named", "first", "top 3", "p50 ms", "p99 ms")


def main() -> int:
    """Run all experiments and print one line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--times", type=int, default=1, help="how many times as many tables")
    options = parser.parse_args()
    print(f"{'seed ' + str(options.seed):<30}" + "".join(f"{text:>9}" for text in HEADINGS))
    failed = False
    for i, (name, cases, number) in enumerate(EXPERIMENTS):
        figures = run(name, cases(Random(options.seed + i)), number * options.times)
        print(line(figures))
        failed = failed or not is_right(figures)
    return 1 if failed else 0


def line(figures: Figures) -> str:
    """Return the figures of one experiment as a line of the table."""
    counts = (
        figures.tables,
        figures.detected,
        figures.proved,
        figures.wrong_proofs,
        figures.named,
        figures.within(1),
        figures.within(3),
    )
    times = (figures.percentile(0.5), figures.percentile(0.99))
    return (
        f"{figures.name:<30}"
        + "".join(f"{count:>9}" for count in counts)
        + "".join(f"{time:>9.2f}" for time in times)
    )


def is_right(figures: Figures) -> bool:
    """Return whether nothing happened that must not."""
    if figures.name == "untouched":
        return not figures.detected
    if figures.name in COMPLETE and figures.detected < figures.tables:
        return False
    return figures.name == LIMIT or not figures.wrong_proofs


if __name__ == "__main__":
    sys.exit(main())
