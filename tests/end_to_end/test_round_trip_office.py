"""LibreOffice prints the source and the corrected file: only what was edited looks otherwise."""

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest

from core.document import CellRef
from core.errors import UnreadableFileError
from core.resources import SAMPLE
from core.writers.marking import Mode
from tests.documents.libreoffice import ACCEPT, PROGRAM, REJECT, Office
from tests.documents.revisions import parts_of
from tests.end_to_end.test_round_trip import SOURCES, Source, said

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(PROGRAM is None, reason="LibreOffice (soffice) is not installed"),
]
NEW = ("753", "864", "975")
LEAST_FILES, LEAST_DECIDED = 40, 20


@dataclass
class Case:
    """A file, and its correction in a few cells."""

    name: str
    source: Source
    edits: dict[CellRef, str]

    @property
    def old(self) -> list[str]:
        """What stood in the cells."""
        return [self.source.document.cell(ref).text for ref in self.edits]


def few_edits(source: Source) -> dict[CellRef, str]:
    """Return new numbers for the last numbers of the file.

    LibreOffice doubles what stands behind a note inside of a run, and draws a formula as a
    picture whose text cannot be told, so that those stay.
    """
    cells = {ref: source.document.cell(ref) for ref in source.refs}
    part = parts_of(source.data)[source.main] if cells else b""
    numbers = [
        ref
        for ref, cell in cells.items()
        if cell.text.isdecimal()
        and cell.text not in NEW
        and not any(
            each in part[cell.provenance.start : cell.provenance.end]
            for each in (b"noteReference", b"<m:t>")
        )
    ]
    return dict(zip(numbers[-len(NEW) :], NEW, strict=False))


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def cases(office, tmp_path_factory, request) -> list[Case]:
    """All Word files at hand, those that LibreOffice makes of the sample among them."""
    folder = tmp_path_factory.mktemp("made")
    files = {name: make() for name, make in SOURCES.items()}
    for way in ("odt", "doc", "rtf", "html"):
        (folder / f"{way}.docx").write_bytes(SAMPLE.read_bytes())
        (between,) = office.converted([folder / f"{way}.docx"], way)
        (back,) = office.converted([between], "docx:MS Word 2007 XML")
        if back.exists():
            files[f"by LibreOffice, over {way}"] = back.read_bytes()
    if any(name.startswith("official") for name in files):
        fill = request.getfixturevalue("filled_form")
        slots = {"applications.received.natural_person": "12", "applications.received.total": "12"}
        files["filled form"] = fill(slots)
    return list(readable(files))


def readable(files: dict[str, bytes]) -> Iterator[Case]:
    for name, data in files.items():
        try:
            source = Source(data)
        except UnreadableFileError:
            continue
        yield Case(name, source, few_edits(source))


def printed(office: Office, files: list[bytes], folder: Path) -> list[Path]:
    paths = []
    for number, data in enumerate(files):
        paths.append(folder / f"{number}.docx")
        paths[-1].write_bytes(data)
    return office.converted(paths, "pdf")


def shown(path: Path) -> list[str]:
    """Return what each printed page says, without white space."""
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return ["".join(page.split()) for page in done.stdout.decode().split("\f")]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_only_the_edited_numbers_are_printed_otherwise(office, cases, tmp_path) -> None:
    edited = [case for case in cases if case.edits]
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    clean = [case.source.written(Mode.CLEAN, case.edits) for case in edited]
    pairs = zip(
        edited,
        printed(office, [case.source.data for case in edited], before),
        printed(office, clean, after),
        strict=True,
    )
    compared, broken, unread = 0, [], []
    for case, one, other in pairs:
        assert one.exists() is other.exists(), case.name
        if not one.exists():
            unread.append(case.name)
            continue
        was, now = shown(one), shown(other)
        assert len(was) == len(now), case.name
        old, new = "".join(case.old), "".join(case.edits.values())
        assert Counter("".join(was) + new) == Counter("".join(now) + old), case.name
        assert all(text in "".join(now) for text in case.edits.values()), case.name
        compared += 1
        texts = set(case.edits.values())
        if looks_alike_elsewhere(one, other, set(case.old), texts):
            continue
        # A column too narrow for the longer number breaks it, and all that follows stands lower.
        assert is_broken(other, texts), case.name
        broken.append(case.name)
    print(f"{compared} files printed twice, alike to the pixel elsewhere but for {broken}")
    assert compared == len(edited) - len(unread) >= LEAST_FILES // 2
    assert len(broken) <= 1


def is_broken(path: Path, texts: set[str]) -> bool:
    """Return whether a number stands on no page in one line."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return any(not any(text in page for page in pages) for text in texts)


def looks_alike_elsewhere(one: Path, other: Path, old: set[str], new: set[str]) -> bool:
    """Return whether the pages differ to the eye in rows of pixels with edited numbers only."""
    documents = [pypdfium2.PdfDocument(path) for path in (one, other)]
    try:
        if len(documents[0]) != len(documents[1]):
            return False
        for number in range(len(documents[0])):
            pages = [document[number] for document in documents]
            shots = [page.render(scale=1, grayscale=True) for page in pages]
            if (shots[0].width, shots[0].height) != (shots[1].width, shots[1].height):
                return False
            allowed = rows_with(pages[0], old) | rows_with(pages[1], new)
            differing = {
                row for row in range(shots[0].height) if line(shots[0], row) != line(shots[1], row)
            }
            if not differing <= allowed:
                return False
        return True
    finally:
        for document in documents:
            document.close()


def line(shot: pypdfium2.PdfBitmap, row: int) -> bytes:
    return bytes(shot.buffer[row * shot.stride : row * shot.stride + shot.width])


def rows_with(page: pypdfium2.PdfPage, texts: set[str]) -> set[int]:
    """Return the rows of pixels that the texts take on a page, two more on each side."""
    found: set[int] = set()
    page_text = page.get_textpage()
    height = page.get_height()
    for text in texts:
        search = page_text.search(text)
        while place := search.get_next():
            boxes = [page_text.get_charbox(place[0] + index) for index in range(place[1])]
            top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
            found |= set(range(int(height - top) - 3, int(height - bottom) + 4))
    return found


def test_libreoffice_accepts_and_rejects_what_the_program_tracked(office, cases) -> None:
    edited = [case for case in cases if case.edits and not case.source.document.notices]
    tracked = [case.source.written(Mode.TRACKED, case.edits, why="因") for case in edited]
    yes, no = office.decided(tracked, ACCEPT), office.decided(tracked, REJECT)
    # LibreOffice writes a file its own way, so that its own copies are compared; where it
    # writes something else than it has read (a note inside of a run), the text that was read.
    clean = [case.source.written(Mode.CLEAN, case.edits) for case in edited]
    kept = office.decided(clean, "Save")
    back = office.decided([case.source.data for case in edited], "Save")
    if not any(yes):
        pytest.skip("this LibreOffice runs no macro of its user")
    compared = 0
    for case, ours, *made in zip(edited, clean, yes, kept, no, back, strict=True):
        if any(each is None for each in made):
            continue
        accepted, as_clean, rejected, as_source = map(said, made)
        assert accepted in (as_clean, said(ours)), case.name
        assert rejected in (as_source, said(case.source.data)), case.name
        compared += 1
    print(f"{compared} of {len(edited)} files accepted and rejected by LibreOffice")
    assert compared >= LEAST_DECIDED
