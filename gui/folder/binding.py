"""What each action and button of the folder window does, and when it can be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from gui.folder import panes
from gui.folder.checking import Phase
from gui.folder.output import Output
from gui.folder.printing import Printed, preview
from gui.folder.summing import opening_sum
from gui.help_window import show_help

if TYPE_CHECKING:
    from gui.folder.window import FolderWindow

_HELP_PAGE = "批量校核"
_EXPORTS = {
    "export_findings": Output.FINDINGS,
    "export_feedback": Output.FEEDBACK,
    "export_releases": Output.RELEASES,
}
_PRINTS = {
    "print_overview": Printed.OVERVIEW,
    "print_list": Printed.LIST,
    "print_feedback": Printed.FEEDBACK,
}
_PAGES = {
    "show_reports": panes.REPORTS,
    "show_together": panes.TOGETHER,
    "show_alike": panes.ALIKE,
    "show_overview": panes.OVERVIEW,
    "show_summary": panes.SUMMARY,
}


def acts_of(window: FolderWindow) -> Mapping[str, Callable[[], object]]:
    """Return what each action does."""
    work = window.work
    return {
        "choose_folder": lambda: _choose_folder(window),
        "choose_last_year": lambda: _choose_last_year(window),
        "forget_last_year": lambda: work.use_last_year(None),
        "choose_list": lambda: _choose_list(window),
        "forget_list": work.forget_list,
        "close": window.close,
        "start": lambda: _start(window),
        "cancel": work.check.cancel,
        "recheck": work.recheck,
        "open_report": lambda: window.open_report(window.reports.list.current_file),
        **{name: partial(window.output.export, what) for name, what in _EXPORTS.items()},
        "export_summary": lambda: window.panes.show(panes.SUMMARY),
        **{name: partial(_print, window, what) for name, what in _PRINTS.items()},
        **{name: partial(window.panes.show, page) for name, page in _PAGES.items()},
        "find": window.panes.find,
        "help": partial(show_help, window, _HELP_PAGE),
    }


def connect(window: FolderWindow) -> None:
    """Connect buttons and pages with what they ask for."""
    act, head, work = window.actions_by_name, window.head, window.work
    for button, name in (
        (head.folder, "choose_folder"),
        (head.start, "start"),
        (head.cancel, "cancel"),
        (head.last_year, "choose_last_year"),
        (head.list, "choose_list"),
        (window.together.choose, "choose_list"),
    ):
        button.clicked.connect(act[name].trigger)
    head.year_chosen.connect(work.use_year)
    window.reports.opened.connect(window.open_report)
    window.reports.chosen.connect(lambda _file: enable(window))
    window.together.file_wanted.connect(partial(_find, window))
    window.together.alike_wanted.connect(partial(window.panes.show, panes.ALIKE))
    window.together.confirmed.connect(window.accept_proposal)
    window.together.withdrawn.connect(work.withdraw)
    window.overview.rule_wanted.connect(partial(_want_rule, window))
    window.summary.open_wanted.connect(lambda: _open_sum(window))
    window.summary.save_wanted.connect(
        lambda: window.output.export(Output.SUMMARY, window.summary.chosen)
    )
    window.output.said.connect(window.status.say)
    window.output.progressed.connect(window.status.show_progress)
    window.output.ended.connect(window.status.end)


def enable(window: FolderWindow) -> None:
    """Let only those actions be used that can do something now."""
    work, phase = window.work, window.work.check.phase
    is_busy = phase in (Phase.FINDING, Phase.RUNNING)
    is_found = work.batch is not None and not is_busy
    has_results = work.is_at_rest and bool(work.reports.rows)
    can = {
        "choose_folder": not is_busy,
        "choose_last_year": not is_busy,
        "forget_last_year": not is_busy and work.last_year is not None,
        "forget_list": work.list is not None,
        "start": is_found,
        "cancel": is_busy,
        "recheck": is_found,
        "open_report": bool(window.reports.list.current_file),
        **dict.fromkeys((*_EXPORTS, *_PRINTS, "export_summary"), has_results),
    }
    for name, action in window.actions_by_name.items():
        action.setEnabled(can.get(name, True))


def _choose_folder(window: FolderWindow) -> None:
    if folder := window.dialogs.ask_folder("选择要检查的文件夹", window.work.folder):
        window.open_folder(folder)


def _choose_last_year(window: FolderWindow) -> None:
    present = window.work.last_year or window.work.folder
    if folder := window.dialogs.ask_folder("选择上年报告所在的文件夹", present):
        window.work.use_last_year(folder)


def _choose_list(window: FolderWindow) -> None:
    if path := window.dialogs.ask_list(window.work.folder):
        window.work.use_list(path)


def _start(window: FolderWindow) -> None:
    window.bar.hide()
    window.work.start()


def _find(window: FolderWindow, file: str) -> None:
    window.panes.show(panes.REPORTS)
    window.reports.bring_up(file)


def _want_rule(window: FolderWindow, rule: str) -> None:
    window.panes.show(panes.REPORTS)
    window.reports.filters.want_rule(rule)


def _open_sum(window: FolderWindow) -> None:
    rows, chosen = window.work.reports.rows, window.summary.chosen
    window.made_wanted.emit("汇总", opening_sum(rows, chosen))


def _print(window: FolderWindow, what: Printed) -> None:
    window.dialogs.run(preview(what, window.work, window))
