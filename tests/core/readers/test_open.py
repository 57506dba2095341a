"""Opening files: by content, never by name, and one sentence for what cannot be opened."""

from __future__ import annotations

import logging
import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Cancelled, ReportError, UnreadableFileError
from core.readers import guard, open_document, read_bytes, read_document

PAGE = "<html><body><p>一、总体情况</p><table><tr><td>甲<td>1</table></body></html>"
PLAIN = "一、总体情况\n全年收到申请 3 件。\n"


def sentence_of(error: pytest.ExceptionInfo[UnreadableFileError]) -> str:
    sentence = str(error.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize("name", ["report.doc", "report.xls", "report.txt", "report", "报告.html"])
def test_a_page_is_a_page_under_any_name(tmp_path: Path, name: str):
    (tmp_path / name).write_text(PAGE, encoding="gb18030")
    document = open_document(tmp_path / name)
    assert document.format == "html"
    assert len(document.tables) == 1


def test_a_piece_of_a_page_without_its_frame(tmp_path: Path):
    path = tmp_path / "piece.txt"
    path.write_text("表格如下 <TABLE border=1><TR><TD>甲<TD>1</TABLE>", encoding="utf-8")
    assert open_document(path).format == "html"


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_text_under_any_name(tmp_path: Path, name: str, encoding: str):
    (tmp_path / name).write_text(PLAIN, encoding=encoding)
    document = open_document(tmp_path / name)
    assert document.format == "text"
    assert document.sections[0].heading == "一、总体情况"
    assert document.sections[0].paragraphs[0].text == "全年收到申请 3 件。"


def test_text_that_mentions_a_tag_is_text():
    assert read_document(f"{PLAIN}见 --> 和 </p>，以及 a < b".encode(), "x").format == "text"


def test_missing_folder_empty_and_pipe(tmp_path: Path):
    (tmp_path / "空.docx").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe") if hasattr(os, "mkfifo") else None
    for name, said in (("无.docx", "找不到"), ("", "文件夹"), ("空.docx", "空文件")):
        with pytest.raises(UnreadableFileError, match=said) as error:
            read_bytes(tmp_path / name)
        sentence_of(error)
    if (tmp_path / "pipe").exists():
        with pytest.raises(UnreadableFileError, match="不是普通文件"):
            read_bytes(tmp_path / "pipe")


def test_white_space_alone_is_empty():
    with pytest.raises(UnreadableFileError, match="空文件"):
        read_document(b" \r\n\t", "x.txt")


def test_impossible_names():
    for path in (Path("a\0b"), Path("长" * 5000)):
        with pytest.raises(UnreadableFileError) as error:
            read_bytes(path)
        sentence_of(error)


def test_not_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "locked.docx"
    path.write_bytes(b"x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "locked")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFileError, match="占用") as error:
        read_bytes(path)
    sentence_of(error)


def test_a_broken_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "report.docx"
    path.write_bytes(b"x")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UnreadableFileError, match="读不出来") as error:
        read_bytes(path)
    sentence_of(error)


def test_more_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guard, "MAX_FILE", 10)
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(UnreadableFileError, match="太大") as error:
        read_bytes(path)
    sentence_of(error)


def zipped(*names: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


def compound(stream_name: str) -> bytes:
    entry = stream_name.encode("utf-16-le")
    name = entry.ljust(64, b"\0") + (len(entry) + 2).to_bytes(2, "little")
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + name + bytes(512)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"\n%PDF-1.4 junk before the mark", "PDF"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "图片"),
        (b"GIF89a" + bytes(40), "图片"),
        (b"BM" + (60).to_bytes(4, "little") + bytes(54), "图片"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(9), "图片"),
        (b"Rar!\x1a\x07\x01\0" + bytes(9), "压缩包"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(9), "压缩包"),
        (zipped("readme.txt"), "压缩包"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (zipped("[Content_Types].xml", "ppt/presentation.xml"), "演示文稿"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (zipped("word/document.xml")[:-30], "损坏"),
        (b"PK\x03\x04" + bytes(100), "损坏"),
        (compound("EncryptedPackage"), "加密"),
        (compound("WordDocument"), "Word 文档"),
        (compound("Workbook"), "旧版 Excel"),
        (compound("Nothing"), "不认识"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n", "mht"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', "XML"),
        (b'<?xml version="1.0"?><catalog><book/></catalog>', "不认识"),
        (bytes(range(256)) * 20, "不认识"),
        (b"\x7fELF\x02\x01\x01" + bytes(200), "不认识"),
        (b"\x01\x02\x03\x04\x05" * 40, "不认识"),
        (bytes(range(128, 256)) * 20, "编码"),
    ],
)
def test_what_no_reader_is_there_for_is_refused_by_name(data: bytes, said: str):
    with pytest.raises(UnreadableFileError, match=said) as error:
        read_document(data, "年报.docx")
    assert "没有改动" in sentence_of(error)


def test_two_letters_that_also_begin_a_bitmap():
    assert read_document("BM 公司的年报\n".encode(), "x").format == "text"


def test_a_bug_in_a_reader_is_one_sentence_and_a_log_without_the_text(
    monkeypatch: pytest.MonkeyPatch, log_records: list[logging.LogRecord]
):
    def broken(data: bytes, name: str, progress: object) -> None:
        raise KeyError(data.decode("utf-8"))

    monkeypatch.setattr("core.readers.text.read_text", broken)
    with pytest.raises(UnreadableFileError, match="意外错误") as error:
        read_document(PLAIN.encode(), "x.txt")
    sentence_of(error)
    (record,) = log_records
    assert "KeyError" in record.getMessage()
    assert "test_open" in record.getMessage()
    assert "全年" not in record.getMessage()
    log_records.clear()


def test_a_wish_to_stop_goes_through():
    def stop(_done: int, _total: int, /) -> None:
        raise Cancelled

    for data in (PAGE.encode(), PLAIN.encode()):
        with pytest.raises(Cancelled):
            read_document(data, "x", stop)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_end_in_a_document_or_a_sentence(data: bytes):
    sentence = ""
    try:
        read_document(data, "x")
    except ReportError as error:
        sentence = str(error)
    assert not sentence or sentence.endswith("。")
    assert "意外错误" not in sentence
