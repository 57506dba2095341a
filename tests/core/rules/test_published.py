"""The numbers of published reports: what they contradict is found, nothing else is an error."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.rules.engine import check
from core.rules.model import Outcome
from core.rules.severity import Severity
from tests.core.rules.reports import Changes, context_of

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
EXPECTED = sorted((CORPUS / "expected").glob("*.json"))
# What each report really contradicts, by hand; the others contradict nothing.
ERRORS = {
    "huaian_hongze_2023.pdf": {"SUM003": 2},
    "pingtan_jjf_2024.txt": {"BAL001": 2, "SUM001": 2},
}

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the published reports are not at hand")


def changes_of(read: dict[str, Any]) -> Changes:
    slots = {slot: text or "" for slot, text in read["slots"].items()}
    return Changes(
        edition=read["edition"],
        year=read["year"] or 0,
        agency=read["agency"] or "",
        filled="",
        slots=slots,
        tables_of_2019=["applications"] if "applications.other.total" in slots else [],
    )


def read_of(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((CORPUS / "expected" / f"{name}.json").read_text("utf-8"))
    return read


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_published_numbers_have_the_errors_known_and_no_others(path: Path) -> None:
    read = json.loads(path.read_text("utf-8"))
    result = check(context_of(changes_of(read)))
    found = Counter(finding.rule for finding in result.of_severity(Severity.ERROR))
    assert found == Counter(ERRORS.get(read["file"], {}))
    assert result.count(Outcome.FAILED) == 0


def test_two_years_of_one_agency_go_on_from_each_other() -> None:
    now, before = read_of("huaian_hongze_2024.pdf"), read_of("huaian_hongze_2023.pdf")
    last_year = vars(changes_of(before))
    result = check(context_of(replace(changes_of(now), last_year=last_year)))
    passed = {c.rule: c.count(Outcome.PASSED) for c in result.checks if c.rule.startswith("YOY")}
    found = {f.rule for f in result.findings if f.rule.startswith("YOY")}
    assert passed["YOY001"] == 7
    assert passed["YOY002"] == 2
    assert passed["YOY009"] == 1
    assert found == {"YOY005"}
    assert not result.of_severity(Severity.ERROR)


def test_a_stock_that_does_not_go_on_is_asked_about() -> None:
    stock = "disclosure.normative_documents.in_force"
    read = read_of("pingtan_2024.html")
    last_year = {"slots": {**read["slots"], stock: "470"}}
    result = check(context_of(replace(changes_of(read), last_year=last_year)))
    (finding,) = [f for f in result.findings if f.rule == "YOY002"]
    assert finding.severity is Severity.WARNING
    assert "440 ≠ 上年现行有效 470 + 本年制发 62 − 本年废止 33 = 499" in finding.message


def test_an_amount_in_yuan_is_noticed() -> None:
    result = check(context_of(changes_of(read_of("000_ca9bb7c3f55f45e5.txt"))))
    (finding,) = [f for f in result.findings if f.rule == "NUM005"]
    assert finding.severity is Severity.NOTE
    assert finding.found.fixes[0].edits[0].after in ("8.0592", "80592元")
