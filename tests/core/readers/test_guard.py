"""Hostile and broken packages are refused with one sentence before any parser sees them."""

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UnreadableFileError
from core.readers import guard, read_here
from core.readers.guard import office_kind, open_package, refuse
from tests.documents.compound import compound

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ole_with(stream: str, first_sector: bytes = b"") -> bytes:
    """The least that looks like an OLE file: a header, a sector, a directory entry."""
    entry = stream.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(stream) + 2)
    return OLE.ljust(512, b"\0") + first_sector.ljust(512, b"\0") + entry.ljust(128, b"\0")


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"word/document.xml": b"<a/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def with_duplicate() -> bytes:
    data = zipped({"word/a.xml": b"<a/>", "word/b.xml": b"<b/>"})
    return data.replace(b"word/b.xml", b"word/a.xml")


def overlapping() -> bytes:
    """Two entries of the directory that point at the same bytes."""
    data = bytearray(zipped({"word/a.xml": b"x" * 99, "word/b.xml": b"x" * 99}, zipfile.ZIP_STORED))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


def lying_about_size() -> bytes:
    """3 MB of zeros behind a directory that promises ten bytes."""
    data = bytearray(zipped({"word/document.xml": bytes(3_000_000)}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "docx"),
        (zipped({"[Content_Types].xml": b"", "text/main.xml": b""}), "docx"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "xlsx"),
        (zipped({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "pptx"),
        (zipped({"mimetype": b"", "content.xml": b""}), "odf"),
        (zipped({"OFD.xml": b""}), "ofd"),
        (zipped({"report.txt": b""}), "zip"),
        (ole_with("EncryptedPackage"), "encrypted"),
        (ole_with("WordDocument"), "doc"),
        (ole_with("WordDocument", b"\xec\xa5" + bytes(9) + b"\x01"), "encrypted"),
        (ole_with("Workbook"), "xls"),
        (ole_with("Book"), "xls"),
        (ole_with("Something"), "ole"),
        (b"<html>", ""),
        (b"", ""),
        ("新收政府信息公开申请".encode(), ""),
    ],
)
def test_an_office_file_is_known_by_its_content(data, kind):
    assert office_kind(data) == kind


WORD, SHEET = {"WordDocument": b"\xec\xa5"}, {"Workbook": b"\x09\x08"}


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (compound(SHEET, {"MBD00A1": WORD}), "xls"),
        (compound({"book": b""}, {"MBD00A1": WORD}), "xls"),
        (compound(WORD, {"_1": SHEET, "_2": {"PowerPoint Document": b""}}), "doc"),
        (compound({"Notes": b""}, {"MBD00A1": WORD}), "ole"),
        (compound(WORD | {"EncryptedPackage": b""}), "encrypted"),
        # So large that the header cannot list all tables of sectors.
        (compound({"Media": bytes(8_000_000)} | SHEET, {"MBD00A1": WORD}), "xls"),
    ],
)
def test_an_embedded_file_does_not_say_what_the_file_around_it_is(data, kind):
    assert office_kind(data) == kind


def test_an_old_workbook_with_a_word_document_in_it_is_read():
    with olefile.OleFileIO(str(DOCUMENTS / "三张表.xls")) as file:
        workbook = file.openstream("Workbook").read()
    data = compound({"Workbook": workbook}, {"MBD00A1": {"WordDocument": b"\xec\xa5" + bytes(99)}})
    assert read_here(data, "年报.xls").format == "xls"
    assert len(read_here(data, "年报.xls").tables) == 3


def ring_in_the_directory() -> bytes:
    data = bytearray(compound(WORD))
    (directory,) = struct.unpack_from("<I", data, 48)
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, 512 * (table + 1) + 4 * directory, directory)
    return bytes(data)


def ring_of_siblings() -> bytes:
    data = bytearray(compound(WORD | SHEET))
    (directory,) = struct.unpack_from("<I", data, 48)
    for entry in (1, 2):
        struct.pack_into("<III", data, 512 * (directory + 1) + 128 * entry + 68, 1, 2, 1)
    return bytes(data)


@pytest.mark.parametrize(
    "data", [ring_in_the_directory(), ring_of_siblings(), compound(WORD)[:600]]
)
def test_a_directory_that_leads_astray_still_says_what_the_file_was_meant_to_be(data):
    assert office_kind(data) in ("doc", "ole")


