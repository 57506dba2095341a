"""Edit, paste, undo, redo, accept, save, be killed, recover: always what a plain model says."""

import shutil
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from core import journal as journal_module
from core.document import CellRef, fold
from core.edits import Edit
from core.errors import ChangedOnDiskError
from core.file_state import FileState, digest_of
from core.journal import Journal
from core.processes import this_process
from core.readers.docx import read_docx
from core.recovery import pending
from core.resources import SAMPLE
from core.session import open_session
from core.storage import replace_file, replace_own_output
from core.writers.docx import corrected_docx

TEXTS = st.text("0123456789.-—约 ", max_size=6)
PLACES = st.integers(0, 10**6)


class Sessions(RuleBasedStateMachine):
    """The program beside a model: the text of every cell that was ever changed."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            self.patch.setenv(name, str(self.folder / "home"))
        # Whatever this process writes is, to the next start, of one that is gone.
        dead = replace(this_process(), pid=2**22 + 1, started="never")
        self.patch.setattr(journal_module, "this_process", lambda: dead)
        self.source, self.output = self.folder / "年报.docx", self.folder / "年报(校对版).docx"
        self.source.write_bytes(SAMPLE.read_bytes())

    @initialize()
    def start(self) -> None:
        self.session = open_session(self.source)
        places = self.session.match.places.values()
        self.refs = sorted(p.ref for p in places if self.session.is_editable(p.ref))
        self.journal = Journal.open_for(self.source, digest_of(self.session.data))
        self.model: dict[CellRef, str] = {ref: self.session.text(ref) for ref in self.refs}
        self.done: list[list[Edit]] = []
        self.undone: list[list[Edit]] = []
        self.saved: dict[CellRef, str] | None = None
        self.state: FileState | None = None
        self.unsaved = False

    def apply(self, edits: list[Edit]) -> None:
        self.session.apply_all(edits)
        self.journal.record(edits)
        self.unsaved = self.unsaved or bool(edits)
        for edit in edits:
            self.model[edit.ref] = fold(edit.after)

    def command(self, texts: dict[CellRef, str]) -> None:
        edits = [Edit(ref, self.model[ref], text) for ref, text in texts.items()]
        self.apply(edits)
        self.done.append([replace(edit, after=fold(edit.after)) for edit in edits])
        self.undone.clear()

    @rule(place=PLACES, text=TEXTS)
    def edit(self, place: int, text: str) -> None:
        self.command({self.refs[place % len(self.refs)]: text})

    @rule(place=PLACES, texts=st.lists(TEXTS, min_size=2, max_size=12))
    def paste(self, place: int, texts: list[str]) -> None:
        start = place % len(self.refs)
        self.command(dict(zip(self.refs[start:], texts, strict=False)))

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        command = self.done.pop()
        self.apply([edit.inverse for edit in reversed(command)])
        self.undone.append(command)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        command = self.undone.pop()
        self.apply(command)
        self.done.append(command)

    @rule(which=PLACES)
    def accept(self, which: int) -> None:
        fixes = [fix for finding in self.session.check().findings for fix in finding.found.fixes]
        cells = [fix for fix in fixes if all(edit.ref in self.model for edit in fix.edits)]
        if cells:
            self.command({edit.ref: edit.after for edit in cells[which % len(cells)].edits})

    @rule()
    def save(self) -> None:
        mark = self.journal.mark
        data = corrected_docx(self.session.data, self.session.source, self.session.edits)
        if self.state is None:
            self.state = replace_file(self.output, data, overwrite=True).state
        else:
            self.state = replace_own_output(self.output, data, self.state).state
        self.journal.saved(mark, self.output, self.state)
        self.saved, self.unsaved = dict(self.model), False

    @precondition(lambda self: self.state)
    @rule()
    def another_program_changes_the_output(self) -> None:
        theirs = self.output.read_bytes() + b"."
        self.output.write_bytes(theirs)
        with pytest.raises(ChangedOnDiskError):
            replace_own_output(self.output, SAMPLE.read_bytes(), self.state)
        assert self.output.read_bytes() == theirs
        self.state = self.saved = None

    @rule(torn=st.booleans())
    def be_killed(self, torn: bool) -> None:
        self.journal.close()
        if torn and self.journal.path:
            with self.journal.path.open("ab") as file:
                file.write(b'{"crc": "0123')
        found = pending(self.source)
        self.session = open_session(self.source)
        self.done, self.undone = [], []
        if not self.unsaved:
            # The saved file holds it all; the program starts with the source again.
            assert found == []
            self.model = {ref: self.session.text(ref) for ref in self.refs}
            self.journal = Journal.open_for(self.source, digest_of(self.session.data))
            self.state = None
            return
        (entry,) = found
        assert entry.is_damaged is torn
        entry.replay(self.session)
        self.journal = entry.resume()

    def agrees(self) -> None:
        assert {ref: self.session.text(ref) for ref in self.refs} == self.model
        assert self.source.read_bytes() == SAMPLE.read_bytes()
        if self.saved is not None:
            document = read_docx(self.output.read_bytes(), self.output.name)
            assert {ref: document.cell(ref).text for ref in self.refs} == self.saved

    def check_invariants(self, settings, output, runtimes) -> None:
        super().check_invariants(settings, output, runtimes)
        if hasattr(self, "session"):
            self.agrees()

    def teardown(self) -> None:
        with suppress(AttributeError):
            self.journal.discard()
            assert pending() == []
        self.patch.undo()
        shutil.rmtree(self.folder)


def run(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Sessions,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_session_and_its_model_agree():
    run(4, 25)


@pytest.mark.long
def test_ten_thousand_steps_of_sessions_and_their_model_agree():
    run(200, 50)
