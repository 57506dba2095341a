"""An office's settings: nothing is changed in silence, and nothing wrong is half used."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UnreadableFileError
from core.forms.loader import load_forms
from core.own_relations import BASIS, OwnRelation
from core.rules import basis
from core.rules.engine import check
from core.rules.model import (
    Basis,
    Found,
    Insufficient,
    NotApplicable,
    Outcome,
    Passed,
    Rule,
    RuleCheck,
)
from core.rules.registry import all_rules
from core.rules.severity import Severity
from core.settings import Settings, with_severity
from core.settings_file import dump_settings, load_settings, parse_settings
from core.thresholds import DEFAULTS, THRESHOLDS
from tests.core.rules.reports import Changes, context_of

RULES = tuple(all_rules().values())
COUNTS = [
    slot
    for slot in sorted(load_forms()["2021"].slots)
    if slot.startswith(("applications", "cases")) and ".other." not in slot
]
NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=10)
RELATIONS = st.lists(
    st.builds(
        lambda name, slots, severity, remark: (name, slots, severity, remark),
        NAMES.map(lambda text: f"关系{text}尾"),
        st.lists(st.sampled_from(COUNTS), min_size=2, max_size=6, unique=True),
        st.sampled_from(Severity),
        NAMES.map(str.strip),
    ),
    max_size=4,
).map(
    lambda items: tuple(
        OwnRelation(f"X{number:03}", name, slots[0], tuple(slots[1:]), severity, remark)
        for number, (name, slots, severity, remark) in enumerate(items)
    )
)
RULE_IDS = st.sampled_from([rule.id for rule in RULES])
SETTINGS = st.builds(
    Settings,
    NAMES.map(str.strip),
    NAMES.map(str.strip),
    st.frozensets(RULE_IDS, max_size=4),
    st.dictionaries(RULE_IDS, st.sampled_from(Severity), max_size=4),
    RELATIONS,
    st.dictionaries(st.just("ratio_high"), st.integers(10, 9999).map(lambda n: Decimal(n) / 10)),
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def example(root: Path) -> bytes:
    page = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1].encode()


def read(**content: object) -> Settings:
    value = {"format": "gouji-settings", "version": 1, **content}
    return parse_settings(json.dumps(value, ensure_ascii=False).encode(), "设置.json")


def relation(**changes: object) -> dict[str, object]:
    return {
        "id": "X001",
        "name": "只收到过自然人的申请",
        "total": "applications.received.total",
        "parts": ["applications.received.natural_person"],
        **changes,
    }


def own(total: str, *parts: str, **options: object) -> OwnRelation:
    return OwnRelation("X001", "本单位的关系", total, parts, **options)


def a_rule(*results: object, severity: Severity = Severity.WARNING) -> Rule:
    def wrong(_context: object) -> Iterator:
        """标题。"""
        yield from results

    place = Basis("算术", "件数是不小于 0 的整数")
    return Rule("AAA001", "wrong", severity, place, "{text}", wrong)


@pytest.fixture
def basis_of_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the relations of an office rest on, as long as the texts do not have it."""
    texts = dict(basis._texts())
    own_text = {"title": "本单位的设置：", "places": {BASIS.place: ""}}
    texts.setdefault(BASIS.text, own_text)
    monkeypatch.setattr(basis, "_texts", lambda: texts)


# The file.


def test_the_example_for_offices_is_complete_and_right(example: bytes):
    found = parse_settings(example, "例.json")
    assert json.loads(dump_settings(found)) == {
        key: value for key, value in json.loads(example).items()
    } | {"relations": [{"severity": "warning", **r} for r in json.loads(example)["relations"]]}
    assert set(json.loads(example)) == {"format", "version", *Settings.__dataclass_fields__}


