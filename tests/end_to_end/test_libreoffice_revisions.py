"""LibreOffice accepts our revisions to the clean text, and rejects them to the source's."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from core.document import CellRef, ParagraphRef
from core.edits import Edit, ParagraphInsertion, TextEdit
from core.readers.docx import read_docx
from core.session import Session
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.revisions import accepted, parts_of, rejected
from tests.documents.word_package import cell, package, paragraph, row, run, table, word_file

OTHERS = 'w:author="科长" w:date="2025-01-01T00:00:00Z"'
ACCEPT, REJECT = "AcceptAllTrackedChanges", "RejectAllTrackedChanges"

_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0}:{1} PUBLIC "{2}" "{1}.dtd">\n'
_DTD = "-//OpenOffice.org//DTD OfficeDocument 1.0//EN"
_SPACE = 'xmlns:library="http://openoffice.org/2000/library"'
_LIBRARY = 'library:name="Standard" library:readonly="false" library:passwordprotected="false"'
_MODULE = """<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Module1" script:language="StarBasic">
Sub Decide(source As String, target As String, command As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  frame = document.CurrentController.Frame
  dispatcher.executeDispatch(frame, ".uno:" &amp; command, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub
</script:module>
"""


@pytest.fixture(scope="module")
def decide(tmp_path_factory):
    """Let LibreOffice open a file, run a command of its menus and save it as another one."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    start = [office, profile, "--headless"]
    # The first start makes the profile, and would put its own macros over ours.
    (folder / "a.txt").write_text("a", "utf-8")
    first = [*start, "--convert-to", "pdf", "--outdir", str(folder), str(folder / "a.txt")]
    subprocess.run(first, check=True, capture_output=True, timeout=240)
    standard = folder / "profile" / "user" / "basic" / "Standard"
    standard.mkdir(parents=True, exist_ok=True)
    element = '<library:element library:name="Module1"/>'
    library = f"<library:library {_SPACE} {_LIBRARY}>{element}</library:library>"
    head = _OPEN.format("library", "library", _DTD)
    (standard / "script.xlb").write_text(head + library, "utf-8")
    head = _OPEN.format("script", "module", _DTD)
    (standard / "Module1.xba").write_text(head + _MODULE, "utf-8")

    def decided(data: bytes, command: str) -> bytes:
        source, target = folder / "source.docx", folder / "target.docx"
        source.write_bytes(data)
        target.unlink(missing_ok=True)
        call = f'Decide("{source.as_uri()}","{target.as_uri()}","{command}")'
        run = [*start, f"macro:///Standard.Module1.{call}"]
        subprocess.run(run, check=True, capture_output=True, timeout=240)
        if not target.exists():
            pytest.skip("this LibreOffice runs no macro of its user")
        return target.read_bytes()

    return decided


def field(code: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return f"<w:p>{mark('begin')}{instruction}{mark('separate')}{run(result)}{mark('end')}</w:p>"


BODY = (
    paragraph("一、总体情况")
    + f"<w:p>{run('全年受理')}<w:ins w:id='1' {OTHERS}>{run('申请')}{run('12件')}</w:ins>"
    f"{run('，办结')}<w:del w:id='2' {OTHERS}><w:r><w:delText>9</w:delText></w:r></w:del>"
    f"{run('12件。')}</w:p>"
    + paragraph("（文字描述）")
    + paragraph("正文后段。")
    + table(
        row("甲", cell(f"<w:p><w:ins w:id='3' {OTHERS}>{run('5')}</w:ins></w:p>"), cell("<w:p/>")),
        row("乙", cell(paragraph("1") + paragraph("2")), cell(field(" =1+1 ", "2"))),
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
