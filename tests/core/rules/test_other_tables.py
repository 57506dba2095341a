"""Tables of a report's own: totals are found by their labels and doubted only on evidence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Cell, CellRef, Confidence, Document, Section, Table
from core.forms.match import match
from core.rules.context import Context
from core.rules.engine import check
from core.rules.model import Outcome
from core.rules.registry import all_rules

RULE = all_rules()["SUM006"]


def checked(*cells, rows=None, columns=None, caption=""):
    rows = rows or max(cell.row + cell.row_span for cell in cells)
    columns = columns or max(cell.column + cell.column_span for cell in cells)
    table = Table("t1", rows, columns, tuple(cells), caption)
    document = Document("text", (Section(6, "六、其他", (table,)),), year=2024)
    return check(Context(document, match(document)), [RULE])


def grid(rows):
    return [Cell(r, c, str(text)) for r, row in enumerate(rows) for c, text in enumerate(row)]


def test_a_title_across_the_table_names_no_column_and_subheads_share_their_group():
    head = [
        Cell(0, 0, "各所合计", column_span=7),
        Cell(1, 0, "单位", row_span=2),
        Cell(1, 1, "网站", column_span=2),
        Cell(1, 3, "公众号", column_span=2),
        Cell(1, 5, "合计", column_span=2),
        *(Cell(2, c, "条数" if c % 2 else "次数") for c in range(1, 7)),
    ]
    body = [("甲所", 1, 10, 2, 20, 3, 30), ("乙所", 2, 5, 4, 6, 6, 11), ("丙所", 1, 1, 1, 1, 2, 2)]
    body += [("丁所", 7, 2, 3, 4, 10, 7)]
    cells = [Cell(r, c, str(text)) for r, row in enumerate(body, 3) for c, text in enumerate(row)]
    result = checked(*head, *cells)
    (finding,) = result.findings
    assert finding.message == "“次数”列“丁所”行：第 3、5 列之和 6 ≠ 7，而其余 3 行都相等"
    assert finding.found.cells == tuple(CellRef("t1", 6, column) for column in (2, 4, 6))
    assert result.checks[0].count(Outcome.PASSED) == 1


def test_a_number_merged_over_two_rows_takes_no_part():
    rows = [("单位", "一", "二", "三", "四"), ("甲", 1, 2, 3, 4), ("乙", 1, 2, 3, 4)]
    rows += [("合计", 2, 4, 6, 9)]
    cells = [cell for cell in grid(rows) if (cell.row, cell.column) != (2, 4)]
    merged = [replace(c, row_span=2) if (c.row, c.column) == (1, 4) else c for c in cells]
    assert checked(*merged).outcome("SUM006") is Outcome.PASSED


def test_an_uncertain_number_is_no_evidence():
    rows = [("单位", "一", "二", "三", "四"), ("甲", 1, 2, 3, 4), ("乙", 1, 2, 3, 4)]
    cells = grid([*rows, ("合计", 2, 4, 6, 9)])
    doubt = replace(cells[9], text="", confidence=Confidence.UNCERTAIN, readings=("4", "5"))
    assert checked(*cells[:9], doubt, *cells[10:]).outcome("SUM006") is Outcome.PASSED
    assert checked(*cells).outcome("SUM006") is Outcome.FOUND


def test_the_caption_tells_tables_apart():
    rows = [("单位", "一", "二", "三", "四"), ("甲", 1, 2, 3, 4), ("乙", 1, 2, 3, 4)]
    (finding,) = checked(*grid([*rows, ("合计", 2, 4, 6, 9)]), caption="附表").findings
    assert finding.message.startswith("表“附表”“合计”行“四”列：")


@pytest.mark.parametrize("shape", [(700, 10), (200, 25)])
def test_what_would_take_long_is_said_to_be_unchecked(shape):
    rows, columns = shape
    label = "合计" if rows < 700 else "甲"
    texts = [(label, *range(1, columns)) for _ in range(rows)]
    result = checked(*grid(texts))
    assert result.outcome("SUM006") is Outcome.INSUFFICIENT
    assert result.checks[0].insufficient[0].reason == "表格太大，没有检查其中的合计"


COUNTS = st.lists(st.integers(1, 10**6), min_size=6, max_size=6)


@st.composite
def nested(draw):
    """Return groups of details with their subtotals and the total of all."""
    rows, all_details = [("单位", *"一二三四五六")], []
    for group in range(draw(st.integers(1, 3))):
        details = draw(st.lists(COUNTS, min_size=2, max_size=4))
        rows += [(f"{group}所{i}", *numbers) for i, numbers in enumerate(details)]
        rows.append(("小计", *map(sum, zip(*details, strict=True))))
        all_details += details
    return [*rows, ("总计", *map(sum, zip(*all_details, strict=True)))]


@given(nested())
def test_totals_that_are_computed_are_never_doubted(rows):
    result = checked(*grid(rows))
    assert result.outcome("SUM006") is Outcome.PASSED
    totals = sum(row[0] in ("小计", "总计") for row in rows)
    assert result.checks[0].count(Outcome.PASSED) == totals


@given(nested(), st.data())
def test_a_wrong_number_is_found_in_its_column_and_nowhere_else(rows, data):
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(1, 6))
    more = data.draw(st.integers(1, 1000))
    rows[row] = tuple(n + more if c == column else n for c, n in enumerate(rows[row]))
    findings = checked(*grid(rows)).findings
    assert findings
    for finding in findings:
        assert {ref.column for ref in finding.found.cells} == {column}
        assert len(finding.found.cells) >= 2


@st.composite
def anything(draw):
    """Return cells of any texts and spans that tile what they tile, with holes between."""
    texts = st.sampled_from(
        ["合计", "小计", "总计", "甲", "", "1", "2", "３", "2023", "5%", "9" * 40]
    )
    taken, cells = set(), []
    for row in range(draw(st.integers(1, 6))):
        for column in range(draw(st.integers(1, 6))):
            spans = st.integers(1, 3)
            cell = Cell(row, column, draw(texts), draw(spans), draw(spans))
            if not taken & set(cell.positions):
                taken |= set(cell.positions)
                cells.append(cell)
    return cells


@given(anything())
def test_whatever_a_table_looks_like_the_rule_does_not_break(cells):
    assert checked(*cells).count(Outcome.FAILED) == 0
