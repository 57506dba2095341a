"""The menus of the folder window, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

FOLDER, CHECK, EXPORT = "文件夹(&F)", "校核(&C)", "导出(&E)"
PRINT, VIEW, HELP = "打印(&R)", "查看(&V)", "帮助(&H)"
MENUS = (FOLDER, CHECK, EXPORT, PRINT, VIEW, HELP)


@dataclass(frozen=True, slots=True)
class Spec:
    """One action; `separated` puts a line above it."""

    name: str
    text: str
    menu: str
    shortcut: str = ""
    separated: bool = False


SPECS = (
    Spec("choose_folder", "选择文件夹(&O)…", FOLDER, "Ctrl+O"),
    Spec("choose_last_year", "选择上年文件夹(&L)…", FOLDER, "Ctrl+L"),
    Spec("forget_last_year", "不再与上年比较(&M)", FOLDER),
    Spec("choose_list", "选择机关名单(&N)…", FOLDER, separated=True),
    Spec("forget_list", "不再使用机关名单(&D)", FOLDER),
    Spec("close", "关闭(&C)", FOLDER, "Ctrl+W", separated=True),
    Spec("start", "开始检查(&S)", CHECK, "F5"),
    Spec("cancel", "取消检查(&T)", CHECK, "Ctrl+."),
    Spec("recheck", "全部重新检查(&R)", CHECK, "F9"),
    Spec("open_report", "打开所选报告(&P)", CHECK, separated=True),
    Spec("export_findings", "疑点清单 Excel(&X)…", EXPORT, "Ctrl+E"),
    Spec("export_feedback", "反馈单 Word(&F)…", EXPORT),
    Spec("export_releases", "公开情况 Excel(&G)…", EXPORT),
    Spec("export_summary", "汇总表 Excel(&J)…", EXPORT),
    Spec("print_overview", "概览(&O)…", PRINT, "Ctrl+P"),
    Spec("print_list", "报告一览(&L)…", PRINT),
    Spec("print_feedback", "反馈单(&F)…", PRINT),
    Spec("show_reports", "报告(&1)", VIEW, "Ctrl+1"),
    Spec("show_together", "汇总情况(&2)", VIEW, "Ctrl+2"),
    Spec("show_alike", "雷同(&3)", VIEW, "Ctrl+3"),
    Spec("show_overview", "概览(&4)", VIEW, "Ctrl+4"),
    Spec("show_summary", "汇总(&5)", VIEW, "Ctrl+5"),
    Spec("find", "查找(&I)", VIEW, "Ctrl+F", separated=True),
    Spec("help", "使用帮助(&H)", HELP, "F1"),
)


def make_menus(
    window: QMainWindow, acts: Mapping[str, Callable[[], object]]
) -> Mapping[str, QAction]:
    """Fill the menu bar of a window with what `acts` do; return the actions by name."""
    bar = window.menuBar()
    menus = {title: QMenu(title, bar) for title in MENUS}
    made = {}
    for spec in SPECS:
        if spec.separated:
            menus[spec.menu].addSeparator()
        action = menus[spec.menu].addAction(spec.text)
        action.setObjectName(spec.name)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        action.triggered.connect(_without_argument(acts[spec.name]))
        made[spec.name] = action
    for menu in menus.values():
        bar.addMenu(menu)
    return made


def _without_argument(act: Callable[[], object]) -> Callable[[bool], None]:
    def slot(_checked: bool) -> None:
        act()

    return slot
