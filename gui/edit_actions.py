"""The actions of the edit menu, which the grid's own menu has too."""

from __future__ import annotations

from gui.action_spec import EDIT, ActionSpec, Needs

_UNDO = (
    ActionSpec("undo", "撤销(&U)", EDIT, ("Ctrl+Z",), "undo", needs=Needs.UNDO),
    ActionSpec("redo", "恢复(&R)", EDIT, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", needs=Needs.REDO),
)

_GRID = (
    ActionSpec(
        "cut", "剪切(&T)", EDIT, ("Ctrl+X",), needs=Needs.REPORT, separated=True, in_grid=True
    ),
    ActionSpec("copy", "复制(&C)", EDIT, ("Ctrl+C",), "copy", needs=Needs.REPORT, in_grid=True),
    ActionSpec("paste", "粘贴(&P)", EDIT, ("Ctrl+V",), "paste", needs=Needs.REPORT, in_grid=True),
    ActionSpec(
        "edit_cell",
        "编辑单元格(&E)",
        EDIT,
        ("F2",),
        "pencil",
        needs=Needs.EDITABLE,
        separated=True,
        in_grid=True,
    ),
    ActionSpec(
        "clear", "清除内容(&L)", EDIT, ("Del",), "clear", needs=Needs.EDITABLE, in_grid=True
    ),
    ActionSpec("fill_down", "向下填充(&D)", EDIT, ("Ctrl+D",), needs=Needs.REPORT, in_grid=True),
    ActionSpec("fill_right", "向右填充(&I)", EDIT, ("Ctrl+R",), needs=Needs.REPORT, in_grid=True),
    ActionSpec(
        "select_all",
        "全选(&A)",
        EDIT,
        ("Ctrl+A",),
        needs=Needs.REPORT,
        separated=True,
        in_grid=True,
    ),
    ActionSpec("find", "查找(&F)…", EDIT, ("Ctrl+F",), "search", needs=Needs.REPORT),
    ActionSpec("replace", "替换(&H)…", EDIT, ("Ctrl+H",), needs=Needs.REPORT),
    ActionSpec("go_to", "定位(&G)…", EDIT, ("Ctrl+G", "F5"), needs=Needs.REPORT),
    ActionSpec(
        "unlock_labels",
        "允许修改栏目名称(&N)",
        EDIT,
        needs=Needs.REPORT,
        checkable=True,
        separated=True,
    ),
)

_READINGS = (
    ActionSpec(
        "choose_reading",
        "选择读法(&V)…",
        EDIT,
        ("Alt+Down",),
        "list",
        "识别把握较低的单元格，从可能的读法中选一种",
        Needs.READINGS,
    ),
)

EDIT_ACTIONS = (*_UNDO, *_GRID, *_READINGS)
