"""What the program writes, another program reads, changes in format and calculates alike."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.document import Cell, Document, Paragraph, Section, Table
from core.edits import Edit
from core.export import excel_bytes
from core.forms.loader import load_form
from core.forms.model import FormTable
from core.readers import open_document
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.session import Session, open_session
from core.writers.docx import corrected_docx
from core.writers.report import new_report
from core.writers.texts import clean

TEXT_REPORT = "004_de53b01729c18d18.txt"
# Few digits, so that they stay on one line of a narrow column.
EDITED = "753"


@pytest.fixture(scope="module")
def text_report(corpus_file, tmp_path_factory) -> Path:
    """The report that came as text, saved by the program as a Word file."""
    session = open_session(corpus_file(TEXT_REPORT))
    path = tmp_path_factory.mktemp("saved") / "年报.docx"
    path.write_bytes(new_report(session.document, session.match))
    return path


def test_a_text_report_keeps_its_slots_as_word_file(
    text_report, corpus_file, expected_slots, slots_of
) -> None:
    read = slots_of(open_document(text_report))
    # A place that the text leaves open is a blank cell in Word.
    source = slots_of(open_document(corpus_file(TEXT_REPORT)))
    assert read.keys() == source.keys()
    assert filled(read) == filled(source) == expected_slots(TEXT_REPORT)


@pytest.mark.parametrize(
    "name", ["000_ca9bb7c3f55f45e5.txt", "shanghai_office_2019.html", "pingtan_2024.html"]
)
def test_every_text_of_a_source_that_is_no_word_file_comes_into_the_new_report(
    name, corpus_file, slots_of
) -> None:
    session = open_session(corpus_file(name))
    data = new_report(session.document, session.match)
    read = read_docx(data, "年报.docx")
    assert filled(slots_of(read)) == filled(slots_of(session.document))
    assert [
        (part.heading, [clean(paragraph.text) for paragraph in part.paragraphs])
        for part in session.document.sections
    ] == [(part.heading, [each.text for each in part.paragraphs]) for part in read.sections]


def filled(slots):
    return {slot: text for slot, text in slots.items() if text}


# The sample goes these ways in every run (test_formats.py).
@pytest.mark.long
@pytest.mark.parametrize("way", [("docx",), ("odt", "docx"), ("html",)], ids="-".join)
def test_a_saved_report_keeps_its_slots_on_the_way_through_libreoffice(
    way, text_report, expected_slots, slots_of, convert
) -> None:
    path = text_report
    for target in way:
        path = convert(path, target)
    assert filled(slots_of(open_document(path))) == expected_slots(TEXT_REPORT)


@pytest.fixture(scope="module")
def office_made(convert) -> Path:
    """The sample as LibreOffice writes it."""
    return convert(SAMPLE, "docx")


def test_an_edit_changes_the_bytes_of_its_cell_only(office_made) -> None:
    session = open_session(office_made)
    place = session.match.places["applications.disclosed.total"]
    before = session.data
    after = corrected_docx(before, session.source, {place.ref: EDITED})
    source, saved = parts(before), parts(after)
    assert list(source) == list(saved)
    cell = session.source.cell(place.ref)
    assert cell is not None
    part, start, end = cell.provenance.part, cell.provenance.start, cell.provenance.end
    assert [name for name in source if source[name] != saved[name]] == [part]
    growth = len(saved[part]) - len(source[part])
    assert saved[part][:start] == source[part][:start]
    assert saved[part][end + growth :] == source[part][end:]
    assert EDITED.encode() in saved[part][start : end + growth]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_another_program_shows_the_edit(office_made, convert, tmp_path) -> None:
    session = open_session(office_made)
    ref = session.match.places["applications.disclosed.total"].ref
    session.apply(Edit(ref, session.text(ref), EDITED))
    saved = tmp_path / "年报(校对版).docx"
    saved.write_bytes(corrected_docx(session.data, session.source, session.edits))
    printed = convert(saved, "pdf")
    shown = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], capture_output=True, check=True
    ).stdout.decode()
    lines = [line for line in shown.splitlines() if EDITED in line]
    assert len(lines) == 1
    # Its row: the other cells still say what they said.
    assert lines[0].split()[-7:] == ["18", "4", "0", "0", "1", "1", EDITED]


def test_another_program_calculates_the_same_sums(convert, tmp_path) -> None:
    # 25 rows and 7 columns of applications, 3 blocks of cases, 2 stocks.
    assert compared_sums(SAMPLE, convert, tmp_path) == 25 * 2 + 7 * 5 + 3 * 2 + 2 * 2


@pytest.mark.parametrize("name", ["shanghai_office_2019.html", TEXT_REPORT])
def test_sums_over_merged_and_blank_cells_are_the_same(
    name, corpus_file, convert, tmp_path
) -> None:
    assert compared_sums(corpus_file(name), convert, tmp_path) > 80


def test_sums_over_edited_cells_are_the_same(convert, tmp_path) -> None:
    session = open_session(SAMPLE)
    texts = {
        "received.total": "",
        "disclosed.natural_person": "见附件",
        "carried_out.total": "１,234",
    }
    for slot, text in texts.items():
        ref = session.match.places[f"applications.{slot}"].ref
        session.apply(Edit(ref, session.text(ref), text))
    assert compared_formulas(session, convert, tmp_path) == 25 * 2 + 7 * 5 + 3 * 2 + 2 * 2


def test_a_2019_form_comes_to_the_same_sums(convert, tmp_path, report_of_2019) -> None:
    # 23 rows and 7 columns of applications, 3 blocks of cases, 2 pairs of published documents.
    assert compared_formulas(report_of_2019, convert, tmp_path) == 23 * 2 + 7 * 5 + 3 * 2 + 2 * 2


@pytest.fixture
def report_of_2019() -> Session:
    """An invented report in the form of 2019, with numbers of which few are right."""
    sections = []
    for part in load_form("2019").sections:
        blocks = (Paragraph("这一部分的文字。"),)
        if part.table:
            blocks = (invented_table(f"t{part.number}", load_form("2019").tables[part.table]),)
        sections.append(Section(part.number, part.heading, blocks, part.kind))
    title = "石桥县档案局2019年政府信息公开工作年度报告"
    return Session(Path("2019.txt"), b"", Document("text", tuple(sections), title, year=2019))


def invented_table(name: str, form: FormTable) -> Table:
    cells = tuple(
        Cell(
            cell.row,
            cell.column,
            str((cell.row * 7 + cell.column) % 13) if cell.slot else cell.text,
            cell.row_span,
            cell.column_span,
        )
        for cell in form.cells
    )
    return Table(name, form.rows, form.columns, cells)


def printed_pages(data: bytes, convert, folder: Path) -> list[str]:
    """Return what stands on each page that LibreOffice prints of a workbook."""
    path = folder / "打印.xlsx"
    path.write_bytes(data)
    shown = subprocess.run(
        ["pdftotext", "-layout", str(convert(path, "pdf")), "-"], capture_output=True, check=True
    ).stdout.decode()
    return shown.split("\f")[:-1]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_each_statutory_table_prints_on_one_page(convert, tmp_path, report_of_2019) -> None:
    for number, session in enumerate((open_session(SAMPLE), report_of_2019)):
        folder = tmp_path / str(number)
        folder.mkdir()
        pages = printed_pages(excel_bytes(session, session.check()), convert, folder)
        for heading, page in zip("二三四", pages, strict=False):
            assert f"{heading}、" in page.splitlines()[0]
        assert [("校核" in page) for page in pages] == [True] * 3 + [False] * (len(pages) - 3)
        # A finding's comment is not printed over the cells.
        assert not any("强制性错误（" in page for page in pages)


def compared_sums(report: Path, convert, folder: Path) -> int:
    """Compare what each formula comes to with what LibreOffice calculates; return how many."""
    return compared_formulas(open_session(report), convert, folder)


def compared_formulas(session: Session, convert, folder: Path) -> int:
    data = excel_bytes(session, session.check())
    path = folder / "核对表.xlsx"
    # openpyxl leaves the stored results out, so that all that comes back is calculated.
    load_workbook(io.BytesIO(data)).save(path)
    formulas, stored = (load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    books = (stored, load_workbook(convert(path, "xlsx"), data_only=True))
    compared = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            ours, theirs = (book[sheet.title][cell.coordinate].value for book in books)
            assert (theirs in ("", None)) is (ours in ("", None)), cell
            assert (theirs or 0) == (ours or 0), cell
            compared += 1
    return compared
