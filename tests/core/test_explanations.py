"""An explanation stays with its mistake: through re-checks and drafts, and not a number longer."""

import datetime
from collections.abc import Iterable
from dataclasses import replace

import pytest

from core.document import Cell, CellRef, Document, Paragraph, Section, Table
from core.errors import ReportError
from core.explanations import LONGEST_TEXT, Explanation, ExplanationKind, Explanations, Withdrawn
from core.forms.match import match
from core.identity import identity_of
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import Finding, Found, Span
from core.rules.severity import Severity
from tests.core.rules.reports import Changes, report

DAY = datetime.date(2026, 1, 20)
WRONG_TOTAL = "applications.disclosed.total"


def said(text: str = "台账口径不同", kind=ExplanationKind.EXPLAINED) -> Explanation:
    return Explanation(kind, text, "李某", DAY)


def findings_in(document: Document, rule: str | None = None) -> list[Finding]:
    findings = check(Context(document, match(document))).findings
    return [finding for finding in findings if rule in (None, finding.rule)]


def the_finding(document: Document, rule: str) -> Finding:
    (finding,) = findings_in(document, rule)
    return finding


def explained(document: Document, rule: str, text: str = "台账口径不同") -> Explanations:
    return Explanations().add(the_finding(document, rule), document, said(text))


def holds(explanations: Explanations, document: Document, rule: str) -> bool:
    return explanations.for_finding(the_finding(document, rule), document) is not None


def withdrawn(explanations: Explanations, document: Document) -> tuple[Withdrawn, ...]:
    return explanations.withdrawn(findings_in(document), document)


def next_draft(document: Document) -> Document:
    """Return the same report with a table more, a row more in each table, and more prose."""
    sections = []
    for section in document.sections:
        blocks = [Paragraph("这一段是新加的。")]
        for block in section.blocks:
            blocks.append(_shifted(block) if isinstance(block, Table) else block)
        sections.append(replace(section, blocks=tuple(blocks)))
    new_table = Table("t1", 1, 1, (Cell(0, 0, "目录"),))
    first = replace(sections[0], blocks=(new_table, *sections[0].blocks))
    return replace(document, sections=(first, *sections[1:]))


def _shifted(table: Table) -> Table:
    cells = (replace(cell, row=cell.row + 1) for cell in table.cells)
    title = Cell(0, 0, "附表", 1, table.columns)
    number = int(table.id[1:]) + 1
    return replace(table, id=f"t{number}", rows=table.rows + 1, cells=(title, *cells))


def with_text(document: Document, slot: str, text: str) -> Document:
    return document.with_texts({match(document).places[slot].ref: text})


@pytest.fixture(scope="module")
def broken() -> Document:
    return report(Changes(slots={WRONG_TOTAL: "99"}))


def test_an_explanation_is_found_again_by_a_new_check(broken):
    first, second = the_finding(broken, "SUM002"), the_finding(broken, "SUM002")
    explanations = Explanations().add(first, broken, said())
    assert explanations.for_finding(second, broken) == said()
    assert withdrawn(explanations, broken) == ()


def test_one_explanation_is_for_one_finding(broken):
    explanations = explained(broken, "SUM002")
    findings = findings_in(broken)
    assert len(findings) > 1
    answers = explanations.for_findings(findings, broken)
    assert [answer is not None for answer in answers] == [f.rule == "SUM002" for f in findings]


def test_the_next_draft_with_shifted_rows_and_tables_keeps_it(broken):
    later = next_draft(broken)
    old, new = the_finding(broken, "SUM002"), the_finding(later, "SUM002")
    assert set(old.found.cells).isdisjoint(new.found.cells)
    assert holds(explained(broken, "SUM002"), later, "SUM002")
    assert withdrawn(explained(broken, "SUM002"), later) == ()


def test_the_same_number_written_otherwise_keeps_it(broken):
    assert holds(explained(broken, "SUM002"), with_text(broken, WRONG_TOTAL, "９９ 件"), "SUM002")


def test_a_changed_value_withdraws_it_and_keeps_its_words(broken):
    explanations = explained(broken, "SUM002", "并入上级统计")
    changed = with_text(broken, WRONG_TOTAL, "98")
    assert not holds(explanations, changed, "SUM002")
    (told,) = withdrawn(explanations, changed)
    assert told.now == the_finding(changed, "SUM002")
    assert ("99", "98") in told.differences
    assert "99 → 98" in told.sentence
    assert "并入上级统计" in told.sentence
    assert explanations.records == (told.record,)


def test_parts_that_changed_behind_the_same_sum_withdraw_it():
    one, other = (f"applications.disclosed.{key}" for key in ("natural_person", "business"))
    draft = report(Changes(slots={one: "7", other: "5", WRONG_TOTAL: "99"}))
    moved = with_text(with_text(draft, one, "8"), other, "4")
    assert the_finding(draft, "SUM002").message == the_finding(moved, "SUM002").message
    assert not holds(explained(draft, "SUM002"), moved, "SUM002")
    (told,) = withdrawn(explained(draft, "SUM002"), moved)
    assert told.differences == (("7", "8"), ("5", "4"))


