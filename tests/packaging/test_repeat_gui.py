"""The tests of the window are run again and again, and the first failure ends it."""

import importlib.util
import sys
from pathlib import Path
from random import Random
from types import ModuleType

import pytest


@pytest.fixture
def script(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, which writes into a folder of the test."""
    spec = importlib.util.spec_from_file_location("repeat_gui", root / "packaging/repeat_gui.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A data class looks its module up.
    monkeypatch.setitem(sys.modules, "repeat_gui", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "OUT", tmp_path / "out")
    return module


def repeated(script, monkeypatch, outcomes, *arguments) -> int:
    """Run the script with outcomes of runs as (status, output)."""
    left = iter(outcomes)
    monkeypatch.setattr(
        script, "run_once", lambda number, _seed: script.Run(number, *next(left), 2.0, 1.0)
    )
    monkeypatch.setattr(sys, "argv", ["repeat_gui.py", *arguments])
    return script.main()


def test_each_run_says_what_passed_and_how_long_it_took(script, monkeypatch, capsys):
    outcomes = [(0, "...\n3 passed in 2.00s\n"), (0, "3 passed, 1 skipped in 2s\n")]
    assert repeated(script, monkeypatch, outcomes, "--runs", "2", "--seed", "7") == 0
    assert capsys.readouterr().out.splitlines() == [
        "seed 7",
        "run 1: 3 passed, 2 s (1 s of the processor)",
        "run 2: 3 passed, 2 s (1 s of the processor)",
        "2 runs without a failure",
    ]


@pytest.mark.parametrize(
    "outcome",
    [
        (1, "FAILED a\n1 failed, 2 passed in 2s\n"),
        # All passed, but the process crashed at its end.
        (-11, "3 passed in 2s\n"),
        (0, "no tests ran in 0.01s\n"),
    ],
)
def test_the_first_failure_ends_it_and_its_output_is_kept(
    script, monkeypatch, capsys, tmp_path, outcome
):
    outcomes = [(0, "3 passed in 2s\n"), outcome]
    assert repeated(script, monkeypatch, outcomes, "--seed", "7") == 1
    assert (tmp_path / "out/window-tests-7-2.txt").read_text("utf-8") == outcome[1]
    assert f"status {outcome[0]}  << failed" in capsys.readouterr().out.splitlines()[2]


def test_every_run_has_all_files_in_an_order_that_its_seed_tells(script, monkeypatch, root):
    monkeypatch.setattr(script, "ROOT", root)
    one, again, other = (script.in_order(Random(seed)) for seed in ("7 1", "7 1", "7 2"))
    assert one == again != other
    assert sorted(one) == sorted(other)
    assert len(one) == len(list((root / "tests/gui").rglob("test_*.py")))
