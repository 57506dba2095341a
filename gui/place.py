"""Where a person is in one open report, so that it is found again as it was left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.document import CellRef
from core.restructuring import Restructuring
from core.rules.model import Span
from gui.cell_range import CellRange
from gui.finding_filter import EVERYTHING, FindingFilter
from gui.restructured import followed, place_of_change

if TYPE_CHECKING:
    from core.rules.ties import Tie
    from core.session import Session


@dataclass
class Place:
    """What is shown of a report.

    `last_cells` are the current cells of its tables, `structure` that to which their
    addresses belong.  What is selected in the table that is shown, which findings are
    listed, and how far both are scrolled, is noted when another report is shown.
    """

    table_id: str = ""
    section: int = -1
    shows_section: bool = False
    span: Span | None = None
    last_tie: Tie | None = None
    last_cells: dict[str, CellRef] = field(default_factory=dict)
    structure: Restructuring = field(default_factory=Restructuring)
    selected: CellRange | None = None
    scrolled: tuple[int, int] = (0, 0)
    filter: FindingFilter = EVERYTHING
    cards_scrolled: int = 0

    @property
    def is_known(self) -> bool:
        """Whether anything of the report has been shown."""
        return bool(self.table_id) or self.section >= 0

    def follow(self, structure: Restructuring) -> CellRef | None:
        """Keep the current cells where rows or cells came or went; return where one did."""
        before, self.structure = self.structure, structure
        self.last_cells = {
            table: followed(ref, before, structure) for table, ref in self.last_cells.items()
        }
        wanted = place_of_change(before, structure)
        if wanted is not None:
            self.last_cells[wanted.table] = wanted
        return wanted


def first_table(session: Session, marked: Collection[str]) -> str | None:
    """Return the first statutory table with findings, or else the first of anything."""
    known = [table.table_id for table in session.match.by_table_id.values()]
    tables = [t for t in session.document.tables if t in known] or list(session.document.tables)
    return next((table for table in tables if table in marked), tables[0] if tables else None)


def first_value(session: Session, table_id: str) -> CellRef:
    """Return the first cell that can be edited, the first of all if none can."""
    cells = session.document.tables[table_id].cells
    refs = [CellRef(table_id, cell.row, cell.column) for cell in cells]
    editable = (ref for ref in refs if session.is_editable(ref))
    return next(editable, CellRef(table_id, 0, 0))
