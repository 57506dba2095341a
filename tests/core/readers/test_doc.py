"""Binary Word files: what Word shows of their prose, and what is refused with a sentence."""

from __future__ import annotations

import struct

import pytest

from core.document import Document
from core.errors import Cancelled, UnreadableFileError
from core.readers import read_here
from core.readers.doc import read_doc
from core.readers.docx import HIDDEN, REVISED
from tests.documents.binary_builder import (
    DELETED,
    ENCRYPTED,
    FAST_SAVED,
    INSERTED,
    OBFUSCATED,
    RAISED,
    TABLE_1,
    Par,
    Parts,
    binary_word,
    prl,
    row,
    sheet,
    style,
)
from tests.documents.binary_builder import (
    HIDDEN as VANISH,
)
from tests.documents.binary_word import FOLDER, PIECES, REPORT
from tests.documents.compound import compound

SYMBOL = struct.pack("<HHH", 0x6A09, 0, 0xF0FE)


def read(*paragraphs: Par, parts: Parts | None = None) -> Document:
    return read_doc(binary_word(paragraphs, parts), "年报.doc")


def prose(document: Document) -> list[str]:
    return [paragraph.text for part in document.sections for paragraph in part.paragraphs]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_doc(data, "年报.doc")
    sentence = str(error.value)
    assert sentence.endswith("。")
    assert "没有改动" in sentence
    return sentence


def test_a_file_that_another_program_made():
    document = read_here((FOLDER / PIECES).read_bytes(), "年报.wps")
    assert document.format == "doc"
    assert (document.title, document.year) == ("云溪市水务局2024年政府信息公开工作年度报告", 2024)
    assert document.sections[1].heading == "一、总体情况"
    assert prose(document)[1:] == [
        "全年收到申请15件。",
        "第一行\n第二行\t表",
        "见网站公告。",
        "公开条。",
        "共12¹条，H",
        "₂O，注³",
        "A-B",
        "选\uf0fe是",
        "上半句下半句。𠮷",
        "甲",
        "乙",
        "表后。",
        "完。",
    ]
    assert document.notices == (HIDDEN, REVISED)


def test_its_tables():
    first, outer, inner = read_here((FOLDER / PIECES).read_bytes(), "x").tables.values()
    assert [(c.row, c.column, c.text, c.row_span, c.column_span) for c in first.cells] == [
        (0, 0, "项目", 2, 1),
        (0, 1, "数量", 1, 2),
        (1, 1, "一季", 1, 1),
        (1, 2, "二季", 1, 1),
        (2, 0, "甲", 1, 1),
        (2, 1, "1145", 1, 1),
        (2, 2, "0", 1, 1),
        (3, 0, "乙", 1, 1),
        (3, 1, "3\n5", 1, 2),
    ]
    assert [cell.text for cell in outer.cells] == ["前\n后", "右"]
    assert [cell.text for cell in inner.cells] == ["里", "7", "外", "6"]


def test_a_whole_report():
    document = read_here((FOLDER / REPORT).read_bytes(), "x")
    assert [part.number for part in document.sections] == [0, 1, 2, 3, 4, 5, 6]
    assert [(t.rows, t.columns) for t in document.tables.values()] == [(14, 4), (28, 10), (4, 15)]
    assert document.notices == ()


def test_revisions_hidden_text_raised_digits_and_symbols():
    document = read(
        Par([("共", b""), ("12", DELETED), ("15", INSERTED), ("件", b"")]),
        Par([("见", b""), ("99", VANISH), ("条12", b""), ("3", RAISED)]),
        Par([("选", b""), ("((", SYMBOL), ("(", b"")]),
    )
    assert prose(document) == ["共15件", "见条12³", "选\uf0fe\uf0fe("]
    assert document.notices == (HIDDEN, REVISED)


def test_a_switch_may_say_that_it_is_not_as_the_style_says():
    marked = prl(0x0800, 0x81)
    assert prose(read(Par([("1", marked), ("2", b"")]))) == ["2"]


