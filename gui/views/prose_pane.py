"""The report's own sentences: those about a table below the grid, or a whole section."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.document import ParagraphRef, Section
from core.rules.model import Span
from gui.prose import Passage, Shown
from gui.views.pane_heading import PaneHeading
from gui.views.paragraph_editor import ParagraphEditor
from gui.views.prose_page import ProsePage

if TYPE_CHECKING:
    from core.rules.ties import Tie


class ProsePane(QWidget):
    """A heading line and a page of paragraphs.

    Signals:
        addition_wanted: The first paragraph of an empty section (ParagraphRef) was typed.
    """

    addition_wanted = Signal(object, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("prose_pane")
        self._empty: Section | None = None
        self.new_paragraph: ParagraphEditor | None = None
        heading = PaneHeading(self.tr("原文"))
        self._subject = heading.subject
        self.add_button = QPushButton(self.tr("添加一段"))
        self.add_button.setObjectName("small")
        self.add_button.hide()
        self.add_button.clicked.connect(self.add_paragraph)
        heading.addWidget(self.add_button)
        self.page = ProsePage(name, self)
        self.page.setPlaceholderText(self.tr("报告的文字部分没有提到这张表。"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 12)
        layout.setSpacing(6)
        layout.addLayout(heading)
        layout.addWidget(self.page, 1)

    @property
    def text(self) -> str:
        """Everything that is shown on the page."""
        return self.page.toPlainText()

    def show_passages(
        self,
        subject: str,
        passages: Sequence[Passage],
        number: str = "",
        span: Span | None = None,
        ties: Sequence[Tie] = (),
    ) -> None:
        """Show paragraphs; numbers like a cell's, or a finding's stretch, are marked."""
        self._subject.setText(subject)
        self.page.show_content(Shown(tuple(passages), number, span, tuple(ties)))

    def show_empty(self, section: Section | None) -> None:
        """Offer to put a paragraph into a section that says nothing yet, or offer nothing."""
        if self._empty is not None and (section is None or section.number != self._empty.number):
            self._leave_new()
        self._empty = section
        self.add_button.setVisible(section is not None)

    @Slot()
    def add_paragraph(self) -> None:
        """Open an editor for the first paragraph of an empty section."""
        if self._empty is None:
            return
        self._leave_new()
        self.new_paragraph = editor = ParagraphEditor("", self.page.viewport())
        editor.setAccessibleName(self.tr("添加一段"))
        editor.committed.connect(self._on_new_committed)
        editor.cancelled.connect(self._leave_new)
        room = self.page.viewport().rect()
        editor.lie_over(room.adjusted(0, room.height() // 4, 0, -room.height() // 3), room)
        editor.show()
        editor.setFocus()

    @Slot()
    def _on_new_committed(self) -> None:
        editor, section = self.new_paragraph, self._empty
        if editor is None or section is None:
            return
        if editor.text.strip():
            self.addition_wanted.emit(ParagraphRef(section.number, 0), editor.text)
        else:
            self._leave_new()

    @Slot()
    def _leave_new(self) -> None:
        editor, self.new_paragraph = self.new_paragraph, None
        if editor is not None:
            editor.blockSignals(True)
            editor.hide()
            editor.deleteLater()
            self.page.setFocus()

    @Slot()
    def leave_editors(self) -> None:
        """Close what is open; it was taken over."""
        self.page.leave()
        self._leave_new()

    def finish_editing(self) -> None:
        """Take over what was typed and not yet confirmed, as before a save."""
        for editor in (self.page.editor, self.new_paragraph):
            if editor is not None:
                editor.committed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "page"):
            self.page.fill()
