"""Every action of the window in one table: text, shortcuts, icon and place in the menus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from gui import icons
from gui.action_spec import CHECK, HELP, VIEW, ActionSpec, Needs, plain_text
from gui.edit_actions import EDIT_ACTIONS
from gui.file_actions import FILE_ACTIONS, WINDOW_ACTIONS

ACTIONS = (
    *FILE_ACTIONS,
    *EDIT_ACTIONS,
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
    ActionSpec("show_steps", "修改记录(&G)", VIEW, needs=Needs.REPORT, checkable=True),
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
    ActionSpec(
        "show_last_year",
        "上年对照(&V)",
        CHECK,
        ("Ctrl+Shift+L",),
        tip="在本年表格下面显示上年的表格，标出不同的数",
        needs=Needs.LAST_YEAR,
        checkable=True,
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
    *WINDOW_ACTIONS,
    ActionSpec("help", "使用帮助(&H)", HELP, ("F1",), "help"),
    ActionSpec("tour", "五分钟导览(&T)", HELP, icon="next"),
    ActionSpec("shortcuts", "快捷键(&K)", HELP, icon="list"),
    ActionSpec("about", "关于勾稽(&A)", HELP, icon="info"),
)


def make_actions(parent: QObject) -> Mapping[str, QAction]:
    """Return a QAction for each line of the table, by name, as yet without icons.

    Whoever shows them gives them theirs: to draw all would delay the first window.
    """
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
        # Until it is known what there is to act on.
        action.setEnabled(spec.needs is Needs.NOTHING)
        if spec.group:
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        made[spec.name] = action
    return made


def give_icons(actions: Mapping[str, QAction], names: Iterable[str] | None = None) -> None:
    """Give actions that are about to be seen, by default all, the icons that they lack."""
    wanted = set(actions if names is None else names)
    for spec in ACTIONS:
        if spec.icon and spec.name in wanted and actions[spec.name].icon().isNull():
            actions[spec.name].setIcon(icons.icon(spec.icon))


def dress(actions: Mapping[str, QAction]) -> None:
    """Give the icons that are there the colours of the theme."""
    for spec in ACTIONS:
        if not actions[spec.name].icon().isNull():
            actions[spec.name].setIcon(icons.icon(spec.icon))
