"""Which cells a broken relation marks, and how it is written out."""

from core.rules.severity import Severity
from gui.causes import causes_of
from gui.equation import equation_of, plain_text, rich_text
from gui.highlights import highlights_of
from tests.gui.invented import RECEIVED, place, report


def highlights(adopt, **texts):
    session = adopt(report(**texts))
    return session, highlights_of(session.check(), session.match)


def finding(lights, rule):
    return next(f for f in lights.result.findings if f.rule == rule)


def test_one_wrong_part_is_marked_with_the_totals_that_show_it(adopt):
    slot = "applications.refused_third_party.natural_person"
    wrong = "applications__disclosed__natural_person"
    session, lights = highlights(adopt, **{wrong: "4"})
    culprit = place(session, wrong.replace("__", "."))
    totals = {
        place(session, "applications.handled.natural_person"),
        place(session, "applications.disclosed.total"),
    }
    assert set(lights.marks) == {culprit} | totals
    assert [lights.anchor(cause) for cause in causes_of(lights.result)] == [culprit]
    assert slot not in session.match.places or place(session, slot) not in lights.marks


def test_every_cell_of_a_broken_relation_knows_about_it(adopt):
    _, lights = highlights(adopt, applications__disclosed__natural_person="4")
    for found in lights.result.findings:
        assert all(found in lights.findings[ref] for ref in found.found.cells)


def test_a_short_relation_marks_all_its_cells(adopt):
    session, lights = highlights(adopt, cases__reconsideration__upheld="2")
    assert set(lights.marks) == set(finding(lights, "SUM003").found.cells)
    assert set(lights.marks.values()) == {Severity.ERROR}
    assert place(session, "cases.reconsideration.total") in lights.marks


def test_what_changed_is_what_looks_otherwise(adopt):
    _, before = highlights(adopt)
    _, after = highlights(adopt, cases__reconsideration__upheld="2")
    assert after.changed_since(before) == set(after.marks)
    assert not after.changed_since(after)


def test_a_long_sum_leaves_out_its_zeros(adopt):
    session, lights = highlights(adopt, applications__disclosed__natural_person="4")
    lines = equation_of(session, finding(lights, "SUM001").found.relation, lights.marks)
    assert plain_text(lines).startswith("4（其余 ")
    assert plain_text(lines).endswith("≠ 办理结果总计 0　差 4")
    assert [run.text for line in lines for run in line if run.strong] == ["4", "0", "差 4"]


def test_a_blank_part_is_called_blank(adopt):
    texts = {"cases__reconsideration__upheld": "", "cases__reconsideration__pending": "1"}
    session, lights = highlights(adopt, **texts)
    relation = finding(lights, "SUM003").found.relation
    assert plain_text(equation_of(session, relation, ())) == ("空白 + 0 + 0 + 1 = 1 ≠ 总计 0　差 1")


def test_a_stock_names_its_columns(adopt):
    session, lights = highlights(adopt, disclosure__regulations__issued="2")
    relation = finding(lights, "SUM004").found.relation
    said = plain_text(equation_of(session, relation, ()))
    assert said == "现行有效件数 0 + 本年废止件数 0 = 0 < 本年制发件数 2　差 2"


def test_an_equation_as_html_is_escaped(adopt):
    session, lights = highlights(adopt, disclosure__regulations__issued="2")
    relation = finding(lights, "SUM004").found.relation
    html = rich_text(equation_of(session, relation, {place(session, RECEIVED)}), "#000000")
    assert "&lt; " in html
