"""A list of agencies beside the reports of a folder: found by name, proposed, never guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from core.agency_list import SHORT_NAME, SIMILAR, compared, list_findings, read_agencies
from core.batch_row import Row
from core.errors import UnreadableFileError


def row(agency: str, **values: str) -> Row:
    return Row(f"{agency or '无名'}.docx", agency=agency, digest=agency, **values)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.txt", "云溪市水务局\n\n云溪市民政局\n云溪市水务局\n"),
        ("名单.txt", "一、云溪市水务局\r\n2. 云溪市民政局\r\n"),
        ("名单.csv", "序号,单位名称,联系人\n1,云溪市水务局,张某某\n2,云溪市民政局,李某某\n"),
        ("名单.txt", "应报送单位\n（1）云溪市水务局\n（2）云溪市民政局"),
    ],
    ids=["twice", "numbered", "table", "header"],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_names_in_text(tmp_path, name, content, encoding):
    (tmp_path / name).write_bytes(content.encode(encoding))
    assert read_agencies(tmp_path / name) == ("云溪市水务局", "云溪市民政局")


def test_names_in_a_workbook(tmp_path):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("2024 年度报送名单", None, None),
        ("序号", "机关名称", "电话"),
        (1, "云溪市水务局", "0000-1"),
        (2, "云溪市 民政局", "0000-2"),
        (3, None, None),
    ):
        sheet.append(line)
    book.save(tmp_path / "名单.xlsx")
    assert read_agencies(tmp_path / "名单.xlsx") == ("云溪市水务局", "云溪市民政局")


@pytest.mark.parametrize("content", [b"", b"123\n456\n", b"PK\x03\x04broken"])
def test_what_is_no_list_is_said(tmp_path: Path, content: bytes):
    (tmp_path / "名单.txt").write_bytes(content)
    with pytest.raises(UnreadableFileError, match=r"名单\.txt"):
        read_agencies(tmp_path / "名单.txt")


def test_names_are_found_after_spaces_widths_and_the_word_for_people():
    rows = [row("云溪市清河区人民政府"), row("云溪市民政局（社会组织管理局）")]
    names = ("云溪市清河区政府", "云溪市民政局(社会组织管理局)")
    found = compared(names, rows)
    assert found.matched == {name: (r.file,) for name, r in zip(names, rows, strict=True)}
    assert (found.missing, found.unlisted) == ((), ())


def test_what_is_like_a_name_is_proposed_and_not_taken():
    rows = [row("云溪市水务局"), row("云溪市民正局"), row("云溪市档案局"), row("")]
    found = compared(("水务局", "云溪市民政局", "云溪市体育局", "白水县气象台"), rows)
    assert found.matched == {}
    proposed = {each.name: [(p.agency, p.why) for p in each.proposals] for each in found.missing}
    assert proposed["水务局"][0] == ("云溪市水务局", SHORT_NAME)
    assert ("云溪市民正局", SIMILAR) in proposed["云溪市民政局"]
    assert proposed["白水县气象台"] == []
    assert [each.file for each in found.unlisted] == [each.file for each in rows]
    said = [each.message for each in list_findings(found)]
    assert "“水务局”没有找到年度报告；可能是 “云溪市水务局.docx”" in said[0]
    assert "（没有写明）" in said[-1]


def test_what_a_person_has_accepted_is_found():
    rows = [row("云溪市水务局"), row("云溪市民政局")]
    accepted = {"水务局": "云溪市水务局.docx", "体育局": "没有这个文件.docx"}
    found = compared(("水务局", "体育局"), rows, accepted)
    assert found.matched == {"水务局": ("云溪市水务局.docx",)}
    assert [each.name for each in found.missing] == ["体育局"]
    assert [each.agency for each in found.unlisted] == ["云溪市民政局"]


def test_what_could_not_be_read_is_nobodys_report():
    found = compared(("云溪市水务局",), [row("云溪市水务局", error="没有读取。")])
    assert [each.name for each in found.missing] == ["云溪市水务局"]
