"""A person's preferences: how a Word file shows changes, by whom they were made, the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import ReportError
from core.preferences import (
    Look,
    Preferences,
    author_from,
    load_preferences,
    own_preferences_path,
    save_preferences,
)
from core.reasons import Style
from core.version import DISPLAY_NAME
from core.writers.marking import Mode
from gui.views.information_bar import InformationBar, Kind

MODE_WORDS = {Mode.TRACKED: "修订", Mode.CLEAN: "不留痕迹", Mode.HIGHLIGHTED: "底色标出"}


class SaveMode(QObject):
    """Holds the person's preferences and keeps their file in step.

    Signals:
        said: A sentence for the status bar.
        changed: Something else is chosen.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(
        self, bar: InformationBar, path: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._path = path or own_preferences_path()
        self._chosen = load_preferences(self._path)

    @property
    def preferences(self) -> Preferences:
        """Everything that is chosen."""
        return self._chosen

    @property
    def mode(self) -> Mode:
        """How changes are shown."""
        return self._chosen.mode

    @property
    def author(self) -> str:
        """Who makes them, empty for the program."""
        return self._chosen.author

    @property
    def style(self) -> Style:
        """What a writer is given; without a date, which is that of writing."""
        return Style(self.mode, self.author)

    def choose(self, mode: Mode) -> None:
        """Show changes in another way from now on."""
        words = self.tr("以后保存 Word 的方式：{0}").format(MODE_WORDS[mode])
        self._use(replace(self._chosen, mode=mode), words)

    def set_author(self, text: str) -> None:
        """Name another author from now on; an empty one is the program."""
        author = author_from(text)
        words = self.tr("修订和批注的作者：{0}").format(author or DISPLAY_NAME)
        self._use(replace(self._chosen, author=author), words)

    def use(self, wanted: Preferences) -> None:
        """Take what was chosen in the settings."""
        self._use(wanted, self.tr("已采用新的设置"))

    def choose_look(self, look: Look) -> None:
        """Show the window in other colours from now on."""
        self._use(replace(self._chosen, look=look), "")

    def review_every_save(self, wanted: bool) -> None:
        """List the changes before every save, or only before a report's first one."""
        self._use(replace(self._chosen, reviews_every_save=wanted), "")

    def end_tour(self) -> None:
        """Offer the tour no more."""
        self._use(replace(self._chosen, is_tour_over=True), "")

    def _use(self, wanted: Preferences, words: str) -> None:
        if wanted == self._chosen:
            return
        self._chosen = wanted
        self.changed.emit()
        if words:
            self.said.emit(words)
        try:
            save_preferences(self._path, wanted)
        except ReportError as error:
            sentence = self.tr("这次已经采用，但没有记住，下次启动时要重新选择：{0}")
            self._bar.say(Kind.WARNING, sentence.format(error))


def about_style(style: Style) -> str:
    """Return a sentence that says how the changes can be seen in a saved file."""
    author = style.author or DISPLAY_NAME
    return {
        Mode.TRACKED: f"改动以修订标出，作者“{author}”，可以在 Word 或 WPS 中接受或拒绝。",
        Mode.CLEAN: "文件里没有留下修改痕迹。",
        Mode.HIGHLIGHTED: "改过的地方加了底色，尚有疑点的地方加了批注。",
    }[style.mode]
