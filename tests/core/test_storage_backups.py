"""What is replaced goes to the backups, and what others changed is not replaced."""

import errno
import logging
import os
import shutil
import stat
import time
from pathlib import Path

import pytest

from core import backups, storage
from core.backups import backups_of, clear_backups
from core.errors import ChangedOnDiskError, SaveError
from core.file_state import FileState, digest_of
from core.leftovers import sweep, use_private_temp
from core.private_folder import private_folder, private_path
from core.storage import (
    RecordFile,
    create_file,
    open_log,
    replace_file,
    replace_own_output,
    why_not_writable,
)

pytestmark = pytest.mark.usefixtures("own_home")
OLD, NEW = b"old" * 1_000, "新的内容".encode() * 5_000
posix_only = pytest.mark.skipif(os.name == "nt", reason="a promise about POSIX systems")


@pytest.fixture
def target(tmp_path) -> Path:
    path = tmp_path / "年报(校对版).docx"
    path.write_bytes(OLD)
    return path


def test_what_stood_there_goes_to_the_backups(target):
    saved = replace_file(target, NEW, overwrite=True)
    assert saved.backup is not None
    assert saved.backup.read_bytes() == OLD
    assert backups_of(target) == [saved.backup]
    assert saved.backup.name.endswith("年报(校对版).docx")
    assert saved.notices == ()
    assert os.listdir(target.parent) == [target.name]


def test_a_new_file_and_the_same_content_need_no_backup(target):
    assert replace_file(target.with_name("b.docx"), NEW).backup is None
    assert replace_file(target, OLD, overwrite=True).backup is None
    assert backups_of(target) == []


def test_the_last_five_are_kept_for_every_file(target):
    other = target.with_name("另一份.docx")
    replace_file(other, OLD)
    replace_file(other, NEW, overwrite=True)
    for number in range(9):
        replace_file(target, bytes([number]) * 10, overwrite=True)
    assert [path.read_bytes()[0] for path in backups_of(target)] == [7, 6, 5, 4, 3]
    assert [path.read_bytes() for path in backups_of(other)] == [OLD]
    clear_backups()
    assert backups_of(target) == backups_of(other) == []
    clear_backups()


def test_the_order_of_backups_is_not_the_clocks(target, monkeypatch):
    class Back:
        @staticmethod
        def now():
            return time_of.pop()

    from datetime import datetime

    time_of = [datetime(2020, 1, 1), datetime(2026, 1, 1)]
    monkeypatch.setattr(backups, "datetime", Back)
    replace_file(target, b"1", overwrite=True)
    replace_file(target, b"2", overwrite=True)
    assert [path.read_bytes() for path in backups_of(target)] == [b"1", OLD]


@posix_only
def test_backups_are_closed_to_others(target):
    target.chmod(0o664)
    private_path().mkdir(parents=True, mode=0o755)
    saved = replace_file(target, NEW, overwrite=True)
    assert saved.backup is not None
    assert stat.S_IMODE(saved.backup.stat().st_mode) == 0o600
    folder = saved.backup.parent
    while folder != private_path().parent:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        folder = folder.parent
    assert stat.S_IMODE(target.stat().st_mode) == 0o664


def test_without_a_backup_nothing_is_replaced(target, tmp_path, monkeypatch):
    blocked = tmp_path / "blocked"
    blocked.touch()
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(blocked))
    with pytest.raises(SaveError, match=r"不能备份.*没有改动.*另存"):
        replace_file(target, NEW, overwrite=True)
    assert target.read_bytes() == OLD
    # Saving under a new name is always possible.
    replace_file(target.with_name("b.docx"), NEW)


@pytest.mark.parametrize("stem", ["年" * 80, "报" * 83])
def test_a_long_name_has_backups_too(tmp_path, stem):
    path = tmp_path / f"{stem}.docx"
    replace_file(path, OLD)
    saved = replace_file(path, NEW, overwrite=True)
    assert saved.backup is not None
    assert saved.backup.read_bytes() == OLD


