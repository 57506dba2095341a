"""LibreOffice accepts and rejects rows that were put in, and knows their author.

It has no revisions of single cells (version 7 ignores w:cellIns): where one was rejected
it takes the text away and keeps the blank cell.
"""

import re
from datetime import datetime
from pathlib import Path

import pytest

from core.edits import CellInsertion, Edit, RowInsertion
from core.export import word_bytes
from core.forms.match import match
from core.readers.docx import read_docx
from core.reasons import Style
from core.session import Session
from core.writers.marking import Mode
from core.writers.report import new_report
from tests.core.rules.reports import Changes, report
from tests.documents.libreoffice import ACCEPT, REJECT
from tests.documents.revisions import accepted, parts_of, rejected
from tests.documents.word_package import package

ROWS = (
    "disclosure.regulations",
    "applications.disclosed",
    "applications.refused_state_secret",
    "applications.rejected_repeat",
    "applications.other_reason",
    "applications.handled",
    "applications.carried_out",
)
# The end of the short row (before the lost rows come back), where LibreOffice either keeps
# the blank cell or, opening the source, lets the cell before it run to the end.
_AT_END = {(9, 8), (9, 9)}


def said(data: bytes) -> list[object]:
    document = read_docx(data, "年报.docx")
    return [
        [(c.row, c.column, c.row_span, c.column_span, c.text) for c in table.cells]
        for table in document.tables.values()
    ]


def source(decide) -> bytes:
    """Return a report as LibreOffice writes it, one of its rows a cell short."""
    document = report(Changes(without_rows=ROWS))
    parts = parts_of(decide(new_report(document, match(document)), "Save"))
    xml = parts["word/document.xml"].decode()
    rows = re.findall("<w:tr>.*?</w:tr>", xml, re.DOTALL)
    (row,) = [each for each in rows if "属于三类内部事务信息" in each]
    short = row[: row.rindex("<w:tc>")] + "</w:tr>"
    parts["word/document.xml"] = xml.replace(row, short).encode()
    return package(parts)


def corrected(data: bytes, mode: Mode) -> bytes:
    session = Session(Path("年报.docx"), data, read_docx(data, "年报.docx"))
    session.apply_all([CellInsertion(p.ref) for p in session.match.places.values() if p.hole])
    for row in ROWS:
        table = session.match.tables[row.partition(".")[0]]
        session.apply(RowInsertion(table.table_id, row))
    assert len(session.match.places) == 200
    for slot, text in ((f"{ROWS[0]}.issued", "4"), (f"{ROWS[2]}.total", "5")):
        session.apply(Edit(session.match.places[slot].ref, "", text))
    style = Style(mode, "经办", datetime(2025, 1, 31, 9, 30))
    return word_bytes(session, session.check(), style)


@pytest.mark.parametrize(
    "is_converted", [False, pytest.param(True, marks=pytest.mark.long)], ids=["ours", "its own"]
)
def test_libreoffice_accepts_and_rejects_rows(decide, is_converted):
    if is_converted:
        data = source(decide)
    else:
        short = ["applications.refused_internal_affairs.total"]
        document = report(Changes(without_rows=ROWS, without_cells=short))
        data = new_report(document, match(document))
    tracked, clean = corrected(data, Mode.TRACKED), corrected(data, Mode.CLEAN)
    assert said(accepted(tracked)) == said(tracked) == said(clean)
    assert said(rejected(tracked)) == said(data)
    assert said(corrected(data, Mode.HIGHLIGHTED)) == said(clean)

    assert said(decide(tracked, ACCEPT)) == said(decide(clean, "Save")) == said(clean)
    left, wanted = said(decide(tracked, REJECT)), said(decide(data, "Save"))
    assert [[c for c in table if c[:2] not in _AT_END] for table in left] == [
        [c for c in table if c[:2] not in _AT_END] for table in wanted
    ]
    kept = parts_of(decide(tracked, "Save"))["word/document.xml"].decode()
    revised = re.findall(r'<w:trPr>(?:<[^>]*>)*?<w:ins [^>]*w:author="经办" [^>]*>', kept)
    assert len(revised) == len(ROWS)
