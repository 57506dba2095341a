"""The beginning of the program: in order, and without work that the first look waits for."""

import ast
import os
import subprocess
import sys
import time
from pathlib import Path

from core.private_folder import private_folder
from gui.beginning import Sweeper

ROOT = Path(__file__).resolve().parents[2]
_TWO_DAYS = 2 * 24 * 60 * 60
_LOOK = """
import tempfile
from gui import app
from gui.main_window import MainWindow

class Looking(MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        print(tempfile.gettempdir(), flush=True)
        raise SystemExit

app.MainWindow = Looking
app.run([])
"""


def test_what_was_left_behind_is_swept_off_the_windows_thread(qtbot, own_folder):
    old, new = (private_folder("temporary") / name for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"text of a document")
    then = time.time() - _TWO_DAYS
    os.utime(old, (then, then))
    sweeper = Sweeper()
    with qtbot.waitSignal(sweeper.swept):
        sweeper.start()
    assert not old.exists()
    assert new.exists()


def test_temporary_files_of_libraries_go_to_the_private_folder(tmp_path):
    folders = {name: str(tmp_path) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    environment = {**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"}
    call = [sys.executable, "-c", _LOOK]
    done = subprocess.run(
        call, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    place = Path(done.stdout.strip())
    assert place == tmp_path / "gouji" / "temporary"
    assert place.is_dir()


def test_a_worker_of_a_frozen_build_is_one_before_anything_else():
    tree = ast.parse((ROOT / "main.py").read_text(encoding="utf-8"))
    start = tree.body[-1]
    assert isinstance(start, ast.If)
    assert ast.unparse(start.body[0]).endswith("multiprocessing.freeze_support()")
