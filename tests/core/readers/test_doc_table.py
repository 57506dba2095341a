"""Tables of binary Word files: spans, merged cells, slivers, tables in cells, limits."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Document, Table
from core.errors import UnreadableFileError
from core.readers.doc import read_doc
from core.readers.docx import HIDDEN, REVISED
from core.readers.grid import MAX_ROWS
from tests.documents.binary_builder import (
    CELL,
    DELETED,
    IN_TABLE,
    INSERTED,
    ROW_END,
    Par,
    Parts,
    binary_word,
    cells,
    deep,
    prl,
    row,
    row_definition,
)
from tests.documents.binary_builder import (
    HIDDEN as VANISH,
)

FIRST_BESIDE, JOINS, CONTINUES, FIRST_ABOVE = 2, 1, 1 << 5, 3 << 5
INNER_CELL, INNER_ROW = prl(0x244B, 1), prl(0x244C, 1)


def read(*paragraphs: Par, parts: Parts | None = None) -> Document:
    return read_doc(binary_word(paragraphs, parts), "年报.doc")


def table(*paragraphs: Par, parts: Parts | None = None) -> Table:
    (found,) = read(*paragraphs, parts=parts).tables.values()
    return found


def spans(found: Table) -> list[tuple[int, int, str, int, int]]:
    return [(c.row, c.column, c.text, c.row_span, c.column_span) for c in found.cells]


def test_spans_come_from_edges_and_columns_closer_than_20_twips_are_one():
    found = table(
        *row("甲", "乙", edges=(-108, 1000, 4001)),
        *row("丙", "丁", "戊", edges=(-108, 1003, 2500, 3990)),
        *row("己", edges=(-100, 4000)),
    )
    assert (found.rows, found.columns) == (3, 3)
    assert spans(found) == [
        (0, 0, "甲", 1, 1),
        (0, 1, "乙", 1, 2),
        (1, 0, "丙", 1, 1),
        (1, 1, "丁", 1, 1),
        (1, 2, "戊", 1, 1),
        (2, 0, "己", 1, 3),
    ]


def test_a_narrow_cell_and_cells_without_width_are_columns():
    assert [c.column for c in table(*row("1", "2", "3", edges=(0, 9, 18, 900))).cells] == [0, 1, 2]
    found = table(*row("1", "2", "3", edges=(0, 0, 0, 0)), *row("4", "5", "6", edges=(0, 0, 0, 0)))
    assert [c.column for c in found.cells] == [0, 1, 2] * 2


def test_merged_cells_beside_and_below():
    found = table(
        *row("甲", "", "乙", flags=(FIRST_BESIDE, JOINS, FIRST_ABOVE)),
        *row("丙", "丁", "藏", flags=(0, 0, CONTINUES)),
        *row("戊", "己", "庚", flags=(JOINS, 0, 0)),
    )
    assert spans(found) == [
        (0, 0, "甲", 1, 2),
        (0, 2, "乙", 2, 1),
        (1, 0, "丙", 1, 1),
        (1, 1, "丁", 1, 1),
        (2, 0, "戊", 1, 1),
        (2, 1, "己", 1, 1),
        (2, 2, "庚", 1, 1),
    ]


def test_text_that_a_merged_cell_hides_is_told():
    for flags in ((FIRST_BESIDE, JOINS), (FIRST_BESIDE, JOINS, 0)):
        document = read(*row("甲", "藏", flags=flags))
        assert document.notices == (HIDDEN,)
        assert [c.text for c in document.tables["t1"].cells] == ["甲"]
    document = read(*row("甲", flags=(FIRST_ABOVE,)), *row("藏", flags=(CONTINUES,)))
    assert document.notices == (HIDDEN,)


def test_a_cell_that_continues_nothing_keeps_its_text():
    first = row("甲", edges=(0, 2000), flags=(CONTINUES,))
    found = table(*first, *row("1", "2", flags=(CONTINUES, 0)))
    assert [c.text for c in found.cells] == ["甲", "1", "2"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (prl(0x5624, 0, 2), [(0, "甲", 2), (2, "丙", 1)]),
        (prl(0x5624, 0, 2) + prl(0x5625, 0, 2), [(0, "甲", 1), (1, "乙", 1), (2, "丙", 1)]),
        (prl(0x5624, 1, 255), [(0, "甲", 1), (1, "乙", 2)]),
        (prl(0x7623, 0, 1, 0xD0, 0x07), [(0, "甲", 2), (2, "乙", 1), (3, "丙", 1)]),
        (prl(0xD62B, 2, 9, 1), [(0, "甲", 1), (1, "乙", 1), (2, "丙", 1)]),
    ],
)
def test_changes_to_a_row(changes: bytes, expected: list[tuple[int, str, int]]):
    found = table(*row("1", "2", "3"), *row("甲", "乙", "丙", more=changes))
    assert [(c.column, c.text, c.column_span) for c in found.starting_in(1)] == expected


def test_cells_are_put_in_and_taken_out_of_a_row():
    base = row("1", "2", "3", edges=(0, 1000, 2000, 3000))
    inserted = row("4", "5", "6", edges=(0, 2000, 3000), more=prl(0x7621, 0, 1, 0xE8, 0x03))
    deleted = row("7", "8", "9", edges=(0, 500, 1500, 2500, 3500), more=prl(0x5622, 0, 1))
    found = table(*base, *deleted)
    assert [c.column for c in found.cells] == [0, 1, 2] * 2
    (found,) = read(*row("1", "2", "3", edges=(0, 1000, 3000, 4000)), *inserted).tables.values()
    assert [c.column for c in found.cells] == [0, 1, 2] * 2


def test_merging_down_may_follow_the_definition():
    start, join = prl(0xD62B, 2, 0, 3), prl(0xD62B, 2, 0, 1)
    found = table(*row("甲", "1", more=start), *row("", "2", more=join))
    assert spans(found) == [(0, 0, "甲", 2, 1), (0, 1, "1", 1, 1), (1, 1, "2", 1, 1)]


def test_a_row_that_begins_late_leaves_a_hole():
    found = table(*row("1", "2", "3"), *row("4", "5", edges=(1000, 2000, 3000)))
    assert [(c.row, c.column) for c in found.cells][3:] == [(1, 1), (1, 2)]
    assert found.at(1, 0) is None
    moved = row("4", "5", edges=(0, 1000, 2000), more=prl(0x9601, 0xE8, 0x03))
    assert table(*row("1", "2", "3"), *moved).at(1, 0) is None


def test_more_or_fewer_cells_than_a_row_defines():
    more = [*cells("1", "2", "3"), Par("", ROW_END + row_definition((0, 1000, 2000)), CELL)]
    assert [c.text for c in table(*more).cells] == ["1", "2", "3"]
    fewer = [*cells("1"), Par("", ROW_END + row_definition((0, 1000, 2000)), CELL)]
    assert [c.text for c in table(*row("甲", "乙"), *fewer).cells] == ["甲", "乙", "1"]
    none = [*cells("1", "2"), Par("", ROW_END, CELL)]
    assert [c.column for c in table(*none).cells] == [0, 1]


def test_a_table_that_ends_within_a_row_keeps_its_texts():
    found = table(*row("甲", "1"), *cells("乙", "2"), Par("完"))
    assert [c.text for c in found.cells] == ["甲", "1", "乙", "2"]


def test_long_properties_stand_in_the_data_stream():
    definition = row_definition((0, 1000, 3000), (0, 0))
    data = b"\0" * 10 + struct.pack("<H", len(definition)) + definition
    for name in (0x6646, 0x646B):
        end = Par("", ROW_END + prl(name, 10, size=4), CELL)
        found = table(*cells("1", "2"), end, *row("3", "4", "5"), parts=Parts(data=data))
        assert [c.column_span for c in found.cells] == [1, 2, 1, 1, 1]
    outside = Par("", ROW_END + prl(0x6646, 99_999, size=4), CELL)
    with pytest.raises(UnreadableFileError, match="损坏"):
        read(*cells("1", "2"), outside, parts=Parts(data=data))


def test_a_cell_has_lines_and_its_deleted_ends_join_them():
    paragraphs = [
        Par("甲", IN_TABLE),
        Par("乙", IN_TABLE, end_look=DELETED),
        *row("丙", "1"),
    ]
    assert [c.text for c in table(*paragraphs).cells] == ["甲\n乙丙", "1"]


def test_deleted_and_hidden_rows_are_left_out_and_inserted_ones_told():
    def marked(look: bytes) -> list[Par]:
        return [
            Par([(p.runs, look)] if p.runs else "", p.properties, p.end, look)
            for p in row("乙", "2")
        ]

    for look, notice, count in ((DELETED, REVISED, 1), (VANISH, HIDDEN, 1), (INSERTED, REVISED, 2)):
        document = read(*row("甲", "1"), *marked(look))
        assert document.tables["t1"].rows == count
        assert document.notices == (notice,)


def test_tables_in_cells_follow_the_table_in_which_they_stand():
    inner_end = deep(2) + INNER_ROW + row_definition((0, 500, 1000))
    document = read(
        Par("前", deep(1)),
        Par("里", deep(2) + INNER_CELL),
        Par("7", deep(2) + INNER_CELL),
        Par("", inner_end),
        Par("后", deep(1), CELL),
        Par("右", deep(1), CELL),
        Par("", deep(1) + prl(0x2417, 1) + row_definition((0, 1000, 2000)), CELL),
        Par("完"),
    )
    outer, inner = document.tables.values()
    assert [c.text for c in outer.cells] == ["前\n后", "右"]
    assert [c.text for c in inner.cells] == ["里", "7"]


def test_two_tables_with_a_blank_paragraph_between_are_two():
    assert len(read(*row("1", "2"), Par(""), *row("3", "4")).tables) == 2


def test_too_deep_too_long_and_too_wide_are_refused():
    with pytest.raises(UnreadableFileError, match="一层套一层"):
        read(Par("甲", deep(9) + INNER_CELL))
    with pytest.raises(UnreadableFileError, match="太大"):
        read(*(row("1") * (MAX_ROWS + 1)))
    staircase = [row("1", edges=(50 * step, 50 * step + 50)) for step in range(201)]
    with pytest.raises(UnreadableFileError, match="太大"):
        read(*(paragraph for each in staircase for paragraph in each))


def test_absurd_definitions_stay_within_the_table():
    for definition in (
        struct.pack("<HHB", 0xD608, 2, 255),
        struct.pack("<HHB", 0xD608, 0, 0),
        row_definition((5000, 0, -5000)),
        row_definition((0, 100)) + prl(0x7621, 9, 255, 0xFF, 0x7F) * 3,
        row_definition((0, 100)) + prl(0x5622, 0, 255),
        prl(0x7623, 0, 9, 1, 1) + prl(0x5624, 0, 9) + prl(0x9601, 1, 1) + prl(0xD62B, 0),
    ):
        found = table(*cells("1", "2"), Par("", ROW_END + definition, CELL))
        assert [c.text for c in found.cells] == ["1", "2"]


edges = st.lists(st.integers(20, 400), min_size=1, max_size=6)


@given(st.lists(edges, min_size=1, max_size=6))
def test_every_text_is_in_one_cell_and_no_position_in_two(widths: list[list[int]]):
    paragraphs = []
    expected = []
    for index, each in enumerate(widths):
        texts = [f"{index}.{column}" for column in range(len(each))]
        lefts = [sum(each[:count]) for count in range(len(each) + 1)]
        paragraphs += row(*texts, edges=lefts)
        expected += texts
    found = table(*paragraphs)
    assert [c.text for c in found.cells] == expected
    taken = [position for each in found.cells for position in each.positions]
    assert len(taken) == len(set(taken))
