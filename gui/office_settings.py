"""An office's settings file: taken into use, shown, and put away again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import ReportError
from core.rules.registry import all_rules
from core.settings import Settings
from core.settings_file import load_settings
from gui.controller import SessionController
from gui.views.information_bar import InformationBar, Kind


class OfficeSettings(QObject):
    """Leads the conversation about the settings by which is checked.

    Signals:
        said: A sentence for the status bar.
    """

    said = Signal(str)

    def __init__(
        self, controller: SessionController, bar: InformationBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar

    @property
    def is_used(self) -> bool:
        """Whether an office's settings are in use."""
        return self._controller.office.settings != Settings()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is set otherwise than the program has it."""
        return self._controller.office.settings.changes(all_rules().values())

    def use_file(self, path: Path) -> None:
        """Check by a file from now on; one that is wrong changes nothing."""
        try:
            settings = load_settings(path)
        except ReportError as error:
            self._bar.say(Kind.ERROR, str(error), **{self.tr("重试"): lambda: self.use_file(path)})
            return
        if not settings.name:
            settings = replace(settings, name=path.stem)
        self._use(settings)
        self.said.emit(self.tr("已采用检查设置，重新检查过了"))

    def put_away(self) -> None:
        """Check as the program has it."""
        self._use(Settings())
        self.said.emit(self.tr("已改回程序自带的检查设置"))

    def _use(self, settings: Settings) -> None:
        self._controller.use_office(replace(self._controller.office, settings=settings))


def named(settings: Settings) -> str:
    """Return a sentence that says by whose settings is checked."""
    return f"按“{settings.name}”的设置检查"
