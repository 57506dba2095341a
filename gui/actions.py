"""Every action of the window in one table: text, shortcuts, icon and place in the menus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from gui import icons


class Needs(Enum):
    """When an action can be used."""

    NOTHING = "nothing"
    REPORT = "report"
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


FILE, EDIT, VIEW, CHECK, HELP = "文件(&F)", "编辑(&E)", "查看(&V)", "校核(&C)", "帮助(&H)"
SAVE_MODE, PRINT = "Word 保存方式(&M)", "打印(&P)"
MENUS = (FILE, EDIT, VIEW, CHECK, HELP)

GRID_ACTIONS = (
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
    ActionSpec("find", "查找(&F)…", EDIT, ("Ctrl+F",), needs=Needs.REPORT),
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

ACTIONS = (
    ActionSpec("new_report", "新建(&N)…", FILE, ("Ctrl+N",), "document", "新建一份空白的年度报告"),
    ActionSpec("open", "打开(&O)…", FILE, ("Ctrl+O",), "open", "打开一份年度报告"),
    ActionSpec(
        "open_clipboard",
        "从剪贴板打开(&B)",
        FILE,
        icon="paste",
        tip="打开复制的网页、表格或文字，在开始页也可以按 Ctrl+V",
    ),
    ActionSpec("open_sample", "打开示例(&D)", FILE, icon="document"),
    ActionSpec(
        "save",
        "保存 Word(&S)",
        FILE,
        ("Ctrl+S",),
        "save",
        "保存为新的 Word 文件，原文件不会被修改",
        Needs.REPORT,
        separated=True,
    ),
    ActionSpec("save_as", "另存为(&A)…", FILE, ("F12", "Ctrl+Shift+S"), needs=Needs.REPORT),
    ActionSpec(
        "review_changes",
        "保存前核对(&H)…",
        FILE,
        icon="list",
        tip="逐处核对要写入的修改，再保存",
        needs=Needs.REPORT,
    ),
    ActionSpec(
        "save_workbook",
        "保存 Excel 副本(&K)…",
        FILE,
        icon="excel",
        tip="保存打开的 Excel 表格的副本，只有改过的单元格不同",
        needs=Needs.WORKBOOK,
    ),
    ActionSpec(
        "export_excel",
        "导出 Excel 核对表(&E)…",
        FILE,
        ("Ctrl+E",),
        "excel",
        "导出三张表、核对公式和疑点",
        Needs.REPORT,
    ),
    ActionSpec(
        "export_findings",
        "导出疑点(&X)…",
        FILE,
        icon="list",
        tip="导出疑点清单",
        needs=Needs.REPORT,
    ),
    ActionSpec(
        "export_review_word",
        "导出校核报告 Word(&V)…",
        FILE,
        icon="list",
        tip="导出疑点、说明和修改记录，供签字",
        needs=Needs.REPORT,
    ),
    ActionSpec(
        "export_review_pdf",
        "导出校核报告 PDF(&J)…",
        FILE,
        icon="list",
        tip="导出疑点、说明和修改记录，供签字",
        needs=Needs.REPORT,
    ),
    ActionSpec(
        "mode_tracked",
        "修订（可接受或拒绝）(&T)",
        FILE,
        needs=Needs.MODES,
        checkable=True,
        group="mode",
        separated=True,
        submenu=SAVE_MODE,
    ),
    ActionSpec(
        "mode_clean",
        "不留痕迹(&L)",
        FILE,
        needs=Needs.MODES,
        checkable=True,
        group="mode",
        submenu=SAVE_MODE,
    ),
    ActionSpec(
        "mode_highlighted",
        "底色标出(&G)",
        FILE,
        needs=Needs.MODES,
        checkable=True,
        group="mode",
        submenu=SAVE_MODE,
    ),
    ActionSpec("set_author", "设置作者(&W)…", FILE, icon="pencil"),
    ActionSpec(
        "print_review",
        "校核报告(&R)…",
        FILE,
        ("Ctrl+P",),
        "list",
        "预览并打印校核报告",
        Needs.REPORT,
        separated=True,
        submenu=PRINT,
    ),
    ActionSpec("print_tables", "表格(&Y)…", FILE, icon="table", needs=Needs.REPORT, submenu=PRINT),
    ActionSpec(
        "print_findings", "疑点清单(&F)…", FILE, icon="warning", needs=Needs.REPORT, submenu=PRINT
    ),
    ActionSpec("preferences", "设置(&I)…", FILE, ("Ctrl+,",), tip="设置", separated=True),
    ActionSpec("close", "关闭报告(&C)", FILE, ("Ctrl+W",), needs=Needs.REPORT, separated=True),
    ActionSpec("quit", "退出(&Q)", FILE, ("Ctrl+Q",)),
    ActionSpec("undo", "撤销(&U)", EDIT, ("Ctrl+Z",), "undo", needs=Needs.UNDO),
    ActionSpec("redo", "恢复(&R)", EDIT, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", needs=Needs.REDO),
    *GRID_ACTIONS,
    ActionSpec(
        "choose_reading",
        "选择读法(&V)…",
        EDIT,
        ("Alt+Down",),
        "list",
        "识别把握较低的单元格，从可能的读法中选一种",
        Needs.READINGS,
    ),
    ActionSpec(
        "show_equations",
        "显示算式(&X)",
        VIEW,
        ("Ctrl+`",),
        needs=Needs.REPORT,
        checkable=True,
    ),
    ActionSpec(
        "zoom_in",
        "放大(&I)",
        VIEW,
        ("Ctrl++", "Ctrl+="),
        "zoom_in",
        needs=Needs.REPORT,
        separated=True,
    ),
    ActionSpec("zoom_out", "缩小(&O)", VIEW, ("Ctrl+-",), "zoom_out", needs=Needs.REPORT),
    ActionSpec("zoom_reset", "实际大小(&A)", VIEW, ("Ctrl+0",), needs=Needs.REPORT),
    ActionSpec(
        "previous_table", "上一张表(&P)", VIEW, ("Ctrl+PgUp",), needs=Needs.REPORT, separated=True
    ),
    ActionSpec("next_table", "下一张表(&N)", VIEW, ("Ctrl+PgDown",), needs=Needs.REPORT),
    ActionSpec(
        "show_structure", "结构窗格(&S)", VIEW, needs=Needs.REPORT, checkable=True, separated=True
    ),
    ActionSpec("show_prose", "原文窗格(&T)", VIEW, needs=Needs.REPORT, checkable=True),
    ActionSpec("show_source", "出处窗格(&U)", VIEW, needs=Needs.REPORT, checkable=True),
    ActionSpec("show_findings", "疑点窗格(&F)", VIEW, needs=Needs.REPORT, checkable=True),
    ActionSpec("restore_layout", "恢复默认布局(&R)", VIEW, needs=Needs.REPORT),
    ActionSpec(
        "theme_system",
        "颜色跟随系统(&Y)",
        VIEW,
        checkable=True,
        group="theme",
        separated=True,
    ),
    ActionSpec("theme_light", "浅色(&L)", VIEW, checkable=True, group="theme"),
    ActionSpec("theme_dark", "深色(&D)", VIEW, checkable=True, group="theme"),
    ActionSpec("theme_contrast", "高对比度(&H)", VIEW, checkable=True, group="theme"),
    ActionSpec(
        "previous_finding",
        "上一处疑点(&P)",
        CHECK,
        ("Shift+F8",),
        "previous",
        "上一处疑点（Shift+F8）",
        Needs.FINDINGS,
    ),
    ActionSpec(
        "next_finding",
        "下一处疑点(&N)",
        CHECK,
        ("F8",),
        "next",
        "下一处疑点（F8）",
        Needs.FINDINGS,
    ),
    ActionSpec("accept", "采纳建议(&A)", CHECK, ("Ctrl+Return", "Ctrl+Enter"), needs=Needs.FIX),
    ActionSpec("accept_all", "采纳全部书写更正(&L)", CHECK, needs=Needs.MECHANICAL),
    ActionSpec("explain", "写出错说明(&E)…", CHECK, icon="pencil", needs=Needs.OPEN_FINDING),
    ActionSpec("ignore", "忽略(&I)…", CHECK, needs=Needs.OPEN_FINDING),
    ActionSpec("withdraw", "撤回说明、取消忽略(&B)", CHECK, needs=Needs.SETTLED_FINDING),
    ActionSpec("finding_menu", "疑点操作(&O)…", CHECK, ("Ctrl+.",), needs=Needs.CELL_FINDING),
    ActionSpec(
        "show_relations",
        "显示勾稽关系(&K)…",
        CHECK,
        ("Ctrl+K",),
        "list",
        "列出当前单元格参加的全部勾稽关系，通过的也列出",
        Needs.CELL,
        separated=True,
    ),
    ActionSpec(
        "show_statement",
        "转到正文的说法(&T)",
        CHECK,
        ("Ctrl+J",),
        "document",
        "正文里说到当前单元格的地方，再按一次转到下一处",
        Needs.CELL,
    ),
    ActionSpec("hide_frames", "隐藏勾稽关系(&H)", CHECK, needs=Needs.REPORT),
    ActionSpec(
        "check", "重新检查(&R)", CHECK, ("F9",), "recheck", needs=Needs.REPORT, separated=True
    ),
    ActionSpec(
        "load_last_year",
        "载入上年年报(&Y)…",
        CHECK,
        ("Ctrl+L",),
        "compare",
        "载入上一年度的年报，核对结转、存量等跨年关系",
        Needs.REPORT,
        separated=True,
    ),
    ActionSpec("remove_last_year", "移除上年年报(&M)", CHECK, needs=Needs.LAST_YEAR),
    ActionSpec(
        "check_folder",
        "批量校核(&F)…",
        CHECK,
        ("Ctrl+Shift+O",),
        "folder",
        "检查一个文件夹里的全部年度报告",
        separated=True,
    ),
    ActionSpec("use_settings", "使用检查设置文件(&S)…", CHECK, separated=True),
    ActionSpec("put_settings_away", "不再使用检查设置(&D)", CHECK, needs=Needs.SETTINGS),
    ActionSpec("reasons", "未能检查的关系(&W)…", CHECK, needs=Needs.REASONS),
    ActionSpec("help", "使用帮助(&H)", HELP, ("F1",), "help"),
    ActionSpec("tour", "五分钟导览(&T)", HELP, icon="next"),
    ActionSpec("shortcuts", "快捷键(&K)", HELP, icon="list"),
    ActionSpec("about", "关于勾稽(&A)", HELP, icon="info"),
)


def make_actions(parent: QObject) -> Mapping[str, QAction]:
    """Return a QAction for each line of the table, by name."""
    groups: dict[str, QActionGroup] = {}
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut if spec.in_grid else Qt.ShortcutContext.WindowShortcut
        )
        action.setToolTip(spec.tip or plain_text(spec))
        action.setStatusTip("")
        action.setCheckable(spec.checkable)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        made[spec.name] = action
    dress(made)
    return made


def dress(actions: Mapping[str, QAction]) -> None:
    """Give actions their icons in the colours of the theme."""
    for spec in ACTIONS:
        if spec.icon:
            actions[spec.name].setIcon(icons.icon(spec.icon))


def plain_text(spec: ActionSpec) -> str:
    """Return an action's text without mnemonic and ellipsis, as a tool button shows it."""
    return spec.text.partition("(&")[0].rstrip("…")
