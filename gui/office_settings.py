"""An office's settings file: taken into use, shown, and put away again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import ReportError
from core.rules.registry import all_rules
from core.settings import Settings
from gui.controller import SessionController
from gui.naming import rule_title
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
        # Imported here, as all that the first window does not need.
        from core.settings_file import load_settings

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

    def switch_off(self, rule: str) -> None:
        """Check no longer by a rule, until the program is closed or a person takes it back."""
        before = self._controller.office.settings
        name = before.name or self.tr("本次临时")
        self._use(replace(before, name=name, switched_off=before.switched_off | {rule}))
        sentence = self.tr("已忽略规则 {0}（{1}），本次打开程序期间不再按它检查。")
        self._bar.say(
            Kind.NOTE,
            sentence.format(rule, rule_title(rule)),
            **{self.tr("恢复检查"): lambda: self._switch_on(rule, before)},
        )

    def _switch_on(self, rule: str, before: Settings) -> None:
        present = self._controller.office.settings
        left = replace(present, switched_off=present.switched_off - {rule})
        # Nothing else was set: the program's own settings have no name.
        self._use(before if replace(left, name=before.name) == before else left)

    def _use(self, settings: Settings) -> None:
        self._controller.use_office(replace(self._controller.office, settings=settings))


def named(settings: Settings) -> str:
    """Return a sentence that says by whose settings is checked."""
    return f"按“{settings.name}”的设置检查"
