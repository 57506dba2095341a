"""After going back to an older program: small things of a newer one are left alone.

Settings, explanations and journals are refused with a sentence instead; see their own tests.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from core import preferences, recent_files, window_state

LOADERS = [
    (preferences.load_preferences, preferences, preferences.Preferences()),
    (recent_files.load_recent, recent_files, ()),
    (window_state.load_window_state, window_state, window_state.WindowState()),
]


@pytest.mark.parametrize(("load", "module", "usual"), LOADERS)
def test_what_a_newer_program_kept_counts_for_nothing_and_is_not_changed(
    tmp_path: Path, load: Callable[[Path], object], module, usual: object
):
    path = tmp_path / "newer.json"
    text = json.dumps({"format": module.FORMAT, "version": module.VERSION + 1, "author": "张敏"})
    path.write_text(text, encoding="utf-8")
    assert load(path) == usual
    assert path.read_text("utf-8") == text
