"""One window edits a report; the second is told who does."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core import locks
from core.locks import Holder, Lock, acquire
from core.private_folder import private_path
from core.processes import this_process
from core.storage import replace_file

pytestmark = pytest.mark.usefixtures("own_home")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def report(tmp_path) -> Path:
    path = tmp_path / "年报.docx"
    path.touch()
    return path


def lock_files() -> list[str]:
    return os.listdir(private_path("locks"))


def test_the_second_is_told_who_holds_it(report):
    first = acquire(report)
    assert isinstance(first, Lock)
    second = acquire(report)
    assert isinstance(second, Holder)
    assert second.writer == this_process()
    assert second.writer.user in second.sentence
    assert str(os.getpid()) in second.sentence
    assert "只能查看" in second.sentence
    assert isinstance(acquire(report.with_name("b.docx")), Lock)
    first.release()
    again = acquire(report)
    assert isinstance(again, Lock)
    first.release()  # a second time: it is not the first one's any more
    assert isinstance(acquire(report), Holder)
    assert os.listdir(report.parent) == [report.name]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_to_the_report_is_the_report(report, tmp_path):
    (tmp_path / "link.docx").symlink_to(report)
    assert isinstance(acquire(tmp_path / "link.docx"), Lock)
    assert isinstance(acquire(report), Holder)


@pytest.mark.parametrize("change", [{"pid": 2**22 + 5}, {"started": "another time"}])
def test_the_lock_of_a_process_that_is_gone_is_taken_over(report, monkeypatch, change):
    if not this_process().started and "started" in change:
        pytest.skip("this system does not say when a process began")
    dead = replace(this_process(), **change)
    with monkeypatch.context() as patch:
        patch.setattr(locks, "this_process", lambda: dead)
        stale = acquire(report)
    assert isinstance(stale, Lock)
    assert isinstance(acquire(report), Lock)
    stale.release()  # which it must not
    assert isinstance(acquire(report), Holder)
    assert len(lock_files()) == 1


def test_another_computers_lock_stays_until_a_person_decides(report, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(locks, "this_process", lambda: replace(this_process(), host="办公室-2"))
        acquire(report)
    holder = acquire(report)
    assert isinstance(holder, Holder)
    assert "办公室-2" in holder.sentence
    assert isinstance(acquire(report, force=True), Lock)
    assert isinstance(acquire(report), Holder)
    assert len(lock_files()) == 1


@pytest.mark.parametrize(
    "data", [b"", bytes(300), b"{", b"[]", b'{"writer": {}}', b'{"writer": 1, "since": 2}', b"\xff"]
)
def test_a_damaged_lock_holds_nothing(report, data):
    acquire(report)
    (name,) = lock_files()
    (private_path("locks") / name).write_bytes(data)
    assert isinstance(acquire(report), Lock)
    assert isinstance(acquire(report), Holder)


def test_without_room_for_a_lock_the_report_can_be_edited(report, monkeypatch, log_records):
    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "open", full)
    lock = acquire(report)
    assert isinstance(lock, Lock)
    lock.release()
    assert report.exists()
    assert log_records.pop().getMessage() == "no lock could be made: ENOSPC"


TOGETHER = """
import sys, time
from pathlib import Path
from core.locks import Lock, acquire
print("ready", flush=True)
sys.stdin.readline()
got = acquire(Path(sys.argv[1]))
print(isinstance(got, Lock), flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("stale", [False, True])
def test_of_many_windows_started_together_one_edits(report, monkeypatch, stale):
    if stale:
        with monkeypatch.context() as patch:
            dead = replace(this_process(), pid=2**22 + 5)
            patch.setattr(locks, "this_process", lambda: dead)
            acquire(report)
    windows = [
        subprocess.Popen(
            [sys.executable, "-c", TOGETHER, str(report)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for step in ("ready", None):
        answers = [window.stdout.readline().strip() for window in windows]
        if step:
            assert set(answers) == {step}
        for window in windows:
            window.stdin.write("\n")
            window.stdin.flush()
    for window in windows:
        window.communicate(timeout=60)
    assert sorted(answers) == ["False"] * 7 + ["True"]


@pytest.fixture
def stale(report, monkeypatch):
    """The place of a lock whose process is gone, and what it says."""
    with monkeypatch.context() as patch:
        dead = replace(this_process(), pid=2**22 + 5)
        patch.setattr(locks, "this_process", lambda: dead)
        place = acquire(report).path
        return place, place.read_bytes()


def test_who_looked_before_another_took_over_takes_nothing(report, stale):
    place, said = stale
    assert isinstance(acquire(report), Lock)
    taken = place.read_bytes()
    assert locks._take_over(place, said, b"late") is None
    assert place.read_bytes() == taken
    assert [each.name for each in place.parent.iterdir()] == [place.name]


def test_while_somebody_takes_over_nobody_else_does(report, stale, monkeypatch):
    place, _ = stale
    late = []

    def meanwhile(path, data, **options):
        late.append(acquire(report))
        replace_file(path, data, **options)

    monkeypatch.setattr(locks, "replace_file", meanwhile)
    taken = acquire(report)
    assert isinstance(taken, Lock)
    assert taken.path == place
    assert isinstance(late[0], Holder)


def test_a_claim_that_was_left_behind_is_claimed_itself(report, stale, monkeypatch):
    place, _ = stale

    def killed(*_arguments, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        dead = replace(this_process(), pid=2**22 + 6)
        patch.setattr(locks, "this_process", lambda: dead)
        patch.setattr(locks, "replace_file", killed)
        patch.setattr(locks.Path, "unlink", lambda *_arguments, **_options: None)
        with pytest.raises(KeyboardInterrupt):
            acquire(report)
    assert len(list(place.parent.glob("*.claim"))) == 1
    assert isinstance(acquire(report), Lock)
    assert not list(place.parent.glob("*.claim"))
