"""The case files of the rules, `cases/<id>.toml`: what passes, what fails, and with which words.

A case is a table of `Changes` (see `reports`) to a consistent invented report.
What stands beside `rule` at the top holds for all cases of the file.  A case may
also say what comes out: `messages` of the findings, their `severity`, the
`slots_named` of all findings together, `fixes` (titles), and `reasons` of what
could not be decided.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.rules.model import Outcome
from tests.core.rules.reports import Changes

FOLDER = Path(__file__).parent / "cases"
OUTCOMES = {
    "passes": Outcome.PASSED,
    "fails": Outcome.FOUND,
    "insufficient": Outcome.INSUFFICIENT,
    "not_applicable": Outcome.NOT_APPLICABLE,
}
EXPECTED = ("messages", "severity", "slots_named", "fixes", "reasons")

Case = Mapping[str, Any]


def load_cases() -> dict[str, Case]:
    """Return the case files by rule."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*"))}


def cases_of(file: Case, kind: str) -> Iterator[tuple[str, Case]]:
    """Return the cases of one kind with their names, what holds for all of them in each."""
    shared = {key: value for key, value in file.items() if key not in (*OUTCOMES, "rule")}
    for name, case in file.get(kind, {}).items():
        yield name, {**shared, **case}


def changes_of(case: Case) -> Changes:
    """Return how the report of a case differs from the consistent one."""
    return Changes(**{key: value for key, value in case.items() if key not in EXPECTED})
