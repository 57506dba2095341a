"""What a person should know when a report is opened, said together in one sentence bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Slot

from gui.controller import SessionController
from gui.views.information_bar import InformationBar, Kind

Verb = Callable[[], None]


@dataclass(frozen=True)
class Remark:
    """A sentence, and what can be done about it."""

    sentence: str
    verbs: Mapping[str, Verb] = field(default_factory=dict)


class Remarks(QObject):
    """Asks everybody who has something to say; the bar holds one message, so it is said at once.

    `sources` are asked in order whenever a report is opened.
    """

    def __init__(
        self, controller: SessionController, bar: InformationBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.bar = bar
        self.sources: list[Callable[[], Remark | None]] = []

    @Slot()
    def say(self) -> None:
        """Say what is to be said about the report that is open, or nothing."""
        self.bar.hide()
        session = self._controller.session
        if session is None:
            return
        found = [remark for source in self.sources if (remark := source()) is not None]
        found += [Remark(sentence) for sentence in session.document.notices]
        found += [Remark(sentence) for sentence in self._controller.remarks]
        if found:
            verbs = {word: act for remark in found for word, act in remark.verbs.items()}
            self.bar.say(Kind.WARNING, "\n".join(each.sentence for each in found), **verbs)
