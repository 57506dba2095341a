"""No file does worse than a sentence: quickly, in little memory, whatever it is.

Opened as a person would open them; what is refused is refused with one sentence that
says that the file is safe.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.errors import ReportError
from core.session import open_session
from tests.documents import hostile, hostile_office

FILES = {**hostile.FILES, **hostile_office.FILES}
MAY_BE_READ = hostile.MAY_BE_READ | hostile_office.MAY_BE_READ
MOST_SECONDS = 10
MOST_MEMORY = 1024**3


def sentence_of(path: Path) -> str:
    try:
        open_session(path)
    except ReportError as error:
        return str(error)
    return ""


def test_there_are_enough_of_them():
    assert len(FILES) == len(hostile.FILES) + len(hostile_office.FILES) >= 120


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_costs_one_sentence(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    started = time.monotonic()
    sentence = sentence_of(path)
    # A bound that only a hang passes: how long it takes is printed by the long test.
    assert time.monotonic() - started < 6 * MOST_SECONDS
    if sentence or name not in MAY_BE_READ:
        assert sentence.endswith("。"), f"{name} was read"
        assert sentence.count("\n") == 0
        assert "意外错误" not in sentence
    assert not any(path.parent.glob(".~*"))


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="asks the system for each child's memory")
def test_time_and_memory_of_each(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]):
    rows = [_measured(name, tmp_path, root) for name in FILES]
    with capsys.disabled():
        for name, seconds, memory, status in sorted(rows, key=lambda row: -row[1]):
            print(f"{name:45} {seconds:6.2f} s {memory / 1024**2:7.0f} MB  status {status}")
    assert all(status in (0, 1, 3) for *_, status in rows)
    assert all(status == 3 for name, *_, status in rows if name not in MAY_BE_READ)
    assert max(seconds for _, seconds, _, _ in rows) < MOST_SECONDS
    assert max(memory for *_, memory, _ in rows) < MOST_MEMORY


def _measured(name: str, folder: Path, root: Path) -> tuple[str, float, int, int]:
    path = folder / name
    path.write_bytes(FILES[name]())
    started = time.monotonic()
    with (folder / "said").open("w+b") as said:
        process = subprocess.Popen(
            [sys.executable, "main.py", "check", str(path)],
            cwd=root,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        # The largest of the process and all that it has waited for.
        _, status, used = os.wait4(process.pid, 0)
        said.seek(0)
        sentence = said.read().decode()
    assert "Traceback" not in sentence
    process.returncode = os.waitstatus_to_exitcode(status)
    return name, time.monotonic() - started, used.ru_maxrss * 1024, process.returncode