@posix_only
def test_a_link_and_its_target_share_their_backups(target, tmp_path):
    link = tmp_path / "link.docx"
    link.symlink_to(target)
    saved = replace_file(link, NEW, overwrite=True)
    assert backups_of(target) == backups_of(link) == [saved.backup]


def test_the_last_own_output_is_replaced_as_long_as_it_is_the_own(target):
    state = replace_file(target, b"mine", overwrite=True).state
    assert state == FileState.of(target)
    state = replace_own_output(target, b"mine too", state).state
    os.utime(target)  # touched is not changed
    state = replace_own_output(target, b"mine again", state).state
    target.write_bytes(b"other text")
    with pytest.raises(ChangedOnDiskError, match=r"已被其他程序改动.*没有保存"):
        replace_own_output(target, NEW, state)
    assert target.read_bytes() == b"other text"
    target.unlink()
    assert replace_own_output(target, NEW, state).state.is_of(NEW)
    assert target.read_bytes() == NEW


@pytest.mark.parametrize("deed", ["rewritten", "replaced", "removed", "a folder"])
def test_a_target_that_changes_during_the_save_is_left_alone(target, monkeypatch, deed):
    real = os.fsync
    done = []

    def meanwhile(handle: int) -> None:
        real(handle)
        if done:
            return
        done.append(deed)
        if deed == "rewritten":
            target.write_bytes(b"theirs")
        elif deed == "replaced":
            other = target.with_name("other")
            other.write_bytes(b"theirs")
            other.replace(target)
        else:
            target.unlink()
            if deed == "a folder":
                target.mkdir()

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(SaveError):
        replace_file(target, NEW, overwrite=True)
    if deed in {"rewritten", "replaced"}:
        assert target.read_bytes() == b"theirs"
    assert not [name for name in os.listdir(target.parent) if name.startswith(".~")]


@posix_only
def test_a_second_name_of_the_file_is_told(target, tmp_path):
    other = tmp_path / "别名.docx"
    os.link(target, other)
    (notice,) = replace_file(target, NEW, overwrite=True).notices
    assert "硬链接" in notice
    assert (target.read_bytes(), other.read_bytes()) == (NEW, OLD)


def test_a_full_disk_is_noticed_before_anything_is_written(target, monkeypatch):
    class Usage:
        total, free = 10**9, 70_000

    written = []
    monkeypatch.setattr("core.replaceable.shutil.disk_usage", lambda _folder: Usage)
    monkeypatch.setattr(os, "write", lambda *_arguments: written.append(1))
    with pytest.raises(SaveError, match=r"磁盘空间不足（这个文件需约 0\.1 MB）"):
        replace_file(target, NEW, overwrite=True)
    assert not written


@pytest.mark.parametrize("answer", [None, 0])
def test_a_disk_that_tells_nothing_is_tried(target, monkeypatch, answer):
    class Usage:
        total = free = 0

    def usage(_folder: Path) -> type[Usage]:
        if answer is None:
            raise OSError(errno.ENOSYS, "no")
        return Usage

    monkeypatch.setattr("core.replaceable.shutil.disk_usage", usage)
    replace_file(target, NEW, overwrite=True)
    assert target.read_bytes() == NEW


@posix_only
def test_what_is_no_file_is_not_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SaveError, match="不是普通文件"):
        replace_file(tmp_path / "pipe", NEW, overwrite=True)


def test_a_folder_is_tried_when_a_file_is_opened(tmp_path, monkeypatch):
    assert why_not_writable(tmp_path) == ""
    assert os.listdir(tmp_path) == []
    assert "文件夹不存在" in why_not_writable(tmp_path / "没有")

    def refused(*_arguments: object) -> int:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "open", refused)
    assert "不允许写入" in why_not_writable(tmp_path)


