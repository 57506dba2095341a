"""What holds for the rules about the text, whatever the text is."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import CellRef, Document, Paragraph, Section
from core.forms.match import match
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import CheckResult, Outcome
from core.rules.registry import all_rules
from core.rules.severity import Severity
from tests.core.rules.reports import AGENCY, HEADINGS, Changes, context_of

RULES = all_rules()
TEXT_RULES = [rule for rule_id, rule in RULES.items() if "TXT001" <= rule_id < "TXT101"]
COUNTS = st.lists(st.integers(1, 5000), min_size=2, max_size=7)
NAMES = "甲乙丙丁戊己庚"
# Check digits belong to these seventeen; no such place exists.
IDENTITY = "990101199003070015"


def document(*paragraphs: str, section: int = 1) -> Document:
    title = f"{AGENCY}2022年政府信息公开工作年度报告"
    sections = [Section(0, "", (Paragraph(title),))]
    for number, heading in enumerate(HEADINGS, start=1):
        texts = paragraphs if number == section else ()
        sections.append(Section(number, heading, tuple(Paragraph(text) for text in texts)))
    return Document("text", tuple(sections), title, AGENCY, 2022)


def checked(rule_id: str, *paragraphs: str, section: int = 1) -> CheckResult:
    read = document(*paragraphs, section=section)
    return check(Context(read, match(read)), [RULES[rule_id]])


def marked(rule_id: str, *paragraphs: str) -> list[str]:
    """Return the stretches of the paragraphs that a rule marks."""
    spans = [finding.found.span for finding in checked(rule_id, *paragraphs).findings]
    return [paragraphs[s.paragraph][s.start : s.end] for s in spans if s]


def listed(parts: list[int]) -> str:
    named = [f"{NAMES[i]}类{count}件" for i, count in enumerate(parts[:-1])]
    return "、".join([*named, f"其他{parts[-1]}件"])


@given(COUNTS)
def test_a_total_that_is_computed_is_never_doubted(parts):
    text = f"全年受理事项{sum(parts)}件，其中{listed(parts)}。"
    assert checked("TXT051", text).outcome("TXT051") is Outcome.PASSED


@given(COUNTS, st.integers(1, 99))
def test_a_wrong_total_of_a_list_with_the_rest_is_always_found(parts, more):
    text = f"全年受理事项{sum(parts) + more}件，其中{listed(parts)}。"
    (finding,) = checked("TXT051", text).findings
    assert f"= {sum(parts)} 不符" in finding.message
    assert finding.severity is Severity.WARNING


@given(COUNTS, st.integers(1, 99))
def test_a_list_that_need_not_be_complete_is_left_alone(parts, more):
    named = "、".join(f"{NAMES[i]}类{count}件" for i, count in enumerate(parts))
    text = f"全年受理事项{sum(parts) + more}件，其中{named}。"
    assert not checked("TXT051", text).findings


@given(st.integers(1, 999), st.integers(1, 999), st.integers(0, 3))
def test_a_share_that_is_rounded_passes_and_one_cut_off_is_a_note(part, rest, decimals):
    total, step = part + rest, Decimal(1).scaleb(-decimals)
    real = Decimal(part * 100) / total
    rounded = real.quantize(step, ROUND_HALF_UP)
    text = f"全年受理事项{total}件，其中咨询{part}件，占{{}}%。"
    assert not checked("TXT052", text.format(rounded)).findings
    cut = checked("TXT052", text.format(real.quantize(step, ROUND_DOWN)))
    assert not cut.of_severity(Severity.WARNING)
    wrong = checked("TXT052", text.format(rounded + 2 * step))
    assert [finding.severity for finding in wrong.findings] == [Severity.WARNING]


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_changed_place_makes_no_identity_number(place, more):
    digits = IDENTITY
    other = str((int(digits[place]) + more) % 10)
    changed = digits[:place] + other + digits[place + 1 :]
    assert checked("TXT041", f"证件号码{digits}。").findings
    assert not checked("TXT041", f"证件号码{changed}。").findings


def test_a_finding_never_repeats_a_personal_number():
    shown = "".join(
        finding.message + str(finding.found.values)
        for rule_id, text in (("TXT041", IDENTITY), ("TXT042", "13900001234"))
        for finding in checked(rule_id, f"申请人{text}提出申请。").findings
    )
    assert shown
    assert IDENTITY[4:-2] not in shown
    assert "0000" not in shown


@pytest.mark.parametrize(
    ("rule_id", "text", "expected"),
    [
        ("TXT033", "　　２０２２年， 主动公开 ＸＸ 条。", "ＸＸ"),
        ("TXT051", "受理 ２０ 件，其中 网上 １２ 件、其他 ９ 件。", "１２ 件、其他 ９ 件"),
        ("TXT052", "受理80件，其中合格76件，占 ９７ ％。", "９７ ％"),
    ],
)
def test_the_mark_is_where_the_words_stand_in_the_file(rule_id, text, expected):
    assert marked(rule_id, text) == [expected]


def test_a_line_break_of_the_page_is_no_end_of_a_sentence():
    lines = (
        "2022 年，我市门户网站主动公开各类政府信",
        "息 125 条，其中政策类 5 条、规划类 20 条、其他信",
        "息 94 条。",
    )
    (finding,) = checked("TXT051", *lines).findings
    assert finding.found.span.paragraph == 1
    assert marked("TXT051", *lines) == ["5 条、规划类 20 条、其他信"]


def test_numbers_that_are_compared_with_the_tables_are_left_to_that():
    text = "共收到政府信息公开申请20件，办结20件，其中予以公开12件，不予公开5件，其他处理4件。"
    assert not checked("TXT051", text).findings
    assert checked("TXT051", text.replace("政府信息公开申请", "群众来信")).findings


def test_an_edit_of_a_number_changes_nothing_that_the_text_says():
    context = context_of(Changes(prose={"1": ["发布信息XX条。"], "6": ["无"]}))
    before = check(context, TEXT_RULES)
    edited = context.document.with_texts({CellRef("t2", 3, 3): "77"})
    after = check(Context(edited, match(edited)), TEXT_RULES)
    assert before.findings
    assert [f.found for f in before.findings] == [f.found for f in after.findings]


@pytest.mark.parametrize(
    "unit", ["0", " ", ",", "1,", "（1件", "其中1件，", "报告包括", "1件（1%）、"]
)
def test_a_very_long_text_without_sense_is_looked_through(unit):
    long = unit * (300_000 // len(unit))
    read = document(long, long)
    result = check(Context(read, match(read)), TEXT_RULES)
    assert result.count(Outcome.FAILED) == 0
