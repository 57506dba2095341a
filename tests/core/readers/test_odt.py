"""OpenDocument texts: what a word processor shows, in its order."""

from __future__ import annotations

import pytest

from core.document import Document
from core.errors import UnreadableFileError
from core.readers import read_document
from core.readers.docx import REVISED
from tests.documents.word_package import package

NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
STYLES = "".join(
    f"<style:style style:name='{name}'><style:{kind}-properties {said}/></style:style>"
    for name, kind, said in (
        ("gone", "text", "text:display='none'"),
        ("up", "text", "style:text-position='super 58%'"),
        ("down", "text", "style:text-position='-33% 58%'"),
        ("wide", "table-column", "style:column-width='2.5cm'"),
        ("thin", "table-column", "style:column-width='0.002cm'"),
    )
)


def content(body: str) -> bytes:
    return (
        f"<office:document-content {NAMESPACES}><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    ).encode()


def odt(body: str, **parts: bytes) -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    return package({"mimetype": kind, "content.xml": content(body)} | parts)


def tbl(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def tr(*cells: str, repeated: int = 1) -> str:
    tag = f"<table:table-row table:number-rows-repeated='{repeated}'>"
    return f"{tag}{''.join(cells)}</table:table-row>"


def tc(said: str = "", repeated: int = 1, spans: tuple[int, int] = (1, 1)) -> str:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in said.split("\n"))
    numbers = f"table:number-columns-repeated='{repeated}' table:number-rows-spanned='{spans[0]}'"
    return (
        f"<table:table-cell {numbers} table:number-columns-spanned='{spans[1]}'>{paragraphs}"
        "</table:table-cell>"
    )


def columns(*styles: str) -> str:
    return "".join(f"<table:table-column table:style-name='{style}'/>" for style in styles)


COVERED = "<table:covered-table-cell/>"


def read(body: str) -> Document:
    return read_document(odt(body), "年报.odt")


def prose(document: Document) -> list[str]:
    return [block.text for section in document.sections for block in section.paragraphs]


def grid(document: Document) -> list[tuple[int, int, int, int, str]]:
    (table,) = document.tables.values()
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("  甲 \n 乙  ", "甲 乙"),
        ("甲<text:s text:c='3'/>乙", "甲   乙"),
        ("甲<text:tab/>乙<text:line-break/> 丙", "甲\t乙\n丙"),
        ("共<text:span>12</text:span>件<text:a>网</text:a>", "共12件网"),
        ("12<text:span text:style-name='up'>1</text:span>件", "12¹件"),
        ("H<text:span text:style-name='down'>2</text:span>O", "H₂O"),
        ("3<text:span text:style-name='gone'>9</text:span>件", "3件"),
        ("3<text:note><text:note-body><text:p>注</text:p></text:note-body></text:note>件", "3件"),
        ("3<office:annotation><text:p>批注</text:p></office:annotation>件", "3件"),
        ("3<text:change-start/>4<text:change-end/>件", "34件"),
        (
            "<text:ruby><text:ruby-base>汉</text:ruby-base><text:ruby-text>han</text:ruby-text></text:ruby>",
            "汉",
        ),
        ("一<!-- c -->二", "一二"),
    ],
)
def test_what_a_paragraph_shows(markup: str, shown: str):
    assert prose(read(f"<text:p>{markup}</text:p>")) == [shown]


def test_sections_lists_headings_and_boxes_stand_in_their_order():
    document = read(
        "<text:h>一、总体情况</text:h><text:list><text:list-item><text:p>甲</text:p></text:list-item>"
        "</text:list><text:section><text:p>乙<draw:frame><draw:text-box><text:p>框</text:p>"
        "</draw:text-box></draw:frame></text:p></text:section><text:p>丙</text:p>"
    )
    assert document.sections[0].heading == "一、总体情况"
    assert prose(document) == ["甲", "乙", "框", "丙"]
    assert document.format == "odt"


def test_spans_repeated_cells_and_header_rows():
    header = tr(tc("项", spans=(2, 1)), tc("数\n量", spans=(1, 2)), COVERED)
    rows = f"<table:table-header-rows>{header}</table:table-header-rows>"
    document = read(tbl(columns("wide", "wide", "wide"), rows, tr(COVERED, tc("007", 2))))
    assert grid(document) == [
        (0, 0, 2, 1, "项"),
        (0, 1, 1, 2, "数\n量"),
        (1, 1, 1, 1, "007"),
        (1, 2, 1, 1, "007"),
    ]


def test_a_sliver_is_no_column():
    document = read(
        tbl(
            columns("wide", "thin", "wide"),
            tr(tc("1"), tc("2", spans=(1, 2)), COVERED),
            tr(tc("3", spans=(1, 2)), COVERED, tc("4")),
        )
    )
    cells = [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 0, 1, 1, "3"), (1, 1, 1, 1, "4")]
    assert grid(document) == cells


def test_a_table_in_a_cell_is_one_of_its_own():
    inner = tbl(tr(tc("里")))
    document = read(tbl(tr(tc("外").replace("</table:table-cell>", f"{inner}</table:table-cell>"))))
    assert [[c.text for c in table.cells] for table in document.tables.values()] == [["外"], ["里"]]


def test_hidden_text_and_revisions_are_told():
    document = read(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>新</text:p>"
        "<text:p text:style-name='gone'>藏</text:p>"
    )
    assert prose(document) == ["新"]
    assert REVISED in document.notices
    assert any("隐藏" in notice for notice in document.notices)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "电子表格"),
        ({"META-INF/manifest.xml": b"<a><manifest:encryption-data/></a>"}, "已加密"),
        ({"content.xml": b"<!DOCTYPE x><office/>"}, "DTD"),
        ({"styles.xml": b"<!DOCTYPE x><office/>"}, "DTD"),
        ({"content.xml": b"<a><b></a>"}, "损坏"),
        ({"content.xml": b"<a/>"}, "没有正文"),
    ],
)
def test_what_is_no_text_is_refused(parts: dict[str, bytes], said: str):
    with pytest.raises(UnreadableFileError, match=said) as error:
        read_document(odt("<text:p>甲</text:p>", **parts), "年报.odt")
    assert "原文件没有改动" in str(error.value)


def nested(depth: int) -> str:
    markup = ""
    for _ in range(depth):
        markup = tbl(tr(tc().replace("</table:table-cell>", f"{markup}</table:table-cell>")))
    return markup


@pytest.mark.parametrize(
    "markup",
    [
        tbl(tr(tc(), repeated=9_999_999)),
        tbl(tr(tc(repeated=16_384))),
        tbl(tr(tc(repeated=150), repeated=4_000), tr(tc(repeated=150), repeated=4_000)),
        nested(10),
    ],
)
def test_absurd_tables_are_refused(markup: str):
    with pytest.raises(UnreadableFileError):
        read(markup)


def test_absurd_numbers_of_spaces_and_spans_are_bounded():
    spaces = "<text:p>甲<text:s text:c='999999999'/>乙</text:p>"
    document = read(spaces + tbl(tr(tc("1", spans=(99_999, 9_999)))))
    assert len(prose(document)[0]) < 2_000
    ((_, _, rows, width, said),) = grid(document)
    assert (rows, said) == (1, "1")
    assert width <= 100
