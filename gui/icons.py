"""Icons of `resources/icons`, drawn in the colours of the theme at any scale."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.resources import resource
from core.rules.severity import Severity
from gui import theme

_SIDE = 20
_SCALES = (1, 2, 3)


def icon(name: str, color: str | None = None) -> QIcon:
    """Return an icon in a colour, by default that of text."""
    made = QIcon()
    for scale in _SCALES:
        drawn = pixmap(name, color or theme.current().text, _SIDE, scale)
        made.addPixmap(drawn)
        # In a chosen row its colour says the same; Qt would blend it with the row's.
        made.addPixmap(drawn, QIcon.Mode.Selected)
    made.addPixmap(pixmap(name, theme.current().faint, _SIDE, max(_SCALES)), QIcon.Mode.Disabled)
    return made


@cache
def application_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons", "gouji.svg")))


def severity_pixmap(severity: Severity, side: int, scale: float) -> QPixmap:
    """Return the shape of a severity in its colour: disc, triangle, ring."""
    return pixmap(severity.value, theme.current().tone(severity).mark, side, scale)


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, side: int, scale: float) -> QPixmap:
    """Return an icon of `side` logical pixels for a screen of some scale."""
    made = QPixmap(QSize(side, side) * scale)
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(scale)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, color).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return made


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    colored = drawing.replace("currentColor", color)
    if theme.current().dark:
        colored = colored.replace("#ffffff", theme.current().base)
    return QSvgRenderer(QByteArray(colored.encode()))
