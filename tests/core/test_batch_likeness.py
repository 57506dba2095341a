"""Prose that is nearly the same between agencies: found at 80 in 100, at any size, side by side."""

from __future__ import annotations

import random
import time
from array import array

import pytest

from core.batch_likeness import (
    SHARE,
    alike,
    groups_of,
    likeness_findings,
    marks_of,
    side_by_side,
)
from core.batch_row import Row
from core.document import Document
from tests.core.rules.reports import Changes, report

SENTENCES = [
    f"第{number}项工作按照要求逐级落实到科室和岗位，{word}，没有发生重大失误。"
    for number, word in enumerate("甲乙丙丁戊己庚辛壬癸")
]


def document(agency: str, sentences: list[str], year: int = 2024) -> Document:
    prose = {"1": ["".join(sentences)], "5": ["问题不多。"], "6": ["没有。"]}
    return report(Changes(agency=agency, year=year, prose=prose))


def row(agency: str, sentences: list[str], **values: str) -> Row:
    marks = marks_of(document(agency, sentences))
    return Row(f"{agency}.docx", agency=agency, digest=values.get("digest", agency), prose=marks)


def own(name: str, count: int) -> list[str]:
    return [
        f"{name}的第{number}件事情另有说明，详见本单位网站公布的内容。" for number in range(count)
    ]


def pairs(*rows: Row) -> list[tuple[str, str, int]]:
    return [(pair.one[:-5], pair.other[:-5], pair.share) for pair in alike(rows).pairs]


def test_eight_of_ten_sentences_are_enough_and_seven_are_not():
    whole = row("云溪市水务局", SENTENCES)
    eight = row("云溪市民政局", SENTENCES[:8] + own("民政", 2))
    seven = row("云溪市司法局", SENTENCES[:7] + own("司法", 3))
    found = pairs(whole, eight, seven)
    assert [(one, other) for one, other, _ in found] == [("云溪市水务局", "云溪市民政局")]
    assert found[0][2] == SHARE


def test_a_short_report_in_a_long_one_is_found():
    short = row("云溪市水务局", SENTENCES[:5])
    long = row("云溪市民政局", SENTENCES + own("民政", 20))
    assert pairs(long, short) == [("云溪市水务局", "云溪市民政局", 100)]


def test_names_of_agencies_and_years_make_no_difference():
    said = ["2024年，{name}坚持把公开作为常态，全年没有发生舆情事件。", *SENTENCES[:4]]
    one = row("云溪市水务局", [said[0].format(name="云溪市水务局"), *said[1:]])
    other = row("云溪市民政局", [said[0].format(name="民政局"), *said[1:]])
    (pair,) = alike([one, other]).pairs
    assert (pair.same, pair.of) == (5, 5)


def test_short_sentences_and_bare_reports_say_nothing():
    bare = [row(name, SENTENCES[:3]) for name in ("云溪市水务局", "云溪市民政局")]
    brief = [row(name, ["没有。", "无。"] * 8) for name in ("云溪市体育局", "云溪市档案局")]
    assert pairs(*bare, *brief) == []


def test_one_agency_and_one_content_are_no_pairs():
    again = Row("另一份.docx", agency="云溪市水务局", digest="x", prose=row("a", SENTENCES).prose)
    copy = Row("副本.docx", agency="云溪市民政局", digest="云溪市水务局", prose=again.prose)
    assert pairs(row("云溪市水务局", SENTENCES), again, copy) == [("另一份", "副本", 100)]


def test_a_group_is_one_finding():
    rows = [row(f"云溪市{sign}局", SENTENCES) for sign in "甲乙丙"]
    found = alike(rows)
    assert len(found.pairs) == 3
    assert groups_of(found.pairs) == [sorted(each.file for each in rows)]
    (finding,) = likeness_findings(found)
    assert (finding.kind, finding.severity.value) == ("prose_alike", "warning")
    assert "3 份报告" in finding.message
    assert "100%" in finding.message


def test_side_by_side():
    one = document("云溪市水务局", [*SENTENCES[:2], "只有这里说到了水务方面的特殊情况。"])
    other = document("云溪市民政局", [SENTENCES[1], "只有这里说到了民政方面的特殊情况。"])
    found = side_by_side(one, other)
    ours = {each.text for each in found.one if each.is_same}
    assert ours == {each.text for each in found.other if each.is_same}
    assert len(ours) == 1
    assert all(each.span.section in (1, 5, 6) for each in found.one)
    assert len(found.one) == 5


def random_rows(count: int, generator: random.Random) -> list[Row]:
    """Reports of forty sentences: half of them what everybody says, every hundredth a copy."""
    rows = []
    common = [generator.getrandbits(64) for _ in range(60)]
    for number in range(count):
        if number % 100 == 99:
            marks = [*array("Q", rows[number - 50].prose)][:36]
            marks += [generator.getrandbits(64) for _ in range(4)]
        else:
            marks = generator.sample(common, 20) + [generator.getrandbits(64) for _ in range(20)]
        prose = array("Q", sorted(marks)).tobytes()
        rows.append(Row(f"{number:06}", agency=f"第{number}局", digest=str(number), prose=prose))
    return rows


@pytest.mark.parametrize("count", [1000, pytest.param(100_000, marks=pytest.mark.long)])
def test_many_reports_take_little_time_each(count):
    rows = random_rows(count, random.Random(7))
    begun = time.process_time()
    found = alike(rows)
    taken = time.process_time() - begun
    assert len(found.pairs) == count // 100
    assert all(int(pair.other) - int(pair.one) in (50, -50) for pair in found.pairs)
    print(f"{count} reports compared in {taken:.2f} s")
    assert taken < 0.002 * count


def test_too_many_pairs_are_cut_and_that_is_known():
    prose = row("a", SENTENCES).prose
    rows = [Row(str(n), agency=f"第{n}局", digest=str(n), prose=prose) for n in range(200)]
    found = alike(rows)
    assert found.is_cut
    assert len(found.pairs) == 5000
