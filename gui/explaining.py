"""Explanations as the window keeps them: loaded at the start, saved after every change."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.errors import ReportError, UnreadableFileError
from core.explanations import Explanation, ExplanationKind, Explanations
from core.explanations_file import (
    load_explanations,
    own_explanations_path,
    save_explanations,
    set_aside,
)
from gui.causes import Cause
from gui.controller import SessionController
from gui.remarks import Remark
from gui.views.information_bar import InformationBar, Kind


class Explaining(QObject):
    """Explains, ignores and withdraws for the findings of a cause, and keeps the file in step.

    A file that cannot be read is never written over: what is said meanwhile holds in
    the window, and is saved once a person has put the file aside.

    Signals:
        said: A sentence for the status bar.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: SessionController,
        bar: InformationBar,
        path: Path | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._bar = bar
        self._path = path or own_explanations_path()
        # What the file held when it was last read or written.
        self._on_disk = Explanations()
        self._problem: ReportError | None = None

    @property
    def present(self) -> Explanations:
        """Everything that is said now, of all reports."""
        return self._controller.office.explanations

    @property
    def is_saved(self) -> bool:
        """Whether the file holds everything that is said."""
        return self.present.records == self._on_disk.records

    @property
    def author(self) -> str:
        """Who explained last, empty before anyone has given a name."""
        named = [r.explanation for r in self.present.records if r.explanation.author]
        return max(named, key=lambda said: said.date).author if named else ""

    def load(self) -> None:
        """Read the person's own file; one that cannot be read is told of and left alone."""
        try:
            self._on_disk = load_explanations(self._path, missing_ok=True)
        except UnreadableFileError as error:
            self._problem = error
            self._tell_problem()
            return
        self._use(self._on_disk)

    def explain(self, cause: Cause, kind: ExplanationKind, text: str, author: str = "") -> None:
        """Say something about all findings of a cause, and save it.

        Raises:
            ReportError: The text says nothing or is too long; nothing was changed.
        """
        said = Explanation(kind, text, author, datetime.date.today())
        document, now = self._controller.present.document, self.present
        for finding in cause.findings:
            now = now.add(finding, document, said)
        self._use(now)
        self.save()

    def withdraw(self, cause: Cause) -> None:
        """Take back what was said about a cause."""
        document, now = self._controller.present.document, self.present
        for finding in cause.findings:
            now = now.remove(finding, document)
        self._use(now)
        self.save()

    def take_over(self, cause: Cause) -> None:
        """Let explanations that changed numbers have withdrawn hold for the new ones too."""
        document, now = self._controller.present.document, self.present
        for told in cause.withdrawn:
            if told.now is not None:
                said = replace(told.record.explanation, date=datetime.date.today())
                now = now.add(told.now, document, said)
        self._use(now)
        self.save()

    def save(self) -> bool:
        """Write what changed since the last time; return whether the file now holds it."""
        try:
            saved = save_explanations(self._path, self._on_disk, self.present)
        except ReportError as error:
            self._problem = error
            self._tell_problem()
            return False
        self._problem, self._on_disk = None, saved
        if saved.records != self.present.records:
            # Another window has explained something meanwhile.
            self._use(saved)
        return True

    def _use(self, explanations: Explanations) -> None:
        self._controller.use_office(replace(self._controller.office, explanations=explanations))

    def remark(self) -> Remark | None:
        """Return what is the matter with the file, None if nothing is."""
        if self._problem is None:
            return None
        sentence = str(self._problem)
        if not self.is_saved:
            sentence = self.tr("刚才的说明还没有存进文件。{0}").format(sentence)
        verbs: dict[str, Callable[[], None]] = {self.tr("重试"): self._retry}
        if isinstance(self._problem, UnreadableFileError):
            verbs[self.tr("移到一旁")] = self._set_aside
        return Remark(sentence, verbs)

    def _tell_problem(self) -> None:
        if (remark := self.remark()) is not None:
            self._bar.say(Kind.ERROR, remark.sentence, **remark.verbs)

    def _retry(self) -> None:
        """Read again, and put what was said meanwhile on top of it."""
        try:
            theirs = load_explanations(self._path, missing_ok=True)
        except UnreadableFileError as error:
            self._problem = error
            self._tell_problem()
            return
        now = self.present.merged(self._on_disk, theirs)
        self._problem, self._on_disk = None, theirs
        self._use(now)
        if self.save():
            self.said.emit(self.tr("出错说明文件已经可以读取"))

    def _set_aside(self) -> None:
        try:
            aside = set_aside(self._path)
        except ReportError as error:
            self._problem = error
            self._tell_problem()
            return
        self._problem = None
        sentence = self.tr("出错说明文件已改名为“{0}”，内容没有改动；以后的说明写进新的文件。")
        self._bar.say(Kind.NOTE, sentence.format(aside.name))
        if not self.is_saved:
            self.save()
