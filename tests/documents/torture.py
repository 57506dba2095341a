"""Invented Word files with everything that an office puts into them, whole enough for Word itself.

Each shows the same few sentences and a table of numbers, written in its own way.
"""

import base64
import zipfile
from collections.abc import Callable
from io import BytesIO

from tests.documents.word_package import (
    OFFICE,
    RELATIONS,
    STRICT,
    STRICT_OFFICE,
    TRANSITIONAL,
    cell,
    field,
    package,
    paragraph,
    row,
    run,
    streamed,
    table,
)

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_KIND}.document.main+xml"
_SPACES = {
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)
OTHERS = 'w:author="科长" w:date="2025-01-01T00:00:00Z"'
WIDTHS = (2200, 1800, 1800, 1800)


def _numbers(*rows: str) -> str:
    return table(*rows, widths=WIDTHS)


def _body(made: str, prose: str = "", after: str = "") -> str:
    return (
        paragraph("石桥县档案局2024年政府信息公开工作年度报告")
        + paragraph("一、总体情况")
        + (prose or paragraph("全年受理申请12件，办结11件。"))
        + paragraph("（文字描述）")
        + paragraph("二、主动公开政府信息情况")
        + made
        + after
        + paragraph("五、存在的主要问题及改进情况")
        + paragraph("六、其他需要报告的事项")
        + paragraph("没有其他需要报告的事项。")
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )


def _main(body: str, space: str = TRANSITIONAL, encoding: str = "utf-8") -> bytes:
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in _SPACES.items())
    text = (
        f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?>\n'
        f'<w:document xmlns:w="{space}"{declared} mc:Ignorable="w14">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return text.encode(encoding, "xmlcharrefreplace")


def _parts(
    main: bytes,
    beside: dict[str, tuple[str, str, bytes]] | None = None,
    kind: str = _MAIN,
    office: str = OFFICE,
    name: str = "word/document.xml",
) -> dict[str, bytes]:
    """Return a package; `beside` has (type of relation, content type, content) by name."""
    beside = beside or {}
    overrides = {name: kind, **{each: made[1] for each, made in beside.items()}}
    said = "".join(
        f'<Override PartName="/{each}" ContentType="{made}"/>' for each, made in overrides.items()
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{office}{made[0]}" Target="/{each}"/>'
        for number, (each, made) in enumerate(beside.items(), 1)
    )
    folder, _, last = name.rpartition("/")
    parts = {
        "[Content_Types].xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Types xmlns="{_TYPES}"><Default '
            'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            '+xml"/><Default Extension="xml" ContentType="application/xml"/><Default '
            f'Extension="png" ContentType="image/png"/>{said}</Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
            f'Type="{office}officeDocument" Target="{name}"/></Relationships>'
        ).encode(),
        name: main,
    }
    if related:
        relations = f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>'
        parts[f"{folder}/_rels/{last}.rels"] = relations.encode()
    return parts | {each: made[2] for each, made in beside.items()}


def _around(tag: str, inner: str) -> bytes:
    declared = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in _SPACES.items())
    return f'<w:{tag} xmlns:w="{TRANSITIONAL}"{declared}>{inner}</w:{tag}>'.encode()


def _file(body: str, **more: object) -> bytes:
    return package(_parts(_main(body), **more))  # type: ignore[arg-type]


def _plain_rows() -> tuple[str, ...]:
    return row("规章", "0", "1", "12"), row("行政规范性文件", "1145", "", "7")


def text_boxes() -> bytes:
    inner = f"<w:txbxContent>{paragraph('框里12')}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="900000" '
        'cy="400000"/><wp:docPr id="1" name="框"/><a:graphic><a:graphicData uri="'
        f'{_SPACES["wps"]}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="900000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing>"
    )
    old = (
        f'<w:pict><v:shape style="width:90pt;height:30pt"><v:textbox>{inner}</v:textbox></v:shape>'
    )
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    made = _numbers(
        row("规章", cell(f"<w:p>{run('5')}{box}</w:p>"), cell(f"<w:p>{box}{run('6')}</w:p>"), "7"),
        *_plain_rows(),
    )
    return _file(_body(made, f"<w:p>{box}{run('全年受理12件，办结11件。')}</w:p>"))


