"""What each action of the table does, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.document import CellRef
from gui import theme
from gui.actions import ACTIONS, Needs, plain_text
from gui.naming import cell_title, rule_title, table_title
from gui.views.card_list import sure_fix

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_MOST_CELLS_NAMED = 3
_KEYS = (
    ("Enter / Shift+Enter", "到下一行 / 上一行的单元格"),
    ("Tab / Shift+Tab", "到右边 / 左边的单元格"),
    ("F2", "编辑单元格"),
    ("Esc", "取消编辑"),
    ("Delete", "清除内容"),
    ("Ctrl+C", "复制选中的单元格"),
    ("Ctrl+滚轮", "缩放表格"),
    ("F6 / Shift+F6", "到下一个 / 上一个窗格"),
)


def bind(window: MainWindow) -> None:
    """Connect every action of a window with what it does."""
    for name, act in {**_work(window), **_looks(window)}.items():
        window.actions_by_name[name].triggered.connect(_without_argument(act))
    for name, pane in _panes(window).items():
        action = window.actions_by_name[name]
        action.setChecked(True)
        action.toggled.connect(pane.setVisible)
    chosen = {None: "theme_system", False: "theme_light", True: "theme_dark"}
    window.actions_by_name[chosen[theme.chosen_dark()]].setChecked(True)


def enable(window: MainWindow) -> None:
    """Let only those actions be used that can do something now."""
    controller, page = window.controller, window.page
    has_report = controller.session is not None
    result, ref = controller.result, page.current_ref
    can = {
        Needs.NOTHING: True,
        Needs.REPORT: has_report,
        Needs.FINDINGS: has_report and bool(result.findings),
        Needs.REASONS: bool(controller.tally.left_open),
        Needs.FIX: sure_fix(controller.chosen) is not None,
        Needs.UNDO: controller.undo_stack.canUndo(),
        Needs.REDO: controller.undo_stack.canRedo(),
        Needs.EDITABLE: has_report and ref is not None and controller.present.is_editable(ref),
    }
    for spec in ACTIONS:
        window.actions_by_name[spec.name].setEnabled(can[spec.needs])


def _work(window: MainWindow) -> Mapping[str, Callable[[], object]]:
    filing, controller, grid = window.filing, window.controller, window.page.grid
    return {
        "open": filing.choose_and_open,
        "open_sample": filing.open_sample,
        "save": filing.save,
        "save_as": filing.save_as,
        "export_excel": filing.export_excel,
        "export_findings": filing.export_findings,
        "close": filing.close_report,
        "quit": window.close,
        "undo": controller.undo_stack.undo,
        "redo": controller.undo_stack.redo,
        "copy": grid.copy,
        "clear": window.clear_selected,
        "edit_cell": lambda: grid.edit(grid.currentIndex()),
        "previous_finding": window.walk.previous,
        "next_finding": window.walk.next,
        "accept": window.accept_sure_fix,
        "hide_frames": window.walk.hide_frames,
        "check": controller.check,
        "reasons": lambda: show_reasons(window),
    }


def _looks(window: MainWindow) -> Mapping[str, Callable[[], object]]:
    page, zoom = window.page, window.status.zoom
    return {
        "zoom_in": lambda: zoom.step(1),
        "zoom_out": lambda: zoom.step(-1),
        "zoom_reset": zoom.reset,
        "previous_table": lambda: page.step_table(-1),
        "next_table": lambda: page.step_table(1),
        "restore_layout": lambda: _restore_layout(window),
        "theme_system": lambda: theme.choose_dark(None),
        "theme_light": lambda: theme.choose_dark(False),
        "theme_dark": lambda: theme.choose_dark(True),
        "shortcuts": lambda: _show_shortcuts(window),
        "about": lambda: window.filing.dialogs.show_about(),
    }


def _panes(window: MainWindow) -> Mapping[str, QWidget]:
    return {
        "show_structure": window.structure,
        "show_prose": window.page.prose,
        "show_findings": window.findings,
    }


def _restore_layout(window: MainWindow) -> None:
    for name in _panes(window):
        window.actions_by_name[name].setChecked(True)
    window.restore_layout()
    window.page.restore_layout()
    window.status.zoom.reset()


def show_reasons(window: MainWindow) -> None:
    """List the relations that could not be checked, each with its reason."""
    rows = []
    for check in window.controller.result.checks:
        title = f"{check.rule}　{rule_title(check.rule)}"
        if check.error:
            rows.append((title, "", "检查规则没有运行成功"))
        for result in check.insufficient:
            rows.append((title, _place(window, result.cells, result.table), result.reason))
    window.filing.dialogs.show_list(
        "未能检查的关系",
        f"以下 {len(rows)} 条关系没有检查，不能说它们成立，也不能说它们不成立。"
        "补齐或者更正所列的单元格以后，会自动重新检查。",
        ("检查规则", "单元格", "原因"),
        rows,
    )


def _place(window: MainWindow, cells: Sequence[CellRef], table: str | None) -> str:
    session = window.controller.present
    if cells:
        named = "；".join(cell_title(session, ref) for ref in cells[:_MOST_CELLS_NAMED])
        return named + (f" 等 {len(cells)} 格" if len(cells) > _MOST_CELLS_NAMED else "")
    if table is not None and table in session.document.tables:
        return table_title(session.document, session.match, table)
    return ""


def _show_shortcuts(window: MainWindow) -> None:
    rows = [(" / ".join(spec.shortcuts), plain_text(spec)) for spec in ACTIONS if spec.shortcuts]
    window.filing.dialogs.show_list(
        "快捷键", "与 WPS 表格、Excel 一致的按键都可以用。", ("按键", "作用"), [*rows, *_KEYS]
    )


def _without_argument(act: Callable[[], object]) -> Callable[[bool], None]:
    """Return a slot for `triggered`, whose argument says nothing here."""

    def slot(_checked: bool) -> None:
        act()

    return slot
