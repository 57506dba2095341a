"""What is drawn on a cell: every mark is a shape, and none hides the text."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from core.rules.severity import Severity
from gui import theme
from gui.models.table import Look, Place, TableModel
from tests.gui.invented import RECEIVED, place, report


def drawn(window, monkeypatch, look):
    """Return the picture of a cell that is not the current one."""
    monkeypatch.setattr(TableModel, "look", lambda *_: look)
    grid = window.page.grid
    ref = place(window.controller.present, RECEIVED)
    window.page.show_table(ref.table)
    rect = grid.visualRect(grid.table_model.index(ref.row + 1, ref.column + 1))
    return grid.viewport().grab(rect).toImage()


def colours(picture):
    return {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }


@pytest.fixture
def draw(window, adopt, monkeypatch):
    adopt(report())
    return lambda **looks: drawn(window, monkeypatch, Look("12", Place.VALUE, **looks))


@pytest.mark.parametrize("severity", list(Severity))
def test_a_mark_has_its_fill_its_shape_and_leaves_the_text(draw, severity):
    tone = theme.current().tone(severity)
    picture = draw(mark=severity)
    ground = QColor(tone.fill or theme.current().base).name()
    assert picture.pixelColor(picture.rect().bottomRight() - QPoint(4, 4)).name() == ground
    assert QColor(tone.mark).name() in colours(picture)
    plain = draw()
    middle = [
        (x, y)
        for x in range(picture.width() // 3, 2 * picture.width() // 3)
        for y in range(4, picture.height() - 4)
    ]
    for image in (picture, plain):
        assert len({image.pixelColor(x, y).name() for x, y in middle}) > 1


def test_the_shapes_of_the_severities_differ(draw):
    corners = []
    for severity in Severity:
        picture = draw(mark=severity)
        mark = QColor(theme.current().tone(severity).mark).name()
        corners.append(
            frozenset(
                (x, y)
                for x in range(9)
                for y in range(9)
                if picture.pixelColor(x, y).name() == mark
            )
        )
    assert len(set(corners)) == len(Severity)


def test_an_edited_cell_has_a_bar_at_its_left_edge(draw):
    picture = draw(changed=True)
    mark = QColor(theme.current().changed.mark).name()
    assert picture.pixelColor(1, picture.height() // 2).name() == mark


def test_a_framed_and_an_uncertain_cell_look_otherwise(draw):
    pictures = [draw(), draw(framed=True), draw(uncertain=True)]
    assert pictures[0] != pictures[1]
    assert pictures[0] != pictures[2]
    assert pictures[1] != pictures[2]
