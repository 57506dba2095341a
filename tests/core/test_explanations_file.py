"""The file of explanations: nothing is lost, and nothing damaged is taken for empty."""

import datetime
import json
import stat
from contextlib import suppress
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.document import Cell, CellRef, Document, Section, Table
from core.errors import SaveError, UnreadableFileError
from core.explanations import Explanation, ExplanationKind, Explanations
from core.explanations_file import (
    dump_explanations,
    load_explanations,
    own_explanations_path,
    parse_explanations,
    save_explanations,
    set_aside,
)
from core.identity import identity_of
from core.rules.model import Finding, Found
from core.rules.severity import Severity

DAY = datetime.date(2026, 1, 20)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
REASONS = TEXTS.map(lambda text: f"因{text}由")
EXPLANATIONS = st.builds(
    Explanation,
    st.sampled_from(ExplanationKind),
    REASONS,
    TEXTS,
    st.dates(datetime.date(2019, 1, 1), datetime.date(2040, 1, 1)),
)
SLOTS = st.lists(
    st.sampled_from([f"cases.reconsideration.{key}" for key in ("upheld", "other", "total")]),
    max_size=3,
)
CELLS = st.lists(
    st.builds(CellRef, st.just("t1"), st.integers(0, 1), st.integers(0, 1)), max_size=3
)
FINDINGS = st.builds(
    lambda rule, values, cells, slots: finding(rule, values, cells, slots),
    st.sampled_from(["SUM001", "NUM001", "TXT001"]),
    st.dictionaries(st.sampled_from(["total", "parts", "text"]), TEXTS, max_size=2),
    CELLS,
    SLOTS,
)
DOCUMENTS = st.builds(
    lambda agency, year, texts: document(agency, year, texts),
    st.sampled_from(["甲局", "乙委员会", None]),
    st.sampled_from([2023, 2024, None]),
    st.lists(st.sampled_from(["1", "2", "", "事项"]), min_size=4, max_size=4),
)
# What a person does: explain a finding of a document, or take the explanation away.
DEEDS = st.lists(st.tuples(FINDINGS, DOCUMENTS, st.none() | EXPLANATIONS), max_size=8)


def finding(rule="SUM001", values=None, cells=(), slots=()) -> Finding:
    found = Found(values or {}, tuple(cells), tuple(slots))
    return Finding(rule, "a_rule", Severity.WARNING, "", "", found)


def document(agency="甲局", year=2024, texts=("项目", "件数", "行", "1")) -> Document:
    cells = tuple(Cell(i // 2, i % 2, text) for i, text in enumerate(texts))
    section = Section(1, "一、总体情况", (Table("t1", 2, 2, cells),))
    return Document("text", (section,), None, agency, year)


def done(deeds, start=Explanations()) -> Explanations:  # noqa: B008 - frozen
    for one, report, explanation in deeds:
        start = start.add(one, report, explanation) if explanation else start.remove(one, report)
    return start


def some(count: int = 2) -> Explanations:
    deeds = [
        (finding(values={"total": str(i)}), document(), said(f"第{i}条")) for i in range(count)
    ]
    return done(deeds)


def said(text: str) -> Explanation:
    return Explanation(ExplanationKind.EXPLAINED, text, "李某", DAY)


def content(explanations: Explanations) -> dict:
    return json.loads(dump_explanations(explanations))


def of_content(value: object) -> Explanations:
    return parse_explanations(json.dumps(value).encode(), "说明.json")


@given(DEEDS)
def test_what_was_written_is_read_and_always_written_alike(deeds):
    explanations = done(deeds)
    data = dump_explanations(explanations)
    assert parse_explanations(data, "说明.json") == explanations
    assert dump_explanations(parse_explanations(data, "说明.json")) == data


@given(DEEDS)
def test_the_last_deed_on_a_finding_counts(deeds):
    explanations = done(deeds)
    expected = {identity_of(one, report): said for one, report, said in deeds}
    for one, report, _ in deeds:
        assert explanations.for_finding(one, report) == expected[identity_of(one, report)]


@given(DEEDS, FINDINGS, DOCUMENTS, EXPLANATIONS)
def test_adding_and_removing_undo_each_other(deeds, one, report, explanation):
    explanations = done(deeds).remove(one, report)
    added = explanations.add(one, report, explanation)
    assert added.for_finding(one, report) == explanation
    assert added.remove(one, report) == explanations


@settings(max_examples=40)
@given(DEEDS, DEEDS, DEEDS)
def test_two_windows_that_save_in_turn_lose_nothing(common, ours, theirs):
    before = done(common)
    now, other = done(ours, before), done(theirs, before)
    merged = now.merged(before, other)
    for record in now.records:
        if record not in before.records:
            assert record in merged.records
    removed = {r.identity for r in before.records} - {r.identity for r in now.records}
    for record in other.records:
        reworded = any(r.identity == record.identity for r in now.records)
        assert record in merged.records or reworded or record.identity in removed
    assert now.merged(before, before) == now


def test_the_file_is_one_that_people_can_read():
    data = dump_explanations(some()).decode()
    assert data.splitlines()[:3] == [
        "{",
        '"format": "gouji-explanations",',
        '"version": 1,',
    ]
    assert sum('"第' in line for line in data.splitlines()) == 2
    (first, _) = json.loads(data)["records"]
    assert first == {
        "report": "甲局",
        "year": 2024,
        "rule": "SUM001",
        "slots": [],
        "place": [],
        "cells": [],
        "values": {"total": "0"},
        "kind": "explained",
        "text": "第0条",
        "author": "李某",
        "date": "2026-01-20",
    }


def test_a_file_cut_off_anywhere_is_damaged():
    whole = dump_explanations(some())
    for end in range(len(whole) - 1):
        with pytest.raises(UnreadableFileError, match=r"说明\.json.*没有采用"):
            parse_explanations(whole[:end], "说明.json")
    assert parse_explanations(whole[:-1], "说明.json") == some()


def test_a_file_with_any_byte_changed_is_refused_or_still_has_its_records():
    whole = dump_explanations(some())
    for position in range(len(whole)):
        for flipped in (whole[position] ^ 0x80, whole[position] ^ 0x01, 0):
            data = whole[:position] + bytes([flipped]) + whole[position + 1 :]
            with suppress(UnreadableFileError):
                read = parse_explanations(data, "说明.json")
                assert len(read.records) + len(read.kept) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 500,
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"format": "gouji-settings", "version": 1, "records": []}',
        b'{"format": "gouji-explanations", "records": []}',
        b'{"format": "gouji-explanations", "version": true, "records": []}',
        b'{"format": "gouji-explanations", "version": 0, "records": []}',
        b'{"format": "gouji-explanations", "version": 1}',
        b'{"format": "gouji-explanations", "version": 1, "records": {}}',
        b'{"format": "gouji-explanations", "version": 1, "records": [], "records": []}',
        b'{"format": "gouji-explanations", "version": 1, "records": [NaN]}',
        b'{"format": "gouji-explanations", "version": 1, "records": [1e999]}',
        b'{"format": "gouji-explanations", "version": 1, "records": ["\\ud800"]}',
        b'{"format": "gouji-explanations", "version": 1, "records": [' + b"9" * 9000 + b"]}",
        b"[" * 100_000,
        dump_explanations(Explanations()).decode().encode("utf-16"),
        "{说明}".encode("gbk"),
    ],
)
def test_what_is_no_such_file_is_refused(data):
    with pytest.raises(UnreadableFileError, match=r"说明\.json"):
        parse_explanations(data, "说明.json")


