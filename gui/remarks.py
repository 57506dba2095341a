"""What a person should know when a report is opened, said together in one sentence bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Slot

from gui.controller import SessionController
from gui.open_report import OpenReport
from gui.views.information_bar import InformationBar, Kind, Message

Verb = Callable[[], None]


@dataclass(frozen=True)
class Remark:
    """A sentence, and what can be done about it."""

    sentence: str
    verbs: Mapping[str, Verb] = field(default_factory=dict)


def say_about(
    report: OpenReport, shown: OpenReport | None, bar: InformationBar, message: Message
) -> None:
    """Say something about a report, once it is shown."""
    if report is shown:
        bar.show_message(message)
    else:
        report.message = message


class Remarks(QObject):
    """Asks everybody who has something to say; the bar holds one message, so it is said at once.

    `sources` are asked in order whenever a report is shown for the first time.  What the
    bar says by then goes away with the report, and comes back with it.
    """

    def __init__(
        self, controller: SessionController, bar: InformationBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.bar = bar
        self.sources: list[Callable[[OpenReport], Remark | None]] = []
        controller.session_leaving.connect(self._on_session_leaving)

    def follow(self) -> None:
        """Speak of every report that is shown, after all others have seen it."""
        self._controller.session_shown.connect(self._on_session_shown)
        self._controller.session_closed.connect(self.bar.hide)

    @Slot()
    def say(self) -> None:
        """Say what is to be said about the report that is shown, or nothing."""
        self.bar.hide()
        report = self._controller.shown
        if report is None:
            return
        found = [remark for source in self.sources if (remark := source(report)) is not None]
        found += [Remark(sentence) for sentence in report.session.document.notices]
        found += [Remark(sentence) for sentence in report.remarks]
        if found:
            verbs = {word: act for remark in found for word, act in remark.verbs.items()}
            self.bar.say(Kind.WARNING, "\n".join(each.sentence for each in found), **verbs)

    @Slot()
    def _on_session_leaving(self) -> None:
        self._controller.report.message = self.bar.message

    @Slot()
    def _on_session_shown(self) -> None:
        message = self._controller.report.message
        if message is None:
            self.say()
        else:
            self.bar.show_message(message)
