"""Run the tests of the window again and again, each time in another order, until one fails.

    python packaging/repeat_gui.py [--runs N] [--seed N] [--from N]

Each run is a process of its own, with the files of tests in an order of its own and another
seed for hashes; both follow from the seed that is printed first.  A line is printed for each:
its number, the tests that passed, the seconds it took and those of the processor.

Ends at the first run in which a test fails or the process does not end as it should, with
status 1; what that run printed stays in `out/`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "gui"
OUT = ROOT / "out"
RUNS, SEED = 30, 20250131
_PASSED = re.compile(r"\b(\d+) passed\b.* in \d")
_SAID_AT_THE_END = 40  # lines


@dataclass(frozen=True)
class Run:
    """What came of one run."""

    number: int
    status: int
    output: str
    seconds: float
    processor: float

    @property
    def passed(self) -> int:
        """How many tests passed."""
        found = _PASSED.search(self.output)
        return int(found[1]) if found else 0

    @property
    def is_clean(self) -> bool:
        """Whether all that ran passed, and the process ended as it should."""
        return self.status == 0 and self.passed > 0


def main() -> int:
    """Run the tests as often as is wished; return 1 at the first failure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--from", type=int, default=1, dest="first", help="the run to begin with")
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    for number in range(options.first, options.first + options.runs):
        run = run_once(number, options.seed)
        print(line(run), flush=True)
        if not run.is_clean:
            return keep(run, options.seed)
    print(f"{options.runs} runs without a failure")
    return 0


def run_once(number: int, seed: int) -> Run:
    """Run all tests of the window in the order of a run."""
    # A text, since a tuple of numbers would be hashed otherwise on other versions.
    random = Random(f"{seed} {number}")
    files = in_order(random)
    environment = {**os.environ, "PYTHONHASHSEED": str(random.randrange(2**32))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files]
    began, used = time.monotonic(), processor_time()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = done.stdout.decode(errors="replace")
    seconds = time.monotonic() - began
    return Run(number, done.returncode, output, seconds, processor_time() - used)


def in_order(random: Random) -> list[str]:
    """Return the files of tests, shuffled."""
    files = sorted(str(path.relative_to(ROOT)) for path in TESTS.rglob("test_*.py"))
    random.shuffle(files)
    return files


def processor_time() -> float:
    """Return the seconds of the processor that all runs until now have taken."""
    used = os.times()
    return used.children_user + used.children_system


def line(run: Run) -> str:
    """Return a run as a line for people."""
    end = "" if run.is_clean else f", status {run.status}  << failed"
    times = f"{run.seconds:.0f} s ({run.processor:.0f} s of the processor)"
    return f"run {run.number}: {run.passed} passed, {times}{end}"


def keep(run: Run, seed: int) -> int:
    """Keep what a failed run printed, show its end, and return the status of this script."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"window-tests-{seed}-{run.number}.txt"
    path.write_text(run.output, encoding="utf-8")
    print("\n".join(run.output.splitlines()[-_SAID_AT_THE_END:]))
    print(f"all of it is in {path.relative_to(ROOT)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
