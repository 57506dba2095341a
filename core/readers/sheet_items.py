"""What stands on a worksheet: texts, drawn cells and merged ones, clipped to what is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.document import Confidence
from core.excel.names import Area
from core.readers.grid import MAX_CELLS, too_large
from core.readers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Item:
    """A cell or merged cells: the area, the text, whether drawn with a border, how sure."""

    area: Area
    text: str
    is_bordered: bool
    is_certain: bool = True

    @property
    def place(self) -> tuple[int, int]:
        """Its first row and column."""
        return self.area.top, self.area.left

    @property
    def says_something(self) -> bool:
        """Whether there is a text, or a formula of which nobody knows what it shows."""
        return bool(self.text) or not self.is_certain


def items_of(sheet: Sheet) -> tuple[list[Item], Mapping[tuple[int, int], Area]]:
    """Return all that is to be seen on a sheet, and the merged areas by their first cell.

    A merged area reaches no farther than the last row and column that hold
    anything, and what another one covers is left out: a file may say what it likes.

    Raises:
        UnreadableFileError: The merged areas cover more cells than a table may have.
    """
    seen = {
        place
        for place, cell in sheet.cells.items()
        if cell.text.strip() or cell.is_bordered or cell.confidence is not Confidence.EXACT
    }
    if not seen:
        return [], {}
    bottom = max(row for row, _ in seen)
    right = max(column for _, column in seen)
    covered: set[tuple[int, int]] = set()
    items: list[Item] = []
    merged: dict[tuple[int, int], Area] = {}
    for area in _clipped(sheet.merges, bottom, right):
        if len(covered) + area.size > MAX_CELLS:
            raise too_large()
        places = {
            (row, column)
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }
        if not places & covered:
            covered |= places
            merged[area.top, area.left] = area
            items.append(_item(sheet, area, is_bordered=_is_drawn(sheet, places & seen)))
    items += [
        _item(sheet, Area(row, column, row, column), sheet.cells[row, column].is_bordered)
        for row, column in seen - covered
    ]
    return [item for item in items if item.says_something or item.is_bordered], merged


def _clipped(merges: Sequence[Area], bottom: int, right: int) -> Iterator[Area]:
    for area in merges:
        if area.top <= bottom and area.left <= right:
            yield Area(area.top, area.left, min(area.bottom, bottom), min(area.right, right))


def _is_drawn(sheet: Sheet, places: set[tuple[int, int]]) -> bool:
    return any(sheet.cells[place].is_bordered for place in places)


def _item(sheet: Sheet, area: Area, is_bordered: bool) -> Item:
    cell = sheet.cells.get((area.top, area.left))
    if cell is None:
        return Item(area, "", is_bordered)
    return Item(area, cell.text.strip(), is_bordered, cell.confidence is Confidence.EXACT)
