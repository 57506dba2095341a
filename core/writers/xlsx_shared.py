"""Formulas of a worksheet that go when their cells get values, and those that depend on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from xml.sax.saxutils import escape

from core.errors import EditError
from core.excel.book import named
from core.excel.names import Area, area_of, cell_name
from core.word.content import Element
from core.word.outline import Part
from core.writers.docx_splice import Splice, prefix_of, replaced

Place = tuple[int, int]
_SEVERAL = (
    "单元格 {name} 是一个占多个单元格的公式（数组公式）的一部分，不能单独修改，没有保存，"
    "原文件没有改动。请在 Excel 或 WPS 中修改它，再重新打开核对。"
)
_UNTRANSLATED = (
    "单元格 {name} 的公式由几个单元格共用，不能单独替换，没有保存，原文件没有改动。"
    "请在 Excel 或 WPS 中修改它，再重新打开核对。"
)


class Formulas:
    """The formulas of a worksheet by the cell that they stand in."""

    def __init__(self, part: Part, cells: Mapping[Place, Element]) -> None:
        self._part = part
        self._cells = cells
        found = ((place, next(named(cell, "f"), None)) for place, cell in cells.items())
        self._formulas = {place: formula for place, formula in found if formula is not None}
        self._blocks = dict(self._of_several())

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._formulas)

    def __contains__(self, place: object) -> bool:
        """Return whether a cell has one."""
        return place in self._formulas

    @property
    def places(self) -> Collection[Place]:
        """The cells that have one."""
        return self._formulas.keys()

    def text(self, place: Place) -> str | None:
        """Return a cell's formula, one of several cells moved to it; None where it is not told."""
        formula = self._formulas[place]
        if formula.text or formula.get("t") != "shared":
            return formula.text
        masters = self._masters.get(formula.get("si") or "")
        try:
            return _moved(masters[1], masters[0], place) if masters else None
        except EditError:
            return None

    def covered_by(self, place: Place) -> Collection[Place]:
        """Return the cells whose value a cell's formula makes: several for one of an array."""
        area = self._blocks.get(place)
        if area is None:
            return {place}
        if area.size > len(self._cells):
            return {place, *(each for each in self._cells if area.has(*each))}
        return {place, *(each for each in area.places() if each in self._cells)}

    @cached_property
    def _masters(self) -> Mapping[str, tuple[Place, str]]:
        return {
            formula.get("si") or "": (place, formula.text)
            for place, formula in self._formulas.items()
            if formula.get("t") == "shared" and formula.text
        }

    def removed_from(self, places: Collection[Place]) -> Iterator[Splice]:
        """Yield what changes elsewhere when the formulas in some cells are taken away.

        The first cell of a shared formula holds it for all others: the next one
        that stays takes it over.

        Raises:
            EditError: A cell belongs to a formula of several cells.
        """
        for place in places:
            if any(area.has(*place) for area in self._blocks.values()):
                raise EditError(_SEVERAL.format(name=cell_name(*place)))
        for place in sorted(set(places) & self._formulas.keys()):
            formula = self._formulas[place]
            if formula.get("t") == "shared" and formula.get("ref") is not None:
                yield from self._handed_over(place, formula, places)

    def _of_several(self) -> Iterator[tuple[Place, Area]]:
        for place, formula in self._formulas.items():
            area = area_of(formula.get("ref") or "")
            is_block = formula.get("t") in ("array", "dataTable")
            if area is not None and is_block and (area.size > 1 or formula.get("t") != "array"):
                yield place, area

    def _handed_over(
        self, place: Place, formula: Element, gone: Collection[Place]
    ) -> Iterator[Splice]:
        key = formula.get("si")
        heirs = [
            each
            for each, other in sorted(self._formulas.items())
            if each not in gone and other.get("t") == "shared" and other.get("si") == key
        ]
        # Another master of the same number, or a follower that says its formula, needs none.
        if not heirs or self._formulas[heirs[0]].text:
            return
        text = _moved(formula.text or "", place, heirs[0])
        rows, columns = zip(*heirs, strict=True)
        corners = cell_name(min(rows), min(columns)), cell_name(max(rows), max(columns))
        name = f"{prefix_of(self._part, self._formulas[heirs[0]])}f"
        markup = f'<{name} t="shared" ref="{":".join(corners)}" si="{key}">{escape(text)}</{name}>'
        yield replaced(self._part, self._formulas[heirs[0]], markup)


def _moved(text: str, origin: Place, place: Place) -> str:
    """Return a formula as it reads in another cell, relative references moved along."""
    # openpyxl takes 60 ms to import, and few files need it here.
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        moved = Translator(f"={text}", origin=cell_name(*origin))
        return str(moved.translate_formula(cell_name(*place))).removeprefix("=")
    except (TranslatorError, ValueError, IndexError) as error:
        raise EditError(_UNTRANSLATED.format(name=cell_name(*origin)), repr(error)) from error
