"""Every Word file at hand: what is edited changes, in every mode, and not a byte besides."""

import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from core.document import CellRef, Document, ParagraphRef
from core.edits import AnyEdit, ParagraphInsertion, TextEdit
from core.errors import EditError, SaveError, UnreadableFileError
from core.readers.docx import read_docx
from core.resources import SAMPLE
from core.rewording import Rewording
from core.word.names import name_of
from core.writers.docx import corrected_docx
from core.writers.marking import Marking, Mode
from tests.documents.revisions import accepted, by, parts_of, rejected
from tests.documents.torture import MADE

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
REAL = sorted(CORPUS.glob("word/*.docx")) + sorted(CORPUS.glob("*.docx"))
AUTHOR, WHEN = "经办", datetime(2025, 1, 31, 9, 30, 5)
# What an edit may write, take away or rewrite inside of a cell.
OF_RUNS = {
    *("r", "rPr", "t", "br", "cr", "tab", "ptab", "sym", "noBreakHyphen", "fldChar", "instrText"),
    *("fldSimple", "vertAlign", "showingPlcHdr", "dataBinding", "m:t", "m:r", "m:rPr"),
}
TIES = re.compile(rb"<w:(?:dataBinding\b[^>]*|showingPlcHdr)/>")
BESIDE = ("comments", ".rels", "[Content_Types].xml")
# Real files of tables alone; in all others there is prose to edit.
WITHOUT_PROSE = {
    *("59030.docx", "60329.docx", "Bug54771a.docx", "Bug54771b.docx", "Bug60337.docx"),
    *("Bug66988.docx", "TestTableCellAlign.docx", "TestTableColumns.docx", "table_footnotes.docx"),
}


