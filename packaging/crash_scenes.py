"""What `crash_points.py` breaks off: a save of each kind, and how to see what it left behind."""

from __future__ import annotations

import mmap
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.backups import backups_of, next_backup
from core.document import CellRef
from core.edits import Edit
from core.errors import ReportError
from core.explanations import Explanation, ExplanationKind, Explanations
from core.explanations_file import dump_explanations, save_explanations
from core.export import Target, excel_target, findings_target, word_target, write_all
from core.file_state import digest_of
from core.journal import Journal
from core.private_folder import private_path
from core.reasons import Style
from core.recovery import pending
from core.resources import SAMPLE
from core.session import Session, open_session
from core.settings import Settings
from core.settings_file import dump_settings
from core.storage import replace_file
from core.writers.marking import Mode

OLD = "先前保存的内容".encode() * 2_000
HOMES = ("XDG_DATA_HOME", "LOCALAPPDATA")
TEXT = """某某市档案局2024年政府信息公开工作年度报告
一、总体情况
本年度主动公开政府信息12条。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
"""

DONE, REFUSED, BROKEN = 0, 3, 4


@dataclass
class Scene:
    """One kind of save: made ready in a folder, done in a child process, looked at afterwards.

    `folder` is where the write path begins and ends; `look` returns what is
    damaged, given the child's exit status (None when it was killed).
    """

    name: str
    root: Path
    originals: dict[Path, bytes] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        """The home folder of the run."""
        return self.root / "home"

    @property
    def documents(self) -> Path:
        """The folder of the documents."""
        return self.root / "documents"

    @property
    def folder(self) -> Path:
        """Where the file stands that is written."""
        return self.documents

    def reset(self) -> None:
        """Bring everything back to where the save begins."""
        for folder in (self.home, self.documents):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        for name in HOMES:
            os.environ[name] = str(self.home)
        for path, data in self.originals.items():
            path.write_bytes(data)

    def act(self) -> None:
        """Save."""
        raise NotImplementedError

    def look(self, status: int | None) -> list[str]:
        """Return what is damaged."""
        return self.damaged(status, OLD)

    def damaged(self, status: int | None, old: bytes) -> list[str]:
        """Return which originals changed, and which backups are not what stood in the target."""
        wrong = [
            f"original {path.name}" for path, data in self.originals.items() if _read(path) != data
        ]
        for copy in (self.home / "gouji" / "backups").rglob("[0-9]*-*.*"):
            if copy.is_file() and copy.read_bytes() != old:
                wrong.append("backup")
        return wrong + ([f"exit {status}"] if status not in (None, DONE, REFUSED) else [])

    def leftovers(self) -> int:
        """Return the number of temporary files that are left behind."""
        return sum(1 for _ in self.root.rglob(".~*.tmp"))


@dataclass
class Export(Scene):
    """A save of a report in one of the ways that `core.export` knows."""

    target: Path = Path()
    session: Session | None = None
    way: Target | None = None
    new: bytes = b""

    def reset(self) -> None:
        """Put the earlier output where the new one goes."""
        super().reset()
        self.target.write_bytes(OLD)

    def act(self) -> None:
        """Replace the earlier output."""
        assert self.session
        assert self.way
        write_all(self.session, self.session.check(), [self.way], overwrite=True)

    def look(self, status: int | None) -> list[str]:
        """Return what is damaged: a target that is neither old nor new, or not what was said."""
        return super().look(status) + _old_or_new(self.target, OLD, self.new, status)


@dataclass
class BackingUp(Export):
    """The same save, watched where the backup of the earlier output is written."""

    @property
    def folder(self) -> Path:
        """The backups of the target."""
        return next_backup(self.target).parent

    def look(self, status: int | None) -> list[str]:
        """Return what is damaged; a save that says it is done has left a backup, too."""
        missing = ["no backup"] if status == DONE and not backups_of(self.target) else []
        return super().look(status) + missing


