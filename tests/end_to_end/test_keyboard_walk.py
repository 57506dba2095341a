"""The first half hour of a new user: the real program, by keys alone, killed once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGING = ROOT / "packaging"
STEPS = 22


@pytest.mark.long
def test_the_walk_reaches_its_end_and_its_files_hold_what_was_done(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGING)}
    command = [sys.executable, str(PACKAGING / "keyboard_walk.py"), str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 3:
        pytest.skip(done.stderr.strip())
    assert done.returncode == 0, done.stderr
    assert "proved:" in done.stdout
    assert len(list(tmp_path.glob("*.png"))) == STEPS
