"""From the check's JSON to a file with the lost row and cell, by command line and by journal."""

import json
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from core import cli
from core.edit_list import edits_from_json
from core.file_state import digest_of
from core.forms.match import match
from core.journal import Journal
from core.journal_contents import contents_of
from core.session import open_session
from core.writers.report import new_report
from tests.core.rules.reports import Changes, report

SHORT = "applications.refused_internal_affairs.total"
LOST = ("disclosure.regulations", "applications.refused_state_secret")


def call(*arguments: object) -> tuple[int, str, str]:
    streams = [TextIOWrapper(BytesIO(), encoding="utf-8") for _ in range(2)]
    with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
        status = cli.main([str(each) for each in arguments])
    out, err = (stream.seek(0) or stream.read() for stream in streams)
    return status, out, err


def checked(path: Path) -> dict[str, object]:
    return json.loads(call("check", path, "--json")[1])


@pytest.fixture
def incomplete(tmp_path: Path) -> Path:
    document = report(Changes(without_rows=LOST, without_cells=[SHORT]))
    path = tmp_path / "年报.docx"
    path.write_bytes(new_report(document, match(document)))
    return path


def proposed(found: dict) -> list[dict]:
    return [
        edit
        for finding in found["findings"]
        if finding["rule"] == "TBL001"
        for fix in finding["fixes"]
        for edit in fix["edits"]
    ]


@pytest.mark.parametrize("mode", ["clean", "tracked", "highlighted"])
def test_what_the_check_proposes_is_exported(incomplete, tmp_path, mode):
    before = checked(incomplete)
    edits = proposed(before)
    assert len(edits) == 3
    listed, target = tmp_path / "修改.json", tmp_path / "新.docx"
    listed.write_text(json.dumps(edits), encoding="utf-8")
    status, _, err = call(
        *("export", incomplete, "--word", target, "--edits", listed, "--mode", mode)
    )
    # The new cells are blank, and so a sum may not be what it should be.
    assert (status in (0, 1), err) == (True, "")
    after = checked(target)
    assert proposed(after) == []
    assert len(after["slots"]) == 200
    kept = {slot: value["text"] for slot, value in before["slots"].items() if slot != SHORT}
    assert {slot: after["slots"][slot]["text"] for slot in kept} == kept
    assert {after["slots"][slot]["text"] for slot in after["slots"].keys() - kept.keys()} == {""}


def test_a_row_that_is_there_is_refused_with_a_sentence(incomplete, tmp_path):
    listed, target = tmp_path / "修改.json", tmp_path / "新.docx"
    edits = [*proposed(checked(incomplete)), {"table": "t1", "insert_row": "disclosure.permits"}]
    listed.write_text(json.dumps(edits), encoding="utf-8")
    status, out, err = call("export", incomplete, "--word", target, "--edits", listed)
    assert (status, out) == (3, "")
    assert err.strip().endswith("没有做任何修改。")
    assert not target.exists()


def test_a_journal_brings_the_structure_back(incomplete, tmp_path_factory, monkeypatch):
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("home")))
    session = open_session(incomplete)
    journal = Journal.open_for(incomplete, digest_of(session.data))
    edits = edits_from_json(json.dumps(proposed(checked(incomplete))).encode())
    for command in (edits, [edits[-1].inverse, edits[-2].inverse], [edits[-2]]):
        session.apply_all(command)
        journal.record(command)
    journal.sync()
    assert journal.path is not None
    found = contents_of(journal.path.read_bytes())
    assert not found.is_damaged
    again = open_session(incomplete)
    for written in found.commands:
        again.apply_all(written)
    assert again.document == session.document
    assert again.restructuring == session.restructuring
    assert len(again.restructuring.rows) == 1
