"""Word packages for tests, made from a few lines of XML or from rows of texts."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def package(parts: dict[str, bytes]) -> bytes:
    """Return a zip of the given parts."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), content)
    return buffer.getvalue()


class _Pipe(BytesIO):
    """A stream that cannot go back."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_place: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def streamed(parts: dict[str, bytes], comment: bytes = b"") -> bytes:
    """Return a zip that was written to a pipe: sizes follow the data."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return pipe.getvalue()


def relations(*targets: tuple[str, str], office: str = OFFICE) -> bytes:
    """Return a relationships part for (kind, target) pairs."""
    entries = "".join(
        f'<Relationship Id="r{index}" Type="{office}{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'.encode()


def document_xml(body: str, namespace: str = TRANSITIONAL, encoding: str = "utf-8") -> bytes:
    """Return a main part whose w:body holds `body`."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}" standalone="yes"?>\n'
        f'<w:document xmlns:w="{namespace}" {NAMESPACES}><w:body>{body}</w:body></w:document>'
    )
    return text.encode(encoding, "xmlcharrefreplace")


def word_file(body: str | bytes, styles: str = "", main: str = "word/document.xml") -> bytes:
    """Return a small .docx with a body, given as XML or as the whole main part."""
    folder, _, name = main.rpartition("/")
    parts = {
        "[Content_Types].xml": b'<Types xmlns="urn:types"/>',
        "_rels/.rels": relations(("officeDocument", main)),
        "docProps/app.xml": b"<Properties/>",
        main: document_xml(body) if isinstance(body, str) else body,
        "word/media/image1.png": bytes(range(256)),
    }
    if styles:
        text = f'<w:styles xmlns:w="{TRANSITIONAL}">{styles}</w:styles>'
        parts[f"{folder}/styles.xml"] = text.encode()
        parts[f"{folder}/_rels/{name}.rels"] = relations(("styles", "styles.xml"))
    return package(parts)


def run(text: str, properties: str = "") -> str:
    """Return a run with a text and the content of its w:rPr."""
    kept = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{kept}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field_mark(kind: str) -> str:
    """Return the run that begins, separates or ends a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str) -> str:
    """Return the runs of a field with a result that is given as runs."""
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    marks = [field_mark(kind) for kind in ("begin", "separate", "end")]
    return f"{marks[0]}{instruction}{marks[1]}{result}{marks[2]}"


def paragraph(text: str) -> str:
    """Return a paragraph of one run."""
    return f"<w:p>{run(text)}</w:p>"


def cell(content: str = "", properties: str = "") -> str:
    """Return a cell; a content without markup becomes a paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    kept = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{kept}{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells that may be given as texts."""
    kept = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{kept}{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    """Return a table of rows with a column grid of widths in twips."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
