"""What is known of each action of the window, and the menus that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Needs(Enum):
    """When an action can be used."""

    NOTHING = "nothing"
    REPORT = "report"
    REPORTS = "several reports"
    FINDINGS = "findings"
    REASONS = "reasons"
    UNDO = "undo"
    REDO = "redo"
    EDITABLE = "editable"
    CELL = "cell"
    FIX = "fix"
    MECHANICAL = "mechanical"
    OPEN_FINDING = "open finding"
    SETTLED_FINDING = "settled finding"
    CELL_FINDING = "finding in the cell"
    LAST_YEAR = "last year"
    SETTINGS = "settings"
    MODES = "modes"
    WORKBOOK = "workbook"
    READINGS = "readings"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action.  `menu` is empty for one that is in no menu; the first shortcut is shown.

    Neighbours with the same `submenu` stand in a menu of that name.  The shortcuts of
    one that is `in_grid` hold while the grid has the focus; elsewhere the keys mean
    what they do to a text.
    """

    name: str
    text: str
    menu: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    needs: Needs = Needs.NOTHING
    checkable: bool = False
    group: str = ""
    separated: bool = False
    submenu: str = ""
    in_grid: bool = False


FILE, EDIT, VIEW, CHECK = "文件(&F)", "编辑(&E)", "查看(&V)", "校核(&C)"
WINDOW, HELP = "窗口(&W)", "帮助(&H)"
SAVE_MODE, PRINT = "Word 保存方式(&M)", "打印(&P)"
MENUS = (FILE, EDIT, VIEW, CHECK, WINDOW, HELP)


def plain_text(spec: ActionSpec) -> str:
    """Return an action's text without mnemonic and ellipsis, as a tool button shows it."""
    return spec.text.partition("(&")[0].rstrip("…")
