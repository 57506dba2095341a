"""How a table stands in the grid, noted when another report is shown and brought back after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemDelegate

from gui.place import Place

if TYPE_CHECKING:
    from gui.views.grid import GridView


def finish_editing(grid: GridView) -> None:
    """Take over what was typed into a cell and not yet confirmed."""
    if (editor := grid.cell_editor) is not None:
        grid.commitData(editor)
        grid.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def note_place(grid: GridView, place: Place) -> None:
    """Note what is selected and how far the grid is scrolled."""
    place.selected = grid.ways.area
    place.scrolled = (grid.horizontalScrollBar().value(), grid.verticalScrollBar().value())


def return_to(grid: GridView, place: Place) -> None:
    """Select and scroll as it was noted; the current cell is back already."""
    if place.selected is not None:
        grid.ways.select_again(place.selected)
    # The bars know how far they go only after that.
    grid.executeDelayedItemsLayout()
    across, down = place.scrolled
    grid.horizontalScrollBar().setValue(across)
    grid.verticalScrollBar().setValue(down)
