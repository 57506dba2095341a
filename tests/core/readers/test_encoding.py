"""Decoding proves the charset instead of believing it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UnreadableFileError
from core.readers.encoding import MAX_TEXT, decode, is_text

PAGE = '<meta charset="{}"><p>甲市乙局２０２４年度政府信息公开工作年度报告，共收到申请 12 件。</p>'
TEXT = "三、收到和处理政府信息公开申请情况\n\n自然人\n\n总计\n\n1\n\n1\n"


@pytest.mark.parametrize("real", ["utf-8", "gb18030", "gbk"])
@pytest.mark.parametrize(
    "declared", ["utf-8", "gb2312", "GBK", "iso-8859-1", "utf-16", "x-unknown"]
)
def test_a_wrong_declaration_does_not_matter(real: str, declared: str):
    page = PAGE.format(declared)
    assert decode(page.encode(real)).text == page


@pytest.mark.parametrize(
    ("declared", "real"),
    [("big5", "big5"), ("Big5-HKSCS", "big5hkscs"), ("Shift_JIS", "shift_jis")],
)
def test_declared_big5_and_shift_jis_are_believed(declared: str, real: str):
    page = f'<meta charset="{declared}"><p>年度報告</p>'
    assert decode(page.encode(real)).text == page


def test_utf8_wins_over_a_declared_big5():
    page = PAGE.format("big5")
    assert decode(page.encode("utf-8")).text == page


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str):
    assert decode(mark + TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str):
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_a_cut_off_end_is_shown_and_said():
    data = (TEXT * 100).encode("utf-8")[:-1] + "年".encode()[:2]
    decoded = decode(data)
    assert decoded.text.startswith(TEXT)
    assert decoded.text.endswith("\ufffd")
    assert "1 处" in decoded.notices[0]


def test_one_broken_character_in_gb18030():
    data = (TEXT * 50).encode("gb18030") + b"\xff" + (TEXT * 50).encode("gb18030")
    decoded = decode(data)
    assert decoded.text == TEXT * 50 + "\ufffd" + TEXT * 50
    assert decoded.notices


def test_what_is_no_text_is_refused():
    with pytest.raises(UnreadableFileError, match="编码"):
        decode(bytes(range(128, 256)) * 40)


def test_control_characters_are_no_text():
    assert is_text(TEXT)
    assert not is_text("\x00\x01\x02abc" * 10)


def test_more_than_32_megabytes_are_refused():
    with pytest.raises(UnreadableFileError, match="32 MB"):
        decode(b" " * (MAX_TEXT + 1))


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), min_size=1))
def test_any_utf8_text_comes_back(text: str):
    assert decode(text.encode("utf-8")).text == text