def test_a_paragraph_without_end_runs_on():
    document = read(Par("甲", end_look=DELETED), Par("乙"), Par("丙", end_look=DELETED))
    assert prose(document) == ["甲乙", "丙"]


def test_fields_show_their_result():
    document = read(
        Par("见\x13HYPERLINK 1\x14网站\x15。"),
        Par("\x13TOC 2\x14目录"),
        Par("\x15完\x13SEQ 3\x15"),
        Par("\x13IF \x13PAGE\x145\x15\x14甲\x15"),
        Par([("\x13CODE", VANISH), ("\x14乙\x15", b"")]),
    )
    assert prose(document) == ["见网站。", "目录", "完", "甲", "乙"]
    assert document.notices == ()


def test_breaks_hyphens_and_what_shows_nothing():
    document = read(Par("甲\x0b乙\x0e丙\t丁\x1e戊\x1f己\x01\x02\x05\x08庚\xa0辛\x0c壬"))
    assert prose(document) == ["甲\n乙\n丙\t丁-戊己庚\xa0辛\n壬"]


def test_the_end_of_a_section_ends_a_paragraph():
    assert prose(read(Par("甲", end="\x0c"), Par("乙"))) == ["甲", "乙"]


def test_styles_hide_and_raise_text():
    styles = sheet(
        style("plain", 1, 0xFFF),
        style("secret", 1, 0, VANISH),
        style("inner", 1, 1),
        style("open", 1, 1, prl(0x083C, 0)),
        style("note", 2, 0xFFF, RAISED),
        style("ring", 1, 5),
    )
    note = prl(0x4A30, 4, size=2)
    document = read(
        Par("甲", style=1),
        Par("乙", style=2),
        Par("丙", style=3),
        Par([("12", b""), ("3", note), ("4", note + prl(0x2A33, 0))], style=0),
        Par("丁", style=5),
        Par([("戊", prl(0x083C, 0x80)), ("己", prl(0x083C, 0x81))], style=1),
        Par("庚", style=99),
        parts=Parts(sheet=styles),
    )
    assert prose(document) == ["丙", "12³⁴", "丁", "己", "庚"]
    assert document.notices == (HIDDEN,)


def test_old_text_of_one_byte_a_character():
    document = read(Par("caf\xe9 \u201c12\u201d \u20ac"), parts=Parts(compressed=True))
    assert prose(document) == ["caf\xe9 “12” €"]


def test_characters_of_two_units():
    document = read(
        Par(
            [
                ("𠮷", b""),
                ("12", DELETED),
                (
                    "𠮷\ud800丙".encode("utf-16-le", "surrogatepass").decode(
                        "utf-16-le", "replace"
                    ),
                    b"",
                ),
            ]
        )
    )
    assert prose(document)[0].startswith("𠮷𠮷")


def test_the_pieces_say_in_which_order_the_text_stands():
    # A fast save stores what was added behind everything else: 12 became 15.
    paragraphs = [Par("共12件"), Par("5")]
    pieces = [(0, 2, 0), (5, 1, 0), (3, 2, 0), (0, 0, 0)]
    parts = Parts(pieces=pieces, flags=TABLE_1 | FAST_SAVED)
    assert prose(read(*paragraphs, parts=parts)) == ["共15件"]


def test_a_fast_save_changes_properties_of_pieces():
    short = 0x5C << 1 | 1 << 8  # hidden
    pieces = [(0, 1, 0), (1, 1, short), (2, 1, 0), (3, 1, 1), (4, 1, 0)]
    parts = Parts(pieces=pieces, long_changes=[DELETED], flags=TABLE_1 | FAST_SAVED)
    document = read(Par("甲乙丙丁"), parts=parts)
    assert prose(document) == ["甲丙"]
    assert document.notices == (HIDDEN, REVISED)


