"""A new Word report says what its source says, and reads back the same."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.document import Cell, CellRef, Document, Paragraph, Section, Table, fold
from core.errors import SaveError
from core.forms.alignment import ReportMatch
from core.forms.match import match
from core.readers.docx import read_docx
from core.readers.grid import Grid
from core.writers.report import new_report
from core.writers.texts import clean

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NO_MATCH = ReportMatch(None, {})
HEADINGS = ("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况")


def body_of(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def read_back(document: Document) -> Document:
    return read_docx(new_report(document, match(document)), "新.docx")


# A sentence is no heading and no title, whatever stands in it.
SENTENCES = st.text(st.characters(), max_size=30).map(lambda text: f"{text}甲。")


@st.composite
def tables(draw: st.DrawFn) -> Table:
    grid = Grid()
    for _ in range(draw(st.integers(1, 5))):
        grid.start_row(draw(st.sampled_from([0, 0, 0, 1])))
        for _ in range(draw(st.integers(1, 4))):
            text = clean(draw(st.text(st.characters(), max_size=8)))
            grid.place(text, draw(st.integers(1, 3)), draw(st.integers(1, 3)))
    return grid.table()


@st.composite
def documents(draw: st.DrawFn) -> Document:
    sections, number = [], 0
    for index, heading in enumerate(("", *HEADINGS)):
        blocks: list[Paragraph | Table] = []
        for block in draw(st.lists(st.one_of(SENTENCES, tables()), max_size=3)):
            if isinstance(block, Table):
                number += 1
                block = Table(f"t{number}", block.rows, block.columns, block.cells)
            blocks.append(Paragraph(block) if isinstance(block, str) else block)
        if heading or blocks:
            sections.append(Section(index, heading, tuple(blocks)))
    return Document("text", tuple(sections))


@settings(deadline=None, max_examples=60)
@given(documents())
def test_a_report_reads_back_with_the_same_prose_and_tables(document: Document) -> None:
    found = read_docx(new_report(document, NO_MATCH), "新.docx")
    assert [(part.number, part.heading) for part in found.sections] == [
        (part.number, part.heading) for part in document.sections
    ]
    for part, source in zip(found.sections, document.sections, strict=True):
        assert kinds(part) == kinds(source)
        assert [p.text for p in part.paragraphs] == [clean(p.text) for p in source.paragraphs]
        for table, original in zip(part.tables, source.tables, strict=True):
            assert_alike(table, original)


def kinds(section: Section) -> list[type]:
    return [type(block) for block in section.blocks]


def assert_alike(table: Table, original: Table) -> None:
    shapes, originals = shapes_of(table), shapes_of(original)
    assert originals <= shapes
    # Word knows no hole between two cells, so there an empty cell stands in for it.
    for row, column, text, *_ in shapes - originals:
        assert text == ""
        assert original.at(row, column) is None


def shapes_of(table: Table) -> set[tuple[int, int, str, int, int]]:
    return {(c.row, c.column, c.text, c.row_span, c.column_span) for c in table.cells}


@settings(deadline=None, max_examples=30)
@given(st.dictionaries(st.tuples(st.integers(3, 27), st.integers(3, 9)), st.text(max_size=6)))
def test_the_form_reads_back_with_the_same_slots(make_report, texts) -> None:
    document: Document = make_report().with_texts(
        {CellRef("t2", *place): fold(clean(text)) for place, text in texts.items()}
    )
    found = read_back(document)
    assert slots_of(found) == slots_of(document)


def slots_of(document: Document) -> dict[str, str]:
    places = match(document).places
    return {slot: cell.text for slot, p in places.items() if (cell := document.cell(p.ref))}


def test_title_agency_and_year_come_through(make_report) -> None:
    found = read_back(make_report())
    assert (found.title, found.agency, found.year) == (
        "石桥县档案局2024年政府信息公开工作年度报告",
        "石桥县档案局",
        2024,
    )


def test_a_title_that_is_not_in_the_prose_is_written_once(make_report) -> None:
    source: Document = make_report()
    bare = Document("html", source.sections[1:], source.title)
    found = read_back(bare)
    assert found.title == source.title
    assert [p.text for p in found.sections[0].paragraphs] == [source.title]


def test_a_missing_cell_at_the_end_of_a_row_stays_missing(make_report) -> None:
    document = make_report(without=frozenset({"applications.refused_internal_affairs.total"}))
    found = read_back(document)
    assert found.tables["t2"].at(11, 9) is None
    assert slots_of(found) == slots_of(document)


@pytest.mark.parametrize("number", ["0", ""])
def test_header_rows_are_repeated_and_no_row_breaks(make_report, number: str) -> None:
    document = make_report(default=number)
    disclosure, applications, cases = body_of(new_report(document, match(document))).iter(f"{W}tbl")
    assert repeated(applications) == [0, 1, 2]
    assert repeated(cases) == [0, 1, 2]
    # Its headers stand over each block, so none of them may stand over all.
    assert repeated(disclosure) == []
    rows = list(applications.iter(f"{W}tr"))
    assert len(list(applications.iter(f"{W}cantSplit"))) == len(rows)


def repeated(table: etree._Element) -> list[int]:
    return [
        i for i, row in enumerate(table.iter(f"{W}tr")) if row.find(f".//{W}tblHeader") is not None
    ]


def test_tables_do_not_touch(make_report) -> None:
    table = Table("t4", 1, 1, (Cell(0, 0, "甲"),))
    document = make_report(extra=(table, Table("t5", 1, 1, (Cell(0, 0, "乙"),))))
    assert len(read_back(document).tables) == 5


def test_nobody_is_named_but_the_agency_and_the_same_report_gives_the_same_bytes(
    make_report,
) -> None:
    document = make_report()
    data = new_report(document, match(document))
    assert data == new_report(document, match(document))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "石桥县档案局</dc:creator>" in archive.read("docProps/core.xml").decode()
        assert b"python-docx" not in b"".join(archive.read(name) for name in archive.namelist())
        assert not [name for name in archive.namelist() if name.endswith(".jpeg")]


def test_a_table_too_wide_for_word_is_refused() -> None:
    table = Table("t1", 1, 64, tuple(Cell(0, column, "1") for column in range(64)))
    with pytest.raises(SaveError, match="64 列"):
        new_report(Document("html", (Section(1, "一、总体情况", (table,)),)), NO_MATCH)
