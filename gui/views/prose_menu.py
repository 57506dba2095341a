"""What can be done with a paragraph, as a menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from gui.prose import Passage

if TYPE_CHECKING:
    from gui.views.prose_page import ProsePage


def menu_for(page: ProsePage, passage: Passage | None) -> QMenu:
    """Return the menu of a paragraph of a page, of the page alone where there is none."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if passage is not None and passage.paragraph is not None:
        edit = menu.addAction("修改这一段(&E)")
        edit.triggered.connect(lambda: page.edit_wanted.emit(passage))
        delete = menu.addAction("删除这一段(&D)")
        delete.triggered.connect(lambda: page.deletion_wanted.emit(passage))
        menu.addSeparator()
    copy = menu.addAction("复制(&C)")
    copy.setEnabled(page.textCursor().hasSelection())
    copy.triggered.connect(page.copy)
    menu.addAction("全选(&A)").triggered.connect(page.selectAll)
    return menu
