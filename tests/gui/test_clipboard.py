"""A copied range as a spreadsheet reads it."""

import csv
import io

from gui.cell_range import around
from gui.clipboard import tab_separated
from gui.models.table import TableModel
from tests.gui.invented import EXTRA_TABLE, report, with_extra_table


def read(text):
    return list(csv.reader(io.StringIO(text, newline=""), dialect="excel-tab"))


def copied(model, first, last):
    area = around(model.table, first, last)
    return tab_separated(model.table, area, lambda cell: model.text(model.table.ref(cell)))


def test_a_merged_cell_is_copied_once(controller, adopt):
    adopt(report())
    model = TableModel(controller, "t2")
    rows = read(copied(model, (0, 0), (2, 3)))
    assert rows[0] == ["第二十条第（一）项", "", "", ""]
    assert rows[2] == ["规章", "0", "0", "0"]


def test_breaks_and_quotes_come_back(controller, adopt):
    session = adopt(with_extra_table(report()))
    model = TableModel(controller, EXTRA_TABLE.id)
    odd = 'a "b"\nc'
    controller.set_text(model.ref(model.index(0, 1)), odd)
    rows = read(copied(model, (0, 0), (1, 1)))
    assert rows[0][1] == odd
    assert session.text(model.ref(model.index(1, 1))) == rows[1][1]
