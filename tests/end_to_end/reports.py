"""The four reports that go through every format: the sample and three invented ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from core.document import Document
from core.forms.loader import load_form
from core.forms.match import match
from core.resources import SAMPLE
from core.writers.report import new_report
from tests.core.rules.reports import Changes, report

SAMPLE_NAME = "sample"


def _big_numbers() -> Document:
    slots = load_form("2021").slots
    texts = {slot: str(9_876_543 + 12_345 * number) for number, slot in enumerate(slots)}
    return report(Changes(slots=texts | {"disclosure.fees.amount": "1234567.89"}))


def _mostly_blank() -> Document:
    slots = load_form("2021").slots
    return report(Changes(filled="", slots={slot: "7" for slot in list(slots)[::11]}))


INVENTED: dict[str, Callable[[], Document]] = {
    "big numbers": _big_numbers,
    "mostly blank": _mostly_blank,
    "form of 2019": lambda: report(Changes(edition="2019")),
}
NAMES = (SAMPLE_NAME, *INVENTED)


def report_files(folder: Path, names: Collection[str] = NAMES) -> dict[str, Path]:
    """Write reports as Word files into a folder; return their paths by name."""
    files = {name: folder / f"{name}.docx" for name in names}
    for name, path in files.items():
        if name == SAMPLE_NAME:
            shutil.copy(SAMPLE, path)
        else:
            document = INVENTED[name]()
            path.write_bytes(new_report(document, match(document)))
    return files
