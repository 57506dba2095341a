"""LibreOffice accepts our revisions to the clean text, and rejects them to the source's."""

from datetime import datetime
from pathlib import Path

from core.document import CellRef, ParagraphRef
from core.edits import Edit, ParagraphInsertion, TextEdit
from core.readers.docx import read_docx
from core.session import Session
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.libreoffice import ACCEPT, REJECT
from tests.documents.revisions import accepted, parts_of, rejected
from tests.documents.word_package import cell, field, package, paragraph, row, run, table, word_file

OTHERS = 'w:author="科长" w:date="2025-01-01T00:00:00Z"'


BODY = (
    paragraph("一、总体情况")
    + f"<w:p>{run('全年受理')}<w:ins w:id='1' {OTHERS}>{run('申请')}{run('12件')}</w:ins>"
    f"{run('，办结')}<w:del w:id='2' {OTHERS}><w:r><w:delText>9</w:delText></w:r></w:del>"
    f"{run('12件。')}</w:p>"
    + paragraph("（文字描述）")
    + paragraph("正文后段。")
    + table(
        row("甲", cell(f"<w:p><w:ins w:id='3' {OTHERS}>{run('5')}</w:ins></w:p>"), cell("<w:p/>")),
        row(
            "乙",
            cell(paragraph("1") + paragraph("2")),
            cell(f"<w:p>{field(' =1+1 ', run('2'))}</w:p>"),
        ),
        widths=(2000, 2000, 2000),
    )
    + paragraph("六、其他需要报告的事项")
    + paragraph("七、附件")
    + "<w:sectPr/>"
)
TYPE = "application/vnd.openxmlformats-"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{TYPE}package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml"'
    f' ContentType="{TYPE}officedocument.wordprocessingml.document.main+xml"/></Types>'
)
EDITS = (
    TextEdit(ParagraphRef(1, 0), 6, 8, "12", "13"),
    TextEdit(ParagraphRef(1, 0), 12, 14, "12", "11"),
    TextEdit(ParagraphRef(1, 1), 0, 6, "（文字描述）", ""),
    ParagraphInsertion(ParagraphRef(6, 0), "没有。"),
    Edit(CellRef("t1", 0, 1), "5", "6"),
    Edit(CellRef("t1", 0, 2), "", "7"),
    Edit(CellRef("t1", 1, 1), "1\n2", "1\n3"),
    Edit(CellRef("t1", 1, 2), "2", "4"),
)
REASONS = {CellRef("t1", 0, 1): "因为", ParagraphRef(1, 0): "由于", ParagraphRef(1, 1): "残留"}


def said(data: bytes) -> list[object]:
    document = read_docx(data, "年报.docx")
    prose = [(part.heading, [p.text for p in part.paragraphs]) for part in document.sections]
    return [prose, [c.text for made in document.tables.values() for c in made.cells]]


def test_libreoffice_accepts_and_rejects_our_revisions(decide):
    data = package({**parts_of(word_file(BODY)), "[Content_Types].xml": TYPES.encode()})
    session = Session(Path("年报.docx"), data, read_docx(data, "年报.docx"))
    session.apply_all(EDITS)
    marking = Marking(Mode.TRACKED, "经办", datetime(2025, 1, 31, 9, 30), REASONS)
    made = (data, session.source, session.edits)
    tracked = corrected_docx(*made, marking, session.rewording)
    clean = corrected_docx(*made, rewording=session.rewording)

    assert said(decide(tracked, ACCEPT)) == said(accepted(clean)) == said(accepted(tracked))
    assert said(decide(tracked, REJECT)) == said(rejected(data)) == said(rejected(tracked))
    kept = parts_of(decide(tracked, "Save"))
    assert 'w:author="经办" w:date="2025-01-31T09:30:00Z"' in kept["word/document.xml"].decode()
    comments = kept["word/comments.xml"].decode()
    assert all(reason in comments for reason in REASONS.values())