@dataclass
class Together(Scene):
    """Several files of one report at once: all of them, or none where it was refused."""

    session: Session | None = None
    ways: Sequence[Target] = ()
    made: Sequence[bytes] = ()

    def reset(self) -> None:
        """Put earlier outputs where the first two go; the last is new."""
        super().reset()
        for way in self.ways[:-1]:
            way.path.write_bytes(OLD)

    def act(self) -> None:
        """Write them."""
        assert self.session
        write_all(self.session, self.session.check(), self.ways, overwrite=True)

    def look(self, status: int | None) -> list[str]:
        """Return what is damaged, or was left half done."""
        olds = [OLD] * (len(self.ways) - 1) + [None]
        wrong = super().look(status)
        for way, old, new in zip(self.ways, olds, self.made, strict=True):
            wrong += _old_or_new(way.path, old, new, status)
        return wrong


@dataclass
class Settling(Scene):
    """A save of a settings file over an earlier one."""

    old: bytes = b""
    new: bytes = b""

    @property
    def target(self) -> Path:
        """The settings file."""
        return self.documents / "设置.json"

    def reset(self) -> None:
        """Put the earlier settings where the new ones go."""
        super().reset()
        self.target.write_bytes(self.old)

    def act(self) -> None:
        """Replace them."""
        replace_file(self.target, self.new, overwrite=True)

    def look(self, status: int | None) -> list[str]:
        """Return what is damaged."""
        wrong = self.damaged(status, self.old)
        return wrong + _old_or_new(self.target, self.old, self.new, status)


@dataclass
class Explaining(Scene):
    """A save of the explanations."""

    before: Explanations = field(default_factory=Explanations)
    after: Explanations = field(default_factory=Explanations)

    @property
    def target(self) -> Path:
        """The file of explanations."""
        return self.documents / "说明.json"

    def reset(self) -> None:
        """Put the earlier explanations where the new ones go."""
        super().reset()
        self.target.write_bytes(dump_explanations(self.before))

    def act(self) -> None:
        """Add one explanation."""
        save_explanations(self.target, self.before, self.after)

    def look(self, status: int | None) -> list[str]:
        """Return what is damaged."""
        old, new = dump_explanations(self.before), dump_explanations(self.after)
        return self.damaged(status, old) + _old_or_new(self.target, old, new, status)


@dataclass
class Journaling(Scene):
    """Three commands of a session; what was acknowledged must come back."""

    session: Session | None = None
    edits: Sequence[Edit] = ()
    # Shared with the child, without a call of the system.
    acknowledged: mmap.mmap = field(default_factory=lambda: mmap.mmap(-1, 8))

    @property
    def folder(self) -> Path:
        """The journals stand in the private folder."""
        return self.home / "gouji" / "journals"

    def reset(self) -> None:
        """Nothing is acknowledged yet."""
        super().reset()
        self.acknowledged[0] = 0

    def act(self) -> None:
        """Record every edit as a command; a refused one is written by the next call."""
        assert self.session
        journal = Journal.open_for(self.session.path, digest_of(self.session.data))
        refused: ReportError | None = None
        for number, edit in enumerate(self.edits, 1):
            try:
                journal.record([edit])
                journal.sync()
                self.acknowledged[0] = number
                refused = None
            except ReportError as error:
                refused = error
        journal.close()
        if refused:
            raise refused

    def look(self, status: int | None) -> list[str]:
        """Return what is lost, or came back as something else."""
        wrong = super().look(status)
        wanted = self.acknowledged[0]
        found = pending()
        commands = found[0].commands if found else ()
        if len(found) > 1:
            wrong.append("two journals")
        if len(commands) < wanted or (status == DONE and len(commands) < len(self.edits)):
            wrong.append(f"{len(commands)} of {wanted} commands")
        if commands != tuple((edit,) for edit in self.edits[: len(commands)]):
            wrong.append("other commands")
        corrupt = private_path("corrupt")
        return wrong + (["corrupt"] if corrupt.exists() and status is not None else [])


