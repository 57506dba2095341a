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
from core.document import CellRef, ParagraphRef, fold
from core.edits import AnyEdit, Edit, TextEdit
from core.errors import ChangedOnDiskError, EditError
from core.export import word_target, write_all
from core.file_state import FileState, digest_of
from core.journal import Journal
from core.processes import this_process
from core.readers.docx import read_docx
from core.reasons import Style
from core.recovery import pending
from core.resources import SAMPLE
from core.session import open_session
from core.storage import replace_own_output
from core.writers.marking import Mode

TEXTS = st.text("0123456789.-—约 ", max_size=6)
WORDS = TEXTS | st.text("一二三、（）。办结公开12 \n\t\0", max_size=6)
PLACES = st.integers(0, 10**6)


class Sessions(RuleBasedStateMachine):
    """The program beside a model: the texts of all cells and paragraphs that can be changed."""

    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.patch = pytest.MonkeyPatch()
        for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
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
        self.prose = self.prose_of_source()
        self.done: list[list[AnyEdit]] = []
        self.undone: list[list[AnyEdit]] = []
        self.saved: tuple[dict[CellRef, str], dict[ParagraphRef, str]] | None = None
        self.state: FileState | None = None
        self.unsaved = False

    def prose_of_source(self) -> dict[ParagraphRef, str]:
        return {
            ParagraphRef(section.number, index): paragraph.text
            for section in self.session.source.sections
            for index, paragraph in enumerate(section.paragraphs)
        }

    def apply(self, edits: list[AnyEdit]) -> None:
        self.session.apply_all(edits)
        self.journal.record(edits)
        self.unsaved = self.unsaved or bool(edits)
        for edit in edits:
            if isinstance(edit, Edit):
                self.model[edit.ref] = fold(edit.after)
            else:
                text = self.prose[edit.ref]
                self.prose[edit.ref] = text[: edit.start] + edit.after + text[edit.end :]

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

    @rule(place=PLACES, start=PLACES, length=st.integers(0, 9), text=WORDS)
    def reword(self, place: int, start: int, length: int, text: str) -> None:
        ref = list(self.prose)[place % len(self.prose)]
        present = self.prose[ref]
        start %= len(present) + 1
        end = min(start + length, len(present))
        edit = TextEdit(ref, start, end, present[start:end], text)
        try:
            self.apply([edit])
        except EditError:
            # It would read as a heading, or cannot be written: nothing has happened.
            return
        self.done.append([edit])
        self.undone.clear()

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

    @rule(mode=st.sampled_from(list(Mode)))
    def save(self, mode: Mode) -> None:
        mark = self.journal.mark
        target = replace(word_target(self.output, Style(mode)), expected=self.state)
        (saved,) = write_all(self.session, self.session.check(), [target], overwrite=True)
        self.state = saved.state
        self.journal.saved(mark, self.output, self.state)
        self.saved, self.unsaved = (dict(self.model), dict(self.prose)), False

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
            self.prose = self.prose_of_source()
            self.journal = Journal.open_for(self.source, digest_of(self.session.data))
            self.state = None
            return
        (entry,) = found
        assert entry.is_damaged is torn
        entry.replay(self.session)
        self.journal = entry.resume()

    def agrees(self) -> None:
        Sessions.steps += 1
        assert {ref: self.session.paragraph(ref) for ref in self.prose} == self.prose
        assert {ref: self.session.text(ref) for ref in self.refs} == self.model
        assert self.source.read_bytes() == SAMPLE.read_bytes()
        if self.saved is not None:
            document = read_docx(self.output.read_bytes(), self.output.name)
            cells, prose = self.saved
            assert {ref: document.cell(ref).text for ref in self.refs} == cells
            assert [
                paragraph.text for section in document.sections for paragraph in section.paragraphs
            ] == [text for text in prose.values() if text.strip()]

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
    run(12, 25)


@pytest.mark.long
def test_ten_thousand_steps_of_sessions_and_their_model_agree():
    before = Sessions.steps
    run(245, 50)
    print(f"{Sessions.steps - before} steps")
    assert Sessions.steps - before >= 10_000
