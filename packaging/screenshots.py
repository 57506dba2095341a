"""Draw every screen and dialog into PNG files, at two scales in both themes (`make screenshots`).

    python packaging/screenshots.py [FOLDER]
    python packaging/screenshots.py FOLDER light|dark|contrast

The first draws the light theme at 100 % into FOLDER, docs/images by default, and all four
sets into out/screenshots; the second one theme at the scale of QT_SCALE_FACTOR.
Works without a display.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import folder_scenes
import more_scenes
from altered_reports import (
    UNCERTAIN_SLOT,
    as_of_last_year,
    with_extra_table,
    with_uncertain_cell,
)
from help_pictures import make_help_pictures
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from screenshot_dialogs import surroundings
from screenshot_studio import SIZE, Studio

from core.edits import Edit
from core.explanations import ExplanationKind
from core.preferences import Look
from core.resources import SAMPLE
from core.session import Session, open_session
from gui import bindings, theme
from gui.app import make_application
from gui.views.dialogs import Dialogs
from gui.views.list_dialog import ListDialog
from tests.gui.left_behind import leave_journal

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
SMALL_SIZE = (1366, 768)
SLOT = "applications.unavailable_not_held.natural_person"
SETS = [(look, scale) for look in (Look.LIGHT, Look.DARK) for scale in ("1", "1.5")]
_SETTINGS = """{"format": "gouji-settings", "version": 1, "name": "临江县政务公开办",
 "severities": {"TBL002": "note"}}"""


def main(arguments: list[str]) -> int:
    """Draw all states and return the exit status."""
    folder = Path(arguments[0]) if arguments else PICTURES
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as own:
        # Nothing that is explained for a picture may reach whoever makes it.
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = own
        if len(arguments) > 1:
            folder.mkdir(parents=True, exist_ok=True)
            draw_all(folder, Look(arguments[1]))
            return 0
        for look, scale in SETS:
            draw_apart(ROOT / "out" / "screenshots" / f"{look.value}-{scale}", look, scale)
        draw_apart(folder, Look.LIGHT, "1")
        if folder == PICTURES:
            make_help_pictures(folder)
    return 0


def draw_apart(folder: Path, look: Look, scale: str) -> None:
    """Draw a set in a process of its own: the scale cannot be changed later."""
    command = [sys.executable, str(Path(__file__).resolve()), str(folder), look.value]
    subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)


def draw_all(folder: Path, look: Look) -> None:
    """Draw all states into a folder."""
    make_application()
    theme.choose(look)
    studio = Studio(folder)
    scenes = (
        start_page,
        recovery,
        opening_errors,
        sample,
        explaining,
        last_year,
        editing,
        tables,
        dialogs,
    )
    for draw in (*scenes, more_scenes.draw, folder_scenes.draw, surroundings):
        draw(studio)
    if look is Look.LIGHT:
        sizes_and_themes(studio)
    studio.controller.shut_down()


def start_page(studio: Studio) -> None:
    """What is shown before a report is open."""
    studio.take("start-page")


def recovery(studio: Studio) -> None:
    """What was not saved the last time, offered on the start page."""
    recovering, panel = studio.window.recovering, studio.window.start_page.recovery
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "望川市林业局2024年年报.docx"
        source.write_bytes(SAMPLE.read_bytes())
        session = open_session(source)
        ref = session.match.places[SLOT].ref
        journal = leave_journal(source, [[Edit(ref, session.text(ref), "6")]])
        recovering.load()
        studio.wait_for(panel.isVisible)
        # The hour of the picture says nothing.
        for label in panel.findChildren(QLabel):
            if "今天" in label.text():
                label.setText("1 处修改，今天 14:05")
        studio.take("recovery")
        journal.unlink()
        recovering.load()
        studio.wait_for(lambda: not panel.isVisible())


def opening_errors(studio: Studio) -> None:
    """A file that cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        broken = Path(folder) / "损坏的年报.docx"
        broken.write_bytes(SAMPLE.read_bytes()[:3000])
        studio.window.filing.open(broken)
        studio.wait_for(studio.window.bar.isVisible)
        studio.take("error-bar")


def sample(studio: Studio) -> None:
    """The sample with its findings, walked through with F8."""
    studio.open(open_session(SAMPLE))
    studio.take("findings")
    window = studio.window
    window.walk.choose(studio.cause_of("SUM002"))
    studio.take("main-window")
    window.walk.choose(studio.cause_of("SUM003"))
    studio.take("finding-candidates")
    window.walk.choose(studio.cause_of("SUM004"))
    studio.take("finding-warning")


