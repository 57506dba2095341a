"""A page saved as a single file: the page is read, whatever the archive says of it."""

from __future__ import annotations

import base64
import quopri

import pytest

from core.errors import UnreadableFileError
from core.readers import read_document
from core.readers.html import read_html

PAGE = (
    "<html><head><meta charset='{charset}'><title>望川市2024年政府信息公开工作年度报告</title>"
    "</head>"
    "<body><p>一、总体情况</p><p>全年收到申请 3 件，占 100%。</p>"
    "<table><tr><td>项目</td><td colspan=2>件数</td></tr>"
    "<tr><td>甲</td><td>007</td><td>1,234</td></tr>"
    "</table></body></html>"
)


def archive(
    page: bytes, encoding: str, *, first: str = "", kind: str = "text/html", more: str = ""
) -> bytes:
    packed = {
        "quoted-printable": quopri.encodestring(page),
        "base64": base64.encodebytes(page),
        "8bit": page,
    }[encoding]
    head = (
        "From: <Saved by Somebody>\r\nSubject: =?utf-8?B?5bm05oql?=\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----=_Part"\r\n\r\n'
    )
    part = (
        f"------=_Part\r\nContent-Type: {kind}\r\nContent-ID: <page@x>\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\nContent-Location: http://example.invalid/\r\n\r\n"
    )
    return (head + first + part).encode() + packed + f"\r\n{more}------=_Part--\r\n".encode()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("said", ["", '; charset="us-ascii"', "; charset=utf-8"])
def test_the_page_in_the_archive_is_the_page(charset: str, encoding: str, said: str):
    written = PAGE.format(charset=charset)
    if charset == "big5":
        written = written.replace("总体情况", "總體情況").replace("开", "開").replace("报", "報")
        written = written.replace("体", "體").replace("总", "總").replace("项", "項")
        written = written.replace("数", "數").replace("请", "請").replace("占", "佔")
    page = written.encode(charset, "xmlcharrefreplace")
    document = read_document(archive(page, encoding, kind=f"text/html{said}"), "年报.mht")
    assert document.format == "mht"
    expected = read_html(page, "年报.html")
    assert document.sections == expected.sections
    (table,) = document.tables.values()
    assert [cell.text for cell in table.cells][-2:] == ["007", "1,234"]
    assert table.columns == 3


def test_under_any_name_and_with_fields_in_any_order():
    page = PAGE.format(charset="utf-8").encode()
    data = archive(page, "base64").replace(b"From:", b"X-Snapshot: 1\r\nFrom:", 1)
    assert read_document(data, "年报.doc").format == "mht"


def test_pictures_and_other_parts_are_no_page():
    picture = (
        "------=_Part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "\r\nAAAA\r\n"
    )
    document = read_document(
        archive(PAGE.format(charset="utf-8").encode(), "base64", first=picture), "a.mht"
    )
    assert len(document.tables) == 1


def test_of_a_page_of_frames_the_longest_frame_is_read():
    frames = b"<html><frameset><frame src='cid:page@x'></frameset></html>"
    longer = base64.encodebytes(PAGE.format(charset="utf-8").encode()).decode()
    more = (
        "------=_Part\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{longer}\r\n"
    )
    assert len(read_document(archive(frames, "base64", more=more), "a.mht").tables) == 1


def test_an_archive_without_a_page_is_refused():
    data = archive(b"body", "base64", kind="text/css")
    with pytest.raises(UnreadableFileError, match=r"没有网页内容.*原文件没有改动"):
        read_document(data, "a.mht")


def test_a_text_that_looks_a_little_like_a_mail_is_a_text():
    text = "Date: 2024\n一、总体情况\nContent-Type: text/html 的网页不少。\n".encode()
    assert read_document(text, "a.txt").format == "text"


def test_deeply_nested_archives_cost_a_sentence_at_most():
    data = b""
    for level in range(3_000):
        data += b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
    with pytest.raises(UnreadableFileError):
        read_document(data, "a.mht")
