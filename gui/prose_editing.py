"""Rewording the prose in place: what was typed becomes the least edits, one undo step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from core.document import ParagraphRef
from core.edits import AnyEdit, ParagraphInsertion, TextEdit
from core.errors import EditError
from core.text_difference import text_edits
from core.writable import UNWRITABLE, writable
from gui.controller import SessionController
from gui.prose import Passage
from gui.views.prose_pane import ProsePane


class ProseEditing(QObject):
    """Joins pages of prose with the controller.

    Signals:
        said: A sentence for the status bar: why something was refused, or what was done.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: SessionController,
        panes: Sequence[ProsePane],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._panes = tuple(panes)
        for pane in self._panes:
            pane.page.edit_wanted.connect(partial(self._open, pane))
            pane.page.committed.connect(partial(self._reword, pane))
            pane.page.deletion_wanted.connect(self.delete)
            pane.addition_wanted.connect(partial(self._add, pane))
            pane.add_button.clicked.connect(partial(self._refuse_addition, pane))

    @property
    def is_open(self) -> bool:
        """Whether a paragraph is being typed."""
        return any(pane.page.editor or pane.new_paragraph for pane in self._panes)

    def finish(self) -> None:
        """Take over what was typed and not yet confirmed."""
        for pane in self._panes:
            pane.finish_editing()

    def delete(self, passage: Passage) -> None:
        """Take a paragraph out as one undo step."""
        ref = passage.ref
        if ref is None or not self._may_edit(passage):
            return
        before = self._controller.present.paragraph(ref) or ""
        edit = TextEdit(ref, 0, len(before), before, "")
        if self._make([edit], self.tr("删除一段文字")):
            self.said.emit(self.tr("已删除这一段，可以撤销"))

    def _open(self, pane: ProsePane, passage: Passage) -> None:
        if passage.paragraph is None:
            self.said.emit(self.tr("这是章节的标题，不能修改；段落可以修改。"))
        elif self._may_edit(passage):
            pane.page.edit(passage)

    def _reword(self, pane: ProsePane, passage: Passage, text: str) -> None:
        ref = passage.ref
        present = self._controller.present.paragraph(ref) if ref else None
        if ref is None or present is None:
            pane.leave_editors()
            return
        typed = _kept(text, present)
        rest = present[passage.cut + len(passage.text) :]
        # Where nothing but space is left the paragraph goes.
        after = present[: passage.cut] + typed + rest if typed.strip() else ""
        if self._make(text_edits(ref, present, after), self.tr("修改正文")):
            pane.leave_editors()

    def _add(self, pane: ProsePane, ref: ParagraphRef, text: str) -> None:
        edits = [ParagraphInsertion(ref, writable(text).strip())]
        if self._make(edits, self.tr("添加一段文字")):
            pane.leave_editors()

    def _refuse_addition(self, pane: ProsePane) -> None:
        if self._controller.is_read_only:
            pane.leave_editors()
            self._controller.refuse()

    def _may_edit(self, passage: Passage) -> bool:
        if self._controller.is_read_only:
            self._controller.refuse()
            return False
        # Addresses are of the first section with a number; a second report cannot be edited.
        first = self._controller.present.document.section(passage.section.number)
        if first is None or first.heading != passage.section.heading:
            self.said.emit(self.tr("这一段属于文件里的另一份报告，不能修改。"))
            return False
        return not self._controller.is_giving_way

    def _make(self, edits: Sequence[AnyEdit], name: str) -> bool:
        """Make edits as one step; say why where they cannot be made."""
        if not edits:
            return True
        session = self._controller.present
        rewording = session.rewording
        try:
            for edit in edits:
                if isinstance(edit, TextEdit | ParagraphInsertion):
                    rewording = rewording.edited(session.source, edit)
        except EditError as error:
            self.said.emit(str(error))
            return False
        return self._controller.make(edits, name)


def _kept(text: str, present: str) -> str:
    """Return a text without what no file can hold, except what the paragraph has already."""
    return UNWRITABLE.sub(lambda found: found[0] if found[0] in present else "", text)
