"""The review report: what was checked, found, explained and changed, word for word."""

import datetime
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from core.checking import Office
from core.document import ParagraphRef
from core.edits import Edit, ParagraphInsertion, TextEdit
from core.errors import SaveError
from core.explanations import Explanation, ExplanationKind, Explanations
from core.export import review_target, write_all
from core.places import place_of
from core.printout import summary
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.review import Listing, Passage, Review, review_of
from core.review_readback import confirm_review_docx
from core.rules.severity import Severity
from core.session import Session, open_session
from core.writers.findings import advice
from core.writers.review import review_document
from tests.core.report_files import docx_file
from tests.core.rules.reports import Changes

DAY = datetime.date(2025, 1, 21)
WRONG = "applications.unavailable_not_held.natural_person"


@pytest.fixture
def session() -> Session:
    return open_session(SAMPLE)


def review(session: Session, author: str = "李青") -> Review:
    return review_of(session, session.check(), author, DAY)


def passages(made: Review) -> list[str]:
    return [block.text for block in made.blocks if isinstance(block, Passage)]


def part(made: Review, heading: str) -> list[Passage | Listing]:
    """Return what stands under a heading."""
    start = next(i for i, block in enumerate(made.blocks) if block == Passage(heading, 1))
    found = []
    for block in made.blocks[start + 1 :]:
        if isinstance(block, Passage) and block.level == 1:
            break
        found.append(block)
    return found


def test_it_says_what_was_checked_by_whom_and_when(session: Session) -> None:
    texts = passages(review(session))
    for line in (
        "报告名称：望川市林业局2024年政府信息公开工作年度报告",
        "编制机关：望川市林业局",
        "报告年度：2024年",
        "表格格式：2021 年版",
        "报告文件：示例年报.docx",
        "校核人：李青",
        "校核日期：2025年1月21日",
    ):
        assert line in texts
    assert "校核人：（未填写）" in passages(review(session, ""))


def test_it_says_what_could_be_checked_and_what_not(session: Session) -> None:
    result = session.check()
    said = part(review(session), "二、检查范围")
    lines = [line.strip() for line in summary(session.match, result)]
    counts = [f"{line}。" for line in lines if not line.startswith("未能检查")]
    assert [block.text for block in said if isinstance(block, Passage)][:-1] == counts
    reasons = [row[1] for block in said if isinstance(block, Listing) for row in block.rows]
    assert [f"未能检查：{reason}" for reason in reasons] == [
        line for line in lines if line.startswith("未能检查")
    ]
    assert reasons


def test_every_finding_is_told_with_its_place_and_advice_worst_first(session: Session) -> None:
    result = session.check()
    said = part(review(session), "三、疑点和说明")
    told = [row[1:] for block in said if isinstance(block, Listing) for row in block.rows]
    expected = [
        (place_of(session.document, each), f"{each.message}（{each.rule}）", advice(each), "")
        for severity in Severity
        for each in result.of_severity(severity)
    ]
    assert sorted(told) == sorted(expected)
    headings = [block.text for block in said if isinstance(block, Passage) and block.level == 2]
    assert headings == ["（一）强制性错误", "（二）待核实"]


def test_findings_of_one_cause_stand_together(session: Session) -> None:
    result = session.check()
    causes = [each.cause for each in result.of_severity(Severity.ERROR)]
    errors = next(
        block for block in part(review(session), "三、疑点和说明") if isinstance(block, Listing)
    )
    together = causes.count(next(filter(None, causes)))
    assert together > 1
    numbers = [row[0] for row in errors.rows]
    assert [f"1-{number}" for number in range(1, together + 1)] == numbers[:together]
    assert "-" not in "".join(numbers[together:])


def test_explanations_are_told_with_who_gave_them(session: Session) -> None:
    first, *_, last = session.check().findings
    given = Explanations()
    for finding, kind, text in (
        (first, ExplanationKind.EXPLAINED, "台账即如此。"),
        (last, ExplanationKind.IGNORED, "沿用往年写法。"),
    ):
        given = given.add(finding, session.document, Explanation(kind, text, "王川", DAY))
    session.set_office(replace(Office(), explanations=given))
    texts = review(session).texts
    assert "台账即如此。（王川，2025-01-21）" in texts
    assert "已忽略：沿用往年写法。（王川，2025-01-21）" in texts
    assert any("已作出错说明 1 条" in text for text in texts)
    assert any("已忽略 1 条" in text for text in texts)


