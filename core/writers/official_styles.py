"""The styles, settings, fonts and footers of a new Word file in the layout of GB/T 9704-2012.

The standard names fonts that are not on every computer.  They are written by these
names all the same, and the font table says what to take instead; none is embedded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE_FONT, HEADING_FONT = "方正小标宋简体", "黑体"
SECOND_FONT, TEXT_FONT = "楷体_GB2312", "仿宋_GB2312"
NUMBER_FONT, LATIN_FONT = "宋体", "Times New Roman"
# 22 lines of 28.95 pt make 225 mm.
LINE = 579
_PROSE = 32  # 3号, in half-points

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_INDENT = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
# 28 characters of 16 pt are 2 mm too wide, so each is set a quarter of a point closer.  The
# page says so as its grid, the text as its spacing: Word would follow the grid in tables,
# too, and LibreOffice gives every character that is wider than a place two of them.
_CLOSER = -5
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
# Font, its other names (the first one found is taken), family and pitch, panose.
_FONTS: Sequence[tuple[str, str, str]] = (
    (LATIN_FONT, "", "roman"),
    (TEXT_FONT, "仿宋,FangSong,FZFangSong-Z02,华文仿宋", "modern"),
    (SECOND_FONT, "楷体,KaiTi,FZKai-Z03,华文楷体", "modern"),
    (TITLE_FONT, "小标宋体,FZXiaoBiaoSong-B05S,华文中宋,宋体", "auto"),
    (HEADING_FONT, "SimHei", "modern"),
    (NUMBER_FONT, "SimSun", "auto"),
)


def fonts(font: str, latin: str = LATIN_FONT) -> str:
    """Return the w:rFonts of a text: one font for Chinese, another for everything else."""
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{font}" w:cs="{latin}"/>'


def style_parts() -> Mapping[str, bytes]:
    """Return the parts of a package that say how its text looks, by name."""
    texts = {
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("right", "right"),
        "word/footer2.xml": _footer("left", "left"),
    }
    return {name: f"{_XML}{text}".encode() for name, text in texts.items()}


def _styles() -> str:
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts(TEXT_FONT)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return f'<w:styles xmlns:w="{WORD}">{defaults}{"".join(_PARAGRAPHS)}{_TABLES}</w:styles>'


def _style(
    identifier: str,
    name: str,
    look: tuple[str, int],
    paragraph: str,
    following: str = "",
    based: str = "Normal",
) -> str:
    """Return a paragraph style; `look` is its Chinese font and its size in half-points."""
    font, size = look
    base = f'<w:basedOn w:val="{based}"/>' if identifier != "Normal" else ""
    default = "" if base else ' w:default="1"'
    spacing = _CLOSER if size == _PROSE else 0
    following = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{base}{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{fonts(font)}"
        f'<w:spacing w:val="{spacing}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        "</w:rPr></w:style>"
    )


def _heading(level: int, font: str) -> str:
    outline = f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>'
    return _style(f"Heading{level}", f"heading {level}", (font, _PROSE), outline, "Normal")


def _table_text(identifier: str, name: str, size: int) -> str:
    spacing = '<w:spacing w:line="240" w:lineRule="auto"/>'
    paragraph = f'{spacing}{_NO_INDENT}<w:jc w:val="center"/>'
    return _style(identifier, name, (TEXT_FONT, size), paragraph)


_PARAGRAPHS = (
    _style(
        "Normal",
        "Normal",
        (TEXT_FONT, _PROSE),
        f'<w:widowControl w:val="0"/>{_OFF_GRID}<w:spacing w:line="{LINE}" w:lineRule="exact"/>'
        '<w:ind w:firstLine="632" w:firstLineChars="200"/><w:jc w:val="both"/>',
    ),
    _style(
        "Title",
        "Title",
        (TITLE_FONT, 44),
        '<w:keepNext/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:after="{2 * LINE - 700}" w:line="700" w:lineRule="exact"/>'
        f'{_NO_INDENT}<w:contextualSpacing/><w:jc w:val="center"/>',
        "Normal",
    ),
    _heading(1, HEADING_FONT),
    _heading(2, SECOND_FONT),
    _heading(3, TEXT_FONT),
    _heading(4, TEXT_FONT),
    _table_text("TableText", "Table Text", 21),
    _table_text("TableSmall", "Table Text Small", 18),
    _table_text("TableSmallest", "Table Text Smallest", 15),
    # What parts two tables, or stands behind the last one: Word asks for a paragraph there.
    _style(
        "TableEnd",
        "Table End",
        (TEXT_FONT, 2),
        f'<w:spacing w:line="20" w:lineRule="exact"/>{_NO_INDENT}',
    ),
    _style(
        "Footer",
        "footer",
        (NUMBER_FONT, 28),
        f'<w:spacing w:line="320" w:lineRule="exact"/>{_NO_INDENT}',
    ),
)

_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLES = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
    '<w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    "</w:style>"
)

_COMPATIBLE = "http://schemas.microsoft.com/office/word"
_SETTINGS = (
    f'<w:settings xmlns:w="{WORD}"><w:defaultTabStop w:val="420"/>'
    '<w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="579"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    "<w:balanceSingleByteDoubleByteWidth/><w:doNotExpandShiftReturn/><w:useFELayout/>"
    f'<w:compatSetting w:name="compatibilityMode" w:uri="{_COMPATIBLE}" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def _font_table() -> str:
    found = ""
    for name, others, family in _FONTS:
        alternative = f'<w:altName w:val="{others}"/>' if others else ""
        charset = "00" if name == LATIN_FONT else "86"
        found += (
            f'<w:font w:name="{name}">{alternative}<w:charset w:val="{charset}"/>'
            f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        )
    return f'<w:fonts xmlns:w="{WORD}">{found}</w:fonts>'


def _footer(alignment: str, side: str) -> str:
    """Return a footer: the page number between two dashes, one character in from a side."""
    look = f'<w:rPr>{fonts(NUMBER_FONT, NUMBER_FONT)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    indent = f'<w:ind w:{side}="280" w:{side}Chars="100" w:firstLine="0" w:firstLineChars="0"/>'
    texts = ('<w:t xml:space="preserve">— </w:t>', '<w:t xml:space="preserve"> —</w:t>')
    before, after = (f"<w:r>{look}{text}</w:r>" for text in texts)
    page = f'<w:fldSimple w:instr=" PAGE "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    return (
        f'<w:ftr xmlns:w="{WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/>{indent}'
        f'<w:jc w:val="{alignment}"/></w:pPr>{before}{page}{after}</w:p></w:ftr>'
    )
