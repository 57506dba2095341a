"""Published reports: no false alarm, and every true disagreement between prose and tables."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import ReportError
from core.forms.match import match
from core.forms.model import SlotKind
from core.numbers import is_blank, number_in
from core.prose import Kind, Outcome, compare, find_statements
from core.readers import open_document

ROOT = Path(__file__).resolve().parents[3]
CORPUS = ROOT.parent / "shared" / "corpus"
REPORTS = sorted(path.name.removesuffix(".json") for path in CORPUS.glob("expected/*.json"))
OTHERS = ("business", "research", "public_welfare", "legal_service", "other_organization")
PARTS = {
    "applications": ("natural_person", *OTHERS),
    "cases": ("upheld", "corrected", "other", "pending"),
}
# What the prose says and the tables do not.
DISAGREEMENTS = {
    "shanghai_office_2019.html": {
        ("258件", Decimal(275)),
        ("33.9%", None),
        ("265件", Decimal(337)),
        ("维持", Decimal(3)),
    },
    "huaian_hongze_2024.pdf": {("17件", Decimal(95))},
}
HELD = {
    "shanghai_office_2019.html": 15,
    "shanghai_office_2025_ocr.txt": 14,
    "pingtan_2024.html": 2,
    "004_de53b01729c18d18.txt": 2,
    "pingtan_jjf_2021.txt": 2,
    "pingtan_jjf_2024.txt": 2,
    "huaian_hongze_2023.pdf": 1,
}

pytestmark = pytest.mark.skipif(not REPORTS, reason="the published reports are not on this machine")


def values(slots):
    """Return a function from slot to number, a blank total being the sum of its parts."""

    def number(slot):
        if slot not in slots or is_blank(slots[slot]):
            return None if slot not in slots else Decimal(0)
        kind = SlotKind.AMOUNT if slot.endswith("amount") else SlotKind.COUNT
        return number_in(slots[slot], kind)

    def value_of(slot):
        name, row, column = slot.split(".")
        if column == "total" and is_blank(slots.get(slot, "0")):
            return sum((number(f"{name}.{row}.{part}") or 0 for part in PARTS[name]), Decimal(0))
        return number(slot)

    return value_of


@pytest.mark.parametrize("name", REPORTS)
def test_report(name):
    expected = json.loads((CORPUS / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    try:
        document = open_document(CORPUS / name)
    except ReportError:
        pytest.skip("this format is not read yet")
    found = find_statements(document, match(document))
    value_of = values(expected["slots"])
    compared = [(statement, compare(statement, value_of)) for statement in found]
    differs = {
        (s.text.replace(" ", ""), None if s.kind is Kind.SHARE else comparison.table)
        for s, comparison in compared
        if comparison.outcome is Outcome.DIFFERS
    }
    assert differs == DISAGREEMENTS.get(name, set())
    held = sum(comparison.outcome is Outcome.AGREES for _, comparison in compared)
    assert held >= HELD.get(name, 0)
    for statement in found:
        paragraph = document.section(statement.span.section).paragraphs[statement.span.paragraph]
        assert paragraph.text[statement.span.start : statement.span.end].strip()
