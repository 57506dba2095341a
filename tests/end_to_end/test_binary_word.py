"""Binary Word files: as LibreOffice reads them, and reports that it has written as such."""

import re
import time
from pathlib import Path

import pytest

from core.document import Document, Table
from core.export import word_bytes
from core.readers import read_here
from core.readers.doc import read_doc
from core.readers.docx import read_docx
from core.session import open_session
from tests.documents.binary_word import FOLDER, REPORT

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "word"
FILES = sorted(CORPUS.glob("*.doc"))
MADE_TO_DOC = sorted(CORPUS.glob("*.docx"))


def compared(own: Document, other: Document) -> tuple[int, int]:
    """Return how many filled cells of another reading we have alike, and how many there are."""
    tables = [*own.tables.values(), *[None] * len(other.tables)]
    pairs = list(zip(tables, other.tables.values(), strict=False))
    cells = [(filled(one), filled(two)) for one, two in pairs]
    return sum(len(one & two) for one, two in cells), sum(len(two) for _, two in cells)


def filled(table: Table | None) -> set[tuple[int, int, int, int, str]]:
    cells = table.cells if table else ()
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span, re.sub(r"\s", "", cell.text))
        for cell in cells
        if cell.text
    }


def compare_all(files: list[Path], others: list[Path]) -> tuple[int, int]:
    equal = total = 0
    for path, converted in zip(files, others, strict=True):
        data = path.read_bytes()
        start = time.perf_counter()
        own = read_doc(data, path.name)
        taken = 1000 * (time.perf_counter() - start)
        same, found = compared(own, read_docx(converted.read_bytes(), path.name))
        print(f"{path.name}: {same} of {found} cells, {taken:.1f} ms")
        equal, total = equal + same, total + found
    print(f"in all {equal} of {total}")
    return equal, total


@pytest.mark.skipif(not FILES, reason="the corpus of real Word files is not here")
def test_tables_of_real_files_are_as_libreoffice_reads_them(convert_all) -> None:
    equal, total = compare_all(FILES, convert_all(FILES, "docx"))
    assert total > 800
    assert equal >= 0.97 * total


@pytest.mark.long
@pytest.mark.skipif(not MADE_TO_DOC, reason="the corpus of real Word files is not here")
def test_tables_that_libreoffice_wrote_are_as_it_reads_them(convert_all) -> None:
    made = convert_all(MADE_TO_DOC, "doc")
    equal, total = compare_all(made, convert_all(made, "docx"))
    assert total > 1_800
    # It reads one of its own files wrong: a cell with a line break takes in the next one.
    assert equal >= 0.99 * total


def test_a_binary_report_is_saved_as_a_new_word_file(slots_of, tmp_path) -> None:
    path = tmp_path / "年报.doc"
    path.write_bytes((FOLDER / REPORT).read_bytes())
    session = open_session(path)
    saved = read_here(word_bytes(session, session.check()), "年报.docx")
    assert saved.format == "docx"
    assert slots_of(saved) == slots_of(session.document)
