"""Find tables and prose on a worksheet: blocks apart from each other by empty rows and columns.

A sheet is cut along its empty rows, then along lines of prose, then along empty
columns, and each piece again, until nothing is left to cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from core.document import Block, Cell, Paragraph, Provenance, Table, fold
from core.excel.names import Area, cell_name
from core.forms.labels import label_key
from core.forms.loader import load_forms
from core.numbers import parse_number
from core.readers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, too_large
from core.readers.headings import is_known_heading
from core.readers.naming import find_naming
from core.readers.sheet import Sheet, SheetCell
from core.readers.sheet_items import Item, items_of

_LONG = 30
_MOST_BESIDE = 3


def sheet_blocks(sheet: Sheet) -> list[Block]:
    """Return the tables and paragraphs of a sheet, from top to bottom and left to right.

    Raises:
        UnreadableFileError: A table or the merged cells pass the limits of `grid`.
    """
    items, merged = items_of(sheet)
    return [block for group in _groups(items) for block in _block(sheet, group, merged)]


def _groups(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Yield the pieces into which some items fall, in reading order."""
    waiting = [list(items)]
    while waiting:
        group = waiting.pop()
        pieces = _cut(group)
        if len(pieces) > 1:
            waiting += reversed(pieces)
        elif pieces:
            yield pieces[0]


def _cut(items: list[Item]) -> list[list[Item]]:
    """Cut along empty rows; failing that along lines of prose; failing that along columns."""
    by_rows = _telling(_apart([(each.area.top, each.area.bottom, each) for each in items], gap=1))
    if len(by_rows) != 1:
        return by_rows
    by_prose = _without_prose(by_rows[0])
    if len(by_prose) > 1:
        return by_prose
    columns = [(each.area.left, each.area.right, each) for each in by_rows[0]]
    return _telling(_apart(columns, gap=1))


def _telling(groups: list[list[Item]]) -> list[list[Item]]:
    """Return the groups in which anything is said."""
    return [group for group in groups if any(item.says_something for item in group)]


def _apart(spans: list[tuple[int, int, Item]], gap: int) -> list[list[Item]]:
    """Return groups of items between whose spans at least `gap` lines are empty."""
    groups: list[list[Item]] = []
    end = -1
    for first, last, item in sorted(spans, key=lambda span: (span[0], span[2].place)):
        if not groups or first - end > gap:
            groups.append([])
        groups[-1].append(item)
        end = max(end, last) if len(groups[-1]) > 1 else last
    return groups


def _without_prose(items: list[Item]) -> list[list[Item]]:
    """Return lines of prose alone and what stands between them together."""
    bands = _apart([(item.area.top, item.area.bottom, item) for item in items], gap=0)
    if len(items) == 1 or not bands:
        return [items]
    drawn = [index for index, band in enumerate(bands) if any(i.is_bordered for i in band)]
    several = [index for index, band in enumerate(bands) if _said(band) > 1]
    first, last = (several[0], several[-1]) if several else (len(bands), -1)
    groups: list[list[Item]] = []
    is_open = False
    for index, band in enumerate(bands):
        is_outside = index < first or index > last
        is_around = bool(drawn) and not drawn[0] <= index <= drawn[-1]
        if _is_prose(band, bool(drawn), is_outside) or (is_around and _is_beside(band)):
            groups += [[item] for item in band if item.says_something]
            is_open = False
        elif is_open:
            groups[-1] += band
        else:
            groups.append(list(band))
            is_open = True
    return groups


def _said(band: Sequence[Item]) -> int:
    return sum(1 for item in band if item.says_something or item.is_bordered)


def _is_prose(band: Sequence[Item], is_drawn: bool, is_outside: bool) -> bool:
    """Return whether a line that one text has for itself is none of a table."""
    telling = [item for item in band if item.says_something]
    text = telling[0].text if len(telling) == 1 else ""
    if not text or label_key(text) in _form_labels():
        return False
    if is_known_heading(text) or find_naming((text,)).title:
        return True
    if is_drawn and not any(item.is_bordered for item in band):
        return True
    if len(band) == 1 and len(text) >= _LONG and "。" in text:
        return True
    return is_outside and not is_drawn


def _is_beside(band: Sequence[Item]) -> bool:
    """Return whether a line above or below a drawn table is none of it: 填报单位, 审核人."""
    return _said(band) <= _MOST_BESIDE and not any(
        label_key(item.text) in _form_labels() or parse_number(item.text) is not None
        for item in band
    )


@cache
def _form_labels() -> frozenset[str]:
    labels = {
        label_key(cell.text)
        for form in load_forms().values()
        for table in form.tables.values()
        for cell in table.cells
    }
    return frozenset(labels - {""})


def _block(
    sheet: Sheet, items: Sequence[Item], merged: Mapping[tuple[int, int], Area]
) -> Iterator[Block]:
    said = [item for item in items if item.says_something]
    if not said:
        return
    area = _around(said)
    is_line = area.top == area.bottom or area.left == area.right
    if len(said) == 1 or (is_line and not any(item.is_bordered for item in said)):
        for item in sorted(said, key=lambda item: item.place):
            yield from _paragraphs(sheet, item)
        return
    # A last row of values that are all blank is seen by its lines or its merged cells only.
    is_longer = any(item.area.bottom > area.bottom for item in items) or any(
        (area.bottom + 1, column) in merged and _is_blank(sheet, area.bottom + 1, column)
        for column in range(area.left, area.right + 1)
    )
    yield _table(sheet, merged, replace(area, bottom=area.bottom + is_longer))


def _is_blank(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.cells.get((row, column))
    return cell is None or not fold(cell.text)


def _around(items: Sequence[Item]) -> Area:
    areas = [item.area for item in items]
    return Area(
        min(area.top for area in areas),
        min(area.left for area in areas),
        max(area.bottom for area in areas),
        max(area.right for area in areas),
    )


def _paragraphs(sheet: Sheet, item: Item) -> Iterator[Paragraph]:
    """Yield a cell's text; headings inside it divide it."""
    provenance = Provenance(sheet.part, cell=cell_name(*item.place))
    lines = [line for line in item.text.split("\n") if fold(line)]
    if any(map(is_known_heading, lines)):
        yield from (Paragraph(line, provenance) for line in lines)
    elif lines:
        yield Paragraph("\n".join(lines), provenance)


def _table(sheet: Sheet, merged: Mapping[tuple[int, int], Area], area: Area) -> Table:
    rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise too_large()
    covered: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            if (row, column) not in covered:
                span = merged.get((row, column), Area(row, column, row, column))
                cell = _cell(sheet, row, column, span, area)
                covered.update(
                    (row + down, column + right)
                    for down in range(cell.row_span)
                    for right in range(cell.column_span)
                )
                cells.append(cell)
    provenance = Provenance(sheet.part, cell=cell_name(area.top, area.left))
    return Table("", rows, columns, tuple(cells), provenance=provenance)


def _cell(sheet: Sheet, row: int, column: int, span: Area, area: Area) -> Cell:
    found = sheet.cells.get((row, column), SheetCell(""))
    return Cell(
        row - area.top,
        column - area.left,
        fold(found.text),
        min(span.bottom, area.bottom) - row + 1,
        min(span.right, area.right) - column + 1,
        found.confidence,
        (),
        Provenance(sheet.part, cell=cell_name(row, column)),
    )
