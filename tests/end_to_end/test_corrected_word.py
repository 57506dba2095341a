"""By command line: a wrong report is checked, corrected by the proved fix, and right after that."""

import json

import pytest

from core import cli
from core.readers.docx import read_docx
from core.writers.marking import Mode
from tests.core.report_files import docx_file, html_file
from tests.core.rules.reports import Changes
from tests.documents.revisions import accepted, parts_of, rejected

SLOT = "applications.received.natural_person"
RIGHT = {
    SLOT: "40",
    "applications.received.total": "40",
    "applications.disclosed.natural_person": "40",
    "applications.disclosed.total": "40",
    "applications.handled.natural_person": "40",
    "applications.handled.total": "40",
}
WHEN = {"SOURCE_DATE_EPOCH": "1738315805"}


@pytest.fixture
def call(capsysbinary, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", WHEN["SOURCE_DATE_EPOCH"])

    def called(*arguments):
        status = cli.main([str(argument) for argument in arguments])
        return status, capsysbinary.readouterr().out.decode()

    return called


@pytest.mark.parametrize("mode", [None, *Mode])
def test_the_proved_correction_is_exported_in_every_mode(mode, tmp_path, call):
    wrong = {**RIGHT, "applications.received.total": "41"}
    source = docx_file(tmp_path, Changes(filled="0", slots=wrong))
    status, out = call("check", source, "--json")
    proved = [
        fix
        for finding in json.loads(out)["findings"]
        for fix in finding["fixes"]
        if fix["certainty"] == "proved"
    ]
    assert status == 1
    assert proved
    edits, target = tmp_path / "修改.json", tmp_path / "年报(校对版).docx"
    edits.write_text(json.dumps(proved[0]["edits"]), "utf-8")
    said = ("--mode", mode.value) if mode else ()
    assert call("export", source, "--word", target, "--edits", edits, *said)[0] == 0
    status, out = call("check", target, "--json")
    assert status == 0
    assert [each for each in json.loads(out)["findings"] if each["severity"] == "error"] == []

    parts, before = parts_of(target.read_bytes()), source.read_bytes()
    xml = parts["word/document.xml"].decode()
    commented = parts.get("word/comments.xml", b"").decode()
    if mode in (None, Mode.TRACKED):
        stamp = 'w:author="勾稽" w:date="2025-01-31T09:30:05Z"'
        assert xml.count(stamp) == 2
        assert "各类申请人之和 40 ≠ 总计 41" in commented
        assert stamp in commented
        assert _texts(read_docx(accepted(target.read_bytes()), "")) == _texts(
            read_docx(target.read_bytes(), "")
        )
        back = read_docx(rejected(target.read_bytes()), "")
        assert _texts(back) == _texts(read_docx(before, ""))
    elif mode is Mode.HIGHLIGHTED:
        assert xml.count('w:fill="FFF2CC"') == 1
    else:
        assert set(parts) == set(parts_of(before))
        assert "w:ins" not in xml


def test_what_is_still_open_is_a_comment_of_a_highlighted_file(tmp_path, call):
    wrong = {**RIGHT, "applications.received.total": "41"}
    source, target = docx_file(tmp_path, Changes(filled="0", slots=wrong)), tmp_path / "新.docx"
    assert call("export", source, "--word", target, "--mode", "highlighted")[0] == 1
    commented = parts_of(target.read_bytes())["word/comments.xml"].decode()
    assert "强制性错误：本年新收：各类申请人之和 40 ≠ 总计 41" in commented
    assert _texts(read_docx(target.read_bytes(), "")) == _texts(read_docx(source.read_bytes(), ""))


def _texts(document):
    return [cell.text for table in document.tables.values() for cell in table.cells]


PROSE = {"1": ["全年共受理申请12件，办结12件。", "（文字描述）"], "6": []}
PROSE_EDITS = [
    {"section": 1, "paragraph": 0, "start": 7, "end": 9, "before": "12", "after": "1234"},
    {"section": 1, "paragraph": 0, "start": 13, "end": 15, "before": "12", "after": "13"},
    {"section": 1, "paragraph": 1, "start": 0, "end": 6, "before": "（文字描述）", "after": ""},
    {"section": 6, "paragraph": 0, "insert": "没有其他需要报告的事项。"},
]


@pytest.mark.parametrize("make", [docx_file, html_file])
@pytest.mark.parametrize("mode", Mode)
def test_the_prose_is_edited_in_every_mode(make, mode, tmp_path, call):
    source = make(tmp_path, Changes(filled="0", prose=PROSE))
    edits, target = tmp_path / "修改.json", tmp_path / "新.docx"
    edits.write_text(json.dumps(PROSE_EDITS), "utf-8")
    status, out = call("export", source, "--word", target, "--edits", edits, "--mode", mode.value)
    assert (status, "已写出" in out) == (0, True)
    found = read_docx(target.read_bytes(), "")
    assert [p.text for p in found.section(1).paragraphs] == ["全年共受理申请1234件，办结13件。"]
    assert [p.text for p in found.section(6).paragraphs] == ["没有其他需要报告的事项。"]
    if make is docx_file and mode is Mode.TRACKED:
        back = read_docx(rejected(target.read_bytes()), "")
        assert [p.text for p in back.section(1).paragraphs] == PROSE["1"]
        assert back.section(6).paragraphs == ()