def explaining(studio: Studio) -> None:
    """A finding of the prose; an explanation while it is written, and when it stands."""
    window, panel = studio.window, studio.window.findings
    window.walk.choose(studio.cause_of("TXT101"))
    studio.take("finding-in-prose")
    window.walk.choose(studio.cause_of("SUM003"))
    panel.explain_chosen(ExplanationKind.EXPLAINED)
    panel.editor.text.setPlainText("两件复议合并审理，总计按一件计")
    panel.editor.author.setText("张敏")
    studio.take("explaining")
    panel.editor.save()
    window.walk.choose(studio.cause_of("TBL002"))
    panel.explain_chosen(ExplanationKind.IGNORED)
    panel.editor.text.setPlainText("打印时的笔误，网上发布的已改正")
    panel.editor.save()
    window.walk.choose(studio.cause_of("SUM003"))
    studio.take("explained")
    studio.controller.set_text(studio.slot("cases.reconsideration.upheld"), "3")
    studio.take("explanation-withdrawn")
    studio.controller.undo_stack.undo()
    for rule in ("SUM003", "TBL002"):
        window.walk.choose(studio.cause_of(rule))
        panel.withdraw_chosen()
    studio.controller.choose(None)


def last_year(studio: Studio) -> None:
    """Last year's report beside this one, and an office's settings."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "设置.json"
        settings.write_text(_SETTINGS, encoding="utf-8")
        studio.window.settings.use_file(settings)
    session = studio.controller.present
    path = session.path.with_name("临江县林业局2023年年报.docx")
    studio.controller.use_last_year(Session(path, b"", as_of_last_year(session)))
    studio.wait_for(lambda: any("YOY001" in cause.rules for cause in studio.controller.causes))
    studio.window.walk.choose(studio.cause_of("YOY001"))
    studio.take("last-year")
    studio.window.actions_by_name["show_last_year"].trigger()
    studio.take("last-year-beside")
    studio.window.actions_by_name["show_last_year"].trigger()
    studio.window.settings.put_away()
    studio.open(open_session(SAMPLE))


def editing(studio: Studio) -> None:
    """A corrected number, its tooltip, and undo."""
    session, window = studio.controller.present, studio.window
    ref = session.match.places[SLOT].ref
    window.page.show_cell(ref)
    grid, model = window.page.grid, window.page.grid.table_model
    assert model is not None
    place = grid.visualRect(model.index_of(ref)).center() + QPoint(10, 4)
    text = str(model.data(model.index_of(ref), Qt.ItemDataRole.ToolTipRole))
    QToolTip.showText(grid.viewport().mapToGlobal(place), text, grid)
    studio.settle()
    tips = [w for w in QApplication.topLevelWidgets() if w.inherits("QTipLabel")]
    studio.take("tooltip", tips[0])
    QToolTip.hideText()
    studio.controller.set_text(ref, "6")
    studio.take("edited")
    window.actions_by_name["undo"].trigger()
    studio.take("undone")
    QTest.keyClick(grid, Qt.Key.Key_F2)
    studio.take("cell-editor")
    QTest.keyClick(grid.findChild(QWidget, "cell_editor"), Qt.Key.Key_Escape)


def tables(studio: Studio) -> None:
    """The other tables, one that is none of the three, uncertain cells, and plain text."""
    session, page = studio.controller.present, studio.window.page
    for name in ("disclosure", "cases"):
        page.show_table(session.match.tables[name].table_id)
        studio.take(f"table-{name}")
    page.show_section(1)
    studio.take("section-text")
    passages = page.section.page.shown.passages
    page.section.page.edit(passages[1])
    studio.take("prose-editor")
    page.section.page.leave()
    page.show_cell(session.match.places[SLOT].ref)
    studio.window.evidence.show_relations()
    studio.take("relations", studio.window.evidence.panel)
    studio.window.evidence.panel.close()
    studio.open(Session(session.path, session.data, with_extra_table(session.source)))
    page.show_table("t9")
    studio.take("unmatched-table")
    opened = studio.open(Session(session.path, session.data, with_uncertain_cell(session)))
    page.show_cell(opened.match.places[UNCERTAIN_SLOT].ref)
    studio.take("uncertain-cell")


def dialogs(studio: Studio) -> None:
    """The windows that only show something."""
    studio.open(open_session(SAMPLE))

    class Shown(Dialogs):
        def show_list(self, title, about, headers, rows) -> None:
            dialog = ListDialog(title, about, headers, rows, studio.window)
            dialog.show()
            studio.take("could-not-check", dialog)
            dialog.close()

    studio.window.filing.dialogs = Shown(studio.window)
    bindings.show_reasons(studio.window)
    menu = studio.window.menuBar().actions()[0].menu()
    menu.popup(studio.window.mapToGlobal(QPoint(0, 30)))
    studio.take("menu", menu)
    menu.close()


def sizes_and_themes(studio: Studio) -> None:
    """The common small screen, zoom, and the dark theme."""
    window = studio.window
    studio.open(open_session(SAMPLE))
    window.walk.choose(studio.cause_of("SUM002"))
    window.resize(*SMALL_SIZE)
    studio.take("small-screen")
    window.status.zoom.step(3)
    studio.take("zoomed")
    window.status.zoom.reset()
    window.resize(*SIZE)
    theme.choose(Look.DARK)
    studio.take("dark")
    studio.controller.close_all()
    studio.take("dark-start-page")
    theme.choose(Look.SYSTEM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
