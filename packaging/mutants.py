"""Make mistakes in consistent tables by the hundred and print how often the diagnosis is right.

    python packaging/mutants.py [--seed N] [--times N] [--documents]

Each line is a kind of mistake: how many tables were tried, how many were
noticed, proved and wrongly proved; how often the right cells with the right
values were named at all (for a blank total: as the value that follows), as the
first and among the first three candidates; and the processor time that
half of the diagnoses and all but one in a hundred stayed below.

Ends with status 1 where something came out that must not.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.core.diagnosis.documents import opened
from tests.core.diagnosis.experiments import EXPERIMENTS, Figures, directly, run

SEED = 20250131
HEADINGS = ("tables", "detected", "proved", "wrong", "named", "first", "top 3", "p50 ms", "p99 ms")


def main() -> int:
    """Run all experiments and print one line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--times", type=int, default=1, help="how many times as many tables")
    parser.add_argument("--documents", action="store_true", help="write each table as .docx first")
    options = parser.parse_args()
    way = opened if options.documents else directly
    print(f"{'seed ' + str(options.seed):<30}" + "".join(f"{text:>9}" for text in HEADINGS))
    held = True
    for i, experiment in enumerate(EXPERIMENTS):
        cases = experiment.cases(Random(options.seed + i))
        figures = run(experiment.name, cases, experiment.number * options.times, way)
        ok = experiment.holds(figures)
        print(line(figures) + ("" if ok else "  << must not be"))
        held = held and ok
    return 0 if held else 1


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


if __name__ == "__main__":
    sys.exit(main())
