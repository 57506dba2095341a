"""Thousands of invented Word reports: a few templates, filled in in their XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.forms.match import match
from core.writers.report import new_report
from tests.core.batch_folders import RIGHT, TOTAL, YEAR, agency
from tests.core.rules.reports import Changes, report

_AGENCY, _MARK = "云溪市安安安安局", "987654321"
_RECEIVED = "applications.received.natural_person"


@dataclass(frozen=True)
class Seed:
    """A mistake that is sown into a report, and the ids of the errors that it must bring."""

    errors: frozenset[str] = frozenset()
    slots: Mapping[str, str] = field(default_factory=dict)


SEEDS = {
    "right": Seed(),
    "total": Seed(frozenset({"SUM002", "BAL001"}), {TOTAL: _MARK}),
    "part": Seed(frozenset({"SUM002", "BAL001"}), {_RECEIVED: _MARK}),
    "cases": Seed(frozenset({"SUM003"}), {"cases.direct_lawsuit.total": _MARK}),
}


def filled(folder: Path, count: int) -> dict[str, frozenset[str]]:
    """Write so many Word reports; return by their names which errors must be found."""
    folder.mkdir(parents=True, exist_ok=True)
    templates = {name: _template(seed) for name, seed in SEEDS.items()}
    expected = {}
    for number in range(count):
        name, seed = list(SEEDS.items())[number % len(SEEDS)]
        stem = f"{number:05}"
        data = _with(templates[name], agency(number), str(RIGHT + 1 + number))
        (folder / f"{stem}.docx").write_bytes(data)
        expected[stem] = seed.errors
    return expected


def _template(seed: Seed) -> bytes:
    document = report(Changes(agency=_AGENCY, year=YEAR, slots=seed.slots))
    return new_report(document, match(document))


def _with(template: bytes, name: str, number: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            content = source.read(part)
            content = content.replace(_AGENCY.encode(), name.encode())
            target.writestr(part, content.replace(_MARK.encode(), number.encode()))
    return buffer.getvalue()