@given(st.binary(max_size=60))
def test_random_bytes_are_refused(data):
    with pytest.raises(UnreadableFileError):
        parse_explanations(data, "说明.json")


def test_a_newer_version_is_refused_politely():
    with pytest.raises(UnreadableFileError, match=r"更新版本.*升级"):
        of_content({**content(some()), "version": 2})


def test_a_byte_order_mark_and_other_line_ends_do_no_harm():
    data = dump_explanations(some()).replace(b"\n", b"\r\n")
    assert parse_explanations(b"\xef\xbb\xbf" + data, "说明.json") == some()


STRANGE = [
    5,
    "text",
    None,
    [],
    {},
    {"kind": "explained"},
    {"text": "很长的未来记录", "score": 1.5, "nested": {"a": [1, None, True]}},
]


@pytest.mark.parametrize("strange", STRANGE)
def test_a_record_that_nobody_understands_is_kept(strange):
    value = content(some())
    value["records"].insert(1, strange)
    read = of_content(value)
    assert read.records == some().records
    changed = read.add(finding("NUM001"), document(), said("新的"))
    assert strange in content(changed)["records"]
    assert len(content(changed)["records"]) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "delegated"},
        {"kind": ["explained"]},
        {"date": "yesterday"},
        {"date": 20260120},
        {"year": "2024"},
        {"year": True},
        {"slots": "cases"},
        {"slots": [1]},
        {"values": []},
        {"values": {"total": 4}},
        {"cells": [None]},
        {"text": "  "},
        {"author": 3},
        {"rule": None},
    ],
)
def test_a_record_with_a_strange_value_explains_nothing_and_is_kept(change):
    value = content(some(1))
    value["records"][0] |= change
    read = of_content(value)
    assert read.records == ()
    assert content(read)["records"] == value["records"]


def test_what_a_newer_program_noted_beside_is_kept():
    value = content(some(1))
    value["records"][0]["approved_by"] = {"name": "王某", "on": [2026, 1]}
    value["office"] = "某市"
    read = of_content(value)
    assert read.for_finding(finding(values={"total": "0"}), document()) == said("第0条")
    reworded = read.add(finding(values={"total": "0"}), document(), said("改过的"))
    written = content(reworded)
    assert written["office"] == "某市"
    assert written["records"][0]["approved_by"] == {"name": "王某", "on": [2026, 1]}
    assert written["records"][0]["text"] == "改过的"


@pytest.mark.parametrize("position", [0, 1])
def test_of_two_records_for_one_finding_the_later_counts_and_the_other_is_kept(position):
    value = content(some(1))
    later = {**value["records"][0], "text": "后来的", "date": "2026-01-21"}
    value["records"].insert(position, later)
    read = of_content(value)
    assert [record.explanation.text for record in read.records] == ["后来的"]
    assert len(read.kept) == 1
    assert parse_explanations(dump_explanations(read), "说明.json") == read


