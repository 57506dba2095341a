"""Rows and cells put into a Word file: like their neighbours, and nothing else is touched."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from core.document import CellRef
from core.edits import CellInsertion, Edit, LabelEdit, RowInsertion
from core.errors import SaveError
from core.export import word_bytes
from core.forms.loader import load_form
from core.readers.docx import REVISED, read_docx
from core.reasons import Style
from core.session import Session
from core.word.names import attribute, name_of
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.revisions import accepted, by, parts_of, rejected
from tests.documents.word_package import (
    STRICT,
    TRANSITIONAL,
    document_xml,
    package,
    paragraph,
    run,
    table,
    word_file,
)

MAIN = "word/document.xml"
TYPE = "application/vnd.openxmlformats-"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{TYPE}package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml"'
    f' ContentType="{TYPE}officedocument.wordprocessingml.document.main+xml"/></Types>'
)
OTHERS = 'w:author="科长" w:date="2025-01-01T00:00:00Z"'
OURS = Style(Mode.TRACKED, "经办", datetime(2025, 1, 31, 9, 30))
BOLD = '<w:b/><w:sz w:val="21"/>'
WIDTH = 900
ROWS = {
    "alone": ["disclosure.regulations"],
    "first": ["applications.refused_state_secret"],
    "middle": ["applications.rejected_repeat"],
    "last": ["applications.other_reason"],
    "all_but_one": ["applications.other_not_corrected", "applications.other_fee_unpaid"],
    "under_no_group": ["applications.handled", "applications.carried_out"],
    "top": ["applications.received", "applications.disclosed"],
}
MODES = list(Mode)


class Messy:
    """Writes the form's tables as people leave them: ids, controls, revisions, header marks."""

    def __init__(self, lost=(), short=()) -> None:
        self.lost, self.short, self.number = set(lost), set(short), 100

    def tables(self) -> str:
        forms = load_form("2021").tables
        names = {
            "二、主动公开政府信息情况": "disclosure",
            "三、收到和处理政府信息公开申请情况": "applications",
        }
        return "".join(paragraph(head) + self.table(forms[name]) for head, name in names.items())

    def table(self, form) -> str:
        lost = {c.row for slot, c in form.slots.items() if slot.rpartition(".")[0] in self.lost}
        kept = [row for row in range(form.rows) if row not in lost]
        return table(*(self.row(form, row, kept) for row in kept), widths=[WIDTH] * form.columns)

    def row(self, form, row, kept) -> str:
        cells = ""
        for cell in sorted(form.cells, key=lambda c: c.column):
            rows = [r for r in kept if cell.covers_row(r)]
            if row not in rows or (cell.slot in self.short):
                continue
            cells += self.cell(cell, rows, row)
        marks = f'<w:cantSplit/><w:trHeight w:val="{400 + row}"/><w:tblHeader/>'
        after = '<w:gridAfter w:val="1"/>' if self.is_short(form, row) else ""
        # Rejecting these takes the whole table away, and nothing of the other one.
        change = f'<w:ins w:id="{self.next}" {OTHERS}/>' if form.name == "disclosure" else ""
        space = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ids = f'{space} w:rsidR="{self.next:08X}" w14:paraId="{self.next:08X}"'
        return f"<w:tr {ids}><w:trPr>{after}{marks}{change}</w:trPr>{cells}</w:tr>"

    def is_short(self, form, row) -> bool:
        return any(form.slots[s].row == row for s in self.short if s in form.slots)

    def cell(self, cell, rows, row) -> str:
        merge = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
        if len(rows) > 1:
            merge += '<w:vMerge w:val="restart"/>' if row == rows[0] else "<w:vMerge/>"
        width = WIDTH * cell.column_span
        look = f'<w:tcW w:w="{width}" w:type="dxa"/>{merge}'
        old = f'<w:tcPrChange w:id="{self.next}" {OTHERS}><w:tcPr>{look}</w:tcPr></w:tcPrChange>'
        look += f'<w:vAlign w:val="center"/>{old}'
        text = "" if row != rows[0] else "7" if cell.slot else cell.text.replace("\n", "")
        return f"<w:tc><w:tcPr>{look}</w:tcPr>{self.content(text, cell.slot)}</w:tc>"

    def content(self, text, slot) -> str:
        look = f'<w:numPr><w:numId w:val="{0}"/></w:numPr><w:jc w:val="center"/>'
        mark = f'<w:rPr><w:ins w:id="{self.next}" {OTHERS}/></w:rPr>'
        begin = f"<w:p w:rsidR='1'><w:pPr>{look}{mark}</w:pPr>"
        if not text:
            return f"{begin}</w:p>"
        if slot:
            control = f'<w:sdt><w:sdtPr><w:id w:val="{self.next}"/></w:sdtPr><w:sdtContent>'
            content = f"{control}{run(text, BOLD)}</w:sdtContent></w:sdt>"
            gone = "<w:r><w:delText>6</w:delText></w:r>"
            return f"{begin}<w:del w:id='{self.next}' {OTHERS}>{gone}</w:del>{content}</w:p>"
        start, end = self.next, self.number
        mark = f'<w:bookmarkStart w:id="{start}" w:name="b{start}"/>'
        return f'{begin}{mark}{run(text, "<w:b/>")}<w:bookmarkEnd w:id="{end}"/></w:p>'

    @property
    def next(self) -> int:
        self.number += 1
        return self.number


