"""What cells of a worksheet look like: four looks, each made once a workbook.

openpyxl looks a cell's font, border and so on up in lists by comparing them field by
field, which is most of the time that a large table takes.  Import this module
with `core.writers.sheets` only.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Protocol, cast

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell

_LINE = Side(style="thin", color="FF808080")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_AT_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_TEXT_FONT = Font(name="宋体", size=10.5)
_HEADER_FONT = Font(name="宋体", size=10.5, bold=True)
_CHECK_FONT = Font(name="宋体", size=10.5, color="FF44546A")
_HEADER_FILL = PatternFill("solid", fgColor="FFEDEDED")
_CHECK_FILL = PatternFill("solid", fgColor="FFF3F7FB")
_WRONG_FILL = PatternFill("solid", bgColor="FFF8CBAD")
_WRONG_FONT = Font(color="FFC00000", bold=True)


class _Styled(Protocol):
    """What openpyxl keeps of a cell's looks, which its stubs leave out."""

    _style: StyleArray


class Looks:
    """The looks that cells of one workbook have had so far."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, bool], StyleArray] = {}

    def dress(self, cell: SheetCell, look: str, number_format: str, *, quoted: bool) -> None:
        """Give a cell a look, a number format and, where `quoted`, the mark of a typed text."""
        styled, key = cast("_Styled", cell), (look, number_format, quoted)
        if key not in self._known:
            _dress(cell, look)
            cell.number_format = number_format
            cell.quotePrefix = quoted
            self._known[key] = copy(styled._style)
        # A copy, because openpyxl changes a cell's style in place.
        styled._style = copy(self._known[key])


def warning(condition: str) -> Rule:
    """Return the rule that colours a cell red while a formula holds."""
    style = DifferentialStyle(font=_WRONG_FONT, fill=_WRONG_FILL)
    return Rule(type="expression", dxf=style, formula=[condition])


def _dress(cell: SheetCell, look: str) -> None:
    cell.border = _BORDER
    cell.alignment = _AT_LEFT if look == "label" else _CENTRED
    cell.font = {"header": _HEADER_FONT, "check": _CHECK_FONT}.get(look, _TEXT_FONT)
    if look == "header":
        cell.fill = _HEADER_FILL
    elif look == "check":
        cell.fill = _CHECK_FILL
