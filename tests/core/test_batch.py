"""A folder of reports: all found, none lost, the same whatever checks them and however often."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from core import batch_workers
from core.batch import Wish, batch_of
from core.batch_files import content_of, list_files
from core.batch_report import Task, check_file
from core.batch_row import Checked, Row, unpacked
from core.batch_totals import folder_findings, totals_of
from core.batch_workers import Workers
from core.errors import Cancelled, UnreadableFileError
from core.progress import Progress, silent
from core.readers.apart import DIED, TOO_SLOW
from core.readers.confinement import MOST_MEMORY
from tests.core.batch_folders import TOTAL, YEAR, agency, fill, fill_quickly, is_wrong
from tests.core.report_files import docx_file, html_file
from tests.core.rules.reports import Changes
from tests.documents.hostile import FILES

ROOT = Path(__file__).resolve().parents[2]


class Serial(Executor):
    """Does everything at once, in this thread."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


# The other process finds these by their names.
def by_name(task: Task, progress: Progress) -> bytes:
    """Do what a file's name says before it is checked."""
    name = task.file.name
    if "hangs" in name:
        time.sleep(60)
    if "crashes" in name:
        ctypes.string_at(0)
    if "wants" in name:
        held = [bytes(64 * 1024 * 1024) for _ in range(MOST_MEMORY // 1024**2)]
        assert held
    return check_file(task, progress)


def slowly(task: Task, progress: Progress) -> bytes:
    time.sleep(0.05)
    return check_file(task, progress)


@pytest.fixture(scope="module", params=[10, pytest.param(60, marks=pytest.mark.long)])
def folder(request: pytest.FixtureRequest, tmp_path_factory) -> Path:
    """Reports of five formats, every third with one wrong total."""
    made = tmp_path_factory.mktemp("county")
    fill(made, request.param)
    return made


def checked(folder: Path, engine: Executor, last_year: Path | None = None) -> list[Checked]:
    return list(batch_of(folder, last_year, Wish(findings=True, slots=True)).run(engine))


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[str]:
    return [each.line for each in checked(folder, Serial())]


def test_every_seeded_error_is_found_and_no_other(tmp_path):
    fill(tmp_path, 60)
    with Workers(2) as running:
        values = [json.loads(each.line) for each in checked(tmp_path, running)]
    assert len(values) == 60
    assert [value["file"] for value in values] == sorted(value["file"] for value in values)
    assert {value["format"] for value in values} == {"docx", "html", "text", "pdf", "xlsx"}
    for number, value in enumerate(values):
        assert (value["agency"], value["year"]) == (agency(number), YEAR)
        errors = {f["rule"] for f in value["findings"] if f["severity"] == "error"}
        assert errors == ({"SUM002", "BAL001"} if is_wrong(number) else set())
        assert all("cells" not in table for table in value["tables"])


def processes() -> Executor:
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


@pytest.mark.parametrize(
    "engine",
    [
        lambda: Workers(1),
        lambda: Workers(2),
        lambda: Workers(3),
        lambda: ThreadPoolExecutor(3),
        processes,
    ],
    ids=["own1", "own2", "own3", "threads", "processes"],
)
def test_the_same_lines_whatever_checks_them(engine, folder, lines):
    with engine() as running:
        assert [each.line for each in checked(folder, running)] == lines


def child_processes() -> list[int]:
    return [child.pid for child in multiprocessing.active_children() if child.pid]


@pytest.mark.parametrize("engine", [lambda: Workers(2, check=slowly), processes])
def test_a_worker_that_is_killed_loses_no_file(engine, folder, lines, log_records):
    seen = []
    with engine() as running:
        for each in batch_of(folder).run(running):
            seen.append(each.line)
            if len(seen) in (2, 5):
                for pid in child_processes()[:1]:
                    os.kill(pid, signal.SIGKILL)
    assert seen == lines
    assert child_processes() == []


@contextmanager
def bad_files(folder: Path) -> Iterator[dict[str, str]]:
    for name in ("1-hangs", "2-crashes", "3-wants", "4-good"):
        html_file(folder, Changes(), f"{name}.html")
    yield {"1-hangs.html": TOO_SLOW, "2-crashes.html": DIED}


def test_a_file_that_hangs_crashes_or_wants_all_memory_costs_only_itself(tmp_path):
    with (
        bad_files(tmp_path) as sentences,
        Workers(2, still=1.5, altogether=3.0, check=by_name) as running,
    ):
        rows = {each.row.file: each.row for each in batch_of(tmp_path).run(running)}
    assert {name: rows[name].error for name in sentences} == sentences
    assert rows["3-wants.html"].error == DIED
    assert rows["4-good.html"].error == ""


def test_what_cannot_be_read_is_listed_with_its_sentence(tmp_path):
    for name in ("entity-bomb.docx", "encrypted.docx"):
        if name in FILES:
            (tmp_path / name).write_bytes(FILES[name]())
    hostile = next(name for name in FILES if "bomb" in name or "ratio" in name or "300-mb" in name)
    (tmp_path / hostile).write_bytes(FILES[hostile]())
    (tmp_path / "空.docx").write_bytes(b"")
    (tmp_path / "随笔.txt").write_text("今天天气很好。", "utf-8")
    docx_file(tmp_path)
    with Workers(2) as running:
        rows = {each.row.file: each.row for each in batch_of(tmp_path).run(running)}
    assert "加密" in rows["encrypted.docx"].error
    assert "空文件" in rows["空.docx"].error
    assert "不像政府信息公开工作年度报告" in rows["随笔.txt"].error
    assert all(row.error.endswith("。") for name, row in rows.items() if name != "年报.docx")
    assert rows["年报.docx"].error == ""


def test_cancelled_in_the_middle(folder):
    def stop(done: int, _total: int) -> None:
        if done >= 5:
            raise Cancelled

    def run() -> None:
        with Workers(2) as running:
            list(batch_of(folder).run(running, stop))

    with pytest.raises(Cancelled):
        run()
    assert child_processes() == []
    assert threading.active_count() == 1


def test_only_files_that_may_hold_a_report_are_opened(tmp_path):
    for name in ("~$年报.docx", ".隐藏.docx", "照片.jpg", "Thumbs.db", ".git/年报.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    docx_file(tmp_path)
    found = list_files(tmp_path)
    assert [file.name for file in found.files] == ["年报.docx"]
    assert found.skipped == 4


def archive(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def test_archives_are_opened_under_the_guards(tmp_path):
    report = docx_file(tmp_path).read_bytes()
    archive(tmp_path / "a.zip", {"局/年报.docx": report, "~$年报.docx": b"x", "x.png": b"x"})
    archive(tmp_path / "bomb.zip", {"年报.txt": bytes(150 * 1024**2)})
    archive(tmp_path / "out.zip", {"../年报.docx": report})
    archive(tmp_path / "nested.zip", {"inner.zip": (tmp_path / "a.zip").read_bytes()})
    (tmp_path / "renamed.zip").write_bytes(report)
    batch = batch_of(tmp_path)
    with Workers(1) as running:
        rows = {each.row.file: each.row for each in batch.run(running)}
    assert batch.listing.skipped == 2
    assert not rows["a.zip/局/年报.docx"].error
    assert rows["a.zip/局/年报.docx"].digest == rows["年报.docx"].digest
    assert not rows["renamed.zip"].error
    assert "大得不正常" in rows["bomb.zip"].error
    assert "指向文档之外" in rows["out.zip"].error
    assert "压缩包" in rows["nested.zip/inner.zip"].error


def test_an_archive_that_is_gone_meanwhile_is_a_sentence(tmp_path):
    archive(tmp_path / "a.zip", {"年报.docx": docx_file(tmp_path).read_bytes()})
    (found,) = [each for each in list_files(tmp_path).files if each.member]
    (tmp_path / "a.zip").unlink()
    with pytest.raises(UnreadableFileError, match="找不到文件"):
        content_of(found)


def test_names_of_archives_made_on_chinese_windows(tmp_path):
    name = "财政局.html"
    page = html_file(tmp_path).read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
        # As Windows writes it: GBK, and no mark that it is UTF-8.
        target.writestr(name.encode("gb18030").decode("cp437"), page)
    data = (tmp_path / "a.zip").read_bytes()
    data = data.replace(name.encode("gb18030").decode("cp437").encode(), name.encode("gb18030"))
    (tmp_path / "年报.html").unlink()
    with zipfile.ZipFile(tmp_path / "a.zip") as source:
        is_utf_8 = source.infolist()[0].flag_bits & 0x800
    if is_utf_8:
        raw = name.encode("gb18030")
        info = _Raw(raw)
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as target:
            target.writestr(info, page)
    rows = checked(tmp_path, Serial())
    assert [(each.row.file, each.row.error) for each in rows] == [(f"a.zip/{name}", "")]


class _Raw(zipfile.ZipInfo):
    """An entry whose name is written as these bytes."""

    def __init__(self, raw: bytes) -> None:
        super().__init__("placeholder")
        self._raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self._raw, self.flag_bits & ~0x800


def test_last_years_report_is_found_by_the_agencys_name(tmp_path):
    now, before = tmp_path / "now", tmp_path / "before"
    now.mkdir()
    before.mkdir()
    docx_file(now, Changes(agency="云溪市清河区财政局", year=2024), "a.docx")
    docx_file(now, Changes(agency="云溪市水务局", year=2024), "b.docx")
    docx_file(now, Changes(agency="云溪市民政局", year=2024), "c.docx")
    docx_file(before, Changes(agency="清河区财政局", year=2023, filled="0"), "x.docx")
    docx_file(before, Changes(agency="水务局", year=2023, filled="0"), "y.docx")
    for number in (1, 2):
        changes = Changes(agency="云溪市民政局", year=2023, filled=str(number))
        docx_file(before, changes, f"z{number}.docx")
    (before / "坏.docx").write_bytes(b"")
    batch = batch_of(now, before)
    with Workers(2) as running:
        ended = list(batch.run(running))
    assert [each.row.last_year for each in ended] == ["x.docx", "", ""]
    assert [json.loads(each.line)["last_year"] for each in ended] == ["x.docx", None, None]
    assert "YOY001" in ended[0].row.rules
    found = folder_findings([each.row for each in ended], batch.unread_past)
    assert [each.kind for each in found] == ["no_last_year", "no_last_year", "last_year_unreadable"]
    assert "没有找到" in found[0].message
    assert "z1.docx、z2.docx" in found[1].message


def test_copies_versions_and_other_years_are_shown(tmp_path):
    docx_file(tmp_path, Changes(agency="云溪市水务局", year=2024), "a.docx")
    (tmp_path / "b.docx").write_bytes((tmp_path / "a.docx").read_bytes())
    docx_file(tmp_path, Changes(agency="云溪市水务局", year=2024, slots={TOTAL: "99"}), "c.docx")
    docx_file(tmp_path, Changes(agency="云溪市民政局", year=2023), "d.docx")
    rows = [each.row for each in checked(tmp_path, Serial())]
    found = {each.kind: each.files for each in folder_findings(rows)}
    assert found == {
        "same_content": ("a.docx", "b.docx"),
        "two_versions": ("a.docx", "c.docx"),
        "other_year": ("d.docx",),
    }
    assert totals_of(rows)["with_errors"] == 1


def test_an_answer_that_is_none_is_refused():
    for data in (b"", b"{}", b"[]\n{}", b'{"nonsense": 1}\n{}', b"\xff\n"):
        with pytest.raises(ValueError):  # noqa: PT011 - which one does not matter
            unpacked(data)


def test_the_workers_run_nothing_else():
    with Workers(1) as running, pytest.raises(ValueError, match="only check_file"):
        running.submit(os.getcwd)


def test_a_row_that_was_packed_is_the_same(folder):
    task = Task(list_files(folder).files[1], slots=True, findings=True)
    once = unpacked(check_file(task, silent))
    assert isinstance(once.row, Row)
    assert once.row.slots[TOTAL][1] == "number"
    assert once == unpacked(check_file(task, silent))


def test_as_many_processes_as_the_computer_has():
    assert 1 <= batch_workers.jobs_by_default() <= 8


MEASURE = """
import resource, sys, time
from pathlib import Path
from core.batch import Wish, batch_of
from core.batch_workers import Workers

if __name__ == "__main__":
    begun, count, wrong = time.monotonic(), 0, 0
    with Workers(2) as running:
        rows = []
        wish = Wish(findings=True, slots=True, prose=True)
        for each in batch_of(Path(sys.argv[1]), wish=wish).run(running):
            rows.append(each.row)
            assert not each.row.error, each.row
            count += 1
            wrong += each.row.errors > 0
    taken = time.monotonic() - begun
    # What the system counts for a process begins with what its parent had.
    status = Path("/proc/self/status").read_text()
    own = int(status.partition("VmHWM:")[2].split()[0]) // 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(count, wrong, round(count / taken, 1), own, worker)
"""


def measured(folder: Path) -> tuple[int, int, float, int, int]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(folder)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2000:]
    count, wrong, rate, own, worker = done.stdout.split()
    print(f"{count} reports, {rate} a second, peak {own} MB, each worker at most {worker} MB")
    return int(count), int(wrong), float(rate), int(own), int(worker)


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory it was")
def test_memory_stays_flat(tmp_path: Path, record_property: Callable[[str, object], None]):
    peaks = {}
    for count in (1000, 10_000):
        folder = tmp_path / str(count)
        fill_quickly(folder, count)
        found, wrong, rate, own, worker = measured(folder)
        assert (found, wrong) == (count, sum(is_wrong(n) for n in range(count)))
        peaks[count] = own, worker
        record_property(f"{count} reports", f"{rate} a second, {own} MB, worker {worker} MB")
    # What is kept of a report, its findings and 196 slots among it, takes about 4 KB.
    own, worker = (many - few for few, many in zip(peaks[1000], peaks[10_000], strict=True))
    assert own < 9000 * 6 // 1024
    assert worker < 20
