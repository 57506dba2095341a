"""What an interrupted check has left can be asked about, and forgotten."""

import time

import pytest

from core.batch import batch_of
from core.batch_state import Kept
from tests.core.batch_folders import fill
from tests.gui.folder.county import Serial


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    made = tmp_path / "年报"
    fill(made, 4)
    return made


def interrupted(folder):
    running = batch_of(folder, resumes=True).run(Serial())
    for _ in range(2):
        next(running)
    running.close()


def test_nothing_is_left_of_a_check_that_never_began_or_is_done(folder):
    batch = batch_of(folder, resumes=True)
    assert batch.kept() == Kept()
    list(batch.run(Serial()))
    assert batch.kept() == Kept()


def test_how_much_is_left_and_since_when(folder):
    before = time.time()
    interrupted(folder)
    kept = batch_of(folder, resumes=True).kept()
    assert kept.count >= 2
    assert before - 2 <= kept.at <= time.time() + 2


def test_asking_takes_nothing_away(folder):
    interrupted(folder)
    batch = batch_of(folder, resumes=True)
    kept = batch.kept()
    assert batch.kept() == kept
    list(batch.run(Serial()))
    assert batch.resumed == kept.count


def test_what_is_forgotten_is_checked_again(folder):
    interrupted(folder)
    batch = batch_of(folder, resumes=True)
    batch.forget()
    assert batch.kept() == Kept()
    list(batch.run(Serial()))
    assert batch.resumed == 0


def test_a_check_that_does_not_resume_has_nothing_left(folder):
    interrupted(folder)
    batch = batch_of(folder)
    assert batch.kept() == Kept()
    batch.forget()
    assert batch_of(folder, resumes=True).kept().count >= 2
