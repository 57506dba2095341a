"""The invented binary Word files in `made_by_libreoffice`, and how they were made.

`python -m tests.documents.binary_word FOLDER` writes the sources as .docx; then
`soffice --headless --convert-to doc FOLDER/*.docx` makes the .doc files.  No test
needs LibreOffice to read them.
"""

import sys
from pathlib import Path

from core.forms.match import match
from core.writers.report import new_report
from tests.core.rules.reports import Changes, report
from tests.documents.word_package import document_xml, field_mark, package, relations

FOLDER = Path(__file__).parent / "made_by_libreoffice"
PIECES, REPORT = "pieces.doc", "report.doc"

_BY = 'w:author="甲" w:date="2025-01-02T03:04:05Z"'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_WORD_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD_PART}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD_PART}.styles+xml"/>
</Types>"""
_STYLES = """<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/>
<w:basedOn w:val="Normal"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Inner"><w:name w:val="Inner"/><w:basedOn w:val="Secret"/>
</w:style>
<w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>"""


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def removed(text: str) -> str:
    taken = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
    return f'<w:del w:id="1" {_BY}>{taken}</w:del>'


def added(text: str) -> str:
    return f'<w:ins w:id="2" {_BY}>{run(text)}</w:ins>'


def line(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def field(code: str, result: str) -> str:
    coded = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    begin, separate, end = (field_mark(kind) for kind in ("begin", "separate", "end"))
    return f"{begin}{coded}{separate}{run(result)}{end}"


def cell(content: str, width: int, properties: str = "") -> str:
    content = content if content.endswith("</w:p>") else line(run(content))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(widths: list[int], *rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{borders}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def merged(kind: str) -> str:
    return f'<w:vMerge w:val="{kind}"/>'


def spanning(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


_PROSE = (
    line(run("云溪市水务局2024年政府信息公开工作年度报告")),
    line(run("一、总体情况")),
    line(run("全年收到申请"), removed("12"), added("15"), run("件。")),
    line(run("第一行"), "<w:r><w:br/></w:r>", run("第二行"), "<w:r><w:tab/></w:r>", run("表")),
    line(run("见"), field(" HYPERLINK &quot;https://example.org/&quot; ", "网站"), run("公告。")),
    line(run("公开"), run("99", "<w:vanish/>"), run("条。")),
    line(run("全都不显示"), properties='<w:pStyle w:val="Inner"/>'),
    line(run("共12"), run("1", '<w:vertAlign w:val="superscript"/>'), run("条，H")),
    line(
        run("2", '<w:vertAlign w:val="subscript"/>'),
        run("O，注"),
        run("3", '<w:rStyle w:val="Note"/>'),
    ),
    line(run("A"), "<w:r><w:noBreakHyphen/></w:r>", run("B"), "<w:r><w:softHyphen/></w:r>"),
    line(run("选"), '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', run("是")),
    line(
        run("上半句"),
        properties=f'<w:rPr><w:del w:id="3" {_BY}/></w:rPr>',
    ),
    line(run("下半句。𠮷")),
    line(run("甲"), '<w:r><w:br w:type="page"/></w:r>', run("乙")),
)
_TABLE = table(
    [2000, 1500, 1500, 1],
    row(
        cell("项目", 2000, merged("restart")),
        cell("数量", 3001, spanning(3)),
    ),
    row(cell("", 2000, merged("continue")), cell("一季", 1500), cell("二季", 1501, spanning(2))),
    row(cell("甲", 2000), cell("1145", 1500), cell("0", 1501, spanning(2))),
    row(
        cell("乙", 2000),
        cell(line(run("3"), removed("4")) + line(run("5")), 3001, spanning(3)),
    ),
)
_INNER = table(
    [900, 900], row(cell("里", 900), cell("7", 900)), row(cell("外", 900), cell("6", 900))
)
_OUTER = table(
    [3000, 2000],
    row(cell(line(run("前")) + _INNER + line(run("后")), 3000), cell("右", 2000)),
)
BODY = "".join((*_PROSE, _TABLE, line(run("表后。")), _OUTER, line(run("完。"))))


def sources() -> dict[str, bytes]:
    """Return the .docx files that the .doc files were made from, by name."""
    main = relations(("officeDocument", "word/document.xml"))
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.encode(),
        "_rels/.rels": main,
        "word/document.xml": document_xml(BODY),
        "word/_rels/document.xml.rels": relations(("styles", "styles.xml")),
        "word/styles.xml": _STYLES.encode(),
    }
    document = report(Changes())
    return {
        PIECES.replace(".doc", ".docx"): package(parts),
        REPORT.replace(".doc", ".docx"): new_report(document, match(document)),
    }


if __name__ == "__main__":
    for name, data in sources().items():
        (Path(sys.argv[1]) / name).write_bytes(data)
