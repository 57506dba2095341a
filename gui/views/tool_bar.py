"""The menus and the tool bar, filled from the table of actions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QMenu,
    QMenuBar,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QWidget,
)

from gui import icons, theme
from gui.action_spec import MENUS, plain_text
from gui.actions import ACTIONS, give_icons

_GROUPS = (
    ("open", "save", "export_excel", "export_findings"),
    ("undo", "redo"),
    ("previous_finding", "next_finding"),
    ("load_last_year", "check_folder", "check"),
)
# At the far right, where people look for it.
_LAST = "find"
# Where the group says what it is about, the button need not.
_SHORT = {"previous_finding": "上一处", "next_finding": "下一处  F8"}


def fill_menus(bar: QMenuBar, actions: Mapping[str, QAction]) -> Mapping[str, QMenu]:
    """Add all menus to a menu bar; return them by title."""
    menus = {title: QMenu(title, bar) for title in MENUS}
    submenus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        menu = menus[spec.menu]
        if spec.separated:
            menu.addSeparator()
        if spec.submenu:
            if spec.submenu not in submenus:
                submenus[spec.submenu] = menu.addMenu(spec.submenu)
                # They say why a way of saving cannot be had.
                submenus[spec.submenu].setToolTipsVisible(True)
            menu = submenus[spec.submenu]
        menu.addAction(actions[spec.name])
    for menu in menus.values():
        menu.aboutToShow.connect(partial(give_icons, actions))
        bar.addMenu(menu)
    return menus


class ToolBar(QToolBar):
    """The most used actions, each with icon and text; saving is the primary one."""

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__("工具栏", parent)
        self.setObjectName("tool_bar")
        self.setAccessibleName("工具栏")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        give_icons(actions, (*(name for group in _GROUPS for name in group), _LAST))
        texts = {spec.name: plain_text(spec) for spec in ACTIONS}
        for number, group in enumerate(_GROUPS):
            if number:
                self.addWidget(_divider())
            for name in group:
                self._add(name, _SHORT.get(name, texts[name]), actions[name])
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._add(_LAST, texts[_LAST], actions[_LAST])

    def _add(self, name: str, text: str, action: QAction) -> None:
        button = _ToolButton(action, text, is_primary=name == "save")
        button.setAccessibleName(plain_text(next(s for s in ACTIONS if s.name == name)))
        self.addWidget(button)


class _ToolButton(QPushButton):
    """A button for an action, icon and text in its middle, which Qt's tool button cannot do."""

    def __init__(self, action: QAction, text: str, is_primary: bool) -> None:
        super().__init__()
        self._action = action
        self._is_primary = is_primary
        self.setText(text)
        self.setObjectName("primary_tool" if is_primary else "tool")
        self.setIconSize(QSize(18, 18))
        # The keyboard reaches actions by menu and shortcut; the focus stays in the grid.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())
        on_accent = theme.current().on_accent
        self.setIcon(icons.icon("save", on_accent) if self._is_primary else self._action.icon())


def _divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedWidth(1)
    return line
