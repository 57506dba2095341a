"""Edits are on the disk before anybody needs them, and a damaged journal gives what it can."""

import errno
import json
import os
import stat
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import edit_records, journal, processes
from core.document import CellRef, ParagraphRef
from core.edit_records import edit_from, edit_json
from core.edits import AnyEdit, Edit, ParagraphInsertion, TextEdit
from core.errors import EditError, SaveError, UnreadableFileError
from core.file_state import FileState, digest_of
from core.journal import Journal
from core.journal_contents import contents_of
from core.journal_lines import line, valid_lines
from core.private_folder import private_path
from core.processes import this_process
from core.recovery import Recoverable, pending
from core.session import Session, open_session

SLOTS = ("received.natural_person", "disclosed.natural_person")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory, monkeypatch):
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path_factory.mktemp("home")))


@pytest.fixture
def killed(monkeypatch):
    """A function after which journals written so far are those of a process that is gone."""
    gone = this_process()
    dead = replace(gone, pid=2**22 + 1, started="never")
    monkeypatch.setattr(journal, "this_process", lambda: dead)
    return dead


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "某市年报.txt"
    path.write_bytes("报告".encode() * 100)
    return path


def digest(source: Path) -> str:
    return digest_of(source.read_bytes())


def edit(number: int) -> Edit:
    return Edit(CellRef("t2", number % 7, number % 5), str(number), f"新的{number}")


def journal_of(source: Path, commands: int) -> Journal:
    found = Journal.open_for(source, digest(source))
    for number in range(commands):
        found.record([edit(number)])
    return found


def corrupt() -> list[Path]:
    folder = private_path("corrupt")
    return sorted(folder.iterdir()) if folder.exists() else []


def journals() -> list[Path]:
    folder = private_path("journals")
    return sorted(folder.iterdir()) if folder.exists() else []


def test_nothing_is_written_before_the_first_command(source):
    found = Journal.open_for(source, digest(source))
    found.record([])
    found.sync()
    found.saved(0, source, FileState(0, 0, ""))
    assert found.path is None
    assert journals() == []
    found.discard()


@pytest.mark.usefixtures("killed")
def test_an_interrupted_session_is_offered_with_file_time_and_number(source):
    before = datetime.now().replace(microsecond=0)
    work = Journal.open_for(source, digest(source))
    work.record([edit(1), edit(2)])
    work.record([edit(3).inverse])
    work.close()
    (found,) = pending()
    assert (found.source, found.count, found.is_damaged) == (source, 3, False)
    assert before <= found.at <= datetime.now()
    assert found.commands == ((edit(1), edit(2)), (edit(3).inverse,))
    assert not found.is_source_changed
    assert not found.is_source_missing
    assert found.refusal == found.elsewhere == ""
    assert pending(source) == [found]
    assert pending(source.with_name("other")) == []
    source.write_bytes(b"other")
    assert found.is_source_changed
    source.unlink()
    assert found.is_source_missing
    assert found.is_source_changed
    found.discard()
    assert pending() == []
    assert corrupt() == []


def test_the_journal_of_an_open_window_is_left_alone(source):
    work = journal_of(source, 3)
    assert pending() == []
    work.record([edit(9)])
    assert work.path is not None
    assert len(valid_lines(work.path.read_bytes()).values) == 5
    work.discard()
    assert journals() == []


