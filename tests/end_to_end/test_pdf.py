"""Published reports as PDF, and invented ones as other programs print them."""

from collections import Counter

import pytest

from core.document import Document
from core.forms.match import match
from core.readers import open_document
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import CheckResult, Outcome
from core.rules.severity import Severity

HONGZE = ("huaian_hongze_2023.pdf", "huaian_hongze_2024.pdf")
STOCK = "disclosure.normative_documents.in_force"


def context(document: Document, last_year: Context | None = None) -> Context:
    return Context(document, match(document), last_year)


def pages_of(document: Document) -> list[int]:
    return [len(table.provenance.areas) for table in document.tables.values()]


@pytest.mark.parametrize("name", HONGZE)
def test_every_slot_of_a_published_pdf(name, corpus_file, expected_slots, slots_of) -> None:
    document = open_document(corpus_file(name))
    expected = expected_slots(name)
    assert len(expected) == 186
    assert slots_of(document) == expected
    assert len(document.tables) == 3
    assert pages_of(document) == [2, 2, 1]
    assert [section.number for section in document.sections] == list(range(7))
    assert not document.notices
    for table in document.tables.values():
        assert all(cell.provenance.areas for cell in table.cells)


def test_the_errors_of_a_published_pdf_and_no_others(corpus_file) -> None:
    result: CheckResult = check(context(open_document(corpus_file(HONGZE[0]))))
    errors = result.of_severity(Severity.ERROR)
    assert Counter(error.rule for error in errors) == {"SUM003": 2}
    said = " ".join(error.message for error in errors)
    assert "各项结果之和 11 ≠ 总计 0" in said
    assert "各项结果之和 5 ≠ 总计 0" in said
    assert result.count(Outcome.FAILED) == 0


def test_two_published_pdfs_go_on_from_each_other(corpus_file) -> None:
    before, now = (context(open_document(corpus_file(name))) for name in HONGZE)
    result = check(Context(now.document, now.match, before))
    passed = {c.rule: c.count(Outcome.PASSED) for c in result.checks if c.rule.startswith("YOY")}
    # 8 = 5 + 3 - 0
    assert passed["YOY002"] == 2
    assert now.document.cell(now.match.places[STOCK].ref).text == "8"
    assert not [f for f in result.of_severity(Severity.ERROR) if f.rule.startswith("YOY")]
