"""Real reports: a diagnosis wherever the numbers do not add up, and nowhere else."""

import json
from pathlib import Path

import pytest

from core.diagnosis import Reading, diagnose
from core.forms.loader import load_form
from core.forms.model import row_key
from core.numbers import is_blank, number_in
from tests.core.diagnosis.consistent import applications

EXPECTED = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "expected"
REPORTS = sorted(EXPECTED.glob("*.json"))


def relations_of(report, name):
    form_table = load_form(report["edition"]).tables[name]
    if name == "applications" and "applications.other.total" in report["slots"]:
        return applications(
            "2021 with one row" if report["edition"] == "2021" else "2019"
        ).relations
    return form_table.relations([row.key for row in form_table.row_specs])


def readings_of(report, name):
    form_table = load_form(report["edition"]).tables[name]
    unknown = {row_key(slot) for slot in report["unknown"] if slot.startswith(name)}
    readings = {}
    for slot, text in report["slots"].items():
        if slot.startswith(name) and text is not None and row_key(slot) not in unknown:
            number = number_in(text, form_table.slots[slot].kind)
            usable = number is not None or is_blank(text)
            readings[slot] = Reading(number, form_table.is_total(slot), usable)
    return readings


@pytest.mark.skipif(not REPORTS, reason="the collection of real reports is not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", ["applications", "cases"])
def test_candidates_are_named_where_a_mistake_is_known(path, name):
    report = json.loads(path.read_text(encoding="utf-8"))
    diagnosis = diagnose(relations_of(report, name), readings_of(report, name))
    known = any(
        error.startswith({"applications": "table3", "cases": "table4"}[name])
        for error in report["known_errors"]
    )
    assert bool(diagnosis.candidates) == known
    assert diagnosis.proved is None