def notes() -> bytes:
    kinds = {"footnote": "footnotes", "endnote": "endnotes"}
    beside = {}
    for kind, parts in kinds.items():
        marks = "".join(
            f'<w:{kind} w:type="{what}" w:id="{number}"><w:p><w:r><w:{what}/></w:r></w:p>'
            f"</w:{kind}>"
            for number, what in enumerate(("separator", "continuationSeparator"), -1)
        )
        said = f'{marks}<w:{kind} w:id="2">{paragraph("注里有12")}</w:{kind}>'
        beside[f"word/{parts}.xml"] = (parts, f"{_KIND}.{parts}+xml", _around(parts, said))
    foot, end = (
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="2"/></w:r>'
        for kind in kinds
    )
    inside = '<w:r><w:t>4</w:t><w:footnoteReference w:id="2"/><w:t>5</w:t></w:r>'
    made = _numbers(
        row("规章", cell(f"<w:p>{run('5')}{foot}</w:p>"), cell(f"<w:p>{end}</w:p>"), "7"),
        row("规范", cell(f"<w:p>{inside}</w:p>"), cell(f"<w:p>{foot}{run('3')}{end}</w:p>"), "1"),
    )
    prose = f"<w:p>{run('全年受理')}{run('12')}{foot}{run('件，办结11件。')}{end}</w:p>"
    return _file(_body(made, prose), beside=beside)


def images() -> bytes:
    picture = (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" '
        'cy="360000"/><wp:docPr id="1" name="章"/><a:graphic><a:graphicData uri="'
        f'{_SPACES["pic"]}"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="a.png"/><pic:cNvPicPr/>'
        '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" cy="360000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    made = _numbers(
        row("规章", cell(f"<w:p>{picture}</w:p>"), cell(f"<w:p>{run('6')}{picture}</w:p>"), "7"),
        *_plain_rows(),
    )
    prose = f"<w:p>{run('全年受理12件，')}{picture}{run('办结11件。')}</w:p>"
    return _file(_body(made, prose), beside={"word/media/a.png": ("image", "image/png", _DOT)})


def _field(code: str, result: str) -> str:
    return field(f" {code} ", result)


def fields() -> bytes:
    simple = f'<w:fldSimple w:instr=" =SUM(LEFT) ">{run("6")}</w:fldSimple>'
    nested = _field("IF", _field("=1+1", run("2")) + run("3"))
    form = _field("FORMTEXT", run("8")).replace(
        'w:fldCharType="begin"/>',
        'w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:textInput/></w:ffData></w:fldChar>',
        1,
    )
    one_run = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>=2</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>2</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )
    made = _numbers(
        row("规章", cell(f"<w:p>{_field('=SUM(ABOVE)', run('4') + run('2'))}</w:p>"), "1", "2"),
        row("规范", cell(f"<w:p>{simple}</w:p>"), cell(f"<w:p>{nested}</w:p>"), "2"),
        row("合计", cell(f"<w:p>{form}</w:p>"), cell(f"<w:p>{one_run}{run('件')}</w:p>"), "2"),
    )
    prose = (
        f"<w:p>{run('全年受理')}{_field('MERGEFIELD n', run('12'))}{run('件，')}"
        f'<w:fldSimple w:instr=" NUMPAGES ">{run("1")}</w:fldSimple>{run("页。")}</w:p>'
    )
    return _file(_body(made, prose))


def nested_tables() -> bytes:
    deepest = table(row("最里", "3"), widths=(900, 900))
    inner = table(row("里", cell(paragraph("4") + deepest + "<w:p/>")), widths=(900, 2000))
    made = table(
        row("规章", cell(inner + "<w:p/>"), cell(paragraph("5") + inner + paragraph("6")), "7"),
        *_plain_rows(),
        widths=(1500, 3300, 3300, 1500),
    )
    return _file(_body(made))


def headers() -> bytes:
    beside = {
        f"word/{kind}1.xml": (
            kind,
            f"{_KIND}.{kind}+xml",
            _around(tag, table(row("眉", "12"), widths=(900, 900)) + paragraph("第12页")),
        )
        for kind, tag in (("header", "hdr"), ("footer", "ftr"))
    }
    body = _body(_numbers(*_plain_rows())).replace(
        "<w:sectPr>",
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        '<w:footerReference w:type="default" r:id="rId2"/>',
    )
    return _file(body, beside=beside)