def python_docx_made() -> bytes:
    document = docx.Document()
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("全年受理").add_run("12").bold = True
    made = document.add_table(4, 4)
    made.cell(0, 0).merge(made.cell(1, 1)).text = "合并"
    for number in range(8):
        made.cell(2 + number // 4, number % 4).text = str(number) if number != 2 else ""
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SOURCES: dict[str, Callable[[], bytes]] = {
    **MADE,
    "sample": SAMPLE.read_bytes,
    "python-docx": python_docx_made,
    **{path.name: path.read_bytes for path in REAL},
}


class Source:
    """A Word file as it was read."""

    def __init__(self, data: bytes, name: str = "") -> None:
        self.data = data
        self.name = name
        self.document: Document = read_docx(data, "年报.docx")
        tables = self.document.tables.values()
        self.refs = [table.ref(cell) for table in tables for cell in table.cells]
        parts = {cell.provenance.part for table in tables for cell in table.cells}
        self.main = next(iter(parts), "word/document.xml")

    def cell_edits(self) -> dict[CellRef, str]:
        """A new text for every cell, of the length of the old one where that is a number."""
        edits = {}
        for number, ref in enumerate(self.refs):
            old = self.document.cell(ref).text
            edits[ref] = "".join(str((int(each) + 1) % 10) for each in old if each in "0123456789")
            if not edits[ref] or edits[ref] == old:
                edits[ref] = f"7{number}"
        return edits

    def written(
        self,
        mode: Mode,
        edits: Mapping[CellRef, str],
        rewording: Rewording | None = None,
        why: str = "",
    ) -> bytes:
        """Return the corrected file; with a reason it has comments."""
        rewording = rewording or Rewording()
        places = [*edits, *rewording.replaced] if why else []
        marking = Marking(mode, AUTHOR, WHEN, dict.fromkeys(places, why))
        return corrected_docx(self.data, self.document, edits, marking, rewording)


def quick_first() -> list[object]:
    """The invented files are looked at each time, the real ones when there is time."""
    return [
        pytest.param(each, marks=[pytest.mark.long] if each.endswith(".docx") else [])
        for each in SOURCES
    ]


@pytest.fixture(scope="module", params=quick_first())
def source(request) -> Source:
    return Source(SOURCES[request.param](), request.param)


def shown(data: bytes, main: str) -> list[str]:
    """Return the text of every paragraph of the main part, straight from the XML."""
    signs = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
    lines = []
    for paragraph in etree.fromstring(parts_of(data)[main]).iter("{*}p"):
        line = ""
        for each in paragraph.iter("{*}t", *(f"{{*}}{name}" for name in signs), "{*}sym"):
            if next(each.iterancestors("{*}p"), None) is paragraph:
                line += signs.get(name_of(each), "".join(each.itertext("*")) or "")
        lines.append("".join(line.split()))
    return [line for line in lines if line]


def said(data: bytes) -> list[object]:
    document = read_docx(data, "年报.docx")
    return [
        [part.heading, [p.text for p in part.paragraphs if p.text.strip()]]
        + [[(c.row, c.column, c.text) for c in made.cells] for made in part.tables]
        for part in document.sections
    ]


def entries(data: bytes) -> dict[str, bytes]:
    """The local header and compressed bytes of every entry, by name."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        places = sorted((info.header_offset, info.filename) for info in archive.infolist())
        ends = [*(place for place, _ in places[1:]), archive.start_dir]
    return {name: data[place:end] for (place, name), end in zip(places, ends, strict=True)}


def require_other_parts(source: Source, result: bytes, beside: tuple[str, ...] = ()) -> None:
    """Require that the package differs in its main part and in what holds comments only."""
    before, after = entries(source.data), entries(result)
    assert list(after)[: len(before)] == list(before)
    changed = {name for name in after if before.get(name) != after[name]}
    assert source.main in changed
    assert {n for n in changed - {source.main} if not any(each in n for each in beside)} == set()
    with zipfile.ZipFile(BytesIO(result)) as archive:
        assert archive.testzip() is None


def outside(data: bytes, document: Document, main: str, refs: list[CellRef]) -> list[bytes]:
    """Return the bytes of the main part before, between and behind some cells."""
    part, place = parts_of(data)[main], 0
    found: list[bytes] = []
    for start, end in sorted(
        (cell.provenance.start, cell.provenance.end) for cell in map(document.cell, refs)
    ):
        if start >= place:
            found.append(part[place:start])
        place = max(place, end)
    # A control that would put the old text back, or shows a prompt, stands around its cell.
    return [TIES.sub(b"", each) for each in (*found, part[place:])]


def skeleton(data: bytes, main: str) -> list[object]:
    """Return all elements that no edit of a cell may touch, with their attributes."""
    root = etree.fromstring(parts_of(data)[main])
    return [
        (each.tag, dict(each.attrib))
        for each in root.iter("*")
        if name_of(each) not in OF_RUNS
        and not any(name_of(a) == "rPr" for a in each.iterancestors())
    ]


def test_without_an_edit_every_byte_comes_back(source) -> None:
    for mode in Mode:
        assert source.written(mode, {}) is source.data


def test_every_cell_is_edited_in_every_mode(source) -> None:
    edits = source.cell_edits()
    assert edits
    clean = source.written(Mode.CLEAN, edits)
    read = read_docx(clean, "年报.docx")
    assert {ref: read.cell(ref).text for ref in edits} == edits
    require_other_parts(source, clean)
    assert outside(source.data, source.document, source.main, source.refs) == outside(
        clean, read, source.main, source.refs
    )
    # A blank cell gets a paragraph if it has none.
    before, after = skeleton(source.data, source.main), skeleton(clean, source.main)
    assert [each for each in after if name(each) != "p"] == [
        each for each in before if name(each) != "p"
    ]

    highlighted = source.written(Mode.HIGHLIGHTED, edits, why="因")
    require_other_parts(source, highlighted, BESIDE)
    assert said(highlighted) == said(clean)

    tracked = source.written(Mode.TRACKED, edits, why="因")
    require_other_parts(source, tracked, BESIDE)
    require_both_ways(source, tracked, clean)


def name(element: tuple[str, object]) -> str:
    return etree.QName(element[0]).localname


def require_both_ways(source: Source, tracked: bytes, clean: bytes) -> None:
    """Require the clean text after accepting, the source's after rejecting, ours or all."""
    main = source.main
    yes, no = accepted(tracked, by(AUTHOR), main), rejected(tracked, by(AUTHOR), main)
    assert shown(yes, main) == shown(clean, main)
    assert said(yes) == said(clean)
    assert shown(no, main) == shown(source.data, main)
    if b"showingPlcHdr" not in parts_of(source.data)[main]:
        # A prompt comes back as its words: that it was one is no revision.
        assert said(no) == said(source.data)
    revisions = [
        {etree.QName(key).localname: value for key, value in each.attrib.items()}
        for each in etree.fromstring(parts_of(tracked)[main]).iter("{*}ins", "{*}del")
    ]
    stamp = {"author": AUTHOR, "date": f"{WHEN.isoformat()}Z"}
    assert any(stamp.items() <= each.items() for each in revisions)
    assert shown(accepted(tracked, main=main), main) == shown(accepted(clean, main=main), main)
    assert shown(rejected(tracked, main=main), main) == shown(
        rejected(source.data, main=main), main
    )


def is_formula(source: Source, ref: CellRef) -> bool:
    """Return whether a cell has all its text in a formula."""
    place = source.document.cell(ref).provenance
    content = parts_of(source.data)[source.main][place.start : place.end]
    return b"<m:t>" in content and b"<w:t" not in content.replace(b"<w:tc", b"")


@pytest.mark.long
def test_every_cell_is_edited_alone(source) -> None:
    chosen, texts = source.refs, ["753", "", "第一行\n第二行"]
    is_large = len(chosen) > 25
    if is_large:
        chosen = random.Random(3).sample(chosen, 6)
    for number, ref in enumerate(chosen):
        for text in [texts[number % 3]] if is_large else texts:
            if source.document.cell(ref).text == text:
                continue
            edits = {ref: text}
            if "\n" in text and is_formula(source, ref):
                # No formula has lines: refused rather than saved wrong.
                with pytest.raises(SaveError, match="没有保存，原文件没有改动"):
                    source.written(Mode.CLEAN, edits)
                continue
            clean = source.written(Mode.CLEAN, edits)
            assert read_docx(clean, "年报.docx").cell(ref).text == text
            require_both_ways(source, source.written(Mode.TRACKED, edits), clean)
            assert said(source.written(Mode.HIGHLIGHTED, edits)) == said(clean)


def wordings(document: Document) -> Iterator[AnyEdit]:
    """Yield an edit for every paragraph, each kind in turn, and a paragraph for empty sections."""
    number = 0
    for part in document.sections:
        if document.section(part.number) is not part:
            continue
        if not part.blocks:
            yield ParagraphInsertion(ParagraphRef(part.number, 0), "没有其他情况，共12件。")
        for index, paragraph in enumerate(part.paragraphs):
            ref, text = ParagraphRef(part.number, index), paragraph.text
            middle = len(text) // 2
            yield [
                TextEdit(ref, middle, middle, "", "补入45"),
                TextEdit(ref, middle // 2, middle + 1, text[middle // 2 : middle + 1], ""),
                TextEdit(ref, 1, len(text) - 1, text[1 : len(text) - 1], "换上67"),
                TextEdit(ref, 0, len(text), text, ""),
                TextEdit(ref, 0, 1, text[0], "首"),
                TextEdit(ref, len(text), len(text), "", "尾"),
            ][number % 6]
            number += 1


def test_every_paragraph_is_edited_in_every_mode(source) -> None:
    rewording = Rewording()
    for edit in wordings(source.document):
        try:
            rewording = rewording.edited(source.document, edit)
        except EditError:
            # It would read as a heading, or there is no such place.
            continue
    if source.name in WITHOUT_PROSE:
        assert not any(part.paragraphs for part in source.document.sections)
        pytest.skip("tables alone")
    assert rewording
    clean = source.written(Mode.CLEAN, {}, rewording)
    require_other_parts(source, clean)
    tracked = source.written(Mode.TRACKED, {}, rewording, "由")
    require_other_parts(source, tracked, BESIDE)
    assert said(source.written(Mode.HIGHLIGHTED, {}, rewording)) == said(clean)
    require_both_ways(source, tracked, clean)


def test_an_encoding_that_packages_may_not_have_is_refused() -> None:
    data = MADE["headers"]()
    parts = parts_of(data)
    text = parts["word/document.xml"].decode().replace('encoding="utf-8"', 'encoding="gb18030"')
    with zipfile.ZipFile(buffer := BytesIO(), "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, text.encode("gb18030") if "document" in each else content)
    with pytest.raises(UnreadableFileError, match="原文件没有改动"):
        read_docx(buffer.getvalue(), "年报.docx")
