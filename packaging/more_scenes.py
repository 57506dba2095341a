"""Scenes for `screenshots.py`: structure, readings, new reports, and the words before saving."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from altered_reports import UNCERTAIN_SLOT, with_uncertain_cell, without_row
from PySide6.QtCore import QPoint

from core.creation import asked_for
from core.preferences import Look
from core.resources import SAMPLE
from core.session import Session, open_session
from gui import theme
from gui.action_spec import WINDOW
from gui.untitled import opening_new
from gui.views.dialogs import Dialogs
from gui.views.new_report_dialog import NewReportDialog

if TYPE_CHECKING:
    from screenshot_studio import Studio

MISSING_ROW = "disclosure.regulations"


def in_both_themes(draw: Callable[[str], None]) -> None:
    """Draw a state in light and dark colours; it is given what its name ends with."""
    for look, ending in ((Look.LIGHT, ""), (Look.DARK, "-dark")):
        theme.choose(look)
        draw(ending)
    theme.choose(Look.LIGHT)


def structure(studio: Studio) -> None:
    """A statutory row that is missing, offered and then put in."""
    session = open_session(SAMPLE)
    studio.open(Session(session.path, session.data, without_row(session.source, MISSING_ROW)))
    cause = next(c for c in studio.controller.causes if any(not f.texts for f in c.fixes))
    studio.window.walk.choose(cause)
    in_both_themes(lambda ending: studio.take(f"missing-row{ending}"))
    studio.window.page.show_fix(cause.fixes[0])
    studio.controller.accept(cause.fixes[0])
    studio.window.page.grid.setFocus()
    in_both_themes(lambda ending: studio.take(f"row-put-in{ending}"))


def readings(studio: Studio) -> None:
    """The readings of an uncertain cell, in their menu."""
    session = open_session(SAMPLE)
    opened = studio.open(Session(session.path, session.data, with_uncertain_cell(session)))
    page = studio.window.page
    page.show_cell(opened.match.places[UNCERTAIN_SLOT].ref)

    def draw(ending: str) -> None:
        page.readings.offer()
        studio.take(f"readings{ending}", page.readings.menu)
        page.readings.menu.close()

    in_both_themes(draw)


def new_report(studio: Studio) -> None:
    """The dialog for a new report, with a mistake and without, and the empty report."""
    dialog = NewReportDialog(studio.window)
    dialog.show()

    def draw(ending: str) -> None:
        dialog.agency.setText("石桥县档案局2024年")
        studio.take(f"new-report-mistake{ending}", dialog)
        dialog.agency.setText("石桥县档案局")
        studio.take(f"new-report{ending}", dialog)

    in_both_themes(draw)
    dialog.close()
    studio.controller.close_all()
    report = asked_for("石桥县档案局", "2024")
    studio.controller.open_made(report.file_name, opening_new(report))
    studio.wait_for(lambda: studio.controller.session is not None)
    in_both_themes(lambda ending: studio.take(f"new-report-open{ending}"))


def save_remark(studio: Studio) -> None:
    """What is said when a report that is no Word file is saved."""
    session = open_session(SAMPLE)
    source = replace(session.source, format="pdf")
    studio.open(Session(session.path.with_suffix(".pdf"), b"", source))

    class Silent(Dialogs):
        def ask_save(self, title: str, proposed: Path, suffix: str) -> Path | None:
            return None

    studio.window.filing.dialogs = Silent(studio.window)
    studio.window.filing.save_as()
    in_both_themes(lambda ending: studio.take(f"save-remark{ending}"))
    studio.window.filing.dialogs = Dialogs(studio.window)
    ways = studio.window.actions_by_name["mode_tracked"]
    menu = next(w for w in ways.associatedObjects() if w.inherits("QMenu"))
    menu.popup(studio.window.mapToGlobal(QPoint(40, 60)))
    studio.take("save-modes-disabled", menu)
    menu.close()
    studio.window.bar.hide()


def several_reports(studio: Studio) -> None:
    """Reports in tabs, one with unsaved changes, and the menu that lists them."""
    window, names = (
        studio.window,
        ("石桥县档案局2024年报.docx", "石桥县教育局2024年报.docx", "年报.docx"),
    )
    studio.controller.close_all()
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in names]
        for path in paths:
            shutil.copy(SAMPLE, path)
        window.filing.open_each(paths)
        studio.wait_for(lambda: len(studio.controller.reports) == len(paths))
        studio.controller.set_text(
            studio.controller.present.match.places["applications.received.natural_person"].ref, "47"
        )
        studio.controller.show(studio.controller.reports[1])
        in_both_themes(lambda ending: studio.take(f"several-reports{ending}"))
        menu = next(a.menu() for a in window.menuBar().actions() if a.text() == WINDOW)
        menu.popup(window.mapToGlobal(QPoint(40, 60)))
        studio.take("window-menu", menu)
        menu.close()
        studio.controller.close_all()


def start_page_in_both(studio: Studio) -> None:
    """The start page in both themes, with all that it names."""
    studio.controller.close_all()
    in_both_themes(lambda ending: studio.take(f"start-page-formats{ending}"))


def draw(studio: Studio) -> None:
    """Draw all of them."""
    scenes = (structure, readings, new_report, save_remark, several_reports, start_page_in_both)
    for scene in scenes:
        scene(studio)