def _control(content: str, more: str = "", number: int = 1) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{number}"/>{more}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def content_controls() -> bytes:
    bound = '<w:dataBinding w:xpath="/a/b" w:storeItemID="{A}"/><w:text/>'
    asks = "<w:showingPlcHdr/><w:text/>"
    in_run = cell(f"<w:p>{_control(run('5'), bound, 2)}{run('件')}</w:p>")
    in_block = cell(_control(paragraph("6"), number=3))
    whole_cell = _control(cell("7"), number=4)
    asking = cell(f"<w:p>{_control(run('单击此处输入'), asks, 5)}</w:p>")
    nested = cell(_control(f"<w:p>{_control(run('8'), number=6)}</w:p>", number=7))
    whole_row = _control(row("一行", "1", "2", "3"), number=8)
    repeated = _control(_control(row("又一行", "4", "", "6"), number=9), number=10)
    made = _control(
        _numbers(
            row("规章", in_run, in_block, whole_cell),
            row("规范", asking, nested, "9"),
            whole_row,
            repeated,
        ),
        number=11,
    )
    prose = _control(
        f"<w:p>{run('全年受理')}{_control(run('12'), bound, 12)}{run('件，办结11件。')}</w:p>",
        number=13,
    )
    beside = {"customXml/item1.xml": ("customXml", "application/xml", b"<a><b>5</b></a>")}
    return _file(_body(made, prose), beside=beside)


def revisions_of_others() -> bytes:
    gone = f'<w:del w:id="31" {OTHERS}><w:r><w:delText>9</w:delText></w:r></w:del>'
    came = f'<w:ins w:id="32" {OTHERS}>{run("5")}</w:ins>'
    both = (
        f'<w:ins w:id="33" {OTHERS}><w:del w:id="34" {OTHERS}><w:r><w:delText>8</w:delText></w:r>'
        f"</w:del></w:ins>{run('4')}"
    )
    left = (
        f'<w:moveFromRangeStart w:id="35" w:name="m" {OTHERS}/><w:moveFrom w:id="36" {OTHERS}>'
        f'{run("3")}</w:moveFrom><w:moveFromRangeEnd w:id="35"/>'
    )
    arrived = (
        f'<w:moveToRangeStart w:id="37" w:name="m" {OTHERS}/><w:moveTo w:id="38" {OTHERS}>'
        f'{run("3")}</w:moveTo><w:moveToRangeEnd w:id="37"/>'
    )
    bold = f'<w:b/><w:rPrChange w:id="39" {OTHERS}><w:rPr/></w:rPrChange>'
    mark = f'<w:pPr><w:rPr><w:ins w:id="40" {OTHERS}/></w:rPr></w:pPr>'
    changed = f'<w:pPr><w:jc w:val="center"/><w:pPrChange w:id="41" {OTHERS}><w:pPr/></w:pPrChange>'
    made = _numbers(
        row("规章", cell(f"<w:p>{gone}{came}</w:p>"), cell(f"<w:p>{both}</w:p>"), "7"),
        row("规范", cell(f"<w:p>{left}</w:p>"), cell(f"<w:p>{arrived}</w:p>"), "1"),
        row(
            "格式",
            cell(f"<w:p>{changed}</w:pPr>{run('6', bold)}</w:p>"),
            cell(f"<w:p>{mark}{run('2')}</w:p><w:p>{run('1')}</w:p>"),
            cell(f"<w:p>{gone}</w:p>"),
        ),
        row("新来", "1", "2", "3", properties=f'<w:ins w:id="42" {OTHERS}/>'),
        row("已删", "1", "2", "3", properties=f'<w:del w:id="43" {OTHERS}/>'),
        row("格", "1", cell("2", f'<w:cellIns w:id="44" {OTHERS}/>'), "3"),
        row("格", "1", "2", "3", cell("4", f'<w:cellDel w:id="45" {OTHERS}/>')),
    )
    prose = (
        f"<w:p>{run('全年受理')}{gone}{came}{run('件，')}{arrived}{run('办结11件')}{left}"
        f"{run('。', bold)}</w:p>"
    )
    return _file(_body(made, prose))


def bookmarks_and_links() -> bytes:
    start = '<w:bookmarkStart w:id="{0}" w:name="b{0}" w:colFirst="1" w:colLast="2"/>'
    end = '<w:bookmarkEnd w:id="{}"/>'
    link = '<w:hyperlink w:anchor="b1">{}</w:hyperlink>'
    across = cell(f"<w:p>{start.format(1)}{run('5')}</w:p>")
    permitted = '<w:permStart w:id="3" w:edGrp="everyone"/>{}<w:permEnd w:id="3"/>'
    made = _numbers(
        row("规章", across, cell(f"<w:p>{run('6')}{end.format(1)}</w:p>"), "7"),
        start.format(2),
        row(
            "规范", cell(f"<w:p>{link.format(run('1'))}</w:p>"), cell("<w:p/>" + end.format(2)), "1"
        ),
        row("合", cell(f"<w:p>{permitted.format(run('1'))}</w:p>"), cell(_link_only(link)), "1"),
    )
    prose = f"<w:p>{run('全年受理')}{link.format(run('12件'))}{run('，办结11件。')}</w:p>"
    return _file(_body(made, prose))


