"""The numbers of published reports: what they contradict is found, nothing else is an error."""

import json
from collections import Counter
from pathlib import Path

import pytest

from core.rules.engine import check
from core.rules.model import Outcome, Severity
from tests.core.rules.reports import Changes, context_of

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
EXPECTED = sorted((CORPUS / "expected").glob("*.json"))
# What each report really contradicts, by hand; the others contradict nothing.
ERRORS = {
    "huaian_hongze_2023.pdf": {"SUM003": 2},
    "pingtan_jjf_2024.txt": {"BAL001": 2, "SUM001": 2},
}

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the published reports are not at hand")


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_published_numbers_have_the_errors_known_and_no_others(path: Path) -> None:
    read = json.loads(path.read_text("utf-8"))
    slots = {slot: text or "" for slot, text in read["slots"].items()}
    in_one_row = "applications.other.total" in slots
    context = context_of(
        Changes(
            edition=read["edition"],
            year=read["year"] or 0,
            filled="",
            slots=slots,
            tables_of_2019=["applications"] if in_one_row else [],
        )
    )
    result = check(context)
    found = Counter(finding.rule for finding in result.of_severity(Severity.ERROR))
    assert found == Counter(ERRORS.get(read["file"], {}))
    assert result.count(Outcome.FAILED) == 0
