"""The theme in use, the palette and style sheet made of its colours, and the fonts.

A finding is never only a colour: the grid draws a shape with it, the list an icon.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from core.preferences import Look
from core.resources import resource
from gui.colours import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme, Tone

__all__ = [
    "CONTRAST_DARK",
    "CONTRAST_LIGHT",
    "DARK",
    "LIGHT",
    "Theme",
    "Tone",
    "apply",
    "choose",
    "chosen",
    "contrast",
    "current",
    "follow_system",
    "interface_font",
    "is_high_contrast",
    "palette",
    "paper_fonts",
    "prose_font",
    "style_sheet",
]

# The first that is installed is used; the rest stand in for missing characters.
_SANS = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "思源黑体",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
_SERIF = (
    "仿宋",
    "FangSong",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "思源宋体",
    "宋体",
    "SimSun",
    *_SANS,
)
# What stands in for the fonts of official papers, the standard's own first.
_HEADINGS = ("方正小标宋简体", "黑体", "SimHei", "Noto Sans CJK SC", *_SANS)
_PROSE = ("仿宋_GB2312", *_SERIF)
_POINTS = 10.0
_TOKEN = re.compile(r"@(\w+)")


# Black on white is 21:1; no ordinary palette has it for the whole window.
_CONTRAST_OF_SYSTEM = 20.0


class _Choice:
    """The theme in use; there is one application, and it has one."""

    theme = LIGHT
    look = Look.SYSTEM
    is_system_contrast = False


def current() -> Theme:
    """Return the theme in use."""
    return _Choice.theme


def choose(look: Look) -> None:
    """Use the colours that a person has chosen, or those of the system."""
    _Choice.look = look
    apply()


def chosen() -> Look:
    """Return what was chosen."""
    return _Choice.look


def follow_system(palette_of_system: QPalette) -> None:
    """Take note of how the platform itself is dressed, before it is dressed otherwise."""
    _Choice.is_system_contrast = is_high_contrast(palette_of_system)


def is_high_contrast(found: QPalette) -> bool:
    """Return whether a platform's palette is one of high contrast: black on white or so, all over.

    Qt 6.8 cannot be asked for the wish itself.
    """
    window, base = found.color(QPalette.ColorRole.Window), found.color(QPalette.ColorRole.Base)
    text = found.color(QPalette.ColorRole.WindowText)
    return window.rgb() == base.rgb() and contrast(window, text) >= _CONTRAST_OF_SYSTEM


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours as WCAG has it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def apply() -> None:
    """Dress the application in the theme that is chosen or that the system asks for."""
    _Choice.theme = _theme_for(_Choice.look)
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(palette(_Choice.theme))
        application.setStyleSheet(style_sheet(_Choice.theme))


def _theme_for(look: Look) -> Theme:
    system_is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    dark = system_is_dark if look in (Look.SYSTEM, Look.CONTRAST) else look is Look.DARK
    if look is Look.CONTRAST or (look is Look.SYSTEM and _Choice.is_system_contrast):
        return CONTRAST_DARK if dark else CONTRAST_LIGHT
    return DARK if dark else LIGHT


def palette(theme: Theme) -> QPalette:
    """Return the Qt palette of a theme, for everything that Fusion draws."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.base,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.ToolTipBase: theme.base,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.error.mark,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Light: theme.base,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.grid_line,
        QPalette.ColorRole.Shadow: "#000000" if theme.dark else theme.faint,
    }
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made


def style_sheet(theme: Theme) -> str:
    """Return `resources/style.qss` with its tokens replaced by a theme's colours."""
    tokens = theme.tokens()
    text = resource("style.qss").read_text(encoding="utf-8")
    if theme.is_contrast:
        text += resource("contrast.qss").read_text(encoding="utf-8")
    return _TOKEN.sub(lambda found: tokens[found[1]], text)


def interface_font() -> QFont:
    """Return the font of the window, with stand-ins for characters that it lacks."""
    return _font(_SANS, _POINTS)


def prose_font() -> QFont:
    """Return the font in which the report's own sentences are shown."""
    return _font(_SERIF, _POINTS + 1)


def paper_fonts() -> tuple[list[str], list[str]]:
    """Return the families for headings and for prose on paper that are there, the best first."""
    return _font(_HEADINGS, _POINTS).families(), _font(_PROSE, _POINTS).families()


@cache
def _installed() -> frozenset[str]:
    """Return the families that are there; to list them takes as long as a pane."""
    return frozenset(QFontDatabase.families())


def _font(families: tuple[str, ...], points: float) -> QFont:
    wanted = [family for family in families if family in _installed()]
    font = QFont(QGuiApplication.font())
    if wanted:
        font.setFamilies([*wanted, *font.families()])
    font.setPointSizeF(points)
    return font
