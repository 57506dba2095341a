"""Colours by meaning: light, dark, and both in high contrast.

The marks of the severities keep a contrast of at least 4.5:1 on their fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from core.rules.severity import Severity


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
    is_contrast: bool = False

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
    accent="#4A93E4",
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


# High contrast: no fills, so that shapes and frames say everything.
CONTRAST_LIGHT = Theme(
    dark=False,
    window="#FFFFFF",
    panel="#FFFFFF",
    base="#FFFFFF",
    text="#000000",
    muted="#000000",
    faint="#4A4A4A",
    line="#000000",
    grid_line="#000000",
    header="#FFFFFF",
    header_text="#000000",
    accent="#00338A",
    accent_hover="#001F5C",
    on_accent="#FFFFFF",
    selection="#FFFFFF",
    related="#00338A",
    equation="#FFFFFF",
    hover="#FFFFFF",
    good="#00501E",
    search="#FFE066",
    error=Tone(None, "#8C1D00"),
    warning=Tone(None, "#5A3F00"),
    note=Tone(None, "#1E3A66"),
    changed=Tone(None, "#00338A"),
    is_contrast=True,
)
CONTRAST_DARK = Theme(
    dark=True,
    window="#000000",
    panel="#000000",
    base="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    faint="#B8B8B8",
    line="#FFFFFF",
    grid_line="#FFFFFF",
    header="#000000",
    header_text="#FFFFFF",
    accent="#8CC8FF",
    accent_hover="#C2E2FF",
    on_accent="#000000",
    selection="#000000",
    related="#8CC8FF",
    equation="#000000",
    hover="#000000",
    good="#8FE3A8",
    search="#003B8A",
    error=Tone(None, "#FFB199"),
    warning=Tone(None, "#FFE066"),
    note=Tone(None, "#C2D8F0"),
    changed=Tone(None, "#8CC8FF"),
    is_contrast=True,
)