def test_the_old_numbers_put_it_in_force_again(broken):
    explanations = explained(broken, "SUM002")
    changed = with_text(broken, WRONG_TOTAL, "98")
    assert withdrawn(explanations, changed)
    assert holds(explanations, with_text(changed, WRONG_TOTAL, "99"), "SUM002")


def test_a_mistake_that_was_corrected_leaves_its_explanation_without_a_finding(broken):
    sound = report(Changes())
    (told,) = withdrawn(explained(broken, "SUM002"), sound)
    assert told.now is None
    assert "没有删除" in told.sentence


def test_of_a_rule_that_did_not_run_nothing_is_withdrawn(broken):
    others = [finding for finding in findings_in(broken) if finding.rule != "SUM002"]
    explanations = explained(broken, "SUM002")
    assert explanations.withdrawn(others, broken)
    assert explanations.withdrawn(others, broken, {"SUM002"}) == ()


def test_what_was_explained_anew_is_not_told_again(broken):
    changed = with_text(broken, WRONG_TOTAL, "98")
    both = explained(broken, "SUM002").add(the_finding(changed, "SUM002"), changed, said("新说明"))
    assert withdrawn(both, changed) == ()
    assert len(both.of_report(changed)) == 2
    assert both.for_finding(the_finding(broken, "SUM002"), broken) == said()


def test_a_second_explanation_of_the_same_replaces_the_first(broken):
    finding = the_finding(broken, "SUM002")
    ignored = said("不适用", ExplanationKind.IGNORED)
    twice = explained(broken, "SUM002").add(finding, broken, ignored)
    assert len(twice.records) == 1
    assert twice.for_finding(finding, broken) == ignored


def test_removing_and_discarding(broken):
    explanations = explained(broken, "SUM002")
    finding = the_finding(broken, "SUM002")
    assert explanations.remove(finding, broken) == Explanations()
    assert explanations.discard(explanations.records[0]) == Explanations()
    other = findings_in(broken, "SUM001")[0]
    assert explanations.remove(other, broken) == explanations


@pytest.mark.parametrize("other", [{"year": 2030}, {"agency": "另一局"}])
def test_another_report_with_the_same_mistake_is_not_explained(broken, other):
    elsewhere = replace(broken, **other)
    explanations = explained(broken, "SUM002")
    assert not holds(explanations, elsewhere, "SUM002")
    assert withdrawn(explanations, elsewhere) == ()


@pytest.mark.parametrize(
    ("naming", "other"),
    [
        ({"agency": None}, {"agency": None, "title": "另一份年报"}),
        ({"agency": None, "title": None}, {"agency": None, "title": "另一份年报"}),
    ],
)
def test_a_report_that_names_no_agency_is_known_by_its_title_or_first_words(broken, naming, other):
    nameless = replace(broken, **naming)
    explanations = explained(nameless, "SUM002")
    assert holds(explanations, with_text(nameless, "cases.reconsideration.total", "9"), "SUM002")
    assert not holds(explanations, replace(broken, **other), "SUM002")


def test_a_cell_filled_in_changes_a_finding_that_lists_cells():
    blanks = {f"applications.disclosed.{key}": "" for key in ("business", "research")}
    draft = report(Changes(slots=blanks))
    explanations = explained(draft, "NUM002", "没有发生的留空")
    assert holds(explanations, next_draft(draft), "NUM002")
    filled = with_text(draft, "applications.disclosed.research", "0")
    assert not holds(explanations, filled, "NUM002")
    (told,) = withdrawn(explanations, filled)
    assert told.now == the_finding(filled, "NUM002")


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("TBL002", Changes(labels={"行政强制": "行政强执"})),
        ("TBL005", Changes(extra_rows={"disclosure": ["其他文件", "1", "2", "3"]})),
        ("DOC001", Changes(prose={"5": ["（文字描述）"]})),
        ("DOC001", Changes(sections=(1, 2, 3, 4, 6))),
    ],
)
def test_a_finding_without_slots_is_found_again_in_the_next_draft(rule, changes):
    draft = report(changes)
    finding = the_finding(draft, rule)
    assert not finding.found.slots
    later = next_draft(draft) if rule != "DOC001" else with_paragraph_above(draft)
    assert holds(explained(draft, rule), later, rule)


def with_paragraph_above(document: Document) -> Document:
    return replace(document, sections=(Section(0, "", (Paragraph("新标题"),)), *document.sections))


def test_two_findings_without_a_place_are_not_taken_for_each_other():
    draft = report(Changes(sections=(1, 2, 3, 4)))
    first, second = findings_in(draft, "DOC001")
    explanations = Explanations().add(first, draft, said())
    assert explanations.for_finding(first, draft)
    assert explanations.for_finding(second, draft) is None


