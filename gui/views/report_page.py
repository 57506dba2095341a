"""The middle of the window: edit bar, grid and prose of a table, or the text of a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from core.document import CellRef
from core.edits import Changes
from core.rules.model import Fix, Span
from gui import prose
from gui.causes import Cause, insertion_of, table_of
from gui.controller import SessionController
from gui.models.table import TableModel
from gui.place import Place, first_table, first_value
from gui.prose_editing import ProseEditing
from gui.readings import Readings
from gui.restructured import places_of
from gui.statements import Statements
from gui.table_note import note_on
from gui.views.arrows import Arrows
from gui.views.edit_bar import EditBar
from gui.views.find_bar import FindBar
from gui.views.grid import GridView
from gui.views.grid_place import finish_editing, note_place, return_to
from gui.views.lower_panes import LowerPanes
from gui.views.past_pane import PastPane
from gui.views.prose_pane import ProsePane
from gui.views.table_page import first_heights, note_label, table_page

if TYPE_CHECKING:
    from core.rules.ties import Tie

_TABLE, _SECTION = range(2)


class ReportPage(QStackedWidget):
    """Shows one table at a time, or one section without a table.

    Signals:
        table_shown: The id of the table that is shown now.
        section_shown: The index of the section that is shown now.
    """

    table_shown = Signal(str)
    section_shown = Signal(int)

    def __init__(self, controller: SessionController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._place = Place()
        self.edit_bar = EditBar(controller, self)
        self.grid = GridView(self)
        self.find_bar = FindBar(self)
        self.arrows = Arrows(self.grid, controller.frames)
        self.statements = Statements(controller, self)
        self.lower_panes = LowerPanes(controller, self.statements, self)
        self.past = PastPane(controller, self)
        self.prose, self.source = self.lower_panes.prose, self.lower_panes.source
        self.readings = Readings(controller, self.grid, self)
        self.section = ProsePane(self.tr("章节原文"), self)
        self._note = note_label()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._heights = first_heights(1000)
        self.addWidget(table_page(self, self._note))
        self.addWidget(self.section)
        self.editing = ProseEditing(controller, (self.prose, self.section), self)
        for pane in (self.prose, self.section):
            pane.page.statement_clicked.connect(self.show_tied_cell)
        self.grid.current_cell_changed.connect(self._on_current_cell_changed)
        self.past.turned.connect(self._on_past_turned)
        self.past.cell_requested.connect(self.show_cell)
        self.edit_bar.committed.connect(self._on_committed)
        self.edit_bar.left.connect(self.grid.setFocus)
        self.grid.restructured.connect(self._on_grid_restructured)
        controller.session_leaving.connect(self._on_session_leaving)
        controller.session_shown.connect(self._on_session_shown)
        controller.session_closed.connect(self._on_session_closed)
        controller.session_changed.connect(self._on_session_changed)
        self.statements.changed.connect(self._show_section_again)

    @property
    def table_id(self) -> str:
        """The table that is shown, empty while a section is."""
        return self._place.table_id if self.currentIndex() == _TABLE else ""

    @property
    def last_table_id(self) -> str:
        """The table that is shown, or was before a section; empty before the first."""
        return self._place.table_id

    @property
    def section_shown_now(self) -> int:
        """The index of the section that is shown, -1 while a table is."""
        return self._place.section if self.currentIndex() == _SECTION else -1

    @property
    def current_ref(self) -> CellRef | None:
        """The current cell, None while a section is shown."""
        return self.grid.current_ref if self.table_id else None

    @property
    def heights(self) -> list[int]:
        """The heights of the grid and of the panes below it, while last year's is not shown."""
        return (self._heights if self.past.isVisible() else self.splitter.sizes())[:2]

    def show_table(self, table_id: str) -> None:
        """Show a table with the cell that was the current one when it was left."""
        if table_id != self._place.table_id:
            self._place.table_id = table_id
            self.grid.show_table(TableModel(self._controller, table_id, self.grid))
            self._show_note()
            self.grid.go_to(self._last_cell(table_id))
        self.setCurrentIndex(_TABLE)
        self._on_current_cell_changed(self.grid.current_ref)
        self.table_shown.emit(table_id)

    def show_section(self, index: int, span: Span | None = None) -> None:
        """Show a section: its first table, or its text where it has none or a stretch is meant."""
        section = self._controller.present.document.sections[index]
        if section.tables and span is None:
            self.show_table(section.tables[0].id)
            return
        self._place.section = index
        self._place.span = span
        self._fill_section()
        self.setCurrentIndex(_SECTION)
        self.section_shown.emit(index)

    def show_cause(self, cause: Cause) -> None:
        """Bring the cells of a cause into view with its stretch of prose, or that alone."""
        document = self._controller.present.document
        anchor = self._controller.highlights.anchor(cause)
        if anchor is not None:
            self.show_table(anchor.table)
            self.grid.show_cells(cause.cells, anchor)
        elif cause.span is not None:
            index = prose.section_index(document, cause.span.section)
            self.show_section(index, cause.span)
        elif cause.table is not None:
            self.show_table(cause.table)

    def show_cell(self, ref: CellRef) -> None:
        """Bring a cell into view and make it the current one."""
        self.show_table(ref.table)
        self.grid.go_to(ref)

    @Slot(object)
    def show_tied_cell(self, tie: Tie) -> None:
        """Lead from a statement to the cells that it speaks of, and frame them."""
        self._controller.choose(None)
        self.show_cell(tie.cells[0])
        self._controller.frames.show(tie.cells)
        self.grid.show_cells(tie.cells, tie.cells[0])
        self.grid.setFocus()
        self._place.last_tie = tie

    @Slot()
    def show_statement(self) -> bool:
        """Lead from the current cell to the next statement about it; return if there is any."""
        ref = self.current_ref
        tie = self.statements.next_about(ref, self._place.last_tie) if ref else None
        if tie is None:
            return False
        self.show_tie(tie)
        return True

    def show_tie(self, tie: Tie) -> None:
        """Bring a statement into view beside the table, or in its section where that is hidden."""
        self._place.last_tie = tie
        self._controller.frames.show(tie.cells)
        if self.table_id and self.prose.isVisible():
            self.lower_panes.show_statement(tie)
            return
        said = tie.span
        index = prose.section_index(self._controller.present.document, said.section)
        self.show_section(index, Span(said.section, said.paragraph, said.start, said.end))
        self.section.page.go_to(tie)
        self.section.page.setFocus()

    def show_fix(self, fix: Fix) -> None:
        """Bring into view what a correction will change."""
        if fix.texts:
            self.show_cell(fix.texts[0].ref)
        elif (put_in := insertion_of(fix)) is not None:
            self.show_table(table_of(put_in))

    @Slot()
    def show_next_change(self) -> None:
        """Lead to the next changed cell after the current one."""
        session = self._controller.present
        refs = sorted({*session.edits, *places_of(session.restructuring)})
        if refs:
            here = self.current_ref
            later = (ref for ref in refs if here is not None and ref > here)
            self.show_cell(next(later, refs[0]))

    def step_table(self, by: int) -> None:
        """Show the next or previous table; at the ends nothing happens."""
        tables = list(self._controller.present.document.tables)
        place = tables.index(self._place.table_id) + by if self._place.table_id in tables else 0
        if 0 <= place < len(tables):
            self.show_table(tables[place])

    def restore_layout(self) -> None:
        """Give grid and prose their first sizes."""
        self.splitter.setSizes(first_heights(max(self.height(), 400)))
        self.lower_panes.restore_layout()

    def _last_cell(self, table_id: str) -> CellRef:
        last = self._place.last_cells.get(table_id)
        return last or first_value(self._controller.present, table_id)

    def _show_note(self) -> None:
        note = note_on(self._controller.present, self._place.table_id)
        self._note.setText(note)
        self._note.setVisible(bool(note))

    @Slot(bool)
    def _on_past_turned(self, is_shown: bool) -> None:
        """Let last year's table have the room of what stands below this year's."""
        if is_shown:
            self._heights = self.splitter.sizes()
            half = sum(self._heights) // 2
            self.splitter.setSizes([half, 0, half])
        self.lower_panes.setVisible(not is_shown)
        if not is_shown:
            self.splitter.setSizes(self._heights)

    @Slot(object)
    def _on_current_cell_changed(self, ref: CellRef | None) -> None:
        if ref is not None:
            self._place.last_cells[ref.table] = ref
        self.edit_bar.show_cell(ref)
        self.past.follow(self._place.table_id, ref)
        self.lower_panes.follow(self._place.table_id, ref)

    @Slot()
    def _show_section_again(self) -> None:
        if self.section_shown_now >= 0:
            self._fill_section()

    def _fill_section(self) -> None:
        session = self._controller.present
        section = session.document.sections[self._place.section]
        heading = section.heading or self.tr("标题和开头")
        passages, ties = prose.whole_section(session, section), self.statements.ties
        self.section.show_passages(heading, passages, span=self._place.span, ties=ties)
        self.section.show_empty(section if prose.is_empty(session, section) else None)

    @Slot()
    def _on_committed(self) -> None:
        """Go on in the grid, one cell down, as after Enter in a cell."""
        self.grid.setFocus()
        self.grid.move_down()

    def finish(self) -> None:
        """Take over what was typed and not yet confirmed, wherever that is."""
        QGuiApplication.inputMethod().commit()
        finish_editing(self.grid)
        self.edit_bar.finish()
        self.editing.finish()

    @property
    def is_typing(self) -> bool:
        """Whether a cell or paragraph is being edited, so that keys are meant for it."""
        return self.grid.cell_editor is not None or self.editing.is_open

    @Slot()
    def _on_session_leaving(self) -> None:
        self.finish()
        self._place.shows_section = self.currentIndex() == _SECTION
        note_place(self.grid, self._place)
        self._forget()

    @Slot()
    def _on_session_shown(self) -> None:
        self._place = self._controller.report.place
        if not self._place.is_known:
            self._show_first()
        else:
            self._show_again()
        if not isinstance(QApplication.focusWidget(), QTabBar):
            # Who goes from tab to tab by arrow keys goes on there.
            self.grid.setFocus()

    def _show_again(self) -> None:
        """Show what was shown when another report came, and stand where one stood."""
        place = self._place
        table_id, place.table_id = place.table_id, ""
        if table_id:
            self.show_table(table_id)
            return_to(self.grid, place)
        if place.shows_section:
            self.show_section(place.section, place.span)

    def _show_first(self) -> None:
        """Show what is worth seeing first of a report that was just opened."""
        session = self._controller.present
        self._place.structure = session.restructuring
        table = first_table(session, self._controller.highlights.tables)
        if table is not None:
            self.show_table(table)
        else:
            self.show_section(0)

    @Slot()
    def _on_session_closed(self) -> None:
        self._forget()
        self.edit_bar.show_cell(None)

    @Slot(object)
    def _on_session_changed(self, changes: Changes) -> None:
        if changes.tables:
            self._follow_structure(changes.tables)
        if changes.paragraphs:
            self._show_section_again()
        if self._note.isVisible():
            self._show_note()

    def _follow_structure(self, tables: frozenset[str]) -> None:
        """Go to what was put in or taken away."""
        wanted = self._place.follow(self._controller.present.restructuring)
        if self.table_id not in tables:
            self.show_table(wanted.table if wanted else min(tables))
        # Else the grid follows when its model has.

    @Slot()
    def _on_grid_restructured(self) -> None:
        self.grid.go_to(self._last_cell(self._place.table_id))
        self._show_note()

    def _forget(self) -> None:
        """Show nothing; what is noted of the report is left as it is."""
        self._place = Place()
        self.grid.show_table(None)
