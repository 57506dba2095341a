"""A window that is killed in the middle of work loses nothing that a second ago was typed."""

import json
import os
import shutil
import signal
import threading
import time
from random import Random

import pytest

from core.recovery import pending
from core.resources import SAMPLE
from tests.end_to_end.windows import (
    RECOVERING,
    RECOVERING_SEVERAL,
    SEVERAL,
    STREAMING,
    TYPING,
    start,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "年报.docx"
    shutil.copy(SAMPLE, path)
    return path


@pytest.fixture
def run(tmp_path):
    """Start windows that are ended with the test, and in any case after half a minute."""
    windows = []

    def started(script, *arguments):
        window = start(script, tmp_path / "own", *arguments)
        ending = threading.Timer(30, window.kill)
        ending.start()
        windows.append((window, ending))
        return window

    yield started
    for window, ending in windows:
        ending.cancel()
        window.kill()
        window.communicate()


def said(window):
    """Return what a window says next."""
    line = window.stdout.readline()
    assert line, "the window ended, or said nothing for too long"
    return json.loads(line)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (signal.SIGKILL, -9),
        (signal.SIGTERM, 143),
        pytest.param(signal.SIGHUP, 129, marks=pytest.mark.long),
    ],
)
def test_what_was_typed_is_offered_recovered_and_can_be_undone(
    run, source, tmp_path, number, status
):
    data = source.read_bytes()
    window = run(TYPING, str(source))
    texts = said(window)["texts"]
    assert len(texts) == 2
    window.send_signal(number)
    _, complaints = window.communicate(timeout=30)
    assert window.returncode == status
    assert complaints == ""
    again = run(RECOVERING)
    assert said(again) == {"shown": True, "source": str(source), "count": 4}
    found = said(again)
    assert found["texts"] == found["again"] == texts
    assert found["modified"]
    assert found["clean"]
    assert found["steps"] == 4
    assert source.read_bytes() == data
    logs = (tmp_path / "own" / "gouji" / "logs").iterdir()
    log = "".join(path.read_text("utf-8") for path in logs)
    assert not any(text in log for text in ("年报", *texts.values()))
    assert "ERROR" not in log


@pytest.mark.parametrize(("number", "status"), [(signal.SIGKILL, -9), (signal.SIGTERM, 143)])
def test_of_several_reports_each_is_offered_and_recovered_in_a_tab(
    run, source, tmp_path, number, status
):
    paths = [tmp_path / name for name in ("一.docx", "二.docx", "三.docx")]
    for path in paths:
        shutil.copy(source, path)
    window = run(SEVERAL, *map(str, paths))
    assert said(window) == {"count": 3}
    window.send_signal(number)
    _, complaints = window.communicate(timeout=30)
    assert window.returncode == status
    assert complaints == ""
    again = run(RECOVERING_SEVERAL)
    assert said(again) == {"sources": sorted(path.name for path in paths)}
    texts = {path.name: f"4{number}" for number, path in enumerate(paths)}
    assert said(again) == {"texts": texts, "unsaved": [1, 1, 1], "tabs": 3}


@pytest.mark.long
def test_at_random_moments_at_most_the_last_second_is_lost(run, source, tmp_path, monkeypatch):
    random = Random(4)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    lost = []
    for _ in range(20):
        window = run(STREAMING, str(source))
        said(window)
        timer = threading.Timer(random.uniform(0.05, 2.5), window.kill)
        timer.start()
        output, _ = window.communicate(timeout=30)
        killed = time.time()
        typed = [json.loads(line) for line in output.splitlines() if line.endswith("}")]
        entries = pending()
        texts = [edit.after for e in entries for command in e.commands for edit in command]
        # Nothing is there that was not typed, and nothing is left out in between.
        assert texts == [str(1000 + number) for number in range(len(texts))]
        due = [each for each in typed if each["at"] < killed - 1]
        assert len(texts) >= len(due)
        lost.append(len(typed) + 1 - len(texts))
        for entry in entries:
            entry.discard()
    print("edits lost of each session:", lost)