def test_a_fast_save_that_leaves_a_paragraph_without_properties_is_refused():
    data = binary_word([Par("甲")], Parts(flags=TABLE_1 | FAST_SAVED, without_paragraphs=True))
    assert "快速保存" in refusal(data)


def test_notes_and_headers_are_left_out_and_text_boxes_follow_their_anchor():
    shapes = struct.pack("<ii", 1, 99) + struct.pack("<I22x", 7)
    boxes = struct.pack("<iii", 0, 3, 4) + struct.pack("<14xI4x", 7) + bytes(22)
    paragraphs = [Par("甲\x08"), Par("乙"), Par("页眉"), Par("盒里"), Par("")]
    stories = (5, 0, 3, 0, 0, 0, 4)
    document = read(*paragraphs, parts=Parts(stories=stories, shapes=shapes, boxes=boxes))
    assert prose(document) == ["甲", "盒里", "乙"]
    hidden = [Par([("甲", b""), ("\x08", VANISH)]), *paragraphs[1:]]
    document = read(*hidden, parts=Parts(stories=stories, shapes=shapes, boxes=boxes))
    assert prose(document) == ["甲", "乙"]
    assert document.notices == (HIDDEN,)


def test_a_box_of_a_table_follows_the_table():
    shapes = struct.pack("<ii", 1, 99) + struct.pack("<I22x", 7)
    boxes = struct.pack("<iii", 0, 3, 4) + struct.pack("<14xI4x", 7) + bytes(22)
    paragraphs = [*row("甲\x08", "1"), *row("乙", "2"), Par("后"), Par("盒里"), Par("")]
    document = read(
        *paragraphs, parts=Parts(stories=(13, 0, 0, 0, 0, 0, 4), shapes=shapes, boxes=boxes)
    )
    kinds = [getattr(block, "text", "table") for block in document.sections[0].blocks]
    assert kinds == ["table", "盒里", "后"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (Parts(flags=TABLE_1 | ENCRYPTED), "加密"),
        (Parts(flags=TABLE_1 | ENCRYPTED | OBFUSCATED), "加密"),
        (Parts(flags=TABLE_1 | OBFUSCATED), "加密"),
        (Parts(mark=0xA5DC, version=0x65), "Word 95"),
        (Parts(version=0x69), "Word 95"),
        (Parts(mark=0x1234), "损坏"),
        (Parts(pieces=[(0, 99_999, 0)]), "损坏"),
        (Parts(pieces=[(0, 2, 3)]), "损坏"),
        (Parts(pieces=[(0, 2, 0)] * 9_999), "损坏"),
        (Parts(stories=(99,)), "损坏"),
        (Parts(stories=(-1,)), "损坏"),
        (Parts(shapes=struct.pack("<iii", 9, 3, 4) + bytes(60)), "损坏"),
    ],
)
def test_what_cannot_be_read_exactly_is_refused(parts: Parts, said: str):
    assert said in refusal(binary_word([Par("甲")], parts))


def test_other_files_and_torn_ones_are_refused():
    whole = binary_word([Par("甲乙丙" * 99)])
    refusal(b"")
    refusal(whole[:8])
    refusal(whole[:600])
    refusal(whole[: len(whole) // 2])
    refusal(compound({"Workbook": b"x"}))
    refusal(compound({"WordDocument": b"\xec\xa5\xc1\0"}))
    refusal(compound({"WordDocument": bytes(99)}))
    assert "加密" in refusal(compound({"EncryptedPackage": b"x"}))
    for offset, value in ((30, 31), (44, 0x7FFFFFFF), (72, 0x7FFFFFFF), (48, 0x7FFFFFF0)):
        torn = bytearray(whole)
        torn[offset : offset + 4] = struct.pack("<I", value)
        refusal(bytes(torn))


def test_reading_can_be_stopped():
    def stop(_done: int, _total: int, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_doc(binary_word([Par("甲")]), "x", stop)
