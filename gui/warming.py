"""What the first report needs is loaded while nobody waits: after the first window is seen."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, Signal, Slot

from core.progress import Progress
from gui import crash
from gui.jobs import JobRunner

# The windows' modules import these only where they use them, so that none delays the start.
# The parsers stand last: not every report needs each.
WANTED_SOON = (
    "gui.opening",
    "core.readers.sniffing",
    "core.repairs",
    "core.rules.engine",
    "core.rules.basis",
    "core.rules.stated",
    "core.prose.finder",
    "core.excerpts",
    "core.word.signed",
    "core.changes_made",
    "core.readers.docx",
    "core.readers.html",
)


class Warming(QObject):
    """Loads modules on the worker.

    Signals:
        warmed: All are there.
    """

    warmed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = JobRunner(self)
        self._jobs.succeeded.connect(self.warmed)
        self._jobs.failed.connect(crash.report)

    @Slot()
    def start(self) -> None:
        """Begin; a report that is opened meanwhile waits for no more than it needs itself."""
        self._jobs.start(_load)

    @Slot()
    def stop(self) -> None:
        """Stop after the present module, and wait for it."""
        self._jobs.close()


def _load(progress: Progress) -> None:
    for number, name in enumerate(WANTED_SOON):
        progress(number, len(WANTED_SOON))
        import_module(name)
    from core.rules.registry import all_rules

    all_rules()
