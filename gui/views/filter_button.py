"""A chip with a menu: one of several things to list, or all of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget


class FilterButton(QPushButton):
    """Says what is listed; hidden where there is nothing to choose between.

    Signals:
        chosen: The key of what shall be listed, None for all.
    """

    chosen = Signal(object)

    def __init__(self, name: str, everything: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._everything = name, everything
        self._options: Mapping[str, str] = {}
        self.key: str | None = None
        self._menu = QMenu(self)
        self.setObjectName("chip")
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.clicked.connect(self._on_clicked)
        self._refresh()

    def offer(self, options: Mapping[str, str]) -> None:
        """Offer what can be listed, by key, as it is called."""
        self._options = options
        self._refresh()

    def choose(self, key: str | None) -> None:
        """List something, or with None all."""
        self.key = key
        self._refresh()
        self.chosen.emit(key)

    def show_key(self, key: str | None) -> None:
        """Show what is listed, and tell nobody."""
        self.key = key
        self._refresh()

    def fill_menu(self) -> QMenu:
        """Return the menu as it is now."""
        self._menu.clear()
        for key in (None, *self._options):
            text = self._everything if key is None else self._options[key]
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(key == self.key)
            action.triggered.connect(partial(self._on_triggered, key))
        return self._menu

    @Slot()
    def _on_clicked(self) -> None:
        self._refresh()
        self.fill_menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_triggered(self, key: str | None, _checked: bool = False) -> None:
        self.choose(key)

    def _refresh(self) -> None:
        said = self._name if self.key is None else self._options.get(self.key, self._name)
        self.setText(f"{said} ▾")
        self.setChecked(self.key is not None)
        self.setHidden(len(self._options) < 2 and self.key is None)
