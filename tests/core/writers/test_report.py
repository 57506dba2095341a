"""A new Word report says what its source says, and reads back the same."""

import io
import re
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
from core.writers.official_text import heading_in, prose, title
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


def parts_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_page_is_that_of_the_standard(make_report) -> None:
    document = make_report()
    parts = parts_of(new_report(document, match(document)))
    (section,) = re.findall(r"<w:sectPr>.*?</w:sectPr>", parts["word/document.xml"])
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in section
    assert 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"' in section
    assert '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-848"/>' in section
    # 156 mm for 28 characters of 16 pt, each as much closer as the style of the prose says.
    closer = int(looks_of(parts)["Normal"].find(f".//{W}rPr/{W}spacing").get(f"{W}val"))
    assert 28 * (320 + closer) <= 11906 - 1587 - 1474 < 28 * (320 + closer + 1)


def looks_of(parts: dict[str, str]) -> dict[str, etree._Element]:
    styles = etree.fromstring(parts["word/styles.xml"].encode())
    return {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}


def test_styles_are_those_of_the_standard(make_report) -> None:
    document = make_report()
    looks = looks_of(parts_of(new_report(document, match(document))))
    found = {
        name: (
            looks[name].find(f".//{W}rFonts").get(f"{W}eastAsia"),
            int(looks[name].find(f".//{W}sz").get(f"{W}val")) / 2,
        )
        for name in ("Title", "Heading1", "Heading2", "Heading3", "Heading4", "Normal", "TableText")
    }
    assert found == {
        "Title": ("方正小标宋简体", 22),
        "Heading1": ("黑体", 16),
        "Heading2": ("楷体_GB2312", 16),
        "Heading3": ("仿宋_GB2312", 16),
        "Heading4": ("仿宋_GB2312", 16),
        "Normal": ("仿宋_GB2312", 16),
        "TableText": ("仿宋_GB2312", 10.5),
    }
    spacing, indent = (looks["Normal"].find(f"{W}pPr/{W}{name}") for name in ("spacing", "ind"))
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    assert indent.get(f"{W}firstLineChars") == "200"
    latin = {font.get(f"{W}ascii") for font in looks["Normal"].iter(f"{W}rFonts")}
    assert latin == {"Times New Roman"}


def test_missing_fonts_have_others_in_their_place(make_report) -> None:
    document = make_report()
    fonts = etree.fromstring(
        parts_of(new_report(document, match(document)))["word/fontTable.xml"].encode()
    )
    others = {
        font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val").split(",")
        for font in fonts
        if font.find(f"{W}altName") is not None
    }
    assert others["仿宋_GB2312"][:2] == ["仿宋", "FangSong"]
    assert others["楷体_GB2312"][:2] == ["楷体", "KaiTi"]
    assert "方正小标宋简体" in others


def test_pages_are_numbered_outside_right_on_odd_and_left_on_even_ones(make_report) -> None:
    document = make_report()
    parts = parts_of(new_report(document, match(document)))
    targets = dict(
        re.findall(
            r'Id="(\w+)" Type="[^"]*" Target="(\w+\.xml)"', parts["word/_rels/document.xml.rels"]
        )
    )
    footers = dict(
        re.findall(r'<w:footerReference w:type="(\w+)" r:id="(\w+)"/>', parts["word/document.xml"])
    )
    assert "<w:evenAndOddHeaders/>" in parts["word/settings.xml"]
    for kind, side in (("default", "right"), ("even", "left")):
        footer = parts[f"word/{targets[footers[kind]]}"]
        assert "".join(re.findall(r"<w:t[^>]*>([^<]*)", footer)) == "— 1 —"
        assert f'<w:jc w:val="{side}"/>' in footer
        assert f'w:{side}Chars="100"' in footer
        assert footer.count('w:eastAsia="宋体"') == footer.count('<w:sz w:val="28"/>') == 3
        assert '<w:fldSimple w:instr=" PAGE ">' in footer


