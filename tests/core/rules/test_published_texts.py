"""What the rules about the text say of published reports: each finding judged by hand, all true."""

from pathlib import Path

import pytest

from core.forms.match import match
from core.readers import open_document
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import Outcome
from core.rules.registry import all_rules

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
TEXT_RULES = [rule for rule_id, rule in all_rules().items() if "TXT001" <= rule_id < "TXT101"]
LONG = ("TXT024", "note")
EXPECTED = {
    # Says 四个部分 and names four; six follow.
    "000_ca9bb7c3f55f45e5.txt": [("TXT002", "note"), ("TXT001", "warning")],
    # 国发办 for 国办发, twice; 无 in the sixth section; the page's last line.
    "004_de53b01729c18d18.txt": [
        ("TXT014", "warning"),
        ("TXT014", "warning"),
        LONG,
        ("TXT021", "warning"),
        ("TXT032", "note"),
    ],
    "pingtan_2024.html": [LONG],
    "shanghai_office_2019.html": [],
    "shanghai_office_2025_ocr.txt": [LONG],
    "official_form_2021_blank.docx": [],
}
PARAMS = [
    pytest.param(name, expected, id=name)
    for name, expected in EXPECTED.items()
    if (CORPUS / name).exists()
]

pytestmark = pytest.mark.skipif(not PARAMS, reason="the published reports are not at hand")


@pytest.mark.parametrize(("name", "expected"), PARAMS)
def test_the_text_of_a_published_report(name: str, expected: list[tuple[str, str]]) -> None:
    document = open_document(CORPUS / name)
    result = check(Context(document, match(document)), TEXT_RULES)
    assert [(f.rule, f.severity.value) for f in result.findings] == expected
    assert result.count(Outcome.FAILED) == 0


@pytest.mark.skipif(not CORPUS.exists(), reason="the published reports are not at hand")
def test_parts_in_brackets_add_up_to_the_companies_drawn() -> None:
    document = open_document(CORPUS / "004_de53b01729c18d18.txt")
    result = check(Context(document, match(document)), TEXT_RULES)
    assert result.outcome("TXT051") is Outcome.PASSED