def test_the_page_for_offices_lists_every_threshold(root: Path):
    page = (root / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| ([\d.]+) \| ([\d.]+) – ([\d.]+) \|$", page, re.M)
    assert {row[0]: row[1:] for row in rows} == {
        name: (t.title, *(f"{number:f}" for number in (t.default, t.least, t.most)))
        for name, t in THRESHOLDS.items()
    }


@given(SETTINGS)
def test_what_was_written_is_read_and_always_written_alike(given_settings: Settings):
    data = dump_settings(given_settings)
    assert parse_settings(data, "设置.json") == given_settings
    assert dump_settings(parse_settings(data, "设置.json")) == data


def test_an_empty_file_of_settings_changes_nothing():
    assert read() == Settings()
    assert Settings().apply_to(RULES).rules == RULES
    assert Settings().apply_to(RULES).switched_off == frozenset()
    assert Settings().changes(RULES) == ()
    assert Settings().all_thresholds == DEFAULTS


def test_a_file_cut_off_anywhere_is_damaged(example: bytes):
    whole = example.rstrip()
    for end in range(len(whole)):
        with pytest.raises(UnreadableFileError, match=r"设置\.json.*没有采用"):
            parse_settings(whole[:end], "设置.json")


@given(st.binary(max_size=60))
def test_random_bytes_are_refused(data: bytes):
    with pytest.raises(UnreadableFileError):
        parse_settings(data, "设置.json")


KEYS = ["name", "remark", "switched_off", "severities", "relations", "thresholds", "other"]


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=3))
def test_any_content_is_used_or_refused_in_a_sentence(content: dict[str, object]):
    try:
        found = read(**content)
    except UnreadableFileError as error:
        sentence = str(error)
    else:
        sentence = ""
        assert parse_settings(dump_settings(found), "设置.json") == found
    assert sentence == "" or sentence.startswith("设置文件“设置.json”")


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.sampled_from(["id", "name", "total", "parts", "severity", "remark", "x"]), JSON
    )
)
def test_any_relation_is_used_or_refused_in_a_sentence(changes: dict[str, object]):
    try:
        read(relations=[relation(**changes)])
    except UnreadableFileError as error:
        sentence = str(error)
    else:
        sentence = ""
    assert sentence == "" or "relations 第 1 项" in sentence


REFUSED = {
    "a misspelt key": ({"switch_off": []}, "switch_off", "是不是“switched_off”"),
    "no list": ({"switched_off": "SUM002"}, "switched_off", "列表"),
    "no text in it": ({"switched_off": [2]}, "switched_off", "文字"),
    "no such rule": ({"switched_off": ["SUM02"]}, "SUM02", "是不是“SUM002”"),
    "a severity for no rule": ({"severities": {"XXX999": "note"}}, "XXX999", "更新的版本"),
    "no such severity": ({"severities": {"SUM002": "Error"}}, "severities.SUM002", "“error”"),
    "a severity that is a list": ({"severities": {"SUM002": []}}, "severities.SUM002", "文字"),
    "severities as a list": ({"severities": ["SUM002"]}, "severities", "花括号"),
    "no such limit": ({"thresholds": {"ratio": 3}}, "thresholds.ratio", "不认识"),
    "a limit in quotes": ({"thresholds": {"ratio_high": "3"}}, "ratio_high", "不加引号"),
    "a limit that is true": ({"thresholds": {"ratio_high": True}}, "ratio_high", "应是一个数"),
    "a limit out of range": ({"thresholds": {"ratio_low": 1.5}}, "ratio_low", "0 到 1 之间"),
    "a limit beyond sense": ({"thresholds": {"fees": 10**300}}, "fees", "之间"),
    "a name that is no text": ({"name": 5}, "name", "文字"),
    "a name without end": ({"name": "长" * 101}, "name", "太长"),
    "a name with a bell": ({"name": "a\u0007"}, "name", "控制字符"),
    "relations as an object": ({"relations": {"X001": {}}}, "relations", "列表"),
    "a relation as a text": ({"relations": ["X001"]}, "relations 第 1 项", "花括号"),
}
REFUSED_RELATIONS = {
    "a misspelt key": ({"part": []}, "part", "是不是“parts”"),
    "no id": ({"id": ""}, "第 1 项", "没有写 id"),
    "no name": ({"name": " "}, "第 1 项", "没有写 name"),
    "no parts": ({"parts": []}, "第 1 项", "没有写 parts"),
    "an id of the catalogue": ({"id": "SUM002"}, "id", "自带规则"),
    "an id of no kind": ({"id": "X1"}, "id", "X001"),
    "an id that the catalogue could take": ({"id": "ABC001"}, "id", "X001"),
    "no such slot": ({"total": "applications.recieved.total"}, "total", "是不是“applications.rec"),
    "no such part": ({"parts": ["a"]}, "parts", "没有“a”这个栏目"),
    "a part that is no text": ({"parts": [["a"]]}, "parts", "文字"),
    "the total among the parts": (
        {"parts": ["applications.received.total"]},
        "第 1 项",
        "不止一次",
    ),
    "a part twice": ({"parts": ["applications.received.business"] * 2}, "第 1 项", "不止一次"),
    "two editions": (
        {
            "total": "disclosure.regulations.made",
            "parts": ["disclosure.regulations.issued"],
        },
        "第 1 项",
        "不在同一版格式",
    ),
    "money and counts": (
        {"total": "disclosure.fees.amount", "parts": ["disclosure.permits.decisions"]},
        "第 1 项",
        "万元",
    ),
    "no such severity": ({"severity": "fatal"}, "severity", "“note”"),
}


