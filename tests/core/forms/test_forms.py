"""The forms as data: the grids tile, slots are unique, every term of an equation is a slot."""

import pytest

from core.forms.loader import EDITIONS, load_form
from core.forms.model import short_label

TABLES = [(edition, name) for edition in EDITIONS for name in load_form(edition).tables]


@pytest.mark.parametrize(("edition", "name"), TABLES)
def test_the_grid_tiles(edition, name):
    table = load_form(edition).tables[name]
    covered = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert sorted(covered) == [(r, c) for r in range(table.rows) for c in range(table.columns)]


@pytest.mark.parametrize(("edition", "name"), TABLES)
def test_slots_are_unique_and_named_after_their_table(edition, name):
    slots = [cell.slot for cell in load_form(edition).tables[name].cells if cell.slot]
    assert len(slots) == len(set(slots))
    assert all(slot.startswith(f"{name}.") and slot.count(".") == 2 for slot in slots)


@pytest.mark.parametrize(("edition", "name"), TABLES)
def test_every_term_of_an_equation_is_a_slot_and_every_equation_applies(edition, name):
    table = load_form(edition).tables[name]
    relations = table.relations(row.key for row in table.row_specs)
    assert {relation.equation for relation in relations} == {e.id for e in table.equations}
    for relation in relations:
        assert relation.left
        assert relation.right
        assert set(relation.slots) <= set(table.slots)


def test_the_applications_table_has_the_relations_of_the_form():
    table = load_form("2021").tables["applications"]
    relations = table.relations(row.key for row in table.row_specs)
    assert len(relations) == 39
    assert {len(r.left) for r in relations if r.equation == "results"} == {21}


def test_a_one_row_form_adds_up_the_one_row():
    table = load_form("2021").tables["applications"]
    rows = [r.key for r in table.row_specs if not r.key.startswith("other_")]
    results = [r for r in table.relations([*rows, "other"]) if r.equation == "results"]
    assert all(f"applications.other.{r.over}" in r.left for r in results)
    assert {len(r.left) for r in results} == {19}


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("1.属于国家秘密", "属于国家秘密"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"),
        ("（七）总计", "总计"),
        ("一、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
    ],
)
def test_short_labels_drop_numerals_and_remarks(label, short):
    assert short_label(label) == short