@given(st.data())
def test_no_directory_of_an_ole_file_takes_long_or_raises(data):
    whole = bytearray(compound(WORD | SHEET, {"MBD00A1": WORD}))
    (directory,) = struct.unpack_from("<I", whole, 48)
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.sampled_from([0, 512 * (directory + 1), len(whole) - 512]))
        place = start + data.draw(st.integers(0, 508))
        number = data.draw(st.sampled_from([0, 1, 2, 5, 40, 0xFFFFFFFA, 0xFFFFFFFF, 0x7FFFFFFF]))
        struct.pack_into("<I", whole, place, number)
    assert office_kind(bytes(whole)) in ("doc", "xls", "ole", "encrypted", "")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (ole_with("EncryptedPackage"), "文档已加密"),
        (encrypted_zip(), "文档已加密"),
        (ole_with("WordDocument"), "另存为 .docx"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (zipped({"word/document.xml": b"<a/>" * 99})[:-30], "已损坏"),
        (zipped({"word/document.xml": b"<a/>"}, zipfile.ZIP_LZMA), "已损坏"),
        (zipped({"word/document.xml": bytes(3_000_000)}), "大得不正常"),
        (lying_about_size(), "已损坏"),
        (with_duplicate(), "重复"),
        (zipped({"word/A.xml": b"", "word/a.xml": b""}), "重复"),
        (zipped({"../a.xml": b""}), "文档之外"),
        (zipped({"word/..\\..\\a.xml": b""}), "文档之外"),
        (zipped({"/etc/a.xml": b""}), "文档之外"),
        (zipped({"C:/a.xml": b""}), "文档之外"),
        (overlapping(), "大得不正常"),
        (zipped({f"{number}.xml": b"" for number in range(2_001)}), "大得不正常"),
        (b"plain text", "已损坏"),
    ],
)
def test_a_hostile_or_broken_package_is_refused(data, sentence):
    with pytest.raises(UnreadableFileError, match=sentence) as refusal:
        open_package(data).read("word/document.xml")
    assert "原文件没有改动" in str(refusal.value)
    assert str(refusal.value).endswith("。")


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at(monkeypatch):
    monkeypatch.setattr(guard, "MAX_FILE", 1_000)
    with pytest.raises(UnreadableFileError, match="文件太大"):
        open_package(zipped({"a.xml": bytes(1_001)}, zipfile.ZIP_STORED))


def test_an_xml_part_over_the_limit_is_refused():
    noise = bytes(range(256)) * 400 * 256
    data = zipped({"word/document.xml": noise, "word/media/image.png": noise}, zipfile.ZIP_STORED)
    package = open_package(data)

    with pytest.raises(UnreadableFileError, match="大得不正常"):
        package.read("word/document.xml")
    assert package.read("word/media/image.png") == noise


def test_all_parts_read_together_stay_under_the_limit(monkeypatch):
    package = open_package(zipped({"a.xml": bytes(700), "b.xml": bytes(700)}))
    monkeypatch.setattr(guard, "MAX_TOTAL", 1_000)
    package.read("a.xml")
    package.read("a.xml")

    with pytest.raises(UnreadableFileError, match="大得不正常"):
        package.read("b.xml")


def test_parts_are_found_whatever_the_case_of_their_names():
    package = open_package(zipped({"Word/Document.xml": b"<a/>"}))

    assert package.names == ("Word/Document.xml",)
    assert package.has("word/document.xml")
    assert package.name("word/document.xml") == "Word/Document.xml"
    assert package.read("WORD/DOCUMENT.XML") == b"<a/>"
    with pytest.raises(UnreadableFileError, match="缺少"):
        package.read("word/other.xml")


@pytest.mark.parametrize("kind", ["encrypted", "doc", "xls", "xlsx", "ppt", "odf", "ofd", "zip"])
def test_every_kind_without_a_reader_has_its_own_sentence(kind):
    assert str(refuse(kind)) != str(refuse("ole"))


@given(st.data())
def test_a_damaged_package_is_read_or_refused_and_nothing_else(data):
    whole = bytearray(zipped({"word/document.xml": b"<a>1145</a>" * 40, "b.xml": b"<b/>"}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        package = open_package(bytes(whole))
        for name in package.names:
            package.read(name)
    except UnreadableFileError:
        pass