@pytest.mark.parametrize(
    ("text", "level", "name"),
    [
        ("一、工作开展情况", 1, "一、工作开展情况"),
        ("（一）存在的问题", 2, "（一）存在的问题"),
        ("(二)加强组织领导,健全工作机制", 2, "(二)加强组织领导,健全工作机制"),
        ("1.主动公开", 3, "1.主动公开"),
        ("（1）网站建设", 4, "（1）网站建设"),
        ("（三）政府信息管理。全年更正失效链接26处。", 2, "（三）政府信息管理。"),
        ("（一）平台方面：一是网站，二是新媒体。", 2, "（一）平台方面："),
        ("（四）全年公开信息462条，其中文件30件。", 0, ""),
        ("1.5万元用于培训。", 0, ""),
        ("2024年，我局继续推进公开工作。", 0, ""),
        ("（以下简称《条例》）", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_heading_is_known_by_its_numbering(text: str, level: int, name: str) -> None:
    assert heading_in(text) == (level, len(name))


@given(st.text(max_size=60))
def test_a_paragraph_keeps_its_text_whatever_heading_is_in_it(text: str) -> None:
    markup = prose(f"（一）{text}")
    root = etree.fromstring(f'<a xmlns:w="{W[1:-1]}">{markup}</a>')
    said = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    shown = "".join(said[each.tag] or each.text for each in root.iter() if each.tag in said)
    assert shown == clean(f"（一）{text}")


def test_a_heading_inside_a_paragraph_is_set_apart() -> None:
    assert prose("（一）主动公开。全年公开462条。").count('w:eastAsia="楷体_GB2312"') == 1
    assert 'w:val="Heading2"' in prose("（一）主动公开")
    assert "楷体" not in prose("全年公开462条。")


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("石桥县档案局2024年政府信息公开工作年度报告", 15),  # …公开 / 工作年度报告
        ("石桥县档案局2024年政府信息公开工作报告", None),  # fits
        ("平潭县2024年政府信息公开工作年度报告", None),
        ("2024年石桥县人民政府办公室（挂外事办公室牌子）政府信息公开工作年度报告", None),
    ],
)
def test_a_long_title_breaks_where_its_meaning_does(text: str, characters: int | None) -> None:
    indent = re.search(r'w:left="(\d+)" w:right="(\d+)"', title(text))
    if characters is None:
        assert indent is None
        return
    room = (11906 - 1587 - 1474 - int(indent[1]) - int(indent[2])) / 440
    assert characters < room < characters + 1


def test_headings_stay_with_what_follows_and_groups_of_rows_together(make_report) -> None:
    document = make_report()
    data = new_report(document, match(document))
    looks = looks_of(parts_of(data))
    assert all(
        looks[f"Heading{level}"].find(f".//{W}keepNext") is not None for level in (1, 2, 3, 4)
    )
    disclosure, applications, cases = body_of(data).iter(f"{W}tbl")
    # Each of its blocks stays whole, and so does a small table.
    assert [i for i, keeps in enumerate(kept_rows(disclosure)) if not keeps] == [3, 6, 10, 13]
    assert kept_rows(cases) == [True] * 3 + [False]
    kept = kept_rows(applications)
    # Headers with the first rows, 不予公开 (8 rows), 无法提供 (3), 不予处理 (5), 其他处理 (3)
    # with the last rows.
    groups = [slice(0, 5), slice(7, 14), slice(15, 17), slice(18, 22), slice(23, 27)]
    expected = [any(index in range(28)[group] for group in groups) for index in range(28)]
    assert kept == expected
    # In every cell, because LibreOffice looks at the first one and Word at all of them.
    for row, keeps in zip(applications.iter(f"{W}tr"), kept, strict=True):
        cells = len(list(row.iter(f"{W}tc")))
        assert len(list(row.iter(f"{W}keepNext"))) == (cells if keeps else 0)


@pytest.mark.parametrize(
    ("columns", "digits", "size", "is_across"),
    [
        (10, 6, "TableText", False),
        (15, 4, "TableText", False),
        (15, 5, "TableSmall", False),
        (15, 6, "TableText", True),
        (15, 8, "TableSmall", True),
        (30, 6, "TableSmallest", True),
    ],
)
def test_a_table_is_set_as_large_as_its_numbers_allow(
    columns: int, digits: int, size: str, is_across: bool
) -> None:
    cells = tuple(Cell(row, column, "9" * digits) for row in (0, 1) for column in range(columns))
    table = Table("t1", 2, columns, cells)
    after = Section(2, "二、主动公开政府信息情况", (Paragraph("完。"),))
    document = Document("html", (Section(1, "一、总体情况", (table,)), after))
    body = body_of(new_report(document, NO_MATCH))
    written = body.find(f"{W}tbl")
    assert {style.get(f"{W}val") for style in written.iter(f"{W}pStyle")} == {size}
    turned = [size.get(f"{W}orient") for size in body.iter(f"{W}pgSz")]
    # The heading goes with the table, and what follows is upright again.
    assert turned == (["landscape", None] if is_across else [None])
    assert [part.heading for part in read_back(document).sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
    ]


def kept_rows(table: etree._Element) -> list[bool]:
    """Return of each row whether it stays on one page with the next one."""
    return [row.find(f".//{W}keepNext") is not None for row in table.iter(f"{W}tr")]