def _link_only(link: str) -> str:
    return f"<w:p>{run('第')}{link.format(run('3') + run('4'))}</w:p>"


def comments() -> bytes:
    said = (
        f'<w:comment w:id="7" {OTHERS} w:initials="科"><w:p w14:paraId="00000001">'
        f"{run('核对')}</w:p></w:comment>"
    )
    extended = (
        b'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        b'<w15:commentEx w15:paraId="00000001" w15:done="1"/></w15:commentsEx>'
    )
    noted = (
        '<w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/>'
        '<w:r><w:commentReference w:id="7"/></w:r>'
    )
    made = _numbers(
        row("规章", cell(f"<w:p>{noted.format(run('5'))}</w:p>"), "", "7"), *_plain_rows()
    )
    beside = {
        "word/comments.xml": ("comments", f"{_KIND}.comments+xml", _around("comments", said)),
        "word/commentsExtended.xml": (
            "../../2011/relationships/commentsExtended",
            f"{_KIND}.commentsExtended+xml",
            extended,
        ),
    }
    return _file(_body(made), beside=beside)


def other_prefix() -> bytes:
    text = _main(_body(_numbers(*_plain_rows()))).decode()
    text = text.replace("<w:", "<文:").replace("</w:", "</文:").replace("xmlns:w=", "xmlns:文=")
    for name in ("val", "w", "h", "space"):
        text = text.replace(f" w:{name}=", f" 文:{name}=")
    return package(_parts(text.encode()))


def default_namespace() -> bytes:
    text = _main(_body(_numbers(*_plain_rows()))).decode()
    text = text.replace("<w:", "<").replace("</w:", "</")
    text = text.replace("xmlns:w=", f'xmlns="{TRANSITIONAL}" xmlns:w=')
    return package(_parts(text.encode()))


def utf_16() -> bytes:
    return package(_parts(_main(_body(_numbers(*_plain_rows())), encoding="utf-16")))


def byte_order_mark() -> bytes:
    return package(_parts(b"\xef\xbb\xbf" + _main(_body(_numbers(*_plain_rows())))))


def empty_texts() -> bytes:
    empty = cell("<w:p><w:r><w:t/></w:r></w:p>")
    spaced = cell('<w:p><w:r><w:t xml:space="preserve">  </w:t></w:r></w:p>')
    bare = cell("<w:p><w:r><w:rPr><w:b/></w:rPr></w:r></w:p>")
    entity = cell("<w:p><w:r><w:t>&#x31;&#50;</w:t></w:r></w:p>")
    split = cell("<w:p><w:r><w:t>1<!--批-->2</w:t></w:r></w:p>")
    data = cell("<w:p><w:r><w:t><![CDATA[12]]></w:t></w:r></w:p>")
    tail = cell("<w:p><w:r><w:t>1</w:t><w:br/><w:t>2</w:t><w:cr/></w:r></w:p>")
    single = cell("<w:p><w:r><w:t xml:space='preserve'>3</w:t ></w:r></w:p >")
    return _file(
        _body(
            _numbers(
                row("规章", empty, spaced, bare),
                row("规范", entity, split, data),
                row("合计", tail, single, cell("<w:p/>")),
            )
        )
    )


def strict() -> bytes:
    main = _main(_body(_numbers(*_plain_rows())), STRICT)
    return package(_parts(main, office=STRICT_OFFICE))


