"""Folders of invented reports in five formats, every third with one seeded error."""

import io
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from core.document import Document, Table
from core.forms.loader import load_form
from core.forms.match import match
from core.writers.report import new_report
from tests.core.readers.printed import as_pipes
from tests.core.readers.workbooks import all_on_one_sheet
from tests.core.report_files import html_table
from tests.core.rules.reports import Changes, consistent, report
from tests.documents.pdf_pages import report_pdf

TOTAL = "applications.received.total"
RIGHT = int(consistent(load_form("2021").tables["applications"])[TOTAL])
YEAR = 2024
_SIGNS = "安宝长东丰光海和江锦"
_MARK, _AGENCY = "987654321", "云溪市安安安安局"


def agency(number: int) -> str:
    """Return an agency's name; ten thousand are different."""
    return f"云溪市{''.join(_SIGNS[int(digit)] for digit in f'{number:04}')}局"


def is_wrong(number: int) -> bool:
    return number % 3 == 1


def changes(number: int, year: int = YEAR) -> Changes:
    wrong = {TOTAL: str(RIGHT + 1 + number)} if is_wrong(number) else {}
    return Changes(agency=agency(number), year=year, slots=wrong)


def docx(document: Document) -> bytes:
    return new_report(document, match(document))


def html(document: Document) -> bytes:
    return _page(document, lambda text: f"<p>{escape(text)}</p>", html_table, "<html><body>")


def text(document: Document) -> bytes:
    return _page(document, lambda line: f"{line}\n", lambda table: f"{as_pipes(table)}\n")


def pdf(document: Document) -> bytes:
    return report_pdf(document)


def _page(
    document: Document,
    line: Callable[[str], str],
    laid_out: Callable[[Table], str],
    opening: str = "",
) -> bytes:
    def parts() -> Iterator[str]:
        yield opening
        for section in document.sections:
            if section.heading:
                yield line(section.heading)
            yield from (line(paragraph.text) for paragraph in section.paragraphs)
            yield from (laid_out(table) for table in section.tables)

    return "".join(parts()).encode("utf-8")


FORMATS = {"docx": docx, "html": html, "txt": text, "pdf": pdf}


def fill(folder: Path, count: int) -> None:
    """Write so many reports in turn of each format, in sub-folders of ten."""
    kinds = [*FORMATS, "xlsx"]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        path = folder / f"{number // 10:03}" / f"{number:05}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "xlsx":
            path.write_bytes(all_on_one_sheet(changes(number)))
        else:
            path.write_bytes(FORMATS[kind](report(changes(number))))


def fill_quickly(folder: Path, count: int, kinds: tuple[str, ...] = ("docx", "html")) -> None:
    """Write thousands of reports: made once of each format, then filled in."""
    model = report(Changes(agency=_AGENCY, year=YEAR, slots={TOTAL: _MARK}))
    made = {kind: FORMATS[kind](model) for kind in kinds}
    for number in range(count):
        kind = kinds[number % len(kinds)]
        path = folder / f"{number // 100:03}" / f"{number:05}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        total = str(RIGHT + 1 + number if is_wrong(number) else RIGHT)
        path.write_bytes(_filled(made[kind], agency(number), total))


def _filled(data: bytes, name: str, total: str) -> bytes:
    def changed(content: bytes) -> bytes:
        return content.replace(_AGENCY.encode(), name.encode()).replace(
            _MARK.encode(), total.encode()
        )

    if not data.startswith(b"PK"):
        return changed(data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.namelist():
            target.writestr(part, changed(source.read(part)), zipfile.ZIP_DEFLATED, 1)
    return buffer.getvalue()
