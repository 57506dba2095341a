"""Journals that a disk, a copy or another version has spoilt: the start survives them all."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from core import journal as journal_module
from core.document import CellRef
from core.edits import Edit
from core.file_state import digest_of
from core.journal import Journal
from core.journal_lines import line
from core.private_folder import private_path
from core.processes import this_process
from core.recovery import pending

COMMANDS = 5
GIGABYTE = 1024**3


@pytest.fixture(autouse=True)
def _home_of_a_program_that_is_gone(tmp_path_factory, monkeypatch):
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("home")))
    dead = replace(this_process(), pid=2**22 + 1, started="never")
    monkeypatch.setattr(journal_module, "this_process", lambda: dead)


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "某市年报.txt"
    path.write_bytes("报告".encode() * 100)
    return path


def edit(number: int) -> Edit:
    return Edit(CellRef("t2", number % 7, number % 5), str(number), f"新的{number}")


def written(source: Path, commands: int = COMMANDS) -> Path:
    work = Journal.open_for(source, digest_of(source.read_bytes()))
    for number in range(commands):
        work.record([edit(number)])
    work.close()
    assert work.path is not None
    return work.path


def corrupt() -> list[Path]:
    folder = private_path("corrupt")
    return sorted(folder.iterdir()) if folder.exists() else []


Damage = Callable[[list[bytes]], bytes]
# How lines 0 (the head) to 5 are spoilt, and how many commands come before that.
DAMAGES: dict[str, tuple[Damage, int]] = {
    "a line twice": (lambda lines: b"".join([*lines[:3], lines[2], *lines[3:]]), 2),
    "the last line twice": (lambda lines: b"".join([*lines, lines[-1]]), 5),
    "all of it twice": (lambda lines: b"".join(lines * 2), 5),
    "two lines changed places": (
        lambda lines: b"".join([*lines[:3], lines[4], lines[3], lines[5]]),
        2,
    ),
    "backwards": (lambda lines: b"".join(reversed(lines)), 0),
    "a line is missing": (lambda lines: b"".join([*lines[:2], *lines[3:]]), 1),
    "no head": (lambda lines: b"".join(lines[1:]), 0),
    "a line of another encoding": (
        lambda lines: b"".join([*lines[:4], "新的3\n".encode("gb18030"), *lines[4:]]),
        3,
    ),
    "as UTF-16": (lambda lines: b"".join(lines).decode().encode("utf-16"), 0),
    "a byte order mark": (lambda lines: b"\xef\xbb\xbf" + b"".join(lines), 0),
    "other line ends": (lambda lines: b"".join(lines).replace(b"\n", b"\r\n"), 0),
    "an empty line": (lambda lines: b"".join([*lines[:3], b"\n", *lines[3:]]), 2),
    "a page of zeros": (lambda lines: b"".join([*lines[:3], bytes(4096), *lines[3:]]), 2),
    "zeros all over": (lambda lines: bytes(sum(map(len, lines))), 0),
    "the start is zeros": (lambda lines: bytes(512) + b"".join(lines)[512:], 0),
    "a line nobody understands": (
        lambda lines: b"".join([*lines[:4], line(5, {"edits": [{"kind": "?"}]})]),
        3,
    ),
    "a line that holds a list": (
        lambda lines: b"".join([*lines[:4], line(5, {"edits": 7, "at": []}), *lines[4:]]),
        3,
    ),
    "lines without an end": (lambda lines: b"".join(lines) + b"x" * 100_000, 5),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_stands_before_the_damage_comes_back_and_nothing_is_thrown_away(name, source):
    damage, commands = DAMAGES[name]
    other = written(source.with_name(source.name))  # which nothing has happened to
    path = written(source)
    data = damage(path.read_bytes().splitlines(keepends=True))
    path.write_bytes(data)
    found = {entry.path: entry for entry in pending()}
    assert found[other].count == COMMANDS
    assert not found[other].is_damaged
    if commands:
        assert found[path].is_damaged
        assert found[path].commands == tuple((edit(number),) for number in range(commands))
        found[path].resume().close()
    else:
        assert path not in found
    assert [each.read_bytes() for each in corrupt()] == [data]
    assert source.read_bytes() == "报告".encode() * 100
    assert all(not entry.is_damaged for entry in pending())


@pytest.mark.skipif(os.name == "nt", reason="files have no holes there")
@pytest.mark.parametrize("commands", [0, COMMANDS])
def test_a_gigabyte_of_nothing_is_no_obstacle(commands, source):
    path = written(source)
    if not commands:
        path.write_bytes(b"")
    os.truncate(path, GIGABYTE)
    started = time.monotonic()
    found = pending()
    assert [entry.count for entry in found] == [commands][: len(found)]
    assert len(found) == bool(commands)
    for entry in found:
        entry.resume().close()
    assert time.monotonic() - started < 5
    assert [each.stat().st_size for each in corrupt()] == [GIGABYTE]
    corrupt()[0].unlink()


def test_a_day_of_typing_is_read_in_no_time(source):
    path = written(source, 1)
    lines = path.read_bytes().splitlines(keepends=True)
    at = "2026-01-02T03:04:05"
    made = [
        line(number, {"at": at, "edits": [journal_module.edit_json(edit(number))]})
        for number in range(3, 30_003)
    ]
    path.write_bytes(b"".join([*lines, *made]))
    started = time.monotonic()
    (found,) = pending()
    assert found.count == 30_001
    assert time.monotonic() - started < 5
