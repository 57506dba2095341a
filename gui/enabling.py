"""Which actions can be used now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.writers.marking import Mode
from gui.action_spec import Needs
from gui.actions import ACTIONS
from gui.saving_words import about_mode, about_saving, has_modes
from gui.views.card_buttons import sure_fix

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def enable(window: MainWindow) -> None:
    """Let only those actions be used that can do something now."""
    controller, page = window.controller, window.page
    has_report = controller.session is not None
    result, ref = controller.result, page.current_ref
    can = {
        Needs.NOTHING: True,
        Needs.REPORT: has_report,
        Needs.REPORTS: len(controller.reports) > 1,
        Needs.FINDINGS: has_report and bool(result.findings),
        Needs.REASONS: bool(controller.tally.left_open),
        Needs.FIX: sure_fix(controller.chosen) is not None and not controller.is_read_only,
        Needs.OPEN_FINDING: controller.chosen is not None and controller.chosen.is_open,
        Needs.SETTLED_FINDING: controller.chosen is not None and not controller.chosen.is_open,
        Needs.CELL_FINDING: bool(window.grid_tools.causes_here),
        Needs.LAST_YEAR: has_report and controller.present.last_year is not None,
        Needs.SETTINGS: window.settings.is_used,
        Needs.MODES: has_modes(controller.session),
        Needs.WORKBOOK: has_report and controller.present.source.format == "xlsx",
        Needs.READINGS: page.readings.are_offered(ref),
        Needs.UNDO: controller.undo_stack.canUndo(),
        Needs.REDO: controller.undo_stack.canRedo(),
        Needs.CELL: has_report and ref is not None,
        Needs.MECHANICAL: bool(window.findings.mechanical) and not controller.is_read_only,
        Needs.EDITABLE: has_report and ref is not None and controller.may_edit(ref),
    }
    for spec in ACTIONS:
        window.actions_by_name[spec.name].setEnabled(can[spec.needs])


def tell_saving(window: MainWindow) -> None:
    """Let the actions say what saving the report that is shown does."""
    session = window.controller.session
    window.actions_by_name["save"].setToolTip(about_saving(session))
    for mode in Mode:
        window.actions_by_name[f"mode_{mode.value}"].setToolTip(about_mode(session, mode))
