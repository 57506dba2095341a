"""What the tooltip of a cell says: its broken relations with their numbers, and its history."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from core.document import CellRef, Confidence
from core.rules.model import Finding
from gui import naming, theme
from gui.equation import equation_of_finding, rich_text
from gui.shown_report import ShownReport

if TYPE_CHECKING:
    from core.session import Session

# A cell of a blank form may take part in more than a screen can show.
_MOST_FINDINGS = 6
INSERTED = "补入的，原文件中没有"


def cell_tooltip(controller: ShownReport, ref: CellRef) -> str | None:
    """Return HTML about a cell, None where there is nothing to say.

    Everything that stands in the document is escaped.
    """
    parts = list(_parts(controller, controller.present, ref))
    return f"<div>{'<hr>'.join(parts)}</div>" if parts else None


def is_uncertain(session: Session, ref: CellRef) -> bool:
    """Return whether a cell must be compared with the source before its number is trusted.

    That is a cell with several readings, and every number of a row that is one
    cell short, because which column lost its cell cannot be known.
    """
    if ref in session.edits:
        return False
    slot = session.match.slot_at.get(ref)
    place = session.match.places[slot] if slot else None
    if place and (place.hole or place.presumed or place.confidence is Confidence.UNCERTAIN):
        return True
    cell = session.document.cell(ref)
    return cell is not None and cell.confidence is Confidence.UNCERTAIN


def is_inserted(session: Session, ref: CellRef) -> bool:
    """Return whether a cell, or the row that it stands in, was put in by a person."""
    done = session.restructuring
    if not done:
        return False
    return done.inserted_at(ref.table, ref.row) is not None or done.cell(ref) is not None


def _parts(controller: ShownReport, session: Session, ref: CellRef) -> Iterator[str]:
    if session.document.cell(ref) is None:
        yield "文件中这里没有单元格"
    if is_inserted(session, ref):
        color = theme.current().changed.mark
        yield f'<b style="color:{color}">补入</b>　原文件中没有，可以撤销'
    elif ref in session.edits:
        color = theme.current().changed.mark
        original = escape(session.original(ref)) or "空白"
        yield f'<b style="color:{color}">已修改</b>　原文：{original}'
    elif is_uncertain(session, ref):
        readings = "、".join(escape(text) or "空白" for text in session.readings(ref))
        yield naming.UNCERTAIN + (f"<br>可能是：{readings}" if readings else "")
    findings = controller.highlights.findings.get(ref, ())
    for finding in findings[:_MOST_FINDINGS]:
        yield _finding(controller, session, finding)
    if len(findings) > _MOST_FINDINGS:
        yield f"另有 {len(findings) - _MOST_FINDINGS} 处疑点，见右侧列表"


def _finding(controller: ShownReport, session: Session, finding: Finding) -> str:
    color = theme.current().tone(finding.severity).mark
    word = naming.SEVERITY_WORDS[finding.severity]
    title = escape(naming.finding_title(finding))
    heading = f'<b style="color:{color}">{word}</b>　<b>{title}</b>'
    lines = equation_of_finding(session, finding, controller.highlights.marks)
    said = rich_text(lines, color) if lines else escape(finding.message)
    if finding.explanation is not None:
        word = naming.EXPLANATION_WORDS[finding.explanation.kind]
        said += f"<br>{word}：{escape(finding.explanation.text)}"
    return f"{heading}<br>{said}"