def test_a_state_knows_content_from_touch(target):
    state = FileState.of(target)
    assert state is not None
    assert state.is_of(OLD)
    assert not state.is_of(NEW)
    assert state.looks_the_same(target)
    os.utime(target, ns=(1, 1))
    assert not state.looks_the_same(target)
    assert state.holds(FileState.of(target))
    # Same size, same time, other content.
    target.write_bytes(OLD[::-1])
    os.utime(target, ns=(state.modified, state.modified))
    assert state.looks_the_same(target)
    assert not state.holds(FileState.of(target))
    target.unlink()
    assert FileState.of(target) is None
    assert not state.holds(None)
    assert not state.looks_the_same(target)
    assert state.digest == digest_of(OLD)


def test_only_old_files_of_the_own_pattern_are_swept(tmp_path):
    old, names = time.time() - 25 * 3600, [".~0a1b2c.tmp", ".~ffffff.tmp"]
    strangers = [".~lock.年报.docx#", ".~0a1b2c.tmp.docx", "~$年报.docx", "a.tmp", ".~0A1B2C.tmp"]
    for name in (*names, *strangers):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (old, old))
    (tmp_path / ".~123456.tmp").touch()
    (tmp_path / ".~abcdef.tmp").mkdir()
    os.utime(tmp_path / ".~abcdef.tmp", (old, old))
    assert sweep([tmp_path, tmp_path / "missing"]) == 2
    assert sorted(os.listdir(tmp_path)) == sorted([*strangers, ".~123456.tmp", ".~abcdef.tmp"])


def test_a_save_sweeps_its_folder(target):
    old = target.with_name(".~0a1b2c.tmp")
    old.touch()
    os.utime(old, (1, 1))
    replace_file(target, NEW, overwrite=True)
    assert os.listdir(target.parent) == [target.name]


def test_temporary_files_are_private_and_swept(monkeypatch):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", None)
    use_private_temp()
    folder = private_folder("temporary")
    assert Path(tempfile.gettempdir()) == folder
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name, age in (("openpyxl.x1", 1), ("openpyxl.x2", time.time())):
        (folder / name).touch()
        os.utime(folder / name, (age, age))
    left = private_folder("backups", "0123") / ".~0a1b2c.tmp"
    left.touch()
    os.utime(left, (1, 1))
    assert sweep() == 2
    assert os.listdir(folder) == ["openpyxl.x2"]


def test_without_a_private_folder_the_program_starts(tmp_path, monkeypatch, log_records):
    import tempfile

    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", None)
    for name in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "file"))
    use_private_temp()
    assert tempfile.tempdir is None
    assert sweep() == 0
    assert "no private folder" in log_records.pop().getMessage()


def test_a_file_is_created_once(tmp_path):
    assert create_file(tmp_path / "a.lock", b"one")
    assert not create_file(tmp_path / "a.lock", b"two")
    assert (tmp_path / "a.lock").read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a.lock"]


@posix_only
def test_a_file_is_created_where_there_are_no_hard_links(tmp_path, monkeypatch):
    def refused(*_arguments: object) -> None:
        raise OSError(errno.EPERM, "no links")

    monkeypatch.setattr(os, "link", refused)
    assert create_file(tmp_path / "a.lock", b"one")
    assert not create_file(tmp_path / "a.lock", b"two")
    assert os.listdir(tmp_path) == ["a.lock"]


def test_a_record_that_does_not_fit_is_taken_back(tmp_path, monkeypatch):
    records = RecordFile(tmp_path / "a")
    records.append(b"one\n")
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) <= 2:
            raise OSError(errno.ENOSPC, "full")
        return real(handle, data[:2])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="full"):
        records.append(b"two\n")
    assert (tmp_path / "a").read_bytes() == b"one\n"
    with monkeypatch.context() as patch:
        patch.setattr(os, "ftruncate", lambda *_arguments: full(0, b""))
        with pytest.raises(OSError, match="full"):
            records.append(b"two\n")
    assert (tmp_path / "a").read_bytes() == b"one\ntw"
    monkeypatch.setattr(os, "write", real)
    records.append(b"three\n")
    records.sync()
    records.close()
    assert (tmp_path / "a").read_bytes() == b"one\nthree\n"
    again = RecordFile(tmp_path / "a")
    again.append(b"four\n")
    assert again.is_reachable
    if os.name == "posix":
        (tmp_path / "a").unlink()
        assert not again.is_reachable
    again.close()


