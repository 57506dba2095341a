"""Widgets side by side, and on further lines where the width does not suffice."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """Lays its children out like words of a paragraph; hidden ones take no room."""

    def __init__(self, spacing: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        widget.setParent(self)
        self._widgets.append(widget)

    def refresh(self) -> None:
        """Lay out anew, after a child was hidden, shown or renamed."""
        self._place()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Return that the lines depend on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return max((rect.bottom() + 1 for _, rect in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """Return the size of all widgets on one line."""
        shown = [widget.sizeHint() for widget in self._widgets if not widget.isHidden()]
        width = sum(size.width() + self._spacing for size in shown) - self._spacing
        return QSize(max(width, 0), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """Return the widest widget's width."""
        widths = (w.sizeHint().width() for w in self._widgets if not w.isHidden())
        return QSize(max(widths, default=0), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._place()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Lay out for another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.refresh()

    def _place(self) -> None:
        for widget, rect in self._places(self.width()):
            widget.setGeometry(rect)

    def _places(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        x = y = line = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = widget.sizeHint()
            if x and x + size.width() > width:
                x, y, line = 0, y + line + self._spacing, 0
            shown = size.boundedTo(QSize(max(width, 1), size.height()))
            yield widget, QRect(x, y, shown.width(), shown.height())
            x += size.width() + self._spacing
            line = max(line, size.height())
