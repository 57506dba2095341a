"""A check of a folder that was stopped goes on where it was, and never by what is not right."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path

import pytest

from core import batch_state
from core.batch import Batch, Wish, batch_of
from core.batch_report import Task
from core.checking import Office
from core.errors import Cancelled
from core.private_folder import private_path
from core.settings import Settings
from tests.core.batch_folders import fill_quickly

ROOT = Path(__file__).resolve().parents[2]
WISH = Wish(findings=True)


class Counting(Executor):
    """Does everything at once, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def submit(self, fn, /, *args, **kwargs):
        task = args[0]
        assert isinstance(task, Task)
        self.asked.append(task.file.name)
        future: Future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    fill_quickly(made := tmp_path / "年报", 6, ("html",))
    for path in states():
        path.unlink()
    return made


def stop_after(count: int) -> Callable[[int, int], None]:
    def stop(done: int, _total: int) -> None:
        if done >= count:
            raise Cancelled

    return stop


def cancelled(folder: Path, count: int = 3, wish: Wish = WISH) -> None:
    with pytest.raises(Cancelled):
        list(batch_of(folder, wish=wish, resumes=True).run(Counting(), stop_after(count)))


def run(folder: Path, wish: Wish = WISH) -> tuple[Batch, list[str], list[str]]:
    batch, engine = batch_of(folder, wish=wish, resumes=True), Counting()
    lines = [checked.line for checked in batch.run(engine)]
    return batch, engine.asked, lines


def states() -> list[Path]:
    return sorted(private_path(batch_state.FOLDER).glob("*"))


def test_what_was_done_is_not_done_again(folder):
    whole = [checked.line for checked in batch_of(folder, wish=WISH).run(Counting())]
    cancelled(folder)
    batch, asked, lines = run(folder)
    assert lines == whole
    assert asked == [file.name for file in batch.listing.files[3:]]
    assert batch.resumed == 3
    assert "接着做" in batch.notices[0]
    assert states() == []


def test_a_run_that_ends_leaves_nothing_behind(folder):
    _, asked, _ = run(folder)
    assert len(asked) == 6
    batch, asked, _ = run(folder)
    assert (len(asked), batch.notices) == (6, [])


def test_without_the_wish_nothing_is_written(folder):
    list(batch_of(folder, wish=WISH).run(Counting()))
    assert states() == []


def test_a_file_that_has_changed_is_checked_again(folder):
    cancelled(folder)
    changed = batch_of(folder).listing.files[1]
    data = changed.path.read_bytes()
    changed.path.write_bytes(data + b"\n")
    os.utime(changed.path, ns=(1, 1))
    batch, asked, _ = run(folder)
    assert asked == [changed.name, *(file.name for file in batch.listing.files[3:])]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(findings=True, slots=True),
        Wish(findings=True, office=Office(Settings(switched_off=frozenset({"SUM002"})))),
    ],
    ids=["more is wanted", "other settings"],
)
def test_another_way_of_checking_begins_anew(folder, wish):
    cancelled(folder)
    assert len(run(folder, wish)[1]) == 6


def test_another_version_begins_anew(folder, monkeypatch):
    cancelled(folder)
    monkeypatch.setattr(batch_state, "VERSION", "99")
    assert len(run(folder)[1]) == 6


def test_last_years_files_are_not_read_again(folder, tmp_path):
    fill_quickly(before := tmp_path / "上年", 2, ("html",))
    whole = [c.line for c in batch_of(folder, before, WISH).run(Counting())]
    with pytest.raises(Cancelled):
        list(batch_of(folder, before, WISH, resumes=True).run(Counting(), stop_after(4)))
    batch, engine = batch_of(folder, before, WISH, resumes=True), Counting()
    assert [checked.line for checked in batch.run(engine)] == whole
    assert len(engine.asked) == 4


def test_what_could_not_be_read_is_tried_again(folder):
    (folder / "000" / "00000.html").write_bytes(b"")
    cancelled(folder)
    assert len(run(folder)[1]) == 4


@pytest.mark.parametrize("damage", ["middle", "head", "zeros", "nothing"])
def test_a_damaged_state_is_not_used_and_that_is_said(folder, damage):
    cancelled(folder)
    (path,) = states()
    data = bytearray(path.read_bytes())
    if damage == "nothing":
        data.clear()
    elif damage == "zeros":
        data[-400:] = bytes(399) + b"\n"
    else:
        data[len(data) // 2 if damage == "middle" else 20] ^= 1
    path.write_bytes(data)
    batch, asked, _ = run(folder)
    assert len(asked) == 6
    assert "已损坏，没有使用" in batch.notices[0]


def test_half_a_line_at_the_end_is_no_damage(folder):
    cancelled(folder)
    (path,) = states()
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    batch, asked, _ = run(folder)
    assert len(asked) == 4
    assert "已损坏" not in "".join(batch.notices)


def test_a_disk_that_refuses_stops_no_check(folder, monkeypatch, log_records):
    def refuse(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(batch_state.RecordFile, "append", refuse)
    batch, asked, _ = run(folder)
    assert len(asked) == 6
    assert "不能记到磁盘上" in batch.notices[0]
    log_records.clear()


def test_what_nobody_came_back_to_is_removed(folder, tmp_path):
    cancelled(folder)
    (path,) = states()
    os.utime(path, (0, 0))
    fill_quickly(other := tmp_path / "别的", 1, ("html",))
    cancelled(other, 1)
    assert path not in states()


def test_the_program_that_was_killed_goes_on(folder):
    command = [sys.executable, "main.py", "batch", str(folder), "--json-lines", "--resume"]
    whole = subprocess.run(command[:-1], cwd=ROOT, capture_output=True).stdout
    slow = [*command, "--jobs", "1"]
    with subprocess.Popen(slow, cwd=ROOT, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.readline()
        running.send_signal(signal.SIGKILL)
    (path,) = states()
    before, begun = path.stat().st_size, time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert before > 1000
    assert done.stdout == whole
    assert "接着做" in done.stderr.decode()
    assert time.monotonic() - begun < 60
    assert states() == []
