"""Read the sample in several formats, beside public readers: the time, and what is right.

Part of `make bench`.  "Right" counts the statutory cells with their text, of our own reader in
their slots; of the others a row that ends in these texts is enough, whatever else they find.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_clock import seconds, show

from core.document import Document, fold
from core.forms.match import match
from core.readers import read_document, read_here
from core.readers.apart import read_apart
from core.resources import SAMPLE
from tests.core.report_files import page_of
from tests.documents.pdf_pages import report_pdf

OTHERS = Path(__file__).parents[1] / ".venv-bench/bin/python"
Tables = Sequence[Sequence[Sequence[str]]]


def bench_reading() -> None:
    """Measure each format in process, in a process of its own, and by others."""
    sample = read_here(SAMPLE.read_bytes(), SAMPLE.name)
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(sample, Path(folder))
        bench.docx()
        bench.html()
        bench.pdf()
        bench.doc()


class _Bench:
    """The sample, and where its other formats are written."""

    def __init__(self, sample: Document, folder: Path) -> None:
        self.sample, self.folder = sample, folder
        self.office = shutil.which("soffice")
        self.slots = len(match(sample).places)

    def docx(self) -> None:
        """Compare with python-docx, as it is used and as its documentation says."""
        import docx

        own, waiting = self.own(SAMPLE)

        def by_cells() -> Tables:
            found = []
            for table in docx.Document(str(SAMPLE)).tables:
                texts, width = [cell.text for cell in table._cells], len(table.columns)
                found.append([texts[at : at + width] for at in range(0, len(texts), width)])
            return found

        def by_cell() -> Tables:
            return [
                [
                    [table.cell(row, column).text for column in range(len(table.columns))]
                    for row in range(len(table.rows))
                ]
                for table in docx.Document(str(SAMPLE)).tables
            ]

        self.other("python-docx, _cells and text", by_cells, 5, own)
        self.other("python-docx, table.cell()", by_cell, 2, own)
        self.by_office(SAMPLE, "html", waiting)

    def html(self) -> None:
        """Compare with pandas.read_html."""
        path = self.folder / "页.html"
        path.write_text(page_of(self.sample), "utf-8")
        self.elsewhere("pandas", path, self.own(path)[0])

    def pdf(self) -> None:
        """Compare with pdfplumber and LibreOffice."""
        path = self.folder / f"{SAMPLE.stem}.pdf"
        if self.office:
            self.convert(SAMPLE, "pdf")
        else:
            path.write_bytes(report_pdf(self.sample))
        own, waiting = self.own(path)
        self.elsewhere("pdfplumber", path, own)
        self.by_office(path, "html", waiting, "--infilter=writer_pdf_import")

    def doc(self) -> None:
        """Compare with LibreOffice, which writes the file, too."""
        if self.office is None:
            return
        self.convert(SAMPLE, "doc")
        path = self.folder / f"{SAMPLE.stem}.doc"
        self.by_office(path, "html", self.own(path)[1])

    def own(self, path: Path) -> tuple[float, float]:
        """Measure our own reader; return its seconds in process, and as a user waits."""
        data = path.read_bytes()
        kind = path.suffix[1:]
        taken = seconds(lambda: read_here(data, path.name), 20)
        inside = show(f"read the sample as {kind}, in process", taken)
        apart = seconds(lambda: read_apart(read_here, data, path.name, lambda *_: None), 5)
        show(f"read the sample as {kind}, in a process of its own", apart)
        taken = seconds(lambda: read_document(data, path.name), 5)
        ours = show(f"read the sample as {kind}, as the program does", taken)
        read = read_document(data, path.name)
        places = match(read).places
        texts = {slot: self.text(self.sample, slot) for slot in match(self.sample).places}
        right = sum(slot in places and self.text(read, slot) == texts[slot] for slot in texts)
        print(f"{'':<58}{right:>9} of {self.slots} right")
        return inside, ours

    @staticmethod
    def text(document: Document, slot: str) -> str:
        """Return what stands in a slot."""
        cell = document.cell(match(document).places[slot].ref)
        return cell.text if cell else ""

    def other(self, name: str, work: Callable[[], Tables], times: int, own: float) -> None:
        """Measure another reader in this process."""
        self.tell(name, seconds(work, times), own, work())

    def elsewhere(self, name: str, path: Path, own: float) -> None:
        """Measure a reader of the other environment; say where there is none."""
        if not OTHERS.exists():
            print(f"  {name}: .venv-bench is not there, left out")
            return
        command = [str(OTHERS), str(Path(__file__).with_name("bench_others.py")), name, str(path)]
        done = subprocess.run([*command, "5"], check=True, capture_output=True, text=True)
        said = json.loads(done.stdout)
        self.tell(name, said["seconds"], own, said["tables"])

    def by_office(self, path: Path, target: str, own: float, *more: str) -> None:
        """Measure LibreOffice as it makes a web page of a file, its start included."""
        if self.office is None:
            print("  LibreOffice is not installed, left out")
            return
        taken = seconds(lambda: self.convert(path, target, *more), 3)
        made = self.folder / f"{path.stem}.{target}"
        read = read_here(made.read_bytes(), made.name)
        places = match(read).places
        slots = match(self.sample).places
        same = [s for s in slots if s in places and self.text(read, s) == self.text(self.sample, s)]
        self.tell("LibreOffice, HTML export", taken, own, None, len(same))

    def convert(self, path: Path, target: str, *more: str) -> None:
        """Let LibreOffice convert a file, with a profile of its own."""
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        options = ["--headless", "--norestore", *more, "--convert-to", target]
        command = [self.office or "", profile, *options, "--outdir", str(self.folder), str(path)]
        subprocess.run(command, check=True, capture_output=True)

    def tell(
        self, name: str, taken: list[float], own: float, tables: Tables | None, right: int = 0
    ) -> None:
        """Print a reader's time, how much longer it takes than ours, and what is right."""
        median = show(f"  the same tables by {name}", taken)
        right = right if tables is None else self.right(tables)
        print(f"{'':<58}{median / own:>9.1f} times as long, {right} of {self.slots} right")

    def right(self, tables: Tables) -> int:
        """Return how many slots stand whole in a row of theirs, the rows in their order."""
        rows = [[fold(text) for text in row] for table in tables for row in table]
        wanted: dict[tuple[str, int], list[str]] = {}
        for slot, place in sorted(match(self.sample).places.items(), key=lambda item: item[1].ref):
            key = place.ref.table, place.ref.row
            wanted.setdefault(key, []).append(self.text(self.sample, slot))
        count = after = 0
        for texts in wanted.values():
            for number in range(after, len(rows)):
                if rows[number][-len(texts) :] == texts:
                    count, after = count + len(texts), number + 1
                    break
        return count


if __name__ == "__main__":
    bench_reading()