def formulas() -> bytes:
    def number(text: str) -> str:
        return f"<m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath>"

    ruby = (
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>shi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>十"
        "</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    )
    smart = f'<w:smartTag w:uri="u" w:element="e">{run("6")}</w:smartTag>'
    made = _numbers(
        row("规章", cell(f"<w:p>{number('12')}</w:p>"), cell(f"<w:p>{smart}</w:p>"), "7"),
        row("规范", cell(f"<w:p>{ruby}</w:p>"), cell(f"<w:p>{number('1')}{run('2')}</w:p>"), "1"),
    )
    prose = f"<w:p>{run('全年受理')}{smart}{run('件，办结')}{number('11')}{run('件。')}</w:p>"
    return _file(_body(made, prose))


def raised_digits() -> bytes:
    up, down = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')
    made = _numbers(
        row(
            "规章",
            cell(f"<w:p>{run('12')}{run('1', up)}</w:p>"),
            cell(f"<w:p>{run('2', up)}</w:p>"),
            "7",
        ),
        row(
            "规范",
            cell(f"<w:p>{run('2', down)}{run('1')}</w:p>"),
            cell(f"<w:p>{run('注', up)}</w:p>"),
            "1",
        ),
    )
    prose = f"<w:p>{run('全年受理')}{run('1', up)}{run('12件，办结11件')}{run('2', up)}</w:p>"
    return _file(_body(made, prose))


def merged_cells() -> bytes:
    first, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    wide, wider = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    made = _numbers(
        row(cell("规章", first), cell("1", '<w:gridSpan w:val="2"/>'), "3"),
        row(cell("<w:p/>", more), "4", cell("5", first), "6"),
        row(cell(paragraph("藏"), more), "7", cell("<w:p/>", more), ""),
        row("规范", cell("8", wide), cell("<w:p/>", wider), "9"),
        row("晚来", "2", "3", properties='<w:gridBefore w:val="1"/>'),
    )
    return _file(_body(made))


def hidden_and_styled() -> bytes:
    styles = (
        '<w:style w:type="character" w:styleId="z"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:rPr><w:b/></w:rPr></w:style>'
    )
    secret, hidden = run("9", '<w:rStyle w:val="z"/>'), run("8", "<w:vanish/>")
    cut = "<w:r><w:lastRenderedPageBreak/><w:t>6</w:t></w:r>"
    soft = "<w:r><w:t>1</w:t><w:softHyphen/><w:t>2</w:t></w:r>"
    noise = '<w:proofErr w:type="spellStart"/>'
    made = _numbers(
        row(
            "规章",
            cell(f"<w:p>{secret}{run('5')}{hidden}</w:p>"),
            cell(f"<w:p>{secret}</w:p>"),
            "7",
        ),
        row("规范", cell(f"<w:p>{noise}{cut}</w:p>"), cell(f"<w:p>{soft}</w:p>"), "1"),
    )
    prose = f"<w:p><w:pPr><w:pStyle w:val='c'/></w:pPr>{run('全年')}{hidden}{run('12件。')}</w:p>"
    beside = {"word/styles.xml": ("styles", f"{_KIND}.styles+xml", _around("styles", styles))}
    return _file(_body(made, prose), beside=beside)


def macros() -> bytes:
    beside = {
        "word/vbaProject.bin": (
            "../../../../../schemas.microsoft.com/office/2006/relationships/vbaProject",
            "application/vnd.ms-office.vbaProject",
            bytes(range(256)) * 4,
        ),
        "customXml/item1.xml": ("customXml", "application/xml", "<甲>乙</甲>".encode("utf-16")),
    }
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return _file(_body(_numbers(*_plain_rows())), beside=beside, kind=kind)


def other_part_names() -> bytes:
    main = _main(_body(_numbers(*_plain_rows())))
    styles = _around(
        "styles", '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="a"/></w:style>'
    )
    beside = {"Inhalt/式样.xml": ("styles", f"{_KIND}.styles+xml", styles)}
    return package(_parts(main, beside, name="Inhalt/Text2.xml"))


def joined_paragraphs() -> bytes:
    """A paragraph mark that somebody deleted: two w:p are one paragraph."""
    gone = f'<w:pPr><w:rPr><w:del w:id="51" {OTHERS}/></w:rPr></w:pPr>'
    prose = f"<w:p>{gone}{run('全年受理12件，')}</w:p><w:p>{run('办结11件。')}</w:p>"
    made = _numbers(
        row("规章", cell(f"<w:p>{gone}{run('1')}</w:p><w:p>{run('2')}</w:p>"), "3", "4"),
        *_plain_rows(),
    )
    return _file(_body(made, prose))


def zip_data_descriptors() -> bytes:
    """Sizes that follow the data, as a program that writes to a pipe leaves them."""
    return streamed(_parts(_main(_body(_numbers(*_plain_rows())))))


def zip64_and_stored() -> bytes:
    """Entries in the long form, not compressed, and a comment of the archive."""
    parts = _parts(_main(_body(_numbers(*_plain_rows()))))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.comment = "归档".encode()
        for name, content in parts.items():
            with archive.open(
                zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), "w", force_zip64=True
            ) as entry:
                entry.write(content)
    return buffer.getvalue()


MADE: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (
        *(text_boxes, notes, images, fields, nested_tables, headers, content_controls),
        *(revisions_of_others, bookmarks_and_links, comments, other_prefix, default_namespace),
        *(utf_16, byte_order_mark, empty_texts, strict, formulas, raised_digits),
        *(merged_cells, hidden_and_styled, macros, other_part_names, joined_paragraphs),
        *(zip_data_descriptors, zip64_and_stored),
    )
}
