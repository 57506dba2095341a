"""What the panel of findings says about a check as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from core.rules.severity import Severity
from gui import naming, theme
from gui.tally import Tally


def headline(counts: Mapping[Severity, int], tally: Tally, settled: int = 0) -> str:
    """Return how much of each severity there is; no promise where there is nothing."""
    said = [f"{count} 处{naming.SEVERITY_WORDS[s]}" for s, count in counts.items() if count]
    if said:
        return " · ".join(said)
    if settled:
        return f"{settled} 处疑点均已说明或忽略"
    return "未发现不一致" if tally.relations.checked else "没有可以检查的关系"


def checked_line(tally: Tally) -> str:
    """Return what was checked and what could not be, as HTML with a link to the reasons."""
    relations = tally.relations
    line = f"已检查 {relations.checked} 条勾稽关系：通过 {relations.passed}"
    if relations.left_open:
        line += f"，未能检查 {relations.left_open}"
    rest = tally.left_open - relations.left_open
    if tally.across.checked:
        line += f"，与上年年报核对 {tally.across.checked} 项"
    if rest:
        line += f"，另有 {rest} 项其他检查没有做"
    return f"{line}（{link('reasons', '查看原因')}）" if tally.left_open else line


def link(target: str, text: str) -> str:
    """Return a link to something inside the window, as HTML."""
    return f'<a href="{target}" style="color:{theme.current().accent}">{text}</a>'
