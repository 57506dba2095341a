"""An uncertain cell: in which ways it can be read, offered at the cell to choose from."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Slot
from PySide6.QtWidgets import QMenu

from core.document import CellRef
from core.edits import CellInsertion
from core.rules.model import Certainty, Fix
from gui import naming
from gui.causes import fits
from gui.controller import SessionController
from gui.models.tooltip import is_uncertain
from gui.views.grid import GridView


class Readings(QObject):
    """Offers the readings of a cell on a click, by the menu and by the keyboard."""

    def __init__(
        self, controller: SessionController, grid: GridView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._grid = grid
        self.menu = QMenu(grid)
        self.menu.setObjectName("readings")
        grid.clicked.connect(self._on_clicked)

    def are_offered(self, ref: CellRef | None) -> bool:
        """Return whether there is anything to choose for a cell now."""
        controller = self._controller
        if ref is None or controller.session is None:
            return False
        if controller.is_read_only or controller.is_giving_way:
            return False
        return len(self._texts(ref)) > 1 or self._put_in(ref) is not None

    @Slot()
    def offer(self) -> None:
        """Show what the current cell can be, the first one chosen for the keyboard."""
        if self._show():
            lines = (a for a in self.menu.actions() if a.isEnabled() and not a.isSeparator())
            self.menu.setActiveAction(next(lines))

    def _show(self) -> bool:
        """Show the menu below the current cell; return whether there is anything in it."""
        ref, model = self._grid.current_ref, self._grid.table_model
        if ref is None or model is None or not self.are_offered(ref):
            return False
        self._fill(ref)
        place = self._grid.visualRect(model.index_of(ref))
        self.menu.popup(self._grid.viewport().mapToGlobal(place.bottomLeft()))
        return True

    def _fill(self, ref: CellRef) -> None:
        session = self._controller.present
        self.menu.clear()
        # The style sheet shows no texts of sections.
        self.menu.addAction(self.tr("可能的读法，请对照原文")).setEnabled(False)
        for text in self._texts(ref):
            action = self.menu.addAction((text or self.tr("空白")).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(ref in session.edits and session.text(ref) == text)
            action.triggered.connect(partial(self._choose, ref, text))
        if (fix := self._put_in(ref)) is not None:
            self.menu.addAction(fix.title).triggered.connect(partial(self._accept, fix))
        if session.is_editable(ref):
            self.menu.addSeparator()
            self.menu.addAction(self.tr("手工填写(&E)")).triggered.connect(self._edit)

    def _texts(self, ref: CellRef) -> tuple[str, ...]:
        """Return the readings of a cell; that it is blank can only be said of one that is not."""
        session = self._controller.present
        if not session.is_editable(ref):
            return ()
        return tuple(text for text in session.readings(ref) if text or session.text(ref))

    def _put_in(self, ref: CellRef) -> Fix | None:
        """Return the correction that puts in a cell where the file has none."""
        session = self._controller.present
        slot = session.match.slot_at.get(ref)
        if slot is None or not session.match.places[slot].hole:
            return None
        if not fits(CellInsertion(ref), session):
            return None
        title = self.tr("补入缺少的单元格（{0}）").format(naming.cell_title(session, ref))
        return Fix(title, (CellInsertion(ref),), Certainty.LIKELY)

    def _choose(self, ref: CellRef, text: str, _checked: bool = False) -> None:
        title = naming.cell_title(self._controller.present, ref)
        self._controller.set_texts([(ref, text)], self.tr("选择读法 {0}").format(title))

    def _accept(self, fix: Fix, _checked: bool = False) -> None:
        self._controller.accept(fix)

    @Slot()
    def _edit(self) -> None:
        self._grid.edit(self._grid.currentIndex())

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        """Offer what a click has reached, as long as nothing was chosen for it."""
        model, session = self._grid.table_model, self._controller.session
        if model is None or session is None:
            return
        ref = model.ref(index)
        if is_uncertain(session, ref) and self._is_alone(ref):
            # Nothing is chosen yet: a key that was meant for the cell shall take no reading.
            self._show()

    def _is_alone(self, ref: CellRef) -> bool:
        """Return whether nothing else is selected: who drags or adds wants no menu."""
        return self._grid.selected_refs() == [ref] and self._grid.current_ref == ref
