"""Tables as editors and converters leave them: no number may land in another slot."""

from dataclasses import dataclass, replace

import pytest

from core.document import Document, Section, Table
from core.forms.loader import load_form
from core.forms.match import match
from core.readers.grid import Grid

FORM = load_form("2021")
PRINTED = [cell.slot for table in FORM.tables.values() for cell in table.cells if cell.slot]
NUMBERS = {slot: str(100 + i) for i, slot in enumerate(PRINTED)}


@dataclass
class Printed:
    """A cell as a web page writes it: with its spans and without its place."""

    text: str
    row_span: int
    column_span: int


def printed(name):
    """Return the rows of one of the form's tables, another number in each slot."""
    rows = [[] for _ in range(FORM.tables[name].rows)]
    for cell in sorted(FORM.tables[name].cells, key=lambda cell: (cell.row, cell.column)):
        text = NUMBERS[cell.slot] if cell.slot else cell.text
        rows[cell.row].append(Printed(text, cell.row_span, cell.column_span))
    return rows


def laid_out(rows, table_id="t1") -> Table:
    grid = Grid()
    for row in rows:
        grid.start_row()
        for cell in row:
            grid.place(cell.text, cell.column_span, cell.row_span)
    return replace(grid.table(), id=table_id)


def read(*tables):
    """Return the number in each slot that was found."""
    document = Document("html", (Section(0, "", tables),))
    places = match(document).places
    return {slot: document.cell(place.ref).text for slot, place in places.items()}


def expected(name):
    return {slot: text for slot, text in NUMBERS.items() if slot.startswith(f"{name}.")}


def cell_of(rows, text):
    return next(cell for row in rows for cell in row if cell.text == text)


@pytest.mark.parametrize("name", FORM.tables)
@pytest.mark.parametrize("spans", [(65534, 1), (1, 1000), (2, 1), (1, 2)])
def test_no_wrong_span_moves_a_number_into_another_slot(name, spans):
    every = [(row, i) for row, cells in enumerate(printed(name)) for i in range(len(cells))]
    for row, index in every[spans[0] % 5 :: 5]:
        rows = printed(name)
        cell = rows[row][index]
        cell.row_span = max(cell.row_span, spans[0])
        cell.column_span = max(cell.column_span, spans[1])
        found = read(laid_out(rows))
        assert found.items() <= expected(name).items(), (row, cell.text)


def test_a_row_span_over_the_whole_table_loses_nothing():
    rows = printed("applications")
    rows[0][0].row_span = 65534
    assert read(laid_out(rows)) == expected("applications")


def test_headers_of_which_one_lost_its_span_do_not_reorder_the_numbers():
    rows = printed("cases")
    cell_of(rows, "结果维持").row_span = 1
    assert read(laid_out(rows)) == expected("cases")


@pytest.mark.parametrize("title", ["", "备注"])
@pytest.mark.parametrize("name", FORM.tables)
def test_a_column_of_the_reports_own_does_not_shift_the_numbers(name, title):
    rows = printed(name)
    for index, row in enumerate(rows):
        row.append(Printed("" if index else title, 1, 1))
    for row in rows:
        if row[0].text == "信息内容":
            row[-1].text = title
    assert read(laid_out(rows)) == expected(name)


@pytest.mark.parametrize("slot", ["applications.disclosed.business", "cases.direct_lawsuit.upheld"])
def test_the_numbers_of_a_row_with_a_cell_too_many_are_only_presumed(slot):
    name, row, _ = slot.split(".")
    rows = printed(name)
    cells = next(cells for cells in rows if any(cell.text == NUMBERS[slot] for cell in cells))
    cells.insert(cells.index(cell_of(rows, NUMBERS[slot])), Printed("", 1, 1))
    found = match(Document("html", (Section(0, "", (laid_out(rows),)),))).tables[name]
    odd = {name for name, place in found.places.items() if place.presumed}
    assert odd == {s for s in found.places if s.startswith(f"{name}.{row}.") or name == "cases"}
    assert "多出单元格" in found.notes[0]


def test_two_cells_under_one_header_are_only_presumed():
    rows = printed("disclosure")
    cells = next(cells for cells in rows if cells[0].text == "行政许可")
    cells.insert(1, Printed("", 1, 1))
    found = match(Document("html", (Section(0, "", (laid_out(rows),)),))).tables["disclosure"]
    assert found.places["disclosure.permits.decisions"].presumed


def test_a_row_pushed_aside_and_one_cell_short_has_no_place_for_the_cell_it_lacks():
    rows = printed("applications")
    cells = next(cells for cells in rows if cell_of(rows, "2.重复申请") in cells)
    cells.insert(0, Printed("", 1, 1))
    cells.pop()
    found = match(Document("html", (Section(0, "", (laid_out(rows),)),))).tables["applications"]
    refs = [place.ref for place in found.places.values()]
    assert len(set(refs)) == len(refs)


def test_the_row_of_the_cases_is_the_one_with_the_numbers():
    rows = printed("cases")
    rows.insert(-1, [Printed(str(number), 1, 1) for number in range(1, 16)])
    rows.append([Printed("填报人：某某", 1, 15)])
    assert read(laid_out(rows)) == expected("cases")


def test_a_misprint_in_the_headers_makes_no_row_of_them():
    rows = printed("applications")
    cell_of(rows, "法人或其他组织").text = "法人及其它组织"
    cell_of(rows, "（七）总计").text = "（七）合计"
    assert read(laid_out(rows)) == expected("applications")


@pytest.mark.parametrize(
    "change",
    [
        " ".join,
        "\n".join,
        lambda text: text.replace("、", "").replace(".", "").replace("（", "").replace("）", ""),
    ],
)
def test_spaces_and_punctuation_make_no_label_differ(change):
    rows = printed("applications")
    for row in rows:
        for cell in row:
            cell.text = cell.text if cell.text.isdecimal() else change(cell.text)
    document = Document("html", (Section(0, "", (laid_out(rows),)),))
    assert match(document).tables["applications"].labels == ()


def test_a_misprint_does_not_mix_two_reports_in_one_file():
    rows = printed("applications")
    cell_of(rows, "7.属于行政执法案卷").text = "7.属于行政执法案件"
    other = printed("applications")
    for row in other:
        for cell in row:
            cell.text = "0" if cell.text.isdecimal() else cell.text
    assert read(laid_out(rows, "t1"), laid_out(other, "t2")) == expected("applications")