def scenes(root: Path) -> list[Scene]:
    """Return a scene of every kind; their files go below a folder."""
    documents = root / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    word, text = documents / "示例年报.docx", documents / "年报.txt"
    word.write_bytes(SAMPLE.read_bytes())
    text.write_text(TEXT, encoding="utf-8")
    from_word, from_text = open_session(word), open_session(text)
    edits = _edits(from_word)
    from_word.apply_all(edits)
    corrected = "示例年报(校对版).docx"
    ways: list[tuple[str, Session, Callable[[Path], Target], str]] = [
        *((f"Word, {mode}", from_word, _in_mode(mode), corrected) for mode in Mode),
        ("new report", from_text, word_target, "年报(校对版).docx"),
        ("Excel", from_word, excel_target, "示例年报(校对版).xlsx"),
        ("findings", from_word, findings_target, "示例年报(疑点清单).xlsx"),
    ]
    made: list[Scene] = [
        _export(root, name, session, way, documents / file) for name, session, way, file in ways
    ]
    before, after = _explanations(from_word)
    originals = {word: SAMPLE.read_bytes()}
    again = made[0]
    assert isinstance(again, Export)
    made.append(
        BackingUp("backup", root, again.originals, again.target, from_word, again.way, again.new)
    )
    exports = [scene for scene in made if isinstance(scene, Export)]
    three = [scene for scene in exports if scene.name in {"Word, clean", "Excel", "findings"}]
    three_ways = [scene.way for scene in three if scene.way is not None]
    news = [scene.new for scene in three]
    made.append(Together("three at once", root, again.originals, from_word, three_ways, news))
    settings = [dump_settings(Settings(name)) for name in ("某市", "某县")]
    made.append(Settling("settings", root, originals, *settings))
    made.append(Explaining("explanations", root, originals, before, after))
    made.append(Journaling("journal", root, originals, from_word, edits))
    return made


def outcome(act: Callable[[], None]) -> int:
    """Return the exit status that says how a save has ended."""
    try:
        act()
    except ReportError:
        return REFUSED
    except Exception as error:  # noqa: BLE001 - which is what is looked for
        print(f"unexpected: {error!r}", file=sys.stderr)
        return BROKEN
    return DONE


@contextmanager
def kept_environment():
    """Give the user's own folders back afterwards."""
    before = {name: os.environ.get(name) for name in HOMES}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _in_mode(mode: Mode) -> Callable[[Path], Target]:
    return lambda path: word_target(path, Style(mode))


def _export(
    root: Path, name: str, session: Session, way: Callable[[Path], Target], path: Path
) -> Export:
    """Make the bytes once, so that it is known what a whole file is; the reading back is real."""
    real = way(path)
    new = real.build(session, session.check())
    known = replace(real, build=lambda _session, _result: new)
    return Export(name, root, {session.path: session.data}, path, session, known, new)


def _edits(session: Session) -> list[Edit]:
    refs: list[CellRef] = [
        place.ref for place in session.match.places.values() if session.is_editable(place.ref)
    ]
    return [Edit(ref, session.text(ref), str(number + 7)) for number, ref in enumerate(refs[:3])]


def _explanations(session: Session) -> tuple[Explanations, Explanations]:
    finding = next(iter(session.check().findings))
    said = [Explanation(ExplanationKind.EXPLAINED, text, "", date(2026, 1, 2)) for text in "一二"]
    before = Explanations().add(finding, session.document, said[0])
    return before, before.add(finding, session.document, said[1])


def _old_or_new(path: Path, old: bytes | None, new: bytes, status: int | None) -> list[str]:
    """A save that says it is done has left the new file, one that was refused the old one."""
    expected = {DONE: [new], REFUSED: [old]}
    found = _read(path)
    return [] if found in expected.get(-1 if status is None else status, [old, new]) else ["target"]


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
