"""Whole ways: real reports where they are at hand, LibreOffice as the second opinion."""

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from core.document import Document
from core.forms.match import match
from core.readers import open_document
from core.readers.docx import read_docx
from core.session import Session
from core.writers.docx import corrected_docx
from tests.documents.libreoffice import PROGRAM, Office

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
BLANK_FORM = "official_form_2021_blank.docx"

Slots = dict[str, str | None]
Convert = Callable[[Path, str], Path]
ConvertAll = Callable[[Sequence[Path], str], list[Path]]


def _from_corpus(name: str) -> Path:
    path = CORPUS / name
    if not path.exists():
        pytest.skip(f"the corpus of real reports is not here: {name}")
    return path


@pytest.fixture(scope="session")
def corpus_file() -> Callable[[str], Path]:
    """A function from a name to a file of the corpus; skips the test without the corpus."""
    return _from_corpus


@pytest.fixture(scope="session")
def expected_slots() -> Callable[[str], Mapping[str, str]]:
    """A function from the name of a corpus file to its slots as a person read them."""

    def expected(name: str) -> Mapping[str, str]:
        path = _from_corpus(f"expected/{name}.json")
        slots: Mapping[str, str] = json.loads(path.read_text(encoding="utf-8"))["slots"]
        return slots

    return expected


@pytest.fixture(scope="session")
def slots_of() -> Callable[[Document], Slots]:
    """A function from a document to its slots; None for one that the file leaves open."""

    def slots(document: Document) -> Slots:
        found: Slots = {}
        for slot, place in match(document).places.items():
            cell = document.cell(place.ref)
            found[slot] = cell.text if cell is not None and not place.readings else None
        return found

    return slots


@pytest.fixture(scope="session")
def filled_form() -> Callable[[Mapping[str, str]], bytes]:
    """A function that puts numbers into the cells of the official form and changes nothing else."""
    path = _from_corpus(BLANK_FORM)
    data = path.read_bytes()
    blank = read_docx(data, path.name)
    places = match(blank).places

    def fill(slots: Mapping[str, str]) -> bytes:
        return corrected_docx(data, blank, {places[slot].ref: t for slot, t in slots.items() if t})

    return fill


@pytest.fixture
def session_on(tmp_path: Path) -> Callable[[bytes, str], Session]:
    """A function that opens some bytes as a file of a name."""

    def open_bytes(data: bytes, name: str) -> Session:
        path = tmp_path / name
        path.write_bytes(data)
        return Session(path, data, open_document(path))

    return open_bytes


@pytest.fixture(scope="session")
def convert_all(tmp_path_factory: pytest.TempPathFactory) -> ConvertAll:
    """A function that lets LibreOffice convert files; skips the test where there is none.

    It runs without a window, in a profile of its own, and shares nothing with
    the office of whoever runs the tests.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    profile = tmp_path_factory.mktemp("office") / "profile"

    def run(sources: Sequence[Path], target: str) -> list[Path]:
        folder = tmp_path_factory.mktemp("converted")
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--convert-to", target, "--outdir", str(folder)),
            *map(str, sources),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        suffix = target.partition(":")[0]
        converted = [folder / f"{source.stem}.{suffix}" for source in sources]
        assert all(path.exists() for path in converted), done.stdout + done.stderr
        return converted

    return run


@pytest.fixture(scope="session")
def convert(convert_all: ConvertAll) -> Convert:
    """A function that lets LibreOffice convert one file; see `convert_all`."""
    return lambda source, target: convert_all([source], target)[0]


@pytest.fixture(scope="session")
def decide(tmp_path_factory):
    """Let LibreOffice open a file, run a command of its menus and save it as another one."""
    if PROGRAM is None:
        pytest.skip("LibreOffice is not installed")
    office = Office(tmp_path_factory.mktemp("libreoffice"))

    def decided(data: bytes, command: str) -> bytes:
        (made,) = office.decided([data], command)
        if made is None:
            pytest.skip("this LibreOffice runs no macro of its user")
        return made

    return decided
