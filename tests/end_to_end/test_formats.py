"""One report in every format is the same report: texts, places and how sure they are.

The sample and three invented reports, as LibreOffice converts and Chromium prints them, and
as people save and paste them.  The first run takes the sample alone.
"""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from core.document import Confidence, Document
from core.forms.match import match
from core.readers import open_document
from core.session import open_session
from core.writers.workbook import report_workbook
from tests.core.readers.printed import as_markdown, as_pipes, as_tabs
from tests.core.report_files import page_of
from tests.documents.archives import mht_file
from tests.documents.report_text import text_of
from tests.end_to_end.reports import NAMES, SAMPLE_NAME, report_files

Files = Mapping[str, Path]
Convert = Callable[[str], Files]

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# What LibreOffice calls what it makes of a text and of a workbook.
OF_TEXTS = {"doc": "doc", "docx": "docx", "odt": "odt", "html": "html", "pdf": "pdf"}
OF_WORKBOOKS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97"}
RENAMED = {"wps": "doc", "et": "xls"}
WORKBOOKS = {*OF_WORKBOOKS, "et"}
# Small enough for eight digits in each of fifteen columns: a browser cuts off what is wider.
_SMALL = "td{font-size:8pt}"
STYLES = {
    "collapsed": f"{_SMALL}table{{border-collapse:collapse;width:100%}}"
    "td{border:1px solid #000;padding:2px}",
    "separate": f"{_SMALL}table{{width:100%}}td{{border:1px solid #888;padding:1px}}",
}
TEXTS: Mapping[str, Callable[[Document], str]] = {
    "md": lambda document: text_of(document, lambda t: as_markdown(t, is_grid=True), mark="## "),
    "tsv of a sheet": lambda document: text_of(document, lambda t: as_tabs(t, is_grid=True)),
    "tsv of a page": lambda document: text_of(document, lambda t: as_tabs(t, is_grid=False)),
    "txt with bars": lambda document: text_of(document, as_pipes),
}


class Shown(NamedTuple):
    """What a report shows in one slot.

    The place is the number of its row and column among those of its table that hold slots:
    a row that a page end cuts, or a column of no width, is one more line of the grid.
    """

    text: str
    row: int
    column: int
    confidence: Confidence


class Report(NamedTuple):
    """What is compared of a report."""

    slots: Mapping[str, Shown]
    headings: tuple[str, ...]
    title: str | None
    agency: str | None
    year: int | None


def seen(document: Document) -> Report:
    places = match(document).places
    rows, columns = defaultdict(set), defaultdict(set)
    for place in places.values():
        rows[place.ref.table].add(place.ref.row)
        columns[place.ref.table].add(place.ref.column)
    slots = {}
    for slot, place in places.items():
        table, row, column = place.ref.table, place.ref.row, place.ref.column
        cell = document.cell(place.ref)
        slots[slot] = Shown(
            cell.text if cell else "(no cell)",
            sorted(rows[table]).index(row),
            sorted(columns[table]).index(column),
            place.confidence,
        )
    headings = tuple(section.heading for section in document.sections)
    return Report(slots, headings, document.title, document.agency, document.year)


