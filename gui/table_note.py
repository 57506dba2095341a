"""What stands above a table: why it is not checked, and what is to be looked at in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui import naming
from gui.models.tooltip import is_uncertain

if TYPE_CHECKING:
    from core.session import Session


def note_on(session: Session, table_id: str) -> str:
    """Return what a person should know of a table, empty for nothing."""
    found = session.match.by_table_id.get(table_id)
    if found is None:
        title = naming.table_title(session.document, session.match, table_id)
        return (
            f"{title.removesuffix('（未识别）')} 未能识别为三张法定表之一，"
            "没有检查它的勾稽关系；可以查看和修改。"
        )
    notes = list(found.notes)
    if any(is_uncertain(session, place.ref) for place in found.places.values()):
        notes.append("虚线框中的单元格识别把握较低，请对照原文。")
    return "\n".join(notes)
