"""Reports that run on in one line, and texts of which only rows of numbers are left."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Confidence, Document, Section
from core.forms.loader import load_form
from core.forms.match import match
from core.readers.text import read_text
from core.session import Session
from tests.core.readers.printed import Invented, as_markdown, printed, slots, tables
from tests.core.readers.test_text import CORPUS

FIGURES = st.sampled_from(["0", "0", "0", "1", "7", "12", "305"])
OPENING = (
    "望川市林业局2024年政府信息公开工作年度报告 本报告由总体情况、主动公开政府信息情况等六个部分"
    "组成，所列数据的统计期限自2024年1月1日至2024年12月31日。"
)
PROSE = "全年工作有序推进，公开渠道不断拓宽，没有发生任何值得在这里再说一遍的事情。" * 8
HEADINGS = {
    "disclosure": "二、主动公开政府信息情况",
    "applications": "三、收到和处理政府信息公开申请情况",
    "cases": "四、政府信息公开行政复议与行政诉讼情况",
}


def in_one_line(parts: Mapping[str, Invented], between: str) -> str:
    said = [f"{OPENING}一、总体情况{PROSE}"]
    for name, heading in HEADINGS.items():
        said.append(f"{heading}2024年，依法办理。")
        if name in parts:
            cells = between.join(cell.text for cell in parts[name].table.cells)
            said.append(f"{between}{cells}{between}")
    said.append("五、存在的主要问题及改进情况还有不足。六、其他需要报告的事项无。")
    return "".join(said)


def read(text: str) -> Document:
    return read_text(text.encode(), "a.txt")


def values(document: Document) -> dict[str, tuple[str, tuple[str, ...]]]:
    found = {}
    for slot, place in match(document).places.items():
        cell = document.cell(place.ref)
        found[slot] = (cell.text if cell else "", place.readings)
    return found


def true_values(invented: Invented) -> dict[str, str]:
    table = replace(invented.table, id="t1")
    whole = Document("text", (Section(3, HEADINGS[invented.name], (table,), "table"),))
    return {slot: said for slot, (said, _) in values(whole).items()}


@given(tables(FIGURES))
def test_a_table_between_spaces_is_read_by_walking_the_form(invented: Invented):
    document = read(in_one_line({invented.name: invented}, " "))
    assert {slot: text for slot, (text, _) in values(document).items()} == true_values(invented)
    assert not any(readings for _, readings in values(document).values())


@given(tables(FIGURES))
def test_digits_without_anything_between_are_never_cut_wrongly(invented: Invented):
    document = read(in_one_line({invented.name: invented}, ""))
    found, expected = values(document), true_values(invented)
    assert found.keys() <= expected.keys()
    assert found or document.notices
    for slot, (text, readings) in found.items():
        assert text == expected[slot] if not readings else expected[slot] in readings
    if found and invented.name != "disclosure":
        (table,) = document.tables.values()
        assert any("没有分隔" in note for note in table.notes)


def filled(name: str, value: str = "0", **others: str) -> Invented:
    texts = dict.fromkeys(slots("2021", name), value)
    texts |= {f"{name}.{slot}": text for slot, text in others.items()}
    return Invented("2021", name, printed("2021", name, texts))


def test_a_whole_report_in_one_line():
    parts = {name: filled(name) for name in HEADINGS}
    for between in (" ", ""):
        document = read(in_one_line(parts, between))
        assert [section.number for section in document.sections] == [0, 1, 2, 3, 4, 5, 6]
        assert document.sections[1].heading == "一、总体情况"
        assert document.sections[1].paragraphs[0].text == PROSE
        assert document.sections[6].paragraphs[0].text == "无。"
        assert len(values(document)) == 200
        assert {text for text, _ in values(document).values()} == {"0"}
        assert not document.notices
        said = {cell.text for table in document.tables.values() for cell in table.cells}
        assert "3.危及“三安全一稳定”" in said
        assert "（二）部分公开（区分处理的，只计这一情形，不计其他情形）" in said


def test_what_can_be_cut_in_several_ways_offers_all_and_chooses_none():
    numbers = {
        "normative_documents.issued": "1",
        "normative_documents.repealed": "1",
        "normative_documents.in_force": "29",
    }
    document = read(in_one_line({"disclosure": filled("disclosure", **numbers)}, ""))
    places = match(document).places
    row = "disclosure.normative_documents"
    assert [places[f"{row}.{each}"].readings for each in ("issued", "repealed", "in_force")] == [
        ("1", "11"),
        ("1", "2", "12"),
        ("9", "29"),
    ]
    assert places["disclosure.regulations.issued"].confidence is Confidence.ALIGNED


def test_a_row_one_number_short_lacks_its_total():
    text = in_one_line({"applications": filled("applications")}, " ")
    label = "1.属于国家秘密"
    before, after = text.split(label)
    document = read(f"{before}{label}{after.removeprefix(' 0')}")
    places = match(document).places
    total = places["applications.refused_state_secret.total"]
    assert total.readings == ("",)
    assert total.confidence is Confidence.UNCERTAIN
    checks = {c.rule: c for c in Session(Path("a.txt"), b"", document).check().checks}
    assert any("少一格" in item.reason for item in checks["SUM002"].insufficient)


def test_a_table_with_a_number_too_many_is_no_table_but_told():
    text = in_one_line({"applications": filled("applications")}, " ")
    label = "7.属于行政执法案卷"
    document = read(text.replace(label, f"{label} 0"))
    assert "applications" not in match(document).tables
    assert any("没有读出" in notice for notice in document.notices)


def test_misprinted_labels_are_walked_over():
    text = in_one_line({"applications": filled("applications")}, " ")
    document = read(text.replace("7.属于行政执法案卷", "7.属于行政执法案件"))
    assert len(values(document)) == 175
    assert match(document).tables["applications"].labels


def test_an_ordinary_long_paragraph_is_one_paragraph():
    document = read(f"一、总体情况\n{PROSE * 3}\n")
    assert document.sections[0].paragraphs[0].text == PROSE * 3


# ---- rows of numbers, names scattered ------------------------------------------------------


def scattered(seed: int, unnamed: int) -> tuple[str, dict[str, str]]:
    """Return lines such as the text of a PDF has: some rows without their names."""
    chance = random.Random(seed)
    form = load_form("2021").tables["applications"]
    rows: dict[int, list[str]] = {}
    expected: dict[str, str] = {}
    for cell in form.cells:
        if cell.slot:
            expected[cell.slot] = str(chance.choice([0, 0, 3, 41, 1200]))
            rows.setdefault(cell.row, []).append(expected[cell.slot])
    names = {c.row: c.text for c in sorted(form.cells, key=lambda c: c.column) if c.text}
    without = set(chance.sample(sorted(rows), unnamed))
    lines = ["三、收到和处理政府信息公开申请情况", "申请人情况", "自然 法人或其他组织", "— 5 —"]
    lines += ["商业企业科研机构社会公益组织法律服务机构其他总计人"]
    for row, numbers in rows.items():
        name = "" if row in without else names[row]
        lines.append(f"{name} {' '.join(numbers)}")
        if row in without:
            lines.append(names[row][:5])
    return "\n".join([*lines, "四、政府信息公开行政复议、行政诉讼情况", ""]), expected


@pytest.mark.parametrize("seed", range(8))
def test_rows_without_names_follow_from_their_order(seed: int):
    text, expected = scattered(seed, seed)
    document = read(text)
    assert {slot: said for slot, (said, _) in values(document).items()} == expected
    (table,) = document.tables.values()
    numbers = [cell for cell in table.cells if cell.text.isdigit()]
    assert all(cell.confidence is not Confidence.EXACT for cell in numbers)
    assert any("对照原文" in note for note in table.notes)


@pytest.mark.parametrize("lost", [4, 12, 27])
def test_with_a_row_too_few_or_too_many_nothing_is_taken(lost: int):
    lines = scattered(3, 2)[0].split("\n")
    numbers = [i for i, line in enumerate(lines) if line and line[-1].isdigit() and " " in line]
    fewer = [line for i, line in enumerate(lines) if i != numbers[lost % len(numbers)]]
    more = [*lines[: numbers[3]], "1 2 3 4 5 6 7", *lines[numbers[3] :]]
    for each in (fewer, more):
        assert not read("\n".join(each)).tables


def test_rows_in_another_order_are_not_taken():
    lines = scattered(1, 0)[0].split("\n")
    lines[8], lines[9] = lines[9], lines[8]
    assert not read("\n".join(lines)).tables


# ---- Markdown ------------------------------------------------------------------------------


@given(tables(st.sampled_from(["", "0", "12", "1,024"])))
def test_a_table_of_markdown_with_all_its_positions(invented: Invented):
    body = as_markdown(invented.table, is_grid=True)
    heading = f"## {HEADINGS[invented.name]}"
    text = f"{heading}\n\n{body}\n\n## 六、其他需要报告的事项\n\n**无**。\n"
    document = read(text)
    assert {slot: said for slot, (said, _) in values(document).items()} == true_values(invented)
    assert document.sections[0].heading == HEADINGS[invented.name]
    assert document.sections[-1].paragraphs[0].text == "无。"


def test_a_text_without_such_tables_keeps_its_marks():
    document = read("## 一、总体情况\n**重点**工作 3 项。\n")
    said = [p.text for section in document.sections for p in section.paragraphs]
    assert "**重点**工作 3 项。" in said


@pytest.mark.parametrize(
    "name", ["pingtan_jjf_2021.txt", "pingtan_jjf_2024.txt", "shanghai_office_2025_ocr.txt"]
)
def test_real_texts_that_lost_their_cells(name: str):
    if not (CORPUS / name).exists():
        pytest.skip("the collection of real reports is not here")
    expected = json.loads((CORPUS / "expected" / f"{name}.json").read_text(encoding="utf-8"))
    document = read_text((CORPUS / name).read_bytes(), name)
    found = values(document)
    assert {s: t for s, (t, _) in found.items() if s not in expected["unknown"]} == expected[
        "slots"
    ]
    assert all(found[slot][1] for slot in expected["unknown"] if slot in found)
    assert (document.agency, document.year) == (expected["agency"], expected["year"])
