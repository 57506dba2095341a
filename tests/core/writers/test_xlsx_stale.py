"""Stored results of formulas that may be wrong after an edit, told apart in bounded time."""

from __future__ import annotations

import pytest

from core.excel.names import Area
from core.word.outline import read_part
from core.writers import xlsx_stale
from core.writers.xlsx_cells import SHEET_TAGS, SheetCells
from core.writers.xlsx_stale import stale_places

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
)


def formulas(texts: list[str]) -> SheetCells:
    """Return a sheet with formulas in column B, from its first row."""
    rows = "".join(
        f'<row r="{n}"><c r="B{n}"><f>{text}</f><v>9</v></c></row>'
        for n, text in enumerate(texts, start=1)
    )
    part = SHEET.format(f"<sheetData>{rows}</sheetData>").encode()
    return SheetCells(read_part(part, SHEET_TAGS))


def stale(texts: list[str]) -> set[int]:
    """Return the rows of the formulas that may be wrong after an edit of A1."""
    found = stale_places({"表": formulas(texts).formulas}, {"表": [(0, 0)]})
    return {row for row, _ in found.get("表", set())}


def chain(length: int) -> list[str]:
    return ["A1", *(f"B{n}+1" for n in range(1, length))]


def test_a_chain_is_followed_and_nothing_else_goes():
    assert stale([*chain(60), "C1", "SUM(A2:A90)"]) == set(range(60))


def test_a_chain_of_any_length_is_followed():
    assert stale([*chain(20_000), "C1"]) == set(range(20_000))


def test_what_looks_at_one_cell_is_told_from_its_neighbours():
    assert stale(["A1", "C1"] * 10_000) == set(range(0, 20_000, 2))


def test_a_wide_area_around_a_moved_cell_goes_and_what_looks_at_its_sum():
    assert stale(["SUM(A1:A900)", "SUM(A2:A900)", "B1*2", "B2*2"]) == {0, 2}


def test_what_a_text_does_not_tell_goes():
    assert stale(["INDIRECT(C1)", "C1"]) == {0}


def test_all_cells_of_an_array_go_in_a_sheet_of_arrays(monkeypatch):
    rows = "".join(
        f'<row r="{n}"><c r="B{n}"><f t="array" ref="B{n}:C{n}">A{n}</f></c><c r="C{n}"/></row>'
        for n in range(1, 2001)
    )
    sheet = SHEET.format(f"<sheetData>{rows}</sheetData>").encode()
    own = SheetCells(read_part(sheet, SHEET_TAGS)).formulas
    asked = []
    has = Area.has
    monkeypatch.setattr(Area, "has", lambda area, *place: asked.append(1) or has(area, *place))
    changed = [(row, 0) for row in range(1000)]
    expected = {(row, column) for row in range(1000) for column in (1, 2)}
    assert stale_places({"表": own}, {"表": changed}) == {"表": expected}
    assert len(asked) < 2000


@pytest.fixture
def questions(monkeypatch) -> list[int]:
    """How many moved cells wide areas were asked about, each time."""
    asked = []
    ask = xlsx_stale._any_has

    def counting(areas, moved):
        asked.append(len(areas) * len(moved))
        return ask(areas, moved)

    monkeypatch.setattr(xlsx_stale, "_any_has", counting)
    return asked


def test_where_there_is_too_much_to_tell_all_formulas_go(questions):
    few, many = ["A1", "SUM(C1:C900)"] * 1000, ["A1", "SUM(C1:C900)"] * 1500
    assert stale(few) == set(range(0, len(few), 2))
    assert stale(many) == set(range(len(many)))
    assert sum(questions) <= 2 * xlsx_stale._MOST_QUESTIONS