def test_changes_are_told_with_old_and_new_and_why(session: Session) -> None:
    ref = session.match.places[WRONG].ref
    before = session.document.section(1).paragraphs[0].text
    at = datetime.datetime(2025, 1, 21, 9, 30)
    rewording = TextEdit(ParagraphRef(1, 0), 0, 5, before[:5], "本年度")
    session.apply_dated([(Edit(ref, "9", "6"), at), (rewording, at)])
    (_, listing) = part(review(session), "四、修改记录")
    prose, cell = listing.rows
    assert cell[2:5] == ("9", "6", "2025-01-21 09:30")
    assert "本机关不掌握相关政府信息·自然人" in cell[1]
    assert "各项办理结果之和" in cell[5]
    assert prose[1] == "一、总体情况 第1段"
    assert prose[2].startswith("2024年")
    assert prose[3].startswith("本年度")


def test_an_added_paragraph_is_a_change(tmp_path: Path) -> None:
    path = docx_file(tmp_path, Changes(prose={"6": ()}))
    session = open_session(path)
    addition = ParagraphInsertion(ParagraphRef(6, 0), "没有其他事项。")
    session.apply_dated([(addition, datetime.datetime(2025, 1, 21, 9, 30))])
    (_, listing) = part(review(session), "四、修改记录")
    where = "六、其他需要报告的事项 第1段"
    assert listing.rows == (("1", where, "（无）", "没有其他事项。", "2025-01-21 09:30", ""),)


def test_nothing_found_and_nothing_changed_is_said(tmp_path: Path) -> None:
    session = open_session(docx_file(tmp_path))
    made = review_of(session, replace(session.check(), findings=()), "", DAY)
    assert part(made, "三、疑点和说明") == [Passage("在已检查的范围内没有疑点。")]
    assert part(made, "四、修改记录") == [Passage("没有修改。")]


def test_the_word_file_says_all_of_it_and_is_the_same_each_time(session: Session) -> None:
    session.apply(Edit(session.match.places[WRONG].ref, "9", "6"))
    made = review(session)
    data = review_document(made)
    confirm_review_docx(made, data)
    assert data == review_document(review(session))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        written = archive.read("word/document.xml").decode()
    listings = [block for block in made.blocks if isinstance(block, Listing)]
    assert written.count("<w:tblHeader/>") == len(listings)
    assert written.count("<w:cantSplit/>") == sum(len(block.lines) for block in listings)
    # The lines to sign on stay together, behind their heading and the last row.
    last_row = written[written.rindex("<w:tr>") : written.rindex("</w:tr>")]
    assert last_row.count("<w:keepNext/>") == last_row.count("<w:p>")
    assert written.index("五、签字") < written.index("经办人：") < written.index("负责人：")


def test_a_word_file_that_says_something_else_is_refused(session: Session) -> None:
    made = review(session)
    for other in (
        replace(made, signature=made.signature[:-1]),
        replace(made, blocks=(*made.blocks[:3], Passage("另一句。"), *made.blocks[3:])),
    ):
        with pytest.raises(SaveError, match="没有保存"):
            confirm_review_docx(made, review_document(other))


def test_hostile_texts_come_through(session: Session) -> None:
    made = review(session)
    texts = ("<w:p>&amp;", "甲\t乙\n丙", "\x00\x0b丁", "=1+1", "  前后空格  ", "第一，\r\n第二")
    odd = tuple((str(number), text) for number, text in enumerate(texts))
    other = replace(made, blocks=(*made.blocks, Listing(("序号", "文"), (1, 9), odd)))
    confirm_review_docx(other, review_document(other))


def test_the_target_is_written_and_read_back(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "校核报告.docx"
    made = review(session)
    write_all(session, session.check(), [review_target(path, made)], overwrite=False)
    assert read_docx(path.read_bytes(), path.name).tables
    confirm_review_docx(made, path.read_bytes())
