"""What a content control asks for is no content of a report, and gives way to what is written."""

import pytest

from core.document import CellRef
from core.readers.docx import read_docx
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.word_package import cell, paragraph, row, run, table, word_file

FIRST = CellRef("t1", 0, 0)
ASKS = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
IN_TWO_RUNS = run("单击或点击此处", '<w:rStyle w:val="a3"/>') + run("输入文字。")
PROMPT = run("单击此处输入文字。")


def control(content: str, properties: str = ASKS) -> str:
    return f"<w:sdt>{properties}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


AROUND = {
    "a run": cell(f"<w:p>{control(PROMPT)}</w:p>"),
    "two runs": cell(f"<w:p>{control(IN_TWO_RUNS)}</w:p>"),
    "a paragraph": cell(control(f"<w:p>{PROMPT}</w:p>")),
    "two paragraphs": cell(control(f"<w:p>{PROMPT}</w:p><w:p>{PROMPT}</w:p>")),
    "a cell": control(cell(f"<w:p>{IN_TWO_RUNS}</w:p>")),
}


def file_with(first: str) -> bytes:
    return word_file(paragraph("前") + table(row(first, "x")) + paragraph("后"))


def first_text(data: bytes) -> str:
    return read_docx(data, "年报.docx").cell(FIRST).text


@pytest.mark.parametrize("place", AROUND)
def test_a_prompt_reads_as_blank(place: str):
    assert first_text(file_with(AROUND[place])) == ""


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("place", AROUND)
def test_what_is_written_there_takes_the_place_of_the_prompt(place: str, mode: Mode):
    data = file_with(AROUND[place])
    written = corrected_docx(data, read_docx(data, ""), {FIRST: "13"}, Marking(mode=mode))
    assert first_text(written) == "13"


def test_a_number_beside_a_prompt_is_the_cell_and_can_be_corrected():
    data = file_with(cell(f"<w:p>{control(PROMPT)}{run('12')}{control(PROMPT)}</w:p>"))
    assert first_text(data) == "12"
    assert first_text(corrected_docx(data, read_docx(data, ""), {FIRST: "13"})) == "13"


@pytest.mark.parametrize(
    ("shown", "properties"),
    [
        ("12", ASKS),
        ("三十", ASKS),
        ("无", ASKS),
        ("请填写", "<w:sdtPr/>"),
        ("请填写", '<w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr>'),
    ],
)
def test_what_a_person_filled_in_is_shown_whatever_the_control_says(shown: str, properties: str):
    content = control(run(shown), properties)
    assert first_text(file_with(cell(f"<w:p>{content}</w:p>"))) == shown


def test_a_prompt_in_prose_is_no_prose():
    body = (
        paragraph("前")
        + control(f"<w:p>{PROMPT}</w:p>")
        + f"<w:p>{run('共')}{control(PROMPT)}</w:p>"
    )
    (section,) = read_docx(word_file(body), "").sections
    assert [each.text for each in section.paragraphs] == ["前", "共"]
