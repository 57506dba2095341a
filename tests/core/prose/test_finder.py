"""Statements in whole reports: places, wrapped lines, whose numbers, which slots."""

from dataclasses import replace
from decimal import Decimal

import pytest

from core.document import Cell, Document, Paragraph, Section, Table
from core.forms.loader import load_form
from core.forms.match import match
from core.prose import Certainty, find_statements, statements_in


def report(*sections, year=2023, agency=None):
    return Document("text", sections, year=year, agency=agency)


def section(number, *texts):
    return Section(number, "", tuple(map(Paragraph, texts)))


def printed(form_table, table_id):
    """Return the form's own grid with zeros."""
    cells = tuple(
        Cell(c.row, c.column, "0" if c.slot else c.text, c.row_span, c.column_span)
        for c in form_table.cells
    )
    return Table(table_id, form_table.rows, form_table.columns, cells)


def said(statements):
    return [(one.value, one.slots) for one in statements]


def test_a_statement_says_where_it_stands():
    first, second = "概述。", "（二）依申请公开。全年收到 政府信息公开申请 12 件。"
    (found,) = find_statements(report(section(1, first, second)), None)
    assert (found.span.section, found.span.paragraph) == (1, 1)
    assert second[found.span.start : found.span.end] == "12 件"
    assert found.text == "12件"
    assert found.sentence == "全年收到政府信息公开申请12件。"


def test_lines_that_were_wrapped_are_read_as_one():
    lines = (
        "全年共受理政府信息公开申请 95 件，其中自然人申请 89 件，法人或",
        "其他组织申请 6 件；答复政府信息公开申请 9",
        "— 3 —",
        "8 件（含上年度结转申请 8 件）。",
    )
    found = find_statements(report(section(1, *lines)), None)
    assert [one.value for one in found] == [95, 89, 6, 8]
    # A number broken in two by a page is no number of anything.
    assert [one.span.paragraph for one in found] == [0, 0, 1, 3]


def test_a_table_between_two_paragraphs_keeps_them_apart():
    halves = "收到政府信息公开申请12件，其中网络申请", "10件。"
    table = Table("t1", 1, 1, (Cell(0, 0, "附表"),))
    joined = Section(3, "", tuple(map(Paragraph, halves)))
    parted = replace(joined, blocks=(joined.blocks[0], table, joined.blocks[1]))
    assert len(find_statements(report(joined), None)) == 1
    (found,) = find_statements(report(parted), None)
    assert found.value == 12


def test_a_sub_heading_says_what_its_paragraph_is_about():
    texts = "（二）依申请公开", "全年共收到12件，已全部办结。"
    assert [one.value for one in find_statements(report(section(1, *texts)), None)] == [12, 0]
    texts = "（三）政务服务热线", "全年共收到12件，已全部办结。"
    assert find_statements(report(section(1, *texts)), None) == ()


def test_each_item_of_a_list_is_about_its_own_subject():
    texts = (
        "一是收到政府信息公开申请12件。二是办理代表建议9件，均已办结。三是办结8件。",
        "（四）监督保障。全年办结5件。",
    )
    found = find_statements(report(section(1, *texts)), None)
    assert [one.value for one in found] == [12]


def test_the_two_sections_of_numbers_need_no_introduction():
    applications = section(3, "本年收到12件，办结11件。")
    cases = section(4, "行政复议2件，行政诉讼0件。")
    found = find_statements(report(applications, cases), None)
    assert [one.value for one in found] == [12, 11, 2, 0]
    assert all(one.certainty is not Certainty.HINT for one in found)


OTHER_ROWS = {
    "three": ("other_not_corrected", "other_fee_unpaid", "other_reason"),
    "one": ("other",),
}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_slots_are_those_of_the_tables_own_edition(edition):
    tables = [printed(t, f"t{i}") for i, t in enumerate(load_form(edition).tables.values())]
    text = "制定规章2件。收到政府信息公开申请5件，其他处理3件。"
    # Whatever year it says: a form of the other edition was used.
    document = Document("text", (section(1, text), Section(2, "", tuple(tables))), year=2023)
    made, _, other = find_statements(document, match(document))
    column = {"2019": "made", "2021": "issued"}[edition]
    assert made.slots == (f"disclosure.regulations.{column}",)
    rows = OTHER_ROWS["one" if edition == "2019" else "three"]
    assert other.slots == tuple(f"applications.{row}.total" for row in rows)


def test_a_hybrid_form_has_one_row_for_the_rest():
    tables = [printed(t, f"t{i}") for i, t in enumerate(load_form("2021").tables.values())]
    text = "收到政府信息公开申请5件，其他处理3件。"
    document = Document("text", (section(1, text), Section(2, "", tuple(tables))), year=2023)
    found = match(document)
    applications = found.tables["applications"]
    rows = tuple(row for row in applications.rows if not row.startswith("other_"))
    hybrid = replace(applications, rows=(*rows, "other"))
    statements = find_statements(document, replace(found, tables={"applications": hybrid}))
    assert statements[-1].slots == ("applications.other.total",)


def test_an_office_speaks_for_itself_only():
    text = "区政府办公室收到政府信息公开申请12件。"
    (own,) = statements_in(text, 2023, agency="白鹭区人民政府办公室")
    (part,) = statements_in(text, 2023, agency="白鹭区人民政府")
    (unknown,) = statements_in(text, 2023)
    assert own.certainty is Certainty.CERTAIN
    assert part.certainty is Certainty.HINT
    assert unknown.certainty is Certainty.CERTAIN


def test_a_government_counts_its_departments_documents_too():
    text = "发布行政规范性文件12件。"
    (own,) = statements_in(text, 2023, agency="青屿县商务局")
    (part,) = statements_in(text, 2023, agency="青屿县人民政府")
    assert own.certainty is Certainty.CERTAIN
    assert part.certainty is Certainty.HINT


def test_a_year_is_only_last_years_when_the_reports_is_known():
    text = "2022年收到政府信息公开申请12件。"
    assert statements_in(text, 2023) == ()
    (own,) = statements_in(text, 2022)
    assert own.certainty is Certainty.CERTAIN
    (unknown,) = statements_in(text, None)
    assert unknown.certainty is Certainty.HINT


def test_the_same_text_means_other_slots_in_another_report():
    text = "主动公开规章2件。"
    old = find_statements(report(section(1, text), year=2019), None)
    new = find_statements(report(section(1, text), year=2023), None)
    assert said(old) != said(new)
    assert said(old)[0][0] == said(new)[0][0] == Decimal(2)