def test_the_log_is_private_and_bounded(tmp_path):
    handler = open_log(tmp_path / "gouji.log")
    record = logging.LogRecord("core", logging.INFO, "", 0, "x" * 1000, None, None)
    for _ in range(4_000):
        handler.emit(record)
    handler.close()
    found = sorted(os.listdir(tmp_path))
    assert found == ["gouji.log", "gouji.log.1", "gouji.log.2"]
    if os.name == "posix":
        assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in found} == {0o600}
    assert all((tmp_path / name).stat().st_size <= 1024 * 1024 for name in found)


def test_a_failing_sync_of_the_backups_folder_is_no_failed_save(target, monkeypatch, log_records):
    real = os.fsync

    def fails(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "no")
        real(handle)

    monkeypatch.setattr(storage.os, "fsync", fails)
    assert replace_file(target, NEW, overwrite=True).backup is not None
    assert target.read_bytes() == NEW
    if os.name == "posix":
        assert len(log_records) == 2
    log_records.clear()


def test_an_own_output_is_exported_again_unless_others_changed_it(tmp_path):
    from dataclasses import replace

    from core.export import findings_target, word_target, write_all
    from core.resources import SAMPLE
    from core.session import open_session

    session = open_session(SAMPLE)
    result = session.check()
    targets = [word_target(tmp_path / "a.docx"), findings_target(tmp_path / "b.xlsx")]
    saved = write_all(session, result, targets, overwrite=False)
    assert [one.state for one in saved] == [FileState.of(target.path) for target in targets]
    own = [replace(t, expected=s.state) for t, s in zip(targets, saved, strict=True)]
    write_all(session, result, own, overwrite=False)
    first = (tmp_path / "a.docx").read_bytes()
    (tmp_path / "b.xlsx").write_bytes(b"theirs")
    with pytest.raises(ChangedOnDiskError):
        write_all(session, result, own, overwrite=False)
    assert (tmp_path / "b.xlsx").read_bytes() == b"theirs"
    assert (tmp_path / "a.docx").read_bytes() == first


@pytest.fixture
def two_targets(tmp_path):
    """A session, and two files of which the second is going to fail."""
    from core.export import findings_target, word_target
    from core.resources import SAMPLE
    from core.session import open_session

    word, findings = tmp_path / "年报(校对版).docx", tmp_path / "年报(疑点清单).xlsx"
    return open_session(SAMPLE), [word_target(word), findings_target(findings)]


@pytest.mark.parametrize("stands", [False, True])
def test_what_cannot_be_put_back_is_named(two_targets, stands, monkeypatch):
    from core import export

    session, targets = two_targets
    if stands:
        targets[0].path.write_bytes(b"earlier")
    real, calls = export.replace_file, []

    def failing(path, data, **options):
        calls.append(path)
        if len(calls) > 1:
            raise SaveError("没有保存")
        return real(path, data, **options)

    def refused(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(export, "replace_file", failing)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(SaveError, match=r"校对版.*内容完整.*没有能换回来"):
        export.write_all(session, session.check(), targets, overwrite=True)
    monkeypatch.undo()
    assert targets[0].path.read_bytes() == session.data
    assert not targets[1].path.exists()


def test_files_that_do_not_fit_together_are_refused_before_the_first(two_targets, monkeypatch):
    from core import export

    session, targets = two_targets
    free = len(session.data) + 70_000  # enough for the first
    usage = shutil.disk_usage(targets[0].path.parent)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    export.write_all(session, session.check(), targets[:1], overwrite=True)
    targets[0].path.unlink()
    with pytest.raises(SaveError, match="磁盘空间不足"):
        export.write_all(session, session.check(), targets, overwrite=True)
    assert not any(each.path.exists() for each in targets)
