"""Nothing but storage opens a file for writing, as the interpreter itself reports it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

WATCHED = '''
import os, stat, sys
from pathlib import Path

root, work = Path(sys.argv[1]), Path(sys.argv[2])
WRITING = os.O_WRONLY | os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC
seen, watching = [], True

def opened(event, arguments):
    if event != "open" or not watching:
        return
    path, mode, flags = arguments
    writes = set(mode) & set("wax+") if isinstance(mode, str) else flags & WRITING
    # What one process says to another through a pipe is in no file.
    if not writes or (isinstance(path, int) and stat.S_ISFIFO(os.fstat(path).st_mode)):
        return
    frame, own, outer = sys._getframe(1), None, []
    while frame:
        name = frame.f_code.co_filename
        if own is None and name.startswith(str(root)) and "packages" not in name:
            own = Path(name).relative_to(root).as_posix()
        outer.append(name)
        frame = frame.f_back
    seen.append((str(path), own, any("openpyxl" in name for name in outer)))

from datetime import date
from core import explanations_file, explanations, leftovers, locks, recovery, storage
from core.cli import main
from core.document import CellRef
from core.edits import Edit
from core.export import excel_target, findings_target, word_target, write_all
from core.file_state import digest_of
from core.reasons import Style
from core.settings import Settings
from core.settings_file import dump_settings
from core.writers.marking import Mode
from core.journal import Journal
from core.private_folder import private_path
from core.resources import SAMPLE
from core.session import open_session

sys.addaudithook(opened)
leftovers.use_private_temp()
leftovers.sweep([work])
source = work / "年报.docx"
TEXT = """某某市档案局2024年政府信息公开工作年度报告
一、总体情况
本年度主动公开政府信息12条。
六、其他需要报告的事项
没有。
"""
watching = False
source.write_bytes(SAMPLE.read_bytes())
watching = True
assert not storage.why_not_writable(work)
lock = locks.acquire(source)
session = open_session(source)
ref = next(p.ref for p in session.match.places.values() if session.is_editable(p.ref))
journal = Journal.open_for(source, digest_of(session.data))
edit = Edit(ref, session.text(ref), "7")
session.apply(edit)
journal.record([edit])
journal.sync()
result = session.check()
targets = [
    *(word_target(work / f"{mode}.docx", Style(mode)) for mode in Mode),
    excel_target(work / "a.xlsx"), findings_target(work / "b.xlsx"),
]
for overwrite in (False, True):
    session.apply(Edit(ref, session.text(ref), "8" if overwrite else "9"))
    write_all(session, result, targets, overwrite)
watching = False
(work / "年报.txt").write_text(TEXT, encoding="utf-8")
watching = True
from_text = open_session(work / "年报.txt")
write_all(from_text, from_text.check(), [word_target(work / "新.docx")], False)
storage.replace_file(work / "设置.json", dump_settings(Settings("某市")))
storage.replace_file(work / "设置.json", dump_settings(Settings("某县")), overwrite=True)
copies = list(private_path("backups").rglob("0*-*"))
assert len(copies) >= len(Mode) + 1, copies
said = explanations.Explanation(
    explanations.ExplanationKind.EXPLAINED, "说明", "", date(2026, 1, 2)
)
one = explanations.Explanations().add(next(iter(result.findings)), session.document, said)
explanations_file.save_explanations(
    explanations_file.own_explanations_path(), explanations.Explanations(), one
)
storage.open_log(work / "log").close()
recovery.pending()
journal.discard()
lock.release()
main(["check", str(source)])
# A killed session is recovered, a damaged journal set aside and its lines written anew.
from dataclasses import replace
from core import journal as journals
from core.processes import this_process
dead = replace(this_process(), pid=2**22 + 1, started="never")
journals.this_process = lambda: dead
for damage in (b"", b"torn"):
    killed = Journal.open_for(source, digest_of(session.data))
    killed.record([edit])
    killed.close()
    if damage:
        watching = False
        with killed.path.open("ab") as file:
            file.write(damage)
        watching = True
    (entry,) = recovery.pending(source)
    assert entry.is_damaged is bool(damage)
    entry.resume().discard()
assert len(list(private_path("corrupt").iterdir())) == 1
main(["export", str(source), "--word", str(work / "c.docx"), "--excel", str(work / "c.xlsx")])
outputs = ["--findings", str(work / "all.xlsx"), "--summary", str(work / "sum.xlsx")]
outputs += ["--releases", str(work / "days.xlsx"), "--feedback", str(work / "letters")]
main(["batch", str(work), "--jobs", "1", "--resume", *outputs])
assert (work / "days.xlsx").exists() and list((work / "letters").iterdir())
assert (work / "all.xlsx").exists() and (work / "sum.xlsx").exists()
watching = False
temporary = str(private_path("temporary"))
strangers = [
    entry for entry in seen
    if entry[1] != "core/storage.py" and not (entry[2] and entry[0].startswith(temporary))
]
assert not strangers, strangers
assert sum(entry[1] == "core/storage.py" for entry in seen) >= 10, seen
assert sum(entry[2] and entry[0].startswith(temporary) for entry in seen) >= 2, seen
words = {Path(path).suffix for path, own, _ in seen if own == "core/storage.py"}
assert words >= {".tmp", ".journal"}, words
assert os.listdir(temporary) == [], os.listdir(temporary)
left = [path.name for path in work.rglob(".~*")] + [p.name for p in private_path().rglob(".~*")]
assert not left, left
print(len(seen), "watched")
'''


def test_nothing_but_storage_opens_a_file_for_writing(tmp_path, tmp_path_factory):
    # Other tests kill saves, and leave behind what a killed save leaves.
    home = str(tmp_path_factory.mktemp("home"))
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-B", "-c", WATCHED, str(ROOT), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "XDG_DATA_HOME": home, "WIN_PD_OVERRIDE_LOCAL_APPDATA": home},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert done.stdout.endswith("watched\n")
