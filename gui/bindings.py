"""What each action of the table does, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from core.explanations import ExplanationKind
from core.preferences import Look
from core.window_state import HIDDEN_AT_FIRST
from core.writers.marking import Mode
from gui import theme
from gui.action_spec import plain_text
from gui.actions import ACTIONS
from gui.help_window import show_help
from gui.office_settings import named
from gui.printing import Printed
from gui.saving import Output
from gui.tally import Tally
from gui.unchecked import unchecked
from gui.views.find_bar import Purpose

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_OUTPUTS = {
    "save_workbook": Output.EXCEL_COPY,
    "export_excel": Output.EXCEL,
    "export_findings": Output.FINDINGS,
    "export_review_word": Output.REVIEW_WORD,
    "export_review_pdf": Output.REVIEW_PDF,
}
_KEYS = (
    ("Enter / Shift+Enter", "到下一行 / 上一行的单元格"),
    ("Alt+Enter", "在单元格内换行"),
    ("Tab / Shift+Tab", "到右边 / 左边的单元格"),
    ("Esc", "取消编辑"),
    ("Shift+方向键", "选中一片单元格"),
    ("Ctrl+方向键", "到一片数字的边上"),
    ("Ctrl+Home / Ctrl+End", "到表格的开头 / 末尾"),
    ("Delete", "清除内容；在疑点列表中为忽略"),
    ("Shift+F10 / 菜单键", "右键菜单"),
    ("Ctrl+V", "粘贴；在开始页打开剪贴板中的报告"),
    ("Ctrl+滚轮", "缩放表格"),
    ("F2 / Enter", "在正文中：修改这一段"),
    ("F6 / Shift+F6", "到下一个 / 上一个窗格"),
)


def bind(window: MainWindow) -> None:
    """Connect every action of a window with what it does."""
    for acts in (_work(window), _comparing(window), _looks(window), _grid(window)):
        for name, act in acts.items():
            window.actions_by_name[name].triggered.connect(_without_argument(act))
    for name, pane in _panes(window).items():
        action = window.actions_by_name[name]
        action.setChecked(name not in HIDDEN_AT_FIRST)
        pane.setVisible(action.isChecked())
        action.toggled.connect(pane.setVisible)
    window.actions_by_name["show_last_year"].toggled.connect(window.page.past.want)
    _bind_modes(window)
    _bind_looks(window)
    _bind_start_page(window)


def _bind_modes(window: MainWindow) -> None:
    for mode in Mode:
        action = window.actions_by_name[f"mode_{mode.value}"]
        action.setChecked(window.save_mode.mode is mode)
        action.triggered.connect(partial(_choose_mode, window, mode))


def _bind_looks(window: MainWindow) -> None:
    for look in Look:
        action = window.actions_by_name[f"theme_{look.value}"]
        action.setChecked(theme.chosen() is look)
        action.triggered.connect(partial(_choose_look, window, look))


def _choose_look(window: MainWindow, look: Look, _checked: bool = False) -> None:
    window.save_mode.choose_look(look)


def show_preferences(window: MainWindow) -> None:
    """Tick in the menus what is chosen now."""
    window.actions_by_name[f"mode_{window.save_mode.mode.value}"].setChecked(True)
    window.actions_by_name[f"theme_{theme.chosen().value}"].setChecked(True)


def _bind_start_page(window: MainWindow) -> None:
    start, act = window.start_page, window.actions_by_name
    start.open_requested.connect(act["open"].trigger)
    start.sample_requested.connect(act["open_sample"].trigger)
    start.new_requested.connect(act["new_report"].trigger)
    start.paste_requested.connect(act["open_clipboard"].trigger)


def _choose_mode(window: MainWindow, mode: Mode, _checked: bool = False) -> None:
    window.save_mode.choose(mode)


def _ask_author(window: MainWindow) -> None:
    author = window.filing.dialogs.ask_author(window.save_mode.author)
    if author is not None:
        window.save_mode.set_author(author)


def _work(window: MainWindow) -> Mapping[str, Callable[[], object]]:
    filing, controller = window.filing, window.controller
    return {
        "new_report": filing.new_report,
        "open": filing.choose_and_open,
        "open_clipboard": filing.open_clipboard,
        "open_sample": filing.open_sample,
        "review_changes": _after_typing(window, filing.keeping.review_and_save),
        "save": _after_typing(window, filing.save),
        "save_as": _after_typing(window, filing.save_as),
        **{
            name: _after_typing(window, partial(filing.export, output))
            for name, output in _OUTPUTS.items()
        },
        "set_author": lambda: _ask_author(window),
        "close": _after_typing(window, filing.close_report),
        "close_all": _after_typing(window, filing.close_all),
        "next_report": lambda: controller.step(1),
        "previous_report": lambda: controller.step(-1),
        "quit": window.close,
        "undo": controller.undo_group.undo,
        "redo": controller.undo_group.redo,
        "choose_reading": window.page.readings.offer,
        "previous_finding": window.walk.previous,
        "next_finding": window.walk.next,
        "accept": window.accepting.accept_sure_fix,
        "accept_all": window.findings.accept_all,
        "show_relations": window.evidence.show_relations,
        "show_statement": window.evidence.show_statement,
        "hide_frames": window.walk.hide_frames,
        "check": controller.check,
        "reasons": lambda: show_reasons(window),
    }


def _grid(window: MainWindow) -> Mapping[str, Callable[[], object]]:
    grid, tools, commands = window.page.grid, window.grid_tools, window.cell_commands
    return {
        "cut": commands.cut,
        "copy": grid.copy,
        "paste": commands.paste,
        "clear": commands.clear,
        "edit_cell": lambda: grid.edit(grid.currentIndex()),
        "fill_down": commands.fill_down,
        "fill_right": commands.fill_right,
        "select_all": grid.ways.select_all,
        "find": lambda: tools.finding.open(Purpose.FIND),
        "replace": lambda: tools.finding.open(Purpose.REPLACE),
        "go_to": lambda: tools.finding.open(Purpose.GO_TO),
        "unlock_labels": tools.toggle_labels,
        "show_equations": tools.toggle_equations,
        "finding_menu": tools.show_finding_menu,
    }


def _after_typing(window: MainWindow, act: Callable[[], object]) -> Callable[[], None]:
    """Return what takes over what is still being typed, and then acts."""

    def finish_and_act() -> None:
        window.page.finish()
        act()

    return finish_and_act


def _comparing(window: MainWindow) -> Mapping[str, Callable[[], object]]:
    panel = window.findings
    return {
        "explain": lambda: panel.explain_chosen(ExplanationKind.EXPLAINED),
        "ignore": lambda: panel.explain_chosen(ExplanationKind.IGNORED),
        "withdraw": panel.withdraw_chosen,
        "load_last_year": window.filing.choose_last_year,
        "remove_last_year": window.last_year.remove,
        "check_folder": window.shell.folder.show,
        "use_settings": window.filing.choose_settings,
        "put_settings_away": window.settings.put_away,
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
        "preferences": window.shell.preferring.ask,
        "help": partial(show_help, window),
        "tour": window.shell.tour.begin,
        "print_review": lambda: window.shell.printing.show(Printed.REVIEW),
        "print_tables": lambda: window.shell.printing.show(Printed.TABLES),
        "print_findings": lambda: window.shell.printing.show(Printed.FINDINGS),
        "shortcuts": lambda: _show_shortcuts(window),
        "about": lambda: window.filing.dialogs.show_about(),
    }


def _panes(window: MainWindow) -> Mapping[str, QWidget]:
    return {
        "show_structure": window.structure,
        "show_steps": window.undo_pane,
        "show_prose": window.page.prose,
        "show_source": window.page.source,
        "show_findings": window.findings,
    }


def _restore_layout(window: MainWindow) -> None:
    for name in _panes(window):
        window.actions_by_name[name].setChecked(name not in HIDDEN_AT_FIRST)
    window.restore_layout()
    window.page.restore_layout()
    window.status.zoom.reset()


def show_reasons(window: MainWindow) -> None:
    """List what could not be checked, each with its reason; relations first."""
    controller = window.controller
    rows = [each.row for each in unchecked(controller.session, controller.result)]
    window.filing.dialogs.show_list(
        "未能检查的关系",
        _about_reasons(controller.tally),
        ("类别", "检查规则", "单元格", "原因"),
        rows,
    )


def show_settings(window: MainWindow) -> None:
    """List what an office has set otherwise than the program."""
    settings = window.controller.office.settings
    about = f"{named(settings)}。{settings.remark}"
    rows = [(sentence,) for sentence in window.settings.sentences]
    window.filing.dialogs.show_list("检查设置", about, ("与程序自带的不同",), rows)


def _about_reasons(tally: Tally) -> str:
    kinds = (
        ("已检查 {0} 条勾稽关系：通过 {1}，不一致 {2}；未能检查 {3} 条。", tally.relations),
        ("与上年年报核对 {0} 项：通过 {1}，有疑点 {2}；未能核对 {3} 项。", tally.across),
        ("数字、文字、表格和章节 {0} 项：通过 {1}，有疑点 {2}；未能检查 {3} 项。", tally.others),
    )
    lines = [
        sentence.format(count.checked, count.passed, count.found, count.left_open)
        for sentence, count in kinds
        if count.checked or count.left_open
    ]
    lines.append("没有检查的，不能说成立，也不能说不成立；补齐或者更正单元格以后，会自动重新检查。")
    return "\n".join(lines)


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
