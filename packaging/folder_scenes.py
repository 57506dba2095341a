"""Scenes for `screenshots.py`: the folder window in all its states, on an invented county."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from more_scenes import in_both_themes

from core.preferences import Look
from core.resources import SAMPLE
from core.session import open_session
from gui import theme
from gui.folder import panes
from gui.folder.checking import Phase
from gui.folder.printing import Printed, preview
from gui.folder.window import FolderWindow
from tests.gui.folder.county import Gated, Serial, county, names_list, put

if TYPE_CHECKING:
    from screenshot_studio import Studio

_SIZE, _SMALL = (1366, 768), (1024, 600)
_FREE = 8


class _Scene:
    """The window, and how it is drawn."""

    def __init__(self, studio: Studio, window: FolderWindow) -> None:
        self._studio, self.window = studio, window
        window.resize(*_SIZE)
        window.show()

    def take(self, name: str) -> None:
        """Draw the window in both themes."""
        self._name_folder()
        in_both_themes(lambda ending: self._studio.take(f"folder-{name}{ending}", self.window))

    def once(self, name: str) -> None:
        """Draw it in the present theme."""
        self._name_folder()
        self._studio.take(f"folder-{name}", self.window)

    def _name_folder(self) -> None:
        """Name a folder as a person has it; the real one is of the moment."""
        if self.window.work.folder is not None:
            self.window.head.path.setText(f"/文档/{self.window.work.folder.name}")

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Handle events until something has come about."""
        self._studio.wait_for(condition)

    def wait_until(self, phase: Phase) -> None:
        """Handle events until the check is as far as that."""
        self.wait_for(lambda: self.window.work.check.phase is phase)


def draw(studio: Studio) -> None:
    """Draw all of them."""
    with tempfile.TemporaryDirectory() as place:
        folder = county(Path(place, "临江县2024年年报"))
        past = Path(place, "临江县2023年年报")
        for name in ("林业局", "水务局", "教育局"):
            put(past, name, year=2023)
        names = names_list(Path(place, "应报送单位.txt"))
        _entry(studio)
        _running(studio, folder)
        _ended(studio, folder, past, names)


def _entry(studio: Studio) -> None:
    studio.open(open_session(SAMPLE))
    studio.take("folder-entry")
    studio.controller.close_session()


def _running(studio: Studio, folder: Path) -> None:
    """Nothing chosen, found, running, stopped, and found again with what was left."""
    gated = Gated(_FREE)
    window = FolderWindow(lambda: studio.controller.office, lambda: gated)
    scene = _Scene(studio, window)
    scene.take("empty")
    window.open_folder(folder)
    scene.wait_until(Phase.READY)
    scene.take("found")
    window.work.start()
    scene.wait_for(lambda: len(window.work.reports.rows) >= _FREE)
    window.reports.list.selectRow(1)
    scene.take("running")
    window.work.check.cancel()
    scene.take("stopped")
    window.open_folder(folder)
    scene.wait_until(Phase.READY)
    scene.take("left-over")
    window.close()
    window.shut_down()


def _ended(studio: Studio, folder: Path, past: Path, names: Path) -> None:
    """All pages of a check that is done."""
    window = FolderWindow(lambda: studio.controller.office, Serial)
    scene = _Scene(studio, window)
    window.work.last_year = past
    window.open_folder(folder)
    window.work.use_list(names)
    scene.wait_until(Phase.READY)
    window.work.recheck()
    scene.wait_until(Phase.DONE)
    scene.wait_for(lambda: window.work.together is not None and bool(window.work.names))
    scene.wait_for(lambda: window.work.together.comparison is not None)
    window.bar.hide()
    window.reports.list.selectRow(4)
    scene.take("list")
    window.reports.list.selectRow(0)
    scene.take("unreadable")
    window.reports.filters.want_rule("SUM002")
    scene.take("filtered")
    window.reports.filters.reset()
    window.panes.show(panes.TOGETHER)
    window.together.agencies.selectRow(1)
    scene.take("together")
    window.panes.show(panes.ALIKE)
    window.alike.pairs.selectRow(0)
    scene.wait_for(lambda: bool(window.alike.one.toPlainText()))
    scene.take("alike")
    window.panes.show(panes.OVERVIEW)
    scene.take("overview")
    window.panes.show(panes.SUMMARY)
    scene.wait_for(lambda: bool(window.summary.model.units))
    scene.take("summary")
    _contrast(scene)
    window.resize(*_SMALL)
    window.panes.show(panes.REPORTS)
    scene.once("small")
    window.resize(*_SIZE)
    _outputs(studio, scene)
    window.close()
    window.shut_down()


def _contrast(scene: _Scene) -> None:
    """The pages that draw, in high contrast."""
    chosen = theme.chosen()
    theme.choose(Look.CONTRAST)
    for name, page in (("list", panes.REPORTS), ("overview", panes.OVERVIEW)):
        scene.window.panes.show(page)
        scene.once(f"{name}-contrast")
    theme.choose(chosen)


def _outputs(studio: Studio, scene: _Scene) -> None:
    """The bar after saving, the previews, and the sum in the main window."""
    window = scene.window
    target = Path("/文档/临江县2024年年报(疑点清单).xlsx")
    window.output.tell_written(target, 1)
    scene.once("exported")
    window.bar.hide()
    for what in Printed:
        dialog = preview(what, window.work, window)
        dialog.show()
        studio.take(f"folder-print-{what.name.lower()}", dialog)
        dialog.close()
    window.made_wanted.connect(studio.window.filing.open_made)
    window.summary.open.click()
    studio.wait_for(lambda: studio.controller.session is not None)
    studio.take("folder-sum")
    studio.controller.close_session()
