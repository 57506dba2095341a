"""Rows of a folder as they are shown: what needs work first, what is looked for, in numbers."""

from __future__ import annotations

import pytest

from core.batch_overview import overview_of
from core.batch_row import Listed, Row, kept_findings
from core.batch_view import (
    STATE_LABELS,
    ReportState,
    Wanted,
    by_need,
    is_wanted,
    state_of,
)
from core.rules.severity import Severity

UNREAD = Row("坏.docx", error="这是空文件。")
OPEN = Row("a.docx", agency="云溪市水务局", errors=3, open_errors=2, rules={"SUM002": 3})
WORSE = Row("b.docx", agency="云溪市民政局", errors=4, open_errors=4, rules={"SUM002": 4})
EXPLAINED = Row("c.docx", errors=5, explained=5, rules={"SUM001": 5})
DOUBTFUL = Row("d.docx", warnings=1, open_warnings=1, rules={"TXT001": 1})
UNSURE = Row("e.docx", unchecked=2)
REMARKED = Row("f.docx", notes=1, rules={"YOY005": 1})
ROWS = [EXPLAINED, REMARKED, UNSURE, DOUBTFUL, OPEN, WORSE, UNREAD]


def test_what_needs_work_stands_first():
    expected = [UNREAD, WORSE, OPEN, DOUBTFUL, UNSURE, REMARKED, EXPLAINED]
    assert by_need(ROWS) == expected
    assert by_need(reversed(ROWS)) == expected


def test_a_report_is_clean_only_if_everything_was_checked():
    assert state_of(EXPLAINED) is ReportState.CLEAN
    assert state_of(UNSURE) is ReportState.UNSURE
    assert set(STATE_LABELS) == set(ReportState)


FOUND = Row(
    "g.docx",
    agency="云溪市司法局",
    title="云溪市司法局2024年年报",
    errors=1,
    notes=1,
    rules={"SUM002": 1, "TXT001": 1},
    kept_findings=kept_findings(
        [
            Listed("error", "SUM002", "三、 表格 第3行", "合计 40 ≠ 41", "改为 40", "表三"),
            Listed("note", "TXT001", "一、总体情况 第1段", "篇幅较长", "", "惯例"),
        ]
    ),
)


@pytest.mark.parametrize(
    ("wanted", "is_there"),
    [
        (Wanted(), True),
        (Wanted(rule="SUM002"), True),
        (Wanted(rule="SUM001"), False),
        (Wanted(severity=Severity.ERROR), True),
        (Wanted(severity=Severity.WARNING), False),
        (Wanted(severity=Severity.NOTE), True),
        (Wanted("SUM002", Severity.ERROR), True),
        (Wanted("SUM002", Severity.NOTE), False),
        (Wanted(text="司法"), True),
        (Wanted(text=" 40 ≠ 41"), True),
        (Wanted(text="G.DOCX"), True),
        (Wanted(text="民政"), False),
        (Wanted("SUM002", text="民政"), False),
    ],
)
def test_what_is_looked_for(wanted, is_there):
    assert is_wanted(FOUND, wanted) is is_there


def test_an_unreadable_file_is_found_by_its_name_and_its_sentence():
    assert is_wanted(UNREAD, Wanted(text="空文件"))
    assert not is_wanted(UNREAD, Wanted(rule="SUM002"))


def test_the_folder_in_numbers():
    found = overview_of(ROWS)
    assert [(bar.state.value, bar.count) for bar in found.states] == [
        *(("unread", 1), ("errors", 2), ("warnings", 1), ("unsure", 1), ("notes", 1)),
        ("clean", 1),
    ]
    assert found.reports == sum(bar.count for bar in found.states)
    bars = [(bar.rule, bar.findings, bar.reports) for bar in found.rules]
    assert bars == [("SUM002", 7, 2), ("SUM001", 5, 1), ("TXT001", 1, 1), ("YOY005", 1, 1)]
    assert all(bar.title for bar in found.rules)