def test_an_unmatched_table_is_known_by_its_labels():
    rows = (("单位", "件数"), ("甲", "1"), ("乙", "2"), ("合计", "4"))
    cells = [Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row)]
    table = Table("t1", 4, 2, tuple(cells))
    draft = one_section([table])
    more = [*cells[:4], Cell(2, 0, "丙"), Cell(2, 1, "0")]
    more += [replace(cell, row=cell.row + 1) for cell in cells[4:]]
    later = one_section([Table("t7", 5, 2, tuple(more))])
    total = {"parts": "3", "total": "4"}
    one = finding_of(Found(total, (CellRef("t1", 3, 1),)))
    same = finding_of(Found(total, (CellRef("t7", 4, 1),)))
    part = finding_of(Found(total, (CellRef("t7", 3, 1),)))
    assert identity_of(one, draft) == identity_of(same, later)
    assert identity_of(one, draft).subject != identity_of(part, later).subject
    assert identity_of(one, draft).subject.place == ("1/件数/合计",)


def one_section(blocks: Iterable, number: int = 1) -> Document:
    return Document(
        "text", (Section(number, "一、总体情况", tuple(blocks)),), "某局年报", "某局", 2024
    )


def finding_of(found: Found, rule: str = "TXT001") -> Finding:
    return Finding(rule, "a_rule", Severity.WARNING, "", "", found)


def in_prose(text: str, marked: str, paragraph: int = 0, **values: str) -> Finding:
    start = text.index(marked)
    return finding_of(Found(values, span=Span(1, paragraph, start, start + len(marked))))


OPENING = "本机关公开信息。"
SENTENCE = "本报告由四个部分组成；数据期限为全年。"


def test_a_sentence_is_known_by_its_words_wherever_it_stands():
    draft = one_section([Paragraph(OPENING + SENTENCE)])
    later = one_section([Paragraph("新的一段。"), Paragraph(SENTENCE + OPENING)])
    one = in_prose(OPENING + SENTENCE, "四个部分", parts="4")
    same = in_prose(SENTENCE, "四个部分", 1, parts="4")
    assert identity_of(one, draft) == identity_of(same, later)
    assert "本报告由四个部分组成;" in identity_of(one, draft).subject.place


def test_a_reworded_sentence_is_another_place_and_its_explanation_withdrawn():
    draft = one_section([Paragraph(SENTENCE)])
    finding = in_prose(SENTENCE, "四个部分", parts="4")
    explanations = Explanations().add(finding, draft, said())
    reworded = SENTENCE.replace("组成", "构成")
    later, now = one_section([Paragraph(reworded)]), in_prose(reworded, "四个部分", parts="4")
    assert explanations.for_finding(now, later) is None
    assert [told.now for told in explanations.withdrawn([now], later)] == [None]


def test_two_marks_in_one_sentence_are_two_findings():
    text = "联系人XX，电话XX。"
    document = one_section([Paragraph(text)])
    first = in_prose(text, "XX", word="XX")
    start = text.rindex("XX")
    second = finding_of(Found({"word": "XX"}, span=Span(1, 0, start, start + 2)))
    explanations = Explanations().add(first, document, said())
    assert explanations.for_finding(second, document) is None


@pytest.mark.parametrize(
    "found",
    [
        Found({}, span=Span(9, 4, 3, 9)),
        Found({}, span=Span(1, 0, 70, 90)),
        Found({}, (CellRef("t9", 1, 1),)),
        Found({}, table="t9"),
    ],
)
def test_a_finding_that_does_not_fit_the_document_is_no_crash(found):
    document = one_section([Paragraph(OPENING)])
    assert Explanations().for_finding(finding_of(found), document) is None


@pytest.mark.parametrize("number", ["13800001234", "11010119900101123X", "110101199001011234"])
def test_personal_numbers_are_not_kept_whole(number):
    text = f"联系人{number}。"
    finding = in_prose(text, number, number=number)
    explanations = Explanations().add(finding, one_section([Paragraph(text)]), said())
    assert number not in repr(explanations)
    assert number[:3] in repr(explanations)


@pytest.mark.parametrize("text", ["", " \n\t", "\u0000", "\u3000"])
def test_without_a_reason_there_is_no_explanation(text):
    with pytest.raises(ReportError, match="理由"):
        said(text)


def test_a_text_without_end_is_refused():
    assert said("长" * LONGEST_TEXT)
    with pytest.raises(ReportError, match="超过"):
        said("长" * (LONGEST_TEXT + 1))


def test_what_no_file_can_hold_is_dropped():
    explanation = Explanation(ExplanationKind.IGNORED, "\ud800第一行\r\n\x07二", "李\n某", DAY)
    assert explanation.text == "第一行\n二"
    assert explanation.author == "李 某"
