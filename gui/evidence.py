"""Leads from a number to its evidence and back: relations, statements, cells of an equation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from core.document import CellRef
from gui.relations import TakesPart
from gui.views.relations_panel import RelationsPanel

if TYPE_CHECKING:
    from core.rules.ties import Tie
    from gui.main_window import MainWindow


class Evidence(QObject):
    """Joins cards, grid, prose and the panel of relations.

    Signals:
        said: A sentence for the status bar.
    """

    said = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._controller, self._page = window.controller, window.page
        self.panel = RelationsPanel(window.controller, self._page.statements, window)
        self.panel.cells_wanted.connect(self._on_cells_wanted)
        self.panel.statement_wanted.connect(self._on_statement_wanted)
        self._page.grid.current_cell_changed.connect(self.panel.follow)
        self._page.editing.said.connect(self.said)
        cards = window.findings.cards
        cards.number_pointed.connect(window.controller.frames.point_at)
        cards.number_clicked.connect(self._on_number_clicked)

    def show_relations(self) -> None:
        """List the relations of the current cell."""
        ref = self._page.current_ref
        if ref is None:
            self.said.emit(self.tr("请先选中一个单元格"))
        else:
            self.panel.open_for(ref)

    def show_statement(self) -> None:
        """Lead to what the prose says about the current cell."""
        if not self._page.show_statement():
            self.said.emit(self.tr("正文没有说到这个单元格"))

    def shut_down(self) -> None:
        """Stop all work and wait for it."""
        self.panel.close()
        self._page.source.shut_down()

    @Slot(object)
    def _on_cells_wanted(self, relation: TakesPart) -> None:
        """Frame the cells of a relation; the current cell stays where it is."""
        self._controller.choose(None)
        links = (relation.link,) if relation.link else ()
        here = self._page.current_ref
        if here is not None and relation.cells:
            self._page.grid.show_cells(relation.cells, here)
        self._controller.frames.show(relation.cells, links)

    @Slot(object)
    def _on_statement_wanted(self, tie: Tie) -> None:
        self._page.show_tie(tie)

    @Slot(object)
    def _on_number_clicked(self, ref: CellRef) -> None:
        self._page.show_cell(ref)
        self._page.grid.setFocus()
