"""A statutory table that stands in the file in pieces is read, and saved, as the one that it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.document import Document, Table
from core.edits import Edit
from core.export import word_bytes
from core.forms.match import match
from core.readers import read_here
from core.readers.docx import read_docx
from core.reasons import Style
from core.resources import SAMPLE
from core.session import Session
from core.writers.marking import Mode
from core.writers.package import packed
from tests.documents.revisions import accepted, parts_of, rejected

MAIN = "word/document.xml"
BLANK = "<w:p/>"
# Table, rows of its header, its rows.
TABLES = ((0, 0, 14), (1, 3, 28), (2, 3, 4))


def cut(index: int, at: int, header: int = 0, between: str = BLANK) -> bytes:
    """Return the sample with one of its tables cut before a row, its header perhaps repeated."""
    parts = parts_of(SAMPLE.read_bytes())
    text = parts[MAIN].decode()
    found = list(re.finditer(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL))[index]
    table = found[0]
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", table, re.DOTALL)
    head = table[: table.index(rows[0])]
    upper = f"{head}{''.join(rows[:at])}</w:tbl>"
    lower = f"{head}{''.join(rows[:header])}{''.join(rows[at:])}</w:tbl>"
    text = text[: found.start()] + upper + between + lower + text[found.end() :]
    return packed({**parts, MAIN: text.encode()})


def slots(document: Document) -> dict[str, str]:
    found = match(document)
    cells = {slot: document.cell(place.ref) for slot, place in found.places.items()}
    return {slot: cell.text for slot, cell in cells.items() if cell is not None}


WHOLE = slots(read_here(SAMPLE.read_bytes(), SAMPLE.name))


@pytest.mark.parametrize("repeats", [False, True])
@pytest.mark.parametrize(("index", "header", "count"), TABLES)
def test_cut_before_any_row_it_is_one_table(index: int, header: int, count: int, repeats: bool):
    for at in range(max(header, 1), count):
        document = read_here(cut(index, at, header if repeats else 0), "年报.docx")
        assert slots(document) == WHOLE, f"cut before row {at}"
        # One label alone says too little; it stays a table of its own, without any number.
        is_one_label = at == 1 and index == 0
        notes = [note for table in document.tables.values() for note in table.notes]
        assert len(document.tables) == 3 + is_one_label
        assert any("断成" in note for note in notes) is not is_one_label


def test_in_three_pieces():
    data = cut(1, 20)
    parts = parts_of(data)
    text = parts[MAIN].decode()
    found = list(re.finditer(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL))[1]
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", found[0], re.DOTALL)
    head = found[0][: found[0].index(rows[0])]
    pieces = f"{head}{''.join(rows[:9])}</w:tbl>{BLANK}{head}{''.join(rows[9:])}</w:tbl>"
    text = text[: found.start()] + pieces + text[found.end() :]
    document = read_here(packed({**parts, MAIN: text.encode()}), "年报.docx")
    assert slots(document) == WHOLE
    assert any("3 段" in note for note in document.tables["t2"].notes)


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize(("index", "at", "header"), [(0, 4, 0), (1, 12, 0), (1, 12, 3), (2, 3, 3)])
def test_cells_of_every_piece_are_saved_where_they_stand(
    tmp_path: Path, index: int, at: int, header: int, mode: Mode
):
    data = cut(index, at, header)
    session = Session(tmp_path / "年报.docx", data, read_here(data, "年报.docx"))
    refs = [place.ref for place in session.match.places.values()]
    session.apply_all([Edit(ref, session.text(ref), "4711") for ref in refs])
    saved = word_bytes(session, session.check(), Style(mode))
    assert set(slots(read_docx(saved, "")).values()) == {"4711"}
    if mode is Mode.TRACKED:
        assert set(slots(read_docx(accepted(saved), "")).values()) == {"4711"}
        assert slots(read_docx(rejected(saved), "")) == WHOLE


def test_text_between_two_pieces_keeps_them_apart():
    between = "<w:p><w:r><w:t>（续表）</w:t></w:r></w:p>"
    document = read_here(cut(1, 12, between=between), "年报.docx")
    assert len(document.tables) == 4
    assert slots(document).items() <= WHOLE.items()


def test_a_table_that_stands_there_twice_is_not_joined():
    parts = parts_of(SAMPLE.read_bytes())
    text = parts[MAIN].decode()
    found = list(re.finditer(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL))[1]
    text = text[: found.end()] + BLANK + found[0] + text[found.end() :]
    document = read_here(packed({**parts, MAIN: text.encode()}), "年报.docx")
    assert len(document.tables) == 4
    assert match(document).repeated
    assert slots(document) == WHOLE


def test_a_piece_with_a_row_missing_between_is_no_next_piece():
    data = cut(1, 12)
    parts = parts_of(data)
    text = parts[MAIN].decode()
    found = list(re.finditer(r"<w:tbl>.*?</w:tbl>", text, re.DOTALL))[2]
    row = re.search(r"<w:tr[ >].*?</w:tr>", found[0], re.DOTALL)
    assert row is not None
    rest = found[0].replace(row[0], "", 1)
    text = text[: found.start()] + rest + text[found.end() :]
    document = read_here(packed({**parts, MAIN: text.encode()}), "年报.docx")
    assert len(document.tables) == 4
    assert slots(document).items() <= WHOLE.items()


def test_tables_that_are_none_of_the_form_stay_apart():
    rows = "".join(
        f"<w:tr><w:tc><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:tc></w:tr>" for n in "甲乙"
    )
    parts = parts_of(SAMPLE.read_bytes())
    text = (
        parts[MAIN].decode().replace("<w:body>", f"<w:body>{f'<w:tbl>{rows}</w:tbl>{BLANK}' * 2}")
    )
    document = read_here(packed({**parts, MAIN: text.encode()}), "年报.docx")
    others = [t for t in document.tables.values() if isinstance(t, Table) and t.columns == 1]
    assert len(others) == 2
