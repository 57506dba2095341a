"""Colours by meaning, light and dark, and the palette and style sheet made of them.

The marks of the severities keep a contrast of at least 4.5:1 on their fills.
A finding is never only a colour: the grid draws a shape with it, the list an icon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from core.resources import resource
from core.rules.model import Severity

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


@dataclass(frozen=True, slots=True)
class Tone:
    """The fill of a cell in some state, None for no fill, and the mark drawn on it."""

    fill: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window, named by what it is for."""

    dark: bool
    window: str
    panel: str
    base: str
    text: str
    muted: str
    faint: str
    line: str
    grid_line: str
    header: str
    header_text: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    related: str
    equation: str
    hover: str
    good: str
    search: str
    error: Tone
    warning: Tone
    note: Tone
    changed: Tone

    def tone(self, severity: Severity) -> Tone:
        """Return the colours of a severity."""
        return _TONES(self)[severity]

    def tokens(self) -> Mapping[str, str]:
        """Return what the style sheet may name as ``@name``."""
        plain = {field.name: getattr(self, field.name) for field in fields(self)}
        tones = {name: value for name, value in plain.items() if isinstance(value, Tone)}
        marks = {f"{name}_mark": tone.mark for name, tone in tones.items()}
        fills = {f"{name}_fill": tone.fill or self.base for name, tone in tones.items()}
        return {n: v for n, v in plain.items() if isinstance(v, str)} | marks | fills


def _TONES(theme: Theme) -> Mapping[Severity, Tone]:
    return {
        Severity.ERROR: theme.error,
        Severity.WARNING: theme.warning,
        Severity.NOTE: theme.note,
    }


LIGHT = Theme(
    dark=False,
    window="#F6F8FB",
    panel="#FAFBFE",
    base="#FFFFFF",
    text="#1B1F24",
    muted="#5B6470",
    faint="#8A929C",
    line="#DDE2E8",
    grid_line="#C6CCD4",
    header="#F1F2F4",
    header_text="#2B3037",
    accent="#0B5CAD",
    accent_hover="#094C90",
    on_accent="#FFFFFF",
    selection="#E1ECF8",
    related="#8DB4DC",
    equation="#F5F6F7",
    hover="#EAEFF5",
    good="#23803F",
    search="#FFF0B3",
    error=Tone("#FFD9D2", "#A8320A"),
    warning=Tone("#FFF1B8", "#7A5600"),
    note=Tone(None, "#3D5A80"),
    changed=Tone("#D6E9FF", "#0B5CAD"),
)
DARK = Theme(
    dark=True,
    window="#1C1F24",
    panel="#20242A",
    base="#16191D",
    text="#E6E9ED",
    muted="#A7AFB9",
    faint="#7E8792",
    line="#363C45",
    grid_line="#424953",
    header="#262B32",
    header_text="#D3D8DE",
    accent="#3D8BE0",
    accent_hover="#5A9EE8",
    on_accent="#0B1118",
    selection="#213A57",
    related="#4F7FB3",
    equation="#272C33",
    hover="#2B3139",
    good="#6CC48A",
    search="#5A4A00",
    error=Tone("#5A1E14", "#FF9E80"),
    warning=Tone("#4A3C00", "#FFD54F"),
    note=Tone(None, "#9DB7D5"),
    changed=Tone("#12375C", "#82B1FF"),
)


class _Choice:
    """The theme in use; there is one application, and it has one."""

    theme = LIGHT
    forced: bool | None = None


def current() -> Theme:
    """Return the theme in use."""
    return _Choice.theme


def choose_dark(dark: bool | None) -> None:
    """Use the dark theme, the light one, or with None the one of the system."""
    _Choice.forced = dark
    apply()


def chosen_dark() -> bool | None:
    """Return what was chosen, None for the system's own."""
    return _Choice.forced


def apply() -> None:
    """Dress the application in the theme that is chosen or that the system asks for."""
    dark = _Choice.forced
    if dark is None:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    _Choice.theme = DARK if dark else LIGHT
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(palette(_Choice.theme))
        application.setStyleSheet(style_sheet(_Choice.theme))


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


def _font(families: tuple[str, ...], points: float) -> QFont:
    installed = set(QFontDatabase.families())
    wanted = [family for family in families if family in installed]
    font = QFont(QGuiApplication.font())
    if wanted:
        font.setFamilies([*wanted, *font.families()])
    font.setPointSizeF(points)
    return font
