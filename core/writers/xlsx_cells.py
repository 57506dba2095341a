"""New contents of cells as splices of a worksheet's XML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from core.excel.book import named, whole
from core.excel.names import cell_at, cell_name, name_of_tag, sheet_tags
from core.excel.texts import escaped
from core.word.content import Element
from core.word.outline import Part
from core.writers.docx_splice import Splice, appended, prefix_of, removed, replaced
from core.writers.xlsx_shared import Formulas

SHEET_TAGS = sheet_tags("sheetData", "row", "c", "f", "v", "extLst")

Place = tuple[int, int]
_REPLACED_ATTRIBUTES = re.compile(r"""\s(?:t|cm|vm)\s*=\s*(?:"[^"]*"|'[^']*')""")
_TYPE = re.compile(r"""\st\s*=\s*(?:"[^"]*"|'[^']*')""")
_KEPT = "extLst"


@dataclass(frozen=True, slots=True)
class NewContent:
    """What a cell is to hold: a number as digits, or a text; an empty text is a blank cell."""

    text: str
    is_number: bool = False


class SheetCells:
    """The cells of a worksheet's part, found by row and column."""

    def __init__(self, part: Part) -> None:
        self._part = part
        # A worksheet has one, empty or not.
        self._data = next(each for each in part.root if name_of_tag(each.tag) == "sheetData")
        self._rows = dict(_rows(self._data))
        self._cells = {row: dict(_cells(row, each)) for row, each in self._rows.items()}
        everything = {p: c for cells in self._cells.values() for p, c in cells.items()}
        self.formulas = Formulas(part, everything)

    @property
    def data(self) -> bytes:
        """The part's bytes."""
        return self._part.data

    def style(self, place: Place) -> str | None:
        """Return the index of the style of a cell; a blank one has its row's or its column's."""
        row = self._rows.get(place[0])
        cell = self._cells.get(place[0], {}).get(place)
        if cell is not None:
            return cell.get("s")
        if row is not None and row.get("s") is not None:
            return row.get("s")
        columns = (each for group in named(self._part.root, "cols") for each in named(group, "col"))
        for each in columns:
            if whole(each.get("min"), 0) <= place[1] + 1 <= whole(each.get("max"), 0):
                return each.get("style")
        return None

    def forget(self, places: Collection[Place]) -> Iterator[Splice]:
        """Yield the changes by which some cells have no stored value any more."""
        for place in sorted(places):
            cell = self._cells.get(place[0], {}).get(place)
            if cell is None:
                continue
            extent = self._part.extents[cell]
            tag = self._part.start_tag(extent)
            end = extent.start + len(self._part.bytes(tag))
            without = self._part.bytes(_TYPE.sub("", tag))
            yield Splice(extent.start, end, without)
            yield from (removed(self._part, each) for each in named(cell, "v"))

    def splices(self, contents: Mapping[Place, NewContent]) -> Iterator[Splice]:
        """Yield the changes by which cells hold new contents.

        Raises:
            EditError: A cell is part of a formula of several cells.
        """
        yield from self.formulas.removed_from(contents.keys())
        new: dict[int, dict[Place, NewContent]] = {}
        for place, content in sorted(contents.items()):
            cell = self._cells.get(place[0], {}).get(place)
            if cell is None:
                if content.text:
                    new.setdefault(place[0], {})[place] = content
            else:
                yield replaced(self._part, cell, self._changed(cell, content))
        yield from self._inserted(new)

    def _changed(self, cell: Element, content: NewContent) -> str:
        tag = self._part.start_tag(self._part.extents[cell])
        opening = _REPLACED_ATTRIBUTES.sub("", tag).rstrip("/> \t\r\n")
        kept = [each for each in cell if name_of_tag(each.tag) == _KEPT]
        extents = [self._part.extents[each] for each in kept]
        behind = "".join(self._part.text(extent.start, extent.end) for extent in extents)
        return self._markup(opening, content, behind)

    def _markup(self, opening: str, content: NewContent, behind: str = "") -> str:
        prefix = prefix_of(self._part, self._data)
        inner = ""
        if content.is_number:
            inner = f"<{prefix}v>{content.text}</{prefix}v>"
        elif content.text:
            opening += ' t="inlineStr"'
            text = escape(escaped(content.text))
            inner = f'<{prefix}is><{prefix}t xml:space="preserve">{text}</{prefix}t></{prefix}is>'
        if not inner + behind:
            return f"{opening}/>"
        return f"{opening}>{inner}{behind}</{prefix}c>"

    def _inserted(self, new: Mapping[int, Mapping[Place, NewContent]]) -> Iterator[Splice]:
        """Put cells that the file does not have where they belong, also rows."""
        prefix = prefix_of(self._part, self._data)
        missing_rows: dict[Place, str] = {}
        for row, contents in new.items():
            cells = {place: self._new_cell(place, content) for place, content in contents.items()}
            if row in self._rows:
                yield from self._put(self._rows[row], self._cells[row], cells)
            else:
                markup = f'<{prefix}row r="{row + 1}">{"".join(cells.values())}</{prefix}row>'
                missing_rows[row, 0] = markup
        rows = {(row, 0): element for row, element in self._rows.items()}
        yield from self._put(self._data, rows, missing_rows)

    def _new_cell(self, place: Place, content: NewContent) -> str:
        style = self.style(place)
        said = f' s="{style}"' if style is not None and style.isdecimal() else ""
        prefix = prefix_of(self._part, self._data)
        return self._markup(f'<{prefix}c r="{cell_name(*place)}"{said}', content)

    def _put(
        self, parent: Element, present: Mapping[Place, Element], new: Mapping[Place, str]
    ) -> Iterator[Splice]:
        """Put new elements between the present ones, several at one place as one."""
        groups: dict[Element | None, str] = {}
        for place, markup in new.items():
            following = next((e for p, e in sorted(present.items(), key=_first) if p > place), None)
            groups[following] = groups.get(following, "") + markup
        for following, markup in groups.items():
            if following is None:
                yield appended(self._part, parent, markup)
            else:
                start = self._part.extents[following].start
                yield Splice(start, start, self._part.bytes(markup))


def _first(item: tuple[Place, Element]) -> Place:
    return item[0]


def _rows(data: Element) -> Iterator[tuple[int, Element]]:
    row = -1
    for each in named(data, "row"):
        row = whole(each.get("r"), row + 2) - 1
        yield row, each


def _cells(row: int, element: Element) -> Iterator[tuple[Place, Element]]:
    column = -1
    for each in named(element, "c"):
        place = cell_at(each.get("r") or "") or (row, column + 1)
        column = place[1]
        yield place, each