def test_a_missing_file_is_an_error_unless_it_may_be_missing(tmp_path):
    with pytest.raises(UnreadableFileError):
        load_explanations(tmp_path / "没有.json")
    assert load_explanations(tmp_path / "没有.json", missing_ok=True) == Explanations()
    assert load_explanations(tmp_path / "没有" / "没有.json", missing_ok=True) == Explanations()


def test_an_empty_file_is_damaged_even_where_it_may_be_missing(tmp_path):
    path = tmp_path / "说明.json"
    path.touch()
    with pytest.raises(UnreadableFileError, match="空的"):
        load_explanations(path, missing_ok=True)
    with pytest.raises(UnreadableFileError):
        load_explanations(tmp_path, missing_ok=True)


def test_saving_and_loading(tmp_path):
    path = tmp_path / "新文件夹" / "说明.json"
    assert save_explanations(path, Explanations(), some()) == some()
    assert load_explanations(path) == some()
    assert save_explanations(path, some(), some(1)) == some(1)
    assert load_explanations(path) == some(1)
    assert [item.name for item in path.parent.iterdir()] == ["说明.json"]


def test_what_did_not_change_is_not_written(tmp_path):
    path = tmp_path / "说明.json"
    save_explanations(path, Explanations(), some())
    written = path.stat().st_mtime_ns, path.stat().st_ino
    save_explanations(path, some(), some())
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == written


def test_two_windows_write_in_turn(tmp_path):
    path = tmp_path / "说明.json"
    start = save_explanations(path, Explanations(), some(1))
    mine = start.add(finding("NUM001"), document(), said("我的"))
    theirs = start.add(finding("TXT001"), document(), said("他的"))
    save_explanations(path, start, mine)
    both = save_explanations(path, start, theirs)
    assert {r.explanation.text for r in both.records} == {"第0条", "我的", "他的"}
    later = save_explanations(path, mine, mine.remove(finding(values={"total": "0"}), document()))
    assert {r.explanation.text for r in later.records} == {"我的", "他的"}
    assert load_explanations(path) == later


def test_a_removal_does_not_take_what_the_other_has_reworded(tmp_path):
    path, one = tmp_path / "说明.json", finding(values={"total": "0"})
    start = save_explanations(path, Explanations(), some(1))
    save_explanations(path, start, start.add(one, document(), said("改过的")))
    merged = save_explanations(path, start, start.remove(one, document()))
    assert merged.for_finding(one, document()) == said("改过的")


def test_both_windows_write_the_first_file(tmp_path, monkeypatch):
    path = tmp_path / "说明.json"
    from core import explanations_file

    write = explanations_file.replace_file

    def after_the_other(target: Path, data: bytes, **options) -> None:
        if not target.exists():
            write(target, dump_explanations(some(1)))
        write(target, data, **options)

    monkeypatch.setattr(explanations_file, "replace_file", after_the_other)
    mine = Explanations().add(finding("NUM001"), document(), said("我的"))
    merged = save_explanations(path, Explanations(), mine)
    assert {r.explanation.text for r in merged.records} == {"第0条", "我的"}
    assert load_explanations(path) == merged


def test_a_file_that_vanished_is_written_whole_again(tmp_path):
    path = tmp_path / "说明.json"
    added = some().add(finding("NUM001"), document(), said("我的"))
    save_explanations(path, some(), added)
    assert load_explanations(path) == added


@pytest.mark.parametrize(
    "data", [b"{", b"\x00" * 64, b"", b'{"format": "gouji-explanations", "version": 9}']
)
def test_a_file_that_cannot_be_read_is_never_written_over(tmp_path, data):
    path = tmp_path / "说明.json"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError):
        save_explanations(path, Explanations(), some())
    assert path.read_bytes() == data


def test_a_file_that_cannot_be_read_can_be_set_aside_by_a_person(tmp_path):
    path = tmp_path / "说明.json"
    for content_ in (b"{", b"["):
        path.write_bytes(content_)
        assert set_aside(path).read_bytes() == content_
    assert not path.exists()
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises(SaveError):
        set_aside(path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "文件").touch()
    with pytest.raises(SaveError, match="没有保存"):
        save_explanations(tmp_path / "文件" / "说明.json", Explanations(), some())


def test_ones_own_file_is_in_a_private_folder():
    path = own_explanations_path()
    assert path.parent == platformdirs.user_data_path("gouji", appauthor=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o755)
    save_explanations(path, Explanations(), some())
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.unlink()


@settings(max_examples=20)
@given(st.lists(EXPLANATIONS, min_size=1, max_size=30))
def test_many_explanations_of_one_report_keep_apart(explanations):
    deeds = [
        (finding(values={"total": str(index)}), document(), explanation)
        for index, explanation in enumerate(explanations)
    ]
    all_of_them = done(deeds)
    answers = all_of_them.for_findings([deed[0] for deed in deeds], document())
    assert answers == tuple(explanations)