@pytest.mark.skipif(os.name == "nt", reason="a promise about POSIX systems")
def test_a_journal_is_private_and_not_beside_the_document(source, tmp_path):
    work = journal_of(source, 1)
    assert work.path is not None
    assert stat.S_IMODE(work.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(work.path.parent.stat().st_mode) == 0o700
    assert os.listdir(tmp_path) == [source.name]
    work.discard()


def test_a_journal_holds_edits_the_path_and_the_digest_only(source):
    work = journal_of(source, 1)
    assert work.path is not None
    head, command = (json.loads(text) for text in work.path.read_text("ascii").splitlines())
    assert head.keys() == {
        *("crc", "n", "at", "format", "version", "source", "digest", "writer"),
    }
    assert command.keys() == {"crc", "n", "at", "edits"}
    work.discard()


@pytest.mark.usefixtures("killed")
def test_what_was_saved_is_not_offered_again_but_still_known(source, tmp_path):
    output = tmp_path / "某市年报(校对版).docx"
    state = FileState(5, 6, "d" * 64)
    work = journal_of(source, 3)
    mark = work.mark
    work.record([edit(3)])  # while it was being saved
    work.saved(mark, output, state)
    work.close()
    (found,) = pending()
    assert (found.count, found.saved, len(found.commands)) == (1, 3, 4)
    assert (found.output, found.output_state) == (output, state)
    again = found.resume()
    again.saved(again.mark, output, state)
    again.close()
    assert pending() == []
    assert journals() == []
    assert corrupt() == []


@pytest.mark.usefixtures("killed")
def test_a_recovered_session_goes_on_in_its_journal(source):
    journal_of(source, 2).close()
    (found,) = pending()
    work = found.resume()
    work.record([edit(2)])
    work.close()
    (found,) = pending()
    assert [command[0] for command in found.commands] == [edit(0), edit(1), edit(2)]
    assert len(journals()) == 1


def test_a_resumed_journal_belongs_to_its_new_window(source, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(
            journal, "this_process", lambda: replace(this_process(), started="an earlier start")
        )
        journal_of(source, 2).close()
    if not this_process().started:
        pytest.skip("this system does not say when a process began")
    (found,) = pending()
    work = found.resume()
    assert pending() == []
    work.discard()


@pytest.fixture
def unsynced(monkeypatch):
    """Some thousand files are damaged, and no power fails: forcing them to the disk takes long."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)


@pytest.mark.usefixtures("killed", "unsynced")
def test_truncated_at_every_byte(source):
    work = journal_of(source, 4)
    work.close()
    path = work.path
    assert path is not None
    whole = path.read_bytes()
    ends = [end + 1 for end, byte in enumerate(whole) if byte == 10]
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        complete = sum(end <= length for end in ends)
        _require_prefix(source, max(complete - 1, 0), whole[:length], length in ends)


@pytest.mark.usefixtures("killed", "unsynced")
def test_every_byte_flipped(source):
    work = journal_of(source, 3)
    work.close()
    path = work.path
    assert path is not None
    whole = path.read_bytes()
    for place in range(len(whole)):
        for mask in (0x01, 0xFF):
            damaged = bytearray(whole)
            damaged[place] ^= mask
            path.write_bytes(damaged)
            _require_prefix(source, max(whole[:place].count(b"\n") - 1, 0), bytes(damaged), False)


def _require_prefix(source: Path, commands: int, data: bytes, is_whole: bool) -> None:
    """Require that the first commands come back and that the damaged bytes are kept."""
    for path in corrupt():
        path.unlink()
    found = pending()
    if not commands:
        assert found == []
    else:
        (entry,) = found
        assert entry.commands == tuple((edit(number),) for number in range(commands))
        assert entry.is_damaged is not is_whole
        assert entry.source == source
        work = entry.resume()
        assert work.path is not None
        work.close()
        (again,) = pending()
        assert again.commands == entry.commands
        assert not again.is_damaged
        work.path.unlink()
    assert [path.read_bytes() for path in corrupt()] == ([] if is_whole else [data])
    for path in journals():
        path.unlink()
    for path in corrupt():
        path.rename(private_path("journals") / path.name)
    for path in journals()[1:]:
        path.unlink()


@pytest.mark.parametrize(
    "data", [b"", bytes(4096), b"\n" * 50, b"{}\n", b'{"crc": "00000000", "n": 1}\n', b"\xff" * 99]
)
def test_what_is_no_journal_is_set_aside(data):
    folder = private_path("journals")
    folder.mkdir(parents=True)
    (folder / "a.journal").write_bytes(data)
    assert pending() == []
    assert [path.read_bytes() for path in corrupt()] == [data]
    assert journals() == []


@pytest.mark.usefixtures("killed")
def test_a_tail_of_zeros_is_what_a_power_failure_leaves(source):
    work = journal_of(source, 3)
    work.close()
    assert work.path is not None
    data = work.path.read_bytes() + bytes(4096)
    work.path.write_bytes(data)
    (found,) = pending()
    assert found.count == 3
    assert found.is_damaged
    found.discard()
    assert pending() == []
    assert [path.read_bytes() for path in corrupt()] == [data]


def test_a_newer_version_is_refused_politely_and_left_alone(source):
    folder = private_path("journals")
    folder.mkdir(parents=True)
    head = {"format": "gouji-journal", "version": 2, "source": str(source), "new": {"a": 1}}
    data = line(1, head) + b"something else"
    (folder / "a.journal").write_bytes(data)
    (found,) = pending()
    assert found.source == source
    assert "更新版本" in found.refusal
    assert "仍然保存" in found.refusal
    for deed in (found.resume, lambda: found.replay(None)):
        with pytest.raises(UnreadableFileError, match="升级"):
            deed()
    assert journals()[0].read_bytes() == data
    found.discard()
    assert journals() == []


@pytest.mark.usefixtures("killed")
def test_a_kind_of_edit_that_is_not_known_ends_what_is_recovered(source):
    work = journal_of(source, 2)
    work._add({"edits": [{"kind": "hologram", "ref": 1}]})
    work.record([edit(2)])
    work.close()
    (found,) = pending()
    assert found.count == 2
    assert found.is_damaged
    found.resume().close()
    assert len(corrupt()) == 1


def test_the_journal_of_another_computer_says_so(source, monkeypatch):
    monkeypatch.setattr(journal, "this_process", lambda: replace(this_process(), host="办公室-2"))
    journal_of(source, 1).close()
    (found,) = pending()
    assert found.elsewhere == "办公室-2"


@pytest.mark.usefixtures("killed")
def test_a_full_disk_loses_nothing_that_is_in_memory(source, monkeypatch):
    work = journal_of(source, 1)
    real = os.write

    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "write", full)
    for number in (1, 2):
        with pytest.raises(SaveError, match=r"不能记入恢复日志.*程序中的修改都在.*保存"):
            work.record([edit(number)])
    with pytest.raises(SaveError):
        work.sync()
    monkeypatch.setattr(os, "write", real)
    work.sync()
    work.close()
    assert pending()[0].count == 3


@pytest.mark.usefixtures("killed")
def test_a_disk_that_is_full_from_the_start(source, monkeypatch):
    real = os.open

    def full(*_arguments: object) -> int:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "open", full)
    work = Journal.open_for(source, digest(source))
    with pytest.raises(SaveError):
        work.record([edit(0)])
    monkeypatch.setattr(os, "open", real)
    work.record([edit(1)])
    work.close()
    assert pending()[0].commands == ((edit(0),), (edit(1),))


@pytest.mark.usefixtures("killed")
@pytest.mark.skipif(os.name == "nt", reason="nobody can remove an open file there")
def test_a_journal_that_somebody_removed_is_written_again(source):
    work = journal_of(source, 2)
    assert work.path is not None
    work.path.unlink()
    work.sync()
    work.record([edit(2)])
    work.close()
    assert pending()[0].count == 3


def test_the_disk_is_forced_once_a_second(source, monkeypatch):
    now, synced = [100.0], []
    real = os.fsync

    def counted(handle: int) -> None:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            synced.append(now[0])
        real(handle)

    monkeypatch.setattr(os, "fsync", counted)
    monkeypatch.setattr(journal.time, "monotonic", lambda: now[0])
    work = journal_of(source, 3)
    assert synced == [100.0]
    now[0] = 101.5
    work.record([edit(3)])
    work.record([edit(4)])
    assert synced == [100.0, 101.5]
    now[0] = 102.0
    work.sync()
    work.sync()
    assert synced == [100.0, 101.5, 102.0]
    work.discard()


def test_a_journal_that_cannot_be_removed_is_no_fault(source, monkeypatch, log_records):
    work = journal_of(source, 1)

    def refused(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EACCES, "no")

    monkeypatch.setattr(os, "unlink", refused)
    work.discard()
    assert "a journal stays" in log_records.pop().getMessage()


def _session(path: Path) -> Session:
    from core.resources import SAMPLE

    path.write_bytes(SAMPLE.read_bytes())
    return open_session(path)


@pytest.mark.usefixtures("killed")
def test_edits_are_replayed_on_the_same_source_only(tmp_path):
    path = tmp_path / "示例.docx"
    session = _session(path)
    refs = [place.ref for place in session.match.places.values()][:3]
    work = Journal.open_for(path, digest_of(session.data))
    for ref in (*refs, refs[0]):
        made = [Edit(ref, session.text(ref), session.text(ref) + "1")]
        session.apply_all(made)
        work.record(made)
    prose = next(part for part in session.source.sections if part.paragraphs)
    ref = ParagraphRef(prose.number, 0)
    first = prose.paragraphs[0].text[:2]
    reworded = TextEdit(ref, 0, 2, first, "改了")
    for made in ([reworded], [reworded.inverse], [reworded]):
        session.apply_all(made)
        work.record(made)
    work.close()
    (found,) = pending()
    again = open_session(path)
    found.replay(again)
    assert again.edits == session.edits
    assert again.document != again.source
    assert again.document == session.document
    other = Session(path, session.data + b" ", session.source)
    with pytest.raises(EditError, match=r"其他程序改动.*没有套用.*保存着"):
        found.replay(other)
    assert not other.edits
    extra = (Edit(refs[0], "no", "x"),)
    wrong = replace(found, commands=(*found.commands, extra), times=(*found.times, found.at))
    fresh = open_session(path)
    with pytest.raises(EditError):
        wrong.replay(fresh)
    assert not fresh.edits


TEXTS = st.text(max_size=30) | st.text(
    st.characters(categories=("Cs", "Cc", "Lo")), min_size=1, max_size=9
)
NUMBERS = st.integers(0, 10**6)
PARAGRAPHS = st.builds(ParagraphRef, NUMBERS, NUMBERS)
EDITS = (
    st.builds(Edit, st.builds(CellRef, TEXTS, NUMBERS, NUMBERS), TEXTS, TEXTS)
    | st.builds(TextEdit, PARAGRAPHS, NUMBERS, NUMBERS, TEXTS, TEXTS)
    | st.builds(ParagraphInsertion, PARAGRAPHS, TEXTS)
)


def test_every_kind_of_edit_has_a_name():
    assert set(get_args(AnyEdit)) == set(edit_records.KINDS.values())


@settings(max_examples=100)
@given(st.lists(st.lists(EDITS, max_size=4), max_size=6))
def test_whatever_is_typed_comes_back(commands):
    lines = [line(1, {"format": "gouji-journal", "version": 1, "source": "a", "digest": "b"})]
    for number, command in enumerate(commands, 2):
        at = "2026-01-02T03:04:05"
        lines.append(line(number, {"at": at, "edits": [edit_json(edit) for edit in command]}))
    found = contents_of(b"".join(lines))
    assert found.commands == tuple(map(tuple, commands))
    assert not found.is_damaged


@settings(max_examples=200)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_no_bytes_break_the_reading(noise, place):
    whole = b"".join(
        line(number, {"at": "2026-01-02T03:04:05", "edits": [edit_json(edit(number))]})
        for number in range(1, 4)
    )
    assert isinstance(contents_of(noise).commands, tuple)
    found = valid_lines(whole[:place] + noise + whole[place:])
    assert len(found.values) >= whole[:place].count(b"\n")


class _Side(Enum):
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class _Wide:
    ref: CellRef | None
    refs: tuple[CellRef, ...]
    side: _Side
    at: int


def test_a_new_kind_is_one_line_in_the_table(monkeypatch):
    monkeypatch.setitem(edit_records.KINDS, "wide", _Wide)
    monkeypatch.setitem(edit_records._NAMES, _Wide, "wide")
    ref = CellRef("t1", 2, 3)
    for record in (_Wide(None, (ref, ref), _Side.LEFT, 4), _Wide(ref, (), _Side.LEFT, 0)):
        assert edit_from(json.loads(json.dumps(edit_json(record)))) == record


@pytest.mark.parametrize(
    "change",
    [{"kind": "x"}, {"before": 1}, {"ref": None}, {"more": 1}, {"ref": {"table": "t", "row": 1}}],
)
def test_json_that_is_no_edit_is_refused(change):
    with pytest.raises(ValueError, match=r"\w"):
        edit_from({**edit_json(edit(1)), **change})


def test_a_process_that_is_gone_does_not_run():
    mine = this_process()
    assert mine.may_run
    assert not replace(mine, pid=2**22 + 7).may_run
    assert not replace(mine, pid=-1).may_run
    assert replace(mine, pid=2**22 + 7, host="elsewhere").may_run
    if mine.started:
        assert not replace(mine, started="at another time").may_run
    assert processes.writer_from(mine.json()) == mine
    assert processes.writer_from({"pid": "1"}) is None
    assert processes.writer_from([]) is None


def test_a_recoverable_is_what_pending_returns(source, killed):
    journal_of(source, 1).close()
    assert all(isinstance(entry, Recoverable) for entry in pending())
    assert not killed.may_run


def test_a_disk_that_fails_when_the_journal_is_closed_ends_nothing(
    tmp_path, monkeypatch, log_records
):
    journal = Journal.open_for(tmp_path / "年报.docx", "0" * 64)
    journal.record([Edit(CellRef("t1", 0, 0), "1", "2")])

    def fail(descriptor):
        raise OSError(errno.EIO, "injected")

    with monkeypatch.context() as patch:
        patch.setattr("core.storage.os.close", fail)
        journal.close()
    assert [r.getMessage() for r in log_records] == ["a journal was not closed in order: EIO"]
    log_records.clear()
    assert contents_of(journal.path.read_bytes()).commands
