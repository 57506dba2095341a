"""The middle of the window: edit bar, grid and prose of a table, or the text of a section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core.document import CellRef
from core.edits import Changes
from core.restructuring import Restructuring
from core.rules.model import Fix, Span
from gui import naming, prose
from gui.causes import Cause, insertion_of, table_of
from gui.controller import SessionController
from gui.models.table import TableModel
from gui.models.tooltip import is_uncertain
from gui.prose_editing import ProseEditing
from gui.readings import Readings
from gui.restructured import followed, place_of_change, places_of
from gui.statements import Statements
from gui.views.arrows import Arrows
from gui.views.edit_bar import EditBar
from gui.views.find_bar import FindBar
from gui.views.grid import GridView
from gui.views.lower_panes import LowerPanes
from gui.views.prose_pane import ProsePane

if TYPE_CHECKING:
    from core.rules.ties import Tie

_TABLE, _SECTION = range(2)
_GRID_SHARE, _PROSE_SHARE = 79, 21


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
        self._table_id = ""
        self._section = -1
        self._span: Span | None = None
        self._last_tie: Tie | None = None
        # The current cell of each table, so that a table is found again as it was left.
        self._last_cells: dict[str, CellRef] = {}
        # The structure that these addresses belong to.
        self._structure = Restructuring()
        self.edit_bar = EditBar(controller, self)
        self.grid = GridView(self)
        self.find_bar = FindBar(self)
        self.arrows = Arrows(self.grid, controller.frames)
        self.statements = Statements(controller, self)
        self.lower_panes = LowerPanes(controller, self.statements, self)
        self.prose, self.source = self.lower_panes.prose, self.lower_panes.source
        self.readings = Readings(controller, self.grid, self)
        self.section = ProsePane(self.tr("章节原文"), self)
        self._note = QLabel()
        self._note.setObjectName("table_note")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.addWidget(self._table_page())
        self.addWidget(self.section)
        self.editing = ProseEditing(controller, (self.prose, self.section), self)
        for pane in (self.prose, self.section):
            pane.page.statement_clicked.connect(self.show_tied_cell)
        self.grid.current_cell_changed.connect(self._on_current_cell_changed)
        self.edit_bar.committed.connect(self._on_committed)
        self.edit_bar.left.connect(self.grid.setFocus)
        self.grid.restructured.connect(self._on_grid_restructured)
        controller.session_opened.connect(self._on_session_opened)
        controller.session_closed.connect(self._on_session_closed)
        controller.session_changed.connect(self._on_session_changed)
        self.statements.changed.connect(self._show_section_again)

    @property
    def table_id(self) -> str:
        """The table that is shown, empty while a section is."""
        return self._table_id if self.currentIndex() == _TABLE else ""

    @property
    def last_table_id(self) -> str:
        """The table that is shown, or was before a section; empty before the first."""
        return self._table_id

    @property
    def section_shown_now(self) -> int:
        """The index of the section that is shown, -1 while a table is."""
        return self._section if self.currentIndex() == _SECTION else -1

    @property
    def current_ref(self) -> CellRef | None:
        """The current cell, None while a section is shown."""
        return self.grid.current_ref if self.table_id else None

    def show_table(self, table_id: str) -> None:
        """Show a table with the cell that was the current one when it was left."""
        if table_id != self._table_id:
            self._table_id = table_id
            self.grid.show_table(TableModel(self._controller, table_id, self.grid))
            self._show_note()
            self.grid.go_to(self._last_cells.get(table_id) or self._first_value(table_id))
        self.setCurrentIndex(_TABLE)
        self._on_current_cell_changed(self.grid.current_ref)
        self.table_shown.emit(table_id)

    def show_section(self, index: int, span: Span | None = None) -> None:
        """Show a section: its first table, or its text where it has none or a stretch is meant."""
        section = self._controller.present.document.sections[index]
        if section.tables and span is None:
            self.show_table(section.tables[0].id)
            return
        self._section = index
        self._span = span
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
        self._last_tie = tie

    @Slot()
    def show_statement(self) -> bool:
        """Lead from the current cell to the next statement about it; return if there is any."""
        ref = self.current_ref
        tie = self.statements.next_about(ref, self._last_tie) if ref else None
        if tie is None:
            return False
        self.show_tie(tie)
        return True

    def show_tie(self, tie: Tie) -> None:
        """Bring a statement into view beside the table, or in its section where that is hidden."""
        self._last_tie = tie
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
        place = tables.index(self._table_id) + by if self._table_id in tables else 0
        if 0 <= place < len(tables):
            self.show_table(tables[place])

    def restore_layout(self) -> None:
        """Give grid and prose their first sizes."""
        height = max(self.height(), 400)
        self.splitter.setSizes([height * _GRID_SHARE // 100, height * _PROSE_SHARE // 100])
        self.lower_panes.restore_layout()

    def _table_page(self) -> QWidget:
        above = QWidget()
        above.setObjectName("grid_page")
        layout = QVBoxLayout(above)
        layout.setContentsMargins(14, 10, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._note)
        layout.addWidget(self.grid, 1)
        self.splitter.setChildrenCollapsible(True)
        self.splitter.addWidget(above)
        self.splitter.addWidget(self.lower_panes)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([_GRID_SHARE * 10, _PROSE_SHARE * 10])
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.edit_bar)
        column.addWidget(self.find_bar)
        column.addWidget(self.splitter, 1)
        return page

    def _first_value(self, table_id: str) -> CellRef:
        """Return the first cell that can be edited, the first of all if none can."""
        session = self._controller.present
        cells = session.document.tables[table_id].cells
        refs = [CellRef(table_id, cell.row, cell.column) for cell in cells]
        editable = (ref for ref in refs if session.is_editable(ref))
        return next(editable, CellRef(table_id, 0, 0))

    def _show_note(self) -> None:
        session, table_id = self._controller.present, self._table_id
        notes = []
        found = session.match.by_table_id.get(table_id)
        if found is None:
            title = naming.table_title(session.document, session.match, table_id)
            notes.append(
                self.tr(
                    "{0} 未能识别为三张法定表之一，没有检查它的勾稽关系；可以查看和修改。"
                ).format(title.removesuffix("（未识别）"))
            )
        else:
            notes += found.notes
            if any(is_uncertain(session, place.ref) for place in found.places.values()):
                notes.append(self.tr("虚线框中的单元格识别把握较低，请对照原文。"))
        self._note.setText("\n".join(notes))
        self._note.setVisible(bool(notes))

    @Slot(object)
    def _on_current_cell_changed(self, ref: CellRef | None) -> None:
        if ref is not None:
            self._last_cells[ref.table] = ref
        self.edit_bar.show_cell(ref)
        self.lower_panes.follow(self._table_id, ref)

    @Slot()
    def _show_section_again(self) -> None:
        if self.section_shown_now >= 0:
            self._fill_section()

    def _fill_section(self) -> None:
        session = self._controller.present
        section = session.document.sections[self._section]
        heading = section.heading or self.tr("标题和开头")
        passages, ties = prose.whole_section(session, section), self.statements.ties
        self.section.show_passages(heading, passages, span=self._span, ties=ties)
        self.section.show_empty(section if prose.is_empty(session, section) else None)

    @Slot()
    def _on_committed(self) -> None:
        """Go on in the grid, one cell down, as after Enter in a cell."""
        self.grid.setFocus()
        self.grid.move_down()

    @Slot()
    def _on_session_opened(self) -> None:
        self._forget()
        session = self._controller.present
        self._structure = session.restructuring
        known = [table.table_id for table in session.match.by_table_id.values()]
        first = self._controller.highlights.tables
        tables = [t for t in session.document.tables if t in known] or list(session.document.tables)
        if tables:
            self.show_table(next((table for table in tables if table in first), tables[0]))
        else:
            self.show_section(0)
        self.grid.setFocus()

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
        """Keep the cells that were the current ones, and go to what was put in or taken away."""
        before, self._structure = self._structure, self._controller.present.restructuring
        self._last_cells = {
            table: followed(ref, before, self._structure) for table, ref in self._last_cells.items()
        }
        wanted = place_of_change(before, self._structure)
        if wanted is not None:
            self._last_cells[wanted.table] = wanted
        if self.table_id not in tables:
            self.show_table(wanted.table if wanted else min(tables))
        # Else the grid follows when its model has.

    @Slot()
    def _on_grid_restructured(self) -> None:
        self.grid.go_to(self._last_cells.get(self._table_id) or self._first_value(self._table_id))
        self._show_note()

    def _forget(self) -> None:
        self._structure = Restructuring()
        self._table_id, self._section = "", -1
        self._span = self._last_tie = None
        self.grid.show_table(None)
        self._last_cells.clear()
