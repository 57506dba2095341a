"""Kill a session at random moments, recover it, and compare with what was acknowledged.

A child edits the sample a few hundred times a second, undoes, and saves now and
then; the parent kills it with SIGKILL, does what the next start does, and
compares.  Commands that the child had been told are recorded must come back,
and the saved files must be whole.

    python packaging/crash_session.py [--kills 200] [--seed 1]

The exit status is 1 if a command was lost or a file damaged.
"""

from __future__ import annotations

import argparse
import logging
import mmap
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from crash_scenes import HOMES, kept_environment

from core.edits import Edit
from core.file_state import FileState, digest_of
from core.journal import Journal
from core.locks import Lock, acquire
from core.readers.docx import read_docx
from core.recovery import pending
from core.resources import SAMPLE
from core.session import Session, open_session
from core.storage import replace_file, replace_own_output
from core.writers.docx import corrected_docx

LONGEST = 0.6  # seconds that a session lives
SAVED_EVERY = 40


@dataclass
class Counts:
    """What came of all kills."""

    kills: int = 0
    commands: int = 0
    lost: int = 0
    unacknowledged: int = 0
    damaged_journals: int = 0
    saved: int = 0
    wrong: int = 0


class Script:
    """The same commands again for the same seed: random edits, and every fifth undoes the last."""

    def __init__(self, session: Session, seed: int) -> None:
        self._random = random.Random(seed)
        self._session = session
        places = session.match.places.values()
        self._refs = [place.ref for place in places if session.is_editable(place.ref)]
        self._last: Edit | None = None

    def next(self) -> Edit:
        """Apply one more command and return its edit."""
        if self._last and self._random.random() < 0.2:
            edit, self._last = self._last.inverse, None
        else:
            ref = self._random.choice(self._refs)
            edit = Edit(ref, self._session.text(ref), str(self._random.randrange(10**6)))
            self._last = edit
        self._session.apply(edit)
        return edit


def live(source: Path, output: Path, seed: int, acknowledged: mmap.mmap) -> None:
    """Edit until killed; count in shared memory what is recorded."""
    session = open_session(source)
    assert isinstance(acquire(source), Lock)
    journal = Journal.open_for(source, digest_of(session.data))
    script, state = Script(session, seed), None
    for number in range(1, 10**6):
        journal.record([script.next()])
        acknowledged[:8] = number.to_bytes(8, "little")
        if number % SAVED_EVERY == 0:
            state = save(session, output, state)
            journal.saved(journal.mark, output, state)


def save(session: Session, output: Path, state: FileState | None) -> FileState:
    """Save as the window does: a new file first, then its own last output."""
    data = corrected_docx(session.data, session.source, session.edits)
    if state is None:
        return replace_file(output, data).state
    return replace_own_output(output, data, state).state


def killed(source: Path, output: Path, seed: int, acknowledged: mmap.mmap, after: float) -> int:
    """Let a session live for some seconds after its first command; return what was recorded."""
    acknowledged[:8] = bytes(8)
    pid = os.fork()
    if not pid:
        live(source, output, seed, acknowledged)
        os._exit(0)
    while not any(acknowledged[:8]):
        time.sleep(0.001)
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return int.from_bytes(acknowledged[:8], "little")


def look(source: Path, output: Path, seed: int, recorded: int, counts: Counts) -> None:
    """Recover as the next start does, and compare with the script."""
    entries = pending(source)
    counts.kills += 1
    counts.commands += recorded
    if output.exists():
        counts.saved += 1
        counts.wrong += not read_docx(output.read_bytes(), output.name).tables
    counts.wrong += source.read_bytes() != SAMPLE.read_bytes()
    if not entries:
        # Killed right after a save: nothing is left to recover.
        counts.lost += recorded % SAVED_EVERY
        return
    (entry,) = entries
    counts.damaged_journals += entry.is_damaged
    counts.lost += max(recorded - len(entry.commands), 0)
    counts.unacknowledged += max(len(entry.commands) - recorded, 0)
    session, model = open_session(source), open_session(source)
    entry.replay(session)
    script = Script(model, seed)
    for _ in entry.commands:
        script.next()
    counts.wrong += session.edits != model.edits
    counts.wrong += not isinstance(acquire(source), Lock)
    journal = entry.resume()
    counts.wrong += pending(source) != []
    journal.discard()


def main() -> int:
    """Print what came of the kills; return the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable()
    moments, counts = random.Random(options.seed), Counts()
    acknowledged = mmap.mmap(-1, 8)
    open_session(SAMPLE)  # what is imported when it is needed is imported now
    with kept_environment(), tempfile.TemporaryDirectory() as folder:
        for number in range(options.kills):
            root = Path(folder) / str(number)
            root.mkdir()
            os.environ.update(dict.fromkeys(HOMES, str(root / "home")))
            source, output = root / "年报.docx", root / "年报(校对版).docx"
            source.write_bytes(SAMPLE.read_bytes())
            seed, after = moments.randrange(10**9), moments.uniform(0, LONGEST)
            recorded = killed(source, output, seed, acknowledged, after)
            look(source, output, seed, recorded, counts)
    print(
        f"{counts.kills} kills, {counts.commands} recorded commands, {counts.lost} lost; "
        f"{counts.unacknowledged} more came back; {counts.damaged_journals} journals had a torn "
        f"last line; {counts.saved} sessions had saved; {counts.wrong} wrong"
    )
    return bool(counts.lost or counts.wrong)


if __name__ == "__main__":
    sys.exit(main())
