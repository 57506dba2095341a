"""Published reports as PDF, and invented ones as other programs print them."""

import shutil
import subprocess
from collections import Counter

import pytest

from core.document import Document
from core.forms.match import match
from core.readers import open_document
from core.resources import SAMPLE
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import CheckResult, Outcome, Severity
from tests.core.report_files import docx_file
from tests.core.rules.reports import Changes

HONGZE = ("huaian_hongze_2023.pdf", "huaian_hongze_2024.pdf")
STOCK = "disclosure.normative_documents.in_force"
BIG = {"disclosure.fees.amount": "1234567.89", "applications.handled.total": "98765432"}
INVENTED = {
    "big": Changes(slots=BIG),
    "blank": Changes(filled="", slots={"applications.received.total": "3"}),
    "2019": Changes(edition="2019"),
}
STYLES = {
    "collapsed": "table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:4px}",
    "separate": "table{width:100%}td{border:1px solid #888;padding:2px}",
}


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


@pytest.mark.parametrize("name", ["sample", *INVENTED])
def test_what_libreoffice_prints_has_the_same_slots(name, tmp_path, slots_of, convert) -> None:
    path = SAMPLE if name == "sample" else docx_file(tmp_path, INVENTED[name])
    printed = open_document(convert(path, "pdf"))
    source = open_document(path)
    assert slots_of(printed) == slots_of(source)
    assert [part.heading for part in printed.sections] == [part.heading for part in source.sections]
    assert (printed.title, printed.agency) == (source.title, source.agency)


@pytest.fixture
def browser() -> str:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    return program


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_what_a_browser_prints_has_the_same_slots(style, tmp_path, slots_of, browser) -> None:
    page, printed = tmp_path / "年报.html", tmp_path / "年报.pdf"
    source = open_document(SAMPLE)
    page.write_text(_page(source, style), "utf-8")
    options = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    command = [browser, *options.split(), f"--user-data-dir={tmp_path / 'profile'}"]
    command += [f"--print-to-pdf={printed}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    read = open_document(printed)
    assert slots_of(read) == slots_of(source)
    assert not read.notices


def _page(document: Document, style: str) -> str:
    parts = [f"<html><head><meta charset='utf-8'><style>{style}</style></head><body>"]
    for section in document.sections:
        parts.append(f"<h3>{section.heading}</h3>")
        parts += [f"<p>{paragraph.text}</p>" for paragraph in section.paragraphs]
        for table in section.tables:
            rows = "".join(
                "<tr>"
                + "".join(
                    f"<td rowspan={c.row_span} colspan={c.column_span}>{c.text}</td>"
                    for c in table.starting_in(row)
                )
                + "</tr>"
                for row in range(table.rows)
            )
            parts.append(f"<table>{rows}</table>")
    return "".join([*parts, "</body></html>"])