class Maker:
    """Makes the same reports in one format after the other."""

    def __init__(
        self,
        names: Collection[str],
        folder: Path,
        convert_all: Callable[[list[Path], str], list[Path]],
    ) -> None:
        self.folder = folder
        self.sources = report_files(folder, names)
        self.documents = {name: open_document(path) for name, path in self.sources.items()}
        self._convert_all = convert_all
        self.converted: Convert = cache(self._converted)

    def _converted(self, kind: str) -> Files:
        """Let LibreOffice convert all reports in one run."""
        target = OF_TEXTS.get(kind) or OF_WORKBOOKS[kind]
        sources = self.sources if kind in OF_TEXTS else self._workbooks()
        made = self._convert_all(list(sources.values()), target)
        return dict(zip(sources, made, strict=True))

    def _workbooks(self) -> Files:
        return self._written("核对表.xlsx", self._workbook)

    def _workbook(self, name: str) -> bytes:
        session = open_session(self.sources[name])
        return report_workbook(session.document, session.match, session.check())

    def _written(self, suffix: str, content: Callable[[str], bytes]) -> Files:
        files = {name: self.folder / f"{name} {suffix}" for name in self.sources}
        for name, path in files.items():
            path.write_bytes(content(name))
        return files

    def renamed(self, kind: str) -> Files:
        source = self.converted(RENAMED[kind])
        return self._written(f"改名.{kind}", lambda name: source[name].read_bytes())

    def archived(self, encoding: str) -> Files:
        pages = self.converted("html")
        return self._written(
            f"{encoding}.mht", lambda name: mht_file(pages[name].read_bytes(), encoding)
        )

    def texts(self, kind: str) -> Files:
        return self._written(f"{kind}.txt", lambda name: TEXTS[kind](self.documents[name]).encode())

    def printed(self, style: str) -> Files:
        """Let Chromium print the reports as web pages; none where it is not installed."""
        if CHROMIUM is None:
            return {}
        pages = self._written(
            f"{style}.html", lambda name: page_of(self.documents[name], STYLES[style]).encode()
        )
        return {name: self._print(page) for name, page in pages.items()}

    def _print(self, page: Path) -> Path:
        printed = page.with_suffix(".pdf")
        options = "--headless --no-sandbox --disable-gpu --no-first-run"
        command = [CHROMIUM or "", *options.split(), "--disable-background-networking"]
        command += [f"--user-data-dir={self.folder / 'profile'}"]
        command += [f"--print-to-pdf={printed}", page.as_uri()]
        subprocess.run(command, capture_output=True, timeout=120, check=True)
        return printed


def all_formats(maker: Maker) -> dict[str, Files]:
    """Return the files of all reports in every format."""
    return {
        **{kind: maker.converted(kind) for kind in (*OF_TEXTS, *OF_WORKBOOKS)},
        **{kind: maker.renamed(kind) for kind in RENAMED},
        "mht, quoted": maker.archived("quoted-printable"),
        "mht, base64": maker.archived("base64"),
        **{kind: maker.texts(kind) for kind in TEXTS},
        **{f"pdf, Chromium, {style}": maker.printed(style) for style in STYLES},
    }


def compared(one: Report, other: Report, kind: str) -> tuple[int, list[str]]:
    """Return how many slots are the same, and whatever is not."""
    if kind in TEXTS:
        # That a cell is blank follows in a text from what stands around it, and is said so.
        blank = [s for s, shown in other.slots.items() if shown.confidence is Confidence.ALIGNED]
        exact = {slot: other.slots[slot]._replace(confidence=Confidence.EXACT) for slot in blank}
        other = other._replace(slots={**other.slots, **exact})
    same = [slot for slot, shown in one.slots.items() if other.slots.get(slot) == shown]
    differing = [
        f"{slot}: {one.slots.get(slot)} but {other.slots.get(slot)}"
        for slot in {**one.slots, **other.slots}
        if slot not in same
    ]
    # The program's workbook has the tables alone.
    prose = () if kind in WORKBOOKS else ("headings", "title", "agency", "year")
    for what in prose:
        if getattr(one, what) != getattr(other, what):
            differing.append(f"{what}: {getattr(one, what)} but {getattr(other, what)}")
    return len(same), differing


@pytest.mark.parametrize(
    "names",
    [(SAMPLE_NAME,), pytest.param(NAMES, marks=pytest.mark.long)],
    ids=["sample", "all"],
)
def test_every_format_shows_the_same_report(
    names: Collection[str],
    tmp_path: Path,
    convert_all: Callable[[list[Path], str], list[Path]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    maker = Maker(names, tmp_path, convert_all)
    sources = {name: seen(document) for name, document in maker.documents.items()}
    assert all(len(source.slots) > 150 for source in sources.values())
    lines = [f"{'slots as in the Word file':<28}" + "".join(f"{name:>16}" for name in names)]
    differing: dict[str, list[str]] = {}
    for kind, files in all_formats(maker).items():
        line = f"{kind:<28}"
        for name in names:
            if name not in files:
                line += f"{'not installed':>16}"
                continue
            same, others = compared(sources[name], seen(open_document(files[name])), kind)
            line += f"{f'{same} of {len(sources[name].slots)}':>16}"
            if others:
                differing[f"{kind}, {name}"] = others
        lines.append(line)
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert not differing
