"""Read the tables of a file with a public reader, for `packaging/bench_reading.py`.

    .venv-bench/bin/python packaging/bench_others.py pandas|pdfplumber FILE TIMES

Runs in an environment of its own, and prints the seconds and the texts as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

Tables = list[list[list[str]]]


def by_pandas(path: str) -> Tables:
    """Return the tables of a web page; what it takes for a number is one, as it is used."""
    import pandas

    with Path(path).open(encoding="utf-8") as page:
        tables = pandas.read_html(page)
    return [table.astype(object).fillna("").astype(str).to_numpy().tolist() for table in tables]


def by_pdfplumber(path: str) -> Tables:
    """Return the tables of a PDF; one that goes on over the page is joined to its beginning."""
    import pdfplumber

    tables: Tables = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.extract_tables():
                rows = [[text or "" for text in row] for row in table]
                if tables and len(tables[-1][0]) == len(rows[0]):
                    tables[-1] += rows
                else:
                    tables.append(rows)
    return tables


def main() -> None:
    """Read a file some times and print what it took, and what was read."""
    way = {"pandas": by_pandas, "pdfplumber": by_pdfplumber}[sys.argv[1]]
    tables, taken = way(sys.argv[2]), []
    for _ in range(int(sys.argv[3])):
        started = time.perf_counter()
        way(sys.argv[2])
        taken.append(time.perf_counter() - started)
    print(json.dumps({"seconds": taken, "tables": tables}))


if __name__ == "__main__":
    main()