def file_of(lost=(), short=(), change=lambda xml: xml, wrap=lambda tables: tables) -> bytes:
    title = paragraph("云溪市人民政府2022年政府信息公开工作年度报告")
    body = title + wrap(Messy(lost, short).tables()) + paragraph("五、存在的主要问题")
    made = word_file(change(document_xml(body)))
    return package({**parts_of(made), "[Content_Types].xml": TYPES.encode()})


def opened(data: bytes) -> Session:
    return Session(Path("年报.docx"), data, read_docx(data, "年报.docx"))


def put_in(session: Session) -> None:
    """Put in all that is missing, and write a number into each new cell."""
    for name, found in session.match.tables.items():
        for row in found.missing_rows:
            session.apply(RowInsertion(found.table_id, f"{name}.{row}"))
    for place in list(session.match.places.values()):
        if place.hole:
            session.apply(CellInsertion(place.ref))
    for number, ref in enumerate(new_cells(session)):
        session.apply(Edit(ref, "", str(10 + number)))


def new_cells(session: Session) -> list[CellRef]:
    changes = session.restructuring
    refs = [place.ref for place in session.match.places.values()]
    return [r for r in refs if changes.source_ref(r) is None or changes.cell(r)]


def written(session: Session, mode: Mode) -> bytes:
    style = Style(mode, OURS.author, OURS.date)
    return word_bytes(session, session.check(), style)


def said(data: bytes) -> list[object]:
    document = read_docx(data, "年报.docx")
    return [
        [(c.row, c.column, c.row_span, c.column_span, c.text) for c in made.cells]
        for made in document.tables.values()
    ]


def root_of(data: bytes) -> etree._Element:
    return etree.fromstring(parts_of(data)[MAIN])


def element_of(data: bytes, ref: CellRef) -> etree._Element:
    """The w:tc that begins where the reader found a cell."""
    place = read_docx(data, "").cell(ref).provenance
    before = parts_of(data)[MAIN][: place.start].decode()
    return list(root_of(data).iter("{*}tc"))[before.count("<w:tc>")]


