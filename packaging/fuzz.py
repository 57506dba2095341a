"""Damage files by the thousand and read them: each is a document or one sentence (`make fuzz`).

    python packaging/fuzz.py [FORMAT ...] [--count N] [--first N] [--jobs N]
    python packaging/fuzz.py FORMAT --only NUMBER [--keep FILE]

Each line is a format: how many mutants were tried, read, refused with a sentence and failed
(any other exception, more than ten seconds, the end of the process); the time that all but
one in a hundred stayed below, the longest time, and the most memory that a process had.
A failure is printed with its number, by which it is made again: the second way reads that
one alone, in this process, and writes it to a file.

Ends with status 1 where anything failed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.errors import UnreadableFileError
from core.readers import read_here
from tests.fuzzing.runs import HEADINGS, line, mutant, run
from tests.fuzzing.sources import SOURCES

COUNT = 10_000


def main() -> int:
    """Run all formats and print a line for each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=", ".join(SOURCES))
    parser.add_argument("--count", type=int, default=COUNT, help="how many of each format")
    parser.add_argument("--first", type=int, default=0, help="the number of the first one")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes at once")
    parser.add_argument("--only", type=int, help="read one mutant alone")
    parser.add_argument("--keep", type=Path, help="write that mutant to a file")
    options = parser.parse_args()
    formats = options.formats or list(SOURCES)
    if unknown := set(formats) - set(SOURCES):
        parser.error(f"no such format: {', '.join(sorted(unknown))}")
    if options.only is not None:
        return _read_one(formats[0], options.only, options.keep)
    numbers = range(options.first, options.first + options.count)
    print(f"{'format':<8}" + "".join(f"{heading:>11}" for heading in HEADINGS), flush=True)
    failed = 0
    for name in formats:
        figures = run(name, numbers, options.jobs)
        print(line(figures), flush=True)
        for number, said in figures.failures:
            print(f"  {name} {number}: {said}", flush=True)
        failed += len(figures.failures)
    return 1 if failed else 0


def _read_one(name: str, number: int, keep: Path | None) -> int:
    data = mutant(name, number, SOURCES[name]())
    if keep:
        keep.write_bytes(data)
    started = time.perf_counter()
    try:
        read_here(data, f"年报.{name}")
        said = "read"
    except UnreadableFileError as error:
        said = f"refused: {error} ({error.detail})"
    print(f"{name} {number}: {said}, {time.perf_counter() - started:.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