@pytest.mark.parametrize(("content", "key", "what"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_named(content: dict, key: str, what: str):
    with pytest.raises(UnreadableFileError) as caught:
        read(**content)
    sentence = str(caught.value)
    assert sentence.startswith("设置文件“设置.json”")
    assert sentence.endswith("请改正或者换一份后再试。")
    assert key in sentence
    assert what in sentence


@pytest.mark.parametrize(
    ("changes", "key", "what"), REFUSED_RELATIONS.values(), ids=REFUSED_RELATIONS
)
def test_what_is_wrong_in_a_relation_is_named(changes: dict, key: str, what: str):
    with pytest.raises(UnreadableFileError) as caught:
        read(relations=[relation(**changes)])
    assert "relations 第 1 项" in str(caught.value)
    assert key in str(caught.value)
    assert what in str(caught.value)


def test_an_id_stands_for_one_relation():
    with pytest.raises(UnreadableFileError, match=r"第 2 项的 id.*已经用过"):
        read(relations=[relation(), relation(name="另一项")])


def test_a_key_that_stands_twice_is_refused():
    data = b'{"format": "gouji-settings", "version": 1, "name": "a", "name": "b"}'
    with pytest.raises(UnreadableFileError, match="不止一次"):
        parse_settings(data, "设置.json")


def test_a_newer_version_and_another_file_are_refused():
    with pytest.raises(UnreadableFileError, match=r"更新版本.*升级"):
        read(version=2)
    with pytest.raises(UnreadableFileError, match="不是这个程序的设置文件"):
        read(format="gouji-explanations")


def test_a_long_name_of_a_wrong_key_does_not_flood_the_sentence():
    with pytest.raises(UnreadableFileError) as caught:
        read(**{"k\n" * 5000: 1})
    assert len(str(caught.value)) < 400
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path, example: bytes):
    with pytest.raises(UnreadableFileError, match="没有"):
        load_settings(tmp_path / "没有.json")
    path = tmp_path / "设置.json"
    path.write_bytes(b"\xef\xbb\xbf" + example.replace(b"\n", b"\r\n"))
    assert load_settings(path) == parse_settings(example, "")
    path.write_bytes(b"")
    with pytest.raises(UnreadableFileError, match="空的"):
        load_settings(path)


# What it does.


def test_a_rule_that_is_switched_off_is_still_named():
    chosen = Settings(switched_off=frozenset({"SUM002", "X001", "ZZZ999"})).apply_to(RULES)
    assert chosen.switched_off == {"SUM002"}
    assert [rule.id for rule in chosen.rules] == [rule.id for rule in RULES]


def test_what_is_set_otherwise_is_said():
    found = read(
        switched_off=["TBL005"],
        severities={"SUM002": "note", "TBL004": "error", "TBL001": "warning"},
        relations=[relation()],
        thresholds={"ratio_high": 3, "ratio_low": 0.2},
    )
    assert found.changes(RULES) == (
        "已关闭 1 条规则，没有检查：TBL005",
        "SUM002 由强制性错误降为提示",
        "TBL004 由提示升为强制性错误",
        "增加了本单位自定的 1 项关系：X001",
        "改变了 1 个阈值：ratio_high",
    )


def test_a_severity_is_changed_and_nothing_else():
    broken = context_of(Changes(slots={"applications.disclosed.total": "99"}))
    chosen = Settings(severities={"SUM002": Severity.NOTE}).apply_to(RULES)
    usual, milder = check(broken).findings, check(broken, chosen.rules).findings
    assert any(finding.rule == "SUM002" for finding in usual)
    assert milder == tuple(
        replace(finding, severity=Severity.NOTE) if finding.rule == "SUM002" else finding
        for finding in usual
    )


@pytest.mark.parametrize("own_severity", Severity)
@pytest.mark.parametrize("new", Severity)
@pytest.mark.parametrize("lowered", [None, *Severity])
def test_a_finding_weighs_as_set_and_never_more_than_the_rule_lowered_it(
    own_severity: Severity, new: Severity, lowered: Severity | None, log_records: list
):
    order = list(Severity)
    rule = a_rule(Found({"text": "x"}, lowered=lowered), severity=own_severity)
    result = check(context_of(Changes()), [with_severity(rule, new)])
    if lowered and order.index(lowered) < order.index(own_severity):
        assert result.outcome("AAA001") is Outcome.FAILED
        log_records.clear()
        return
    expected = max(new, lowered or new, key=order.index)
    assert [finding.severity for finding in result.findings] == [expected]


def test_a_rule_of_another_severity_keeps_its_help_page_and_outcomes():
    rule = a_rule(Passed(), Insufficient("不能"), NotApplicable())
    changed = with_severity(rule, Severity.NOTE)
    assert changed.title == rule.title == "标题"
    assert list(changed.check(context_of(Changes()))) == [
        Passed(),
        Insufficient("不能"),
        NotApplicable(),
    ]


# Relations of an office.


def decided(relation: OwnRelation, **changes: object) -> RuleCheck:
    result = check(context_of(Changes(**changes)), [relation.rule()])
    return result.checks[0]


TOTAL, PART = "cases.direct_lawsuit.pending", "cases.later_lawsuit.pending"
OTHER = "applications.received.business"


@pytest.mark.parametrize(
    ("texts", "outcome"),
    [
        (("5", "2", "3"), Outcome.PASSED),
        (("５", "2 件", "3"), Outcome.PASSED),
        (("5", "", "5"), Outcome.PASSED),
        (("0", "", "0"), Outcome.PASSED),
        (("", "2", "3"), Outcome.INSUFFICIENT),
        (("—", "0", "0"), Outcome.INSUFFICIENT),
        (("5", "见附件", "3"), Outcome.INSUFFICIENT),
        (("见附件", "2", "3"), Outcome.INSUFFICIENT),
        (("5", "2", "2"), Outcome.FOUND),
        (("5", "", ""), Outcome.FOUND),
        (("0", "1", "0"), Outcome.FOUND),
    ],
)
def test_a_relation_across_tables(basis_of_relations, texts: tuple[str, ...], outcome: Outcome):
    slots = dict(zip((TOTAL, PART, OTHER), texts, strict=True))
    assert decided(own(TOTAL, PART, OTHER), slots=slots).outcome is outcome


def test_a_broken_relation_says_what_it_adds_up(basis_of_relations):
    slots = {TOTAL: "5", PART: "", OTHER: "4"}
    rule = own(TOTAL, PART, OTHER, severity=Severity.NOTE).rule()
    context = context_of(Changes(slots=slots))
    (finding,) = check(context, [rule]).findings
    assert finding.rule == "X001"
    assert finding.name == "own_relation"
    assert finding.severity is Severity.NOTE
    assert finding.message == (
        "本单位的关系：“行政诉讼（未经复议直接起诉）·尚未审结” 5 ≠ "
        "“行政诉讼（复议后起诉）·尚未审结”、“本年新收·商业企业”之和 4（空白按 0 计）"
    )
    assert finding.basis == "本单位的设置：总计等于所列各项之和"
    assert finding.found.slots == (PART, OTHER, TOTAL)
    assert finding.found.cells == tuple(context.match.places[s].ref for s in (PART, OTHER, TOTAL))
    assert finding.table == context.tables["cases"].table_id


def test_braces_in_a_name_are_only_text(basis_of_relations):
    relation = replace(own(TOTAL, PART), name="{total} {0} {")
    rule_check = decided(relation, slots={TOTAL: "5", PART: "4"})
    assert rule_check.outcome is Outcome.FOUND


def test_many_parts_are_counted_in_the_message(basis_of_relations):
    parts = [
        f"applications.{row}.total" for row in ("received", "carried_in", "handled", "disclosed")
    ]
    rule = own(TOTAL, *parts).rule()
    (finding,) = check(context_of(Changes(slots={TOTAL: "9999"})), [rule]).findings
    assert "等 4 项之和" in finding.message


def test_a_relation_whose_table_is_missing_is_not_checked():
    rule_check = decided(own(TOTAL, PART, OTHER), without_tables=["applications"])
    assert [item.reason for item in rule_check.insufficient] == ["报告中没有找到申请办理表"]


def test_a_relation_whose_cell_is_missing_is_not_checked():
    assert decided(own(TOTAL, PART), without_cells=[PART]).outcome is Outcome.INSUFFICIENT
    assert decided(own(TOTAL, PART), without_cells=[TOTAL]).outcome is Outcome.INSUFFICIENT


def test_a_relation_applies_to_the_editions_that_have_its_cells():
    both = own(TOTAL, PART)
    only_2021 = own("disclosure.regulations.issued", "disclosure.normative_documents.issued")
    assert both.editions == ("2019", "2021")
    assert only_2021.editions == ("2021",)
    assert decided(only_2021, edition="2019").outcome is Outcome.NOT_APPLICABLE
    hybrid = decided(only_2021, tables_of_2019=["disclosure"])
    assert hybrid.outcome is Outcome.NOT_APPLICABLE


def test_a_relation_stands_in_the_catalogue_like_a_rule():
    rule = own(TOTAL, PART, remark="本市口径。").rule()
    assert rule.title == "本单位的关系"
    assert "本市口径。" in (rule.check.__doc__ or "")
    chosen = Settings(relations=(own(TOTAL, PART),), switched_off=frozenset({"X001"}))
    assert chosen.apply_to(RULES).rules[-1].id == "X001"
    assert chosen.apply_to(RULES).switched_off == {"X001"}


def test_no_rule_of_the_catalogue_has_an_id_of_an_office():
    assert not [rule.id for rule in RULES if re.fullmatch(r"X\d+", rule.id)]
