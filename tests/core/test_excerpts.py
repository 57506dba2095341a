"""What surrounds a cell in the file, from the file's own bytes."""

from core.document import CellRef
from core.excerpts import excerpt_of
from core.readers import read_document
from core.resources import SAMPLE
from core.session import Session, open_session
from tests.documents.pdf_pages import report_pdf
from tests.gui.invented import report

SLOT = "applications.received.natural_person"


def marked(excerpt):
    return [piece.text for row in excerpt.rows for piece in row if piece.marked]


def test_a_word_file_shows_its_own_row():
    session = open_session(SAMPLE)
    ref = session.match.places[SLOT].ref
    excerpt = excerpt_of(session.source, session.data, ref)
    assert excerpt.is_own
    assert marked(excerpt) == [session.text(ref)]
    (row,) = (row for row in excerpt.rows if any(piece.marked for piece in row))
    assert len(row) == len(session.source.tables[ref.table].starting_in(ref.row))


def test_the_texts_are_those_of_the_file_not_of_the_reading():
    session = open_session(SAMPLE)
    ref = session.match.places[SLOT].ref
    other = session.source.with_texts({ref: "999"})
    assert marked(excerpt_of(other, session.data, ref)) == [session.text(ref)]


def test_a_text_file_shows_its_lines_with_the_piece_marked():
    lines = ["一、总体情况", "无。", "四、政府信息公开行政复议、行政诉讼情况"]
    table = report().tables["t4"]
    lines += [
        "\t".join(cell.text.replace("\n", "") for cell in table.starting_in(row))
        for row in range(table.rows)
    ]
    data = "\n".join(lines).encode()
    session = Session(None, data, read_document(data, "报告.txt"))
    place = session.match.places["cases.reconsideration.upheld"]
    excerpt = excerpt_of(session.source, data, place.ref)
    assert not excerpt.is_table
    assert marked(excerpt) == ["0"]
    line = session.source.cell(place.ref).provenance.line
    assert excerpt.place == f"文件第 {line + 1} 行"
    assert any("".join(p.text for p in row) == lines[line] for row in excerpt.rows)


def test_a_pdf_names_the_page_and_the_places():
    data = report_pdf(report())
    session = Session(None, data, read_document(data, "报告.pdf"))
    excerpt = excerpt_of(session.source, data, session.match.places[SLOT].ref)
    assert excerpt.areas
    assert excerpt.place == f"第 {excerpt.areas[0].page + 1} 页"


def test_a_hole_has_no_excerpt():
    session = open_session(SAMPLE)
    assert excerpt_of(session.source, session.data, CellRef("t1", 99, 0)) is None