@pytest.mark.parametrize("lost", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("mode", MODES)
def test_a_row_is_there_in_every_mode(lost, mode):
    data = file_of(lost)
    session = opened(data)
    put_in(session)
    result = written(session, mode)
    again = opened(result)
    assert again.document.tables.keys() == session.document.tables.keys()
    assert {s: again.text(p.ref) for s, p in again.match.places.items()} == {
        s: session.text(p.ref) for s, p in session.match.places.items()
    }
    assert not any(table.missing_rows for table in again.match.tables.values())
    rows = [cell.text for cell in again.document.tables["t2"].cells if cell.row_span > 1]
    assert rows == [c.text for c in opened(file_of()).document.tables["t2"].cells if c.row_span > 1]


@pytest.mark.parametrize("lost", ROWS.values(), ids=ROWS)
def test_accepting_gives_the_clean_file_and_rejecting_the_source(lost):
    data = file_of(lost, ["applications.refused_process.total"])
    session = opened(data)
    put_in(session)
    tracked, clean = written(session, Mode.TRACKED), written(session, Mode.CLEAN)
    assert said(accepted(tracked)) == said(accepted(clean)) == said(tracked) == said(clean)
    assert said(accepted(tracked, by("经办"))) == said(clean)
    assert said(rejected(tracked)) == said(rejected(data))
    if lost != ROWS["all_but_one"]:
        # There the format of the merged cell is under somebody else's revision already.
        assert said(rejected(tracked, by("经办"))) == said(data)
    row = attribute_of_first(tracked, "trPr")
    assert row == {("ins", "经办", "2025-01-31T09:30:00Z")}
    assert attribute_of_first(tracked, "tcPr") >= {("cellIns", "经办", "2025-01-31T09:30:00Z")}


def plain(xml):
    return re.sub(rb"<w:tcPrChange.*?</w:tcPrChange>", b"", xml)


def bare(xml):
    """Take the whole format from cells that are neither wide nor merged."""
    said_of_it = rb'<w:tcPr><w:tcW [^>]*/><w:vAlign w:val="center"/></w:tcPr>'
    found, count = re.subn(said_of_it, b"", plain(xml))
    assert count
    return found


@pytest.mark.parametrize("change", [plain, bare])
@pytest.mark.parametrize("lost", ROWS.values(), ids=ROWS)
def test_rejecting_ours_leaves_no_merged_cell_without_its_begin(lost, change):
    data = file_of(lost, (), change)
    session = opened(data)
    put_in(session)
    assert said(rejected(written(session, Mode.TRACKED), by("经办"))) == said(data)


@pytest.mark.parametrize("lost", ROWS.values(), ids=ROWS)
def test_rejecting_ours_brings_back_what_else_was_said_of_rows_and_cells(lost):
    own = b'<x:own xmlns:x="urn:own" x:said="1"/>'

    def more(xml):
        xml = plain(xml).replace(b"</w:tcPr>", own + b"</w:tcPr>")
        return xml.replace(b"<w:trPr>", b'<w:trPr><w:divId w:val="7"/>')

    data = file_of(lost, ["applications.refused_process.total"], more)
    session = opened(data)
    put_in(session)
    back = parts_of(rejected(written(session, Mode.TRACKED), by("经办")))[MAIN]
    for each in (b"<w:tblHeader", b"<w:divId", b"said="):
        assert back.count(each) == parts_of(data)[MAIN].count(each) > 0


RELABELLED = {
    "of a group that begins with a new row": ("applications.refused_state_secret", 1),
    "of the new row": ("applications.rejected_repeat", 2),
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("case", RELABELLED.values(), ids=RELABELLED)
def test_a_label_of_a_new_row_can_be_worded_otherwise(case, mode):
    row, column = case
    data = file_of([row])
    session = opened(data)
    put_in(session)
    place = session.match.places[f"{row}.natural_person"].ref
    label = session.document.tables["t2"].at(place.row, column)
    ref = CellRef("t2", label.row, label.column)
    assert session.is_label(ref)
    session.apply(LabelEdit(ref, label.text, f"{label.text}（一）"))
    result = written(session, mode)
    assert read_docx(result, "").cell(ref).text == f"{label.text}（一）"
    if mode is Mode.TRACKED:
        assert said(rejected(result, by("经办"))) == said(data)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("lost", ROWS.values(), ids=ROWS)
def test_what_else_is_said_of_a_merged_cell_stays(lost, mode):
    others = (
        f'<w:cellMerge w:id="9000" {OTHERS} w:vMerge="rest"/>'.encode(),
        b'<x:own xmlns:x="urn:own" x:said="1"/>',
    )

    def more(xml):
        return xml.replace(b"<w:tcPrChange", others[0] + b"<w:tcPrChange").replace(
            b"</w:tcPrChange>", b"</w:tcPrChange>" + others[1]
        )

    data = file_of(lost, (), more)
    session = opened(data)
    put_in(session)
    source, result = parts_of(data)[MAIN], parts_of(written(session, mode))[MAIN]
    for said_of_it in others:
        assert result.count(said_of_it) == source.count(said_of_it) > 0


def attribute_of_first(data, holder):
    return {
        (name_of(each), attribute(each, "author"), attribute(each, "date"))
        for each in root_of(data).iter("{*}ins", "{*}cellIns")
        if name_of(each.getparent()) == holder and attribute(each, "author") == "经办"
    }


@pytest.mark.parametrize("mode", MODES)
def test_nothing_is_copied_that_belongs_to_the_neighbour(mode):
    lost = [row for rows in ROWS.values() for row in rows if row not in ROWS["last"]]
    data = file_of(lost, ["applications.refused_process.total"])
    session = opened(data)
    put_in(session)
    result = root_of(written(session, mode))
    # What a row said before is kept beside what it says now.
    etree.strip_elements(result, "{*}trPrChange")
    for names in ({"bookmarkStart"}, {"sdt"}, {"tblHeader"}, {"numPr"}):
        wanted = sum(name_of(each) in names for each in root_of(data).iter("*"))
        assert sum(name_of(each) in names for each in result.iter("*")) == wanted
    found = [e for e in result.iter("*") if attribute(e, "author") is not None]
    ids = Counter(attribute(e, "id") for e in found if name_of(e) != "comment")
    assert set(ids.values()) == {1}
    theirs = [e for e in found if attribute(e, "author") == "科长"]
    source = [e for e in root_of(data).iter("*") if attribute(e, "author") == "科长"]
    assert len(theirs) == len(source)
    own = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
    marks = [e.get(own) for e in result.iter() if e.get(own)]
    assert len(marks) == len(set(marks)) == sum(bool(e.get(own)) for e in root_of(data).iter())


@pytest.mark.parametrize("name", ["alone", "middle", "last", "under_no_group"])
def test_every_byte_of_the_source_stays_in_the_clean_file(name):
    data = file_of(ROWS[name])
    session = opened(data)
    put_in(session)
    result = written(session, Mode.CLEAN)
    before, after = parts_of(data), parts_of(result)
    assert {k: v for k, v in after.items() if k != MAIN} == {
        k: v for k, v in before.items() if k != MAIN
    }
    # All rows of the source have attributes; new ones have no ids and so none.
    rows = re.findall(b"<w:tr>.*?</w:tr>", after[MAIN])
    assert len(rows) == len(ROWS[name])
    assert re.sub(b"<w:tr>.*?</w:tr>", b"", after[MAIN]) == before[MAIN]


def test_a_cell_is_all_that_changes_but_for_the_gap_that_it_fills():
    slot = "applications.refused_process.total"
    data = file_of((), [slot])
    session = opened(data)
    ref = session.match.places[slot].ref
    session.apply(CellInsertion(ref))
    old, new = parts_of(data)[MAIN], parts_of(written(session, Mode.CLEAN))[MAIN]
    assert old.count(b"<w:gridAfter") == 1
    old = old.replace(b'<w:gridAfter w:val="1"/>', b"")
    cell = etree.tostring(element_of(package({MAIN: new, **rest(data)}), ref))
    assert len(new) > len(old)
    head = next(i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    grown = len(new) - len(old)
    assert new[:head] + new[head + grown :] == old
    assert b"vMerge" not in cell
    assert b'w:w="900"' in cell


def rest(data):
    return {name: content for name, content in parts_of(data).items() if name != MAIN}


def test_a_new_row_looks_like_its_neighbour():
    data = file_of(["applications.rejected_repeat"])
    session = opened(data)
    put_in(session)
    result = written(session, Mode.CLEAN)
    new = session.match.places["applications.rejected_repeat.natural_person"].ref
    (like,) = [CellRef("t2", new.row - 1, new.column)]
    made, model = element_of(result, new), element_of(result, like)
    for name in ("tcW", "vAlign", "jc", "b", "sz"):
        found = [[dict(e.attrib) for e in each.iter(f"{{*}}{name}")][:1] for each in (made, model)]
        assert found[0] == found[1]
    heights = [each.getparent().find("{*}trPr/{*}trHeight") for each in (made, model)]
    assert heights[0].attrib == heights[1].attrib
    blank = opened(data)
    blank.apply(RowInsertion("t2", "applications.rejected_repeat"))
    mark = element_of(written(blank, Mode.CLEAN), new).find("{*}p/{*}pPr/{*}rPr")
    assert {name_of(each) for each in mark} == {"b", "sz"}


def in_a_control(tables: str) -> str:
    """Put each row of a table into a content control of its own, and all of them into another."""
    begin, end = "<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"
    return tables.replace("<w:tr ", f"{begin}<w:tr ").replace("</w:tr>", f"</w:tr>{end}")


def other_prefix(xml: bytes) -> bytes:
    return (
        xml.replace(b"<w:", b"<x:")
        .replace(b"</w:", b"</x:")
        .replace(b" w:", b" x:")
        .replace(b"xmlns:w=", b"xmlns:x=")
    )


def utf_16(xml: bytes) -> bytes:
    return xml.decode().replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16")


def strict(xml: bytes) -> bytes:
    return xml.replace(TRANSITIONAL.encode(), STRICT.encode())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("change", [other_prefix, utf_16, strict])
def test_other_prefixes_encodings_and_namespaces(change, mode):
    lost = ["disclosure.regulations", *ROWS["first"], *ROWS["last"]]
    data = file_of(lost, ["applications.refused_process.total"], change)
    session = opened(data)
    put_in(session)
    again = opened(written(session, mode))
    assert len(again.match.places) == len(opened(file_of()).match.places)


@pytest.mark.parametrize("mode", MODES)
def test_a_row_comes_outside_the_content_control_of_its_neighbour(mode):
    data = file_of(["disclosure.regulations", *ROWS["first"]], (), wrap=in_a_control)
    session = opened(data)
    put_in(session)
    result = root_of(written(session, mode))
    inside = [len(each.findall("{*}tr")) for each in result.iter("{*}sdtContent")]
    assert max(inside) == 1
    outside = [each for each in result.iter("{*}tr") if name_of(each.getparent()) == "tbl"]
    assert len(outside) == 2


def test_the_reader_counts_an_inserted_row_and_cell_and_says_so():
    data = file_of(["disclosure.regulations"], ["applications.refused_process.total"])
    session = opened(data)
    put_in(session)
    again = opened(written(session, Mode.TRACKED))
    assert again.context().value("disclosure.regulations.issued").text == "10"
    assert REVISED in again.document.notices


def test_a_remark_stands_beside_a_row_and_at_a_cell():
    data = file_of(["disclosure.regulations"], ["applications.refused_process.total"])
    session = opened(data)
    put_in(session)
    result = written(session, Mode.TRACKED)
    comments = parts_of(result)["word/comments.xml"].decode()
    assert "缺少“规章”一行" in comments
    assert "缺少“总计”1 格" in comments
    for reference in root_of(result).iter("{*}commentReference"):
        row = next(e for e in reference.iterancestors() if name_of(e) == "tr")
        marks = row.findall("{*}trPr/{*}ins")
        assert not any(attribute(mark, "author") == "经办" for mark in marks)


def test_highlighted_cells_have_a_ground():
    data = file_of(["disclosure.regulations"], ["applications.refused_process.total"])
    session = opened(data)
    put_in(session)
    result = written(session, Mode.HIGHLIGHTED)
    for ref in new_cells(session):
        assert element_of(result, ref).find("{*}tcPr/{*}shd") is not None
    assert len(list(root_of(result).iter("{*}shd"))) == len(new_cells(session)) + 1


def test_a_file_in_which_a_row_cannot_be_found_is_not_written():
    data, other = file_of(["disclosure.regulations"]), file_of()
    session = opened(data)
    put_in(session)
    made = (session.source, session.edits, Marking(), session.rewording, session.restructuring)
    with pytest.raises(SaveError):
        corrected_docx(other, *made)
