"""Which paragraphs stand beside a table, and which numbers in them are marked."""

from dataclasses import replace

import pytest

from core.document import Paragraph
from core.rules.model import Span
from gui import prose
from tests.gui.invented import report


def with_overview(*texts):
    document = report()
    overview = replace(document.sections[0], blocks=tuple(map(Paragraph, texts)))
    return replace(document, sections=(overview, *document.sections[1:]))


def texts(passages):
    return [passage.text for passage in passages]


def test_the_overview_is_asked_about_each_tables_subject(adopt):
    about = {"t2": "规范性文件的情况。", "t3": "依申请公开的情况。", "t4": "行政诉讼的情况。"}
    session = adopt(with_overview(*about.values(), "培训的情况。"))
    for table, text in about.items():
        shown = texts(prose.about_table(session, table))
        assert text in shown
        assert "培训的情况。" not in shown


def test_what_a_finding_speaks_of_stands_first_and_once(adopt):
    session = adopt(with_overview("培训的情况。", "依申请公开的情况。"))
    span = Span(1, 0, 0, 2)
    shown = texts(prose.about_table(session, "t3", span))
    assert shown[0] == "培训的情况。"
    assert len(shown) == len(set(shown))


def test_blank_paragraphs_and_outer_space_are_left_out(adopt):
    session = adopt(with_overview("　　", "　　依申请公开。 "))
    passage = prose.about_table(session, "t3")[-1]
    assert passage.text == "依申请公开。"
    assert passage.cut == 2


@pytest.mark.parametrize(
    ("text", "number", "found"),
    [
        ("新收41件，办结42件", "41", ["41"]),
        ("共1,041件", "1041", ["1,041"]),
        ("共1041件", "41", []),
        ("共41.5万元", "41", []),
        ("共3件", "3", []),
        ("共41件", "/", []),
        ("共41件", "见附件", []),
    ],
)
def test_only_whole_and_telling_numbers_are_marked(text, number, found):
    assert [text[a:b] for a, b in prose.same_numbers(text, number)] == found
