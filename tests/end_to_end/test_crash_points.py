"""A save broken off anywhere, and a session killed at any moment: nothing is damaged or lost."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = (
    *("Word, tracked", "Word, clean", "Word, highlighted", "new report", "Excel", "findings"),
    *("settings", "explanations", "journal", "backup", "three at once"),
)
LEAST_POINTS = 15

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork")


def printed(script: str, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", f"packaging/{script}.py", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def points(text: str, title: str) -> dict[str, int]:
    found = re.findall(rf"^(.+?)\s+{title} +(\d+) points .* damaged 0$", text, re.MULTILINE)
    return {kind: int(number) for kind, number in found}


def test_no_call_of_a_save_can_break_off_so_that_something_is_damaged():
    text = printed("crash_points", "--hook", "--every", "5", "--kinds", "Excel;journal")
    assert points(text, "os calls").keys() == {"Excel", "journal"}
    assert points(text, "file size limit").keys() == {"Excel", "journal"}
    assert "damaged: 0" in text


def test_a_sample_of_calls_of_every_other_kind_of_save():
    others = set(KINDS) - {"Excel", "journal"}
    text = printed("crash_points", "--hook", "--every", "40", "--kinds", ";".join(others))
    assert points(text, "os calls").keys() == points(text, "file size limit").keys() == others
    assert "damaged: 0" in text


def test_a_session_killed_at_random_moments_comes_back():
    assert " 0 lost;" in printed("crash_session", "--kills", "4")


@pytest.mark.long
def test_no_system_call_of_any_save_can_break_off_so_that_something_is_damaged():
    way = ("--hook",) if shutil.which("strace") is None else ()
    text = printed("crash_points", *way)
    found = points(text, "os calls" if way else "system calls")
    assert found.keys() == points(text, "file size limit").keys() == set(KINDS)
    assert min(found.values()) >= LEAST_POINTS
    if "may not be mounted" not in text:
        assert points(text, "full tmpfs").keys() == set(KINDS)
    assert "damaged: 0" in text


@pytest.mark.long
def test_no_call_of_any_save_fails_harmfully_by_the_hook_either():
    found = points(printed("crash_points", "--hook"), "os calls")
    assert found.keys() == set(KINDS)
    assert min(found.values()) >= LEAST_POINTS


@pytest.mark.long
def test_a_session_killed_two_hundred_times_loses_nothing():
    assert " 0 lost;" in printed("crash_session", "--kills", "200")
