"""A file is replaced whole or not at all, whatever call of the system fails."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core import storage
from core.errors import SaveError
from core.storage import proposed_path, replace_file

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = b"old" * 1_000, "新的内容".encode() * 5_000
posix_only = pytest.mark.skipif(os.name == "nt", reason="a promise about POSIX systems")


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".~")]


class Fault:
    """Lets the N-th call of the system fail, after it was made or instead of it."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, number: int) -> None:
        self.calls: list[str] = []
        self._at, self._number = at, number
        for name in ("open", "write", "fsync", "close", "chmod", "replace", "access", "stat"):
            patch.setattr(os, name, self._wrapped(name, getattr(os, name)))

    def _wrapped(self, name, real):
        def call(*arguments, **keywords):
            self.calls.append(name)
            failing = len(self.calls) == self._at
            # A failing close has closed all the same.
            result = real(*arguments, **keywords) if not failing or name == "close" else None
            if failing:
                raise OSError(self._number, "injected")
            return result

        return call


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES, errno.EDQUOT])
@pytest.mark.parametrize("existing", [True, False])
def test_a_failure_of_any_call_leaves_the_old_file_or_the_new_one(
    tmp_path, log_records, number, existing
):
    target = tmp_path / "年报.docx"
    outcomes = []
    for at in range(1, 60):
        target.unlink(missing_ok=True)
        if existing:
            target.write_bytes(OLD)
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, at, number)
            try:
                replace_file(target, NEW, overwrite=existing)
                saved = True
            except SaveError as error:
                saved = False
                sentence = str(error)
        if saved:
            assert target.read_bytes() == NEW
        else:
            assert (target.read_bytes() == OLD) if existing else not target.exists()
            assert sentence.endswith("。")
            assert "没有改动" in sentence
        assert leftovers(tmp_path) == []
        outcomes.append(saved)
        if len(fault.calls) < at:
            break
    else:
        pytest.fail("the run never got through without a fault")
    assert outcomes[-1]
    assert outcomes.count(False) >= 7
    # Behind the rename only the folder's sync can fail, and that is no failed save.
    assert {record.getMessage() for record in log_records} == {
        f"a folder could not be synced: {errno.errorcode[number]}"
    }
    log_records.clear()


KILLED = """
import os, sys
from pathlib import Path
from core.storage import replace_file

target, old, new = Path(sys.argv[1]), b"old" * 1000, b"new" * 5000
names = ("open", "write", "fsync", "close", "chmod", "replace")
real = {name: getattr(os, name) for name in names}
at, seen = 0, []
while True:
    at += 1
    for path in target.parent.iterdir():
        path.unlink()
    target.write_bytes(old)
    child = os.fork()
    if not child:
        count = 0
        def wrapped(name):
            def call(*arguments, **keywords):
                global count
                count += 1
                if count == at:
                    os._exit(9)
                return real[name](*arguments, **keywords)
            return call
        for name in names:
            setattr(os, name, wrapped(name))
        replace_file(target, new, overwrite=True)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    found = target.read_bytes()
    assert found in (old, new), (at, found[:20])
    seen.append(found == new)
    if status == 0:
        break
assert seen[-1] and seen.count(False) >= 6, seen
print(len(seen))
"""


@posix_only
def test_a_kill_before_any_call_leaves_the_old_file_or_the_new_one(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path / "年报.docx")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 9


FULL = """
import resource, signal, sys
from pathlib import Path
from core.errors import SaveError
from core.storage import replace_file

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
target, old = Path(sys.argv[1]), b"old" * 1000
target.write_bytes(old)
for limit in (0, 1, 4096, 50_000, 99_999):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        replace_file(target, bytes(100_000), overwrite=True)
    except SaveError as error:
        assert "磁盘空间不足" in str(error), error
        assert "0.1 MB" in str(error), error
    else:
        raise AssertionError(limit)
    assert target.read_bytes() == old
    assert [path.name for path in target.parent.iterdir()] == [target.name]
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
replace_file(target, bytes(100_000), overwrite=True)
assert target.read_bytes() == bytes(100_000)
"""


@posix_only
def test_a_full_disk_leaves_the_old_file(tmp_path):
    command = [sys.executable, "-X", "utf8", "-c", FULL, str(tmp_path / "年报.docx")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_bytes_are_written_whatever_portion_the_system_takes(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:777]))
    replace_file(tmp_path / "a.docx", NEW)
    assert (tmp_path / "a.docx").read_bytes() == NEW


def test_a_system_that_takes_nothing_is_a_full_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "write", lambda _handle, _data: 0)
    with pytest.raises(SaveError, match="磁盘空间不足"):
        replace_file(tmp_path / "a.docx", NEW)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_garbles_is_noticed_before_the_old_file_goes(tmp_path, monkeypatch):
    target = tmp_path / "a.docx"
    target.write_bytes(OLD)
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(len(data))))
    with pytest.raises(SaveError, match="读回来不一样"):
        replace_file(target, NEW, overwrite=True)
    assert target.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_the_order_is_write_sync_rename_sync(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        fault = Fault(patch, 0, errno.EIO)
        replace_file(tmp_path / "a.docx", NEW)
    kept = [name for name in fault.calls if name in {"write", "fsync", "chmod", "replace"}]
    expected = ["write", "fsync", "chmod", "replace"]
    assert kept == (expected if os.name == "nt" else [*expected, "fsync"])


def test_an_existing_file_is_replaced_only_when_asked(tmp_path):
    target = tmp_path / "年报.docx"
    target.write_bytes(OLD)
    with pytest.raises(SaveError, match=r"“年报\.docx”已经存在"):
        replace_file(target, NEW)
    assert target.read_bytes() == OLD
    replace_file(target, NEW, overwrite=True)
    assert target.read_bytes() == NEW
    assert leftovers(tmp_path) == []


def test_a_file_that_appears_during_the_save_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "a.docx"
    real = os.fsync

    def appears(handle: int) -> None:
        target.write_bytes(OLD)
        real(handle)

    monkeypatch.setattr(os, "fsync", appears)
    with pytest.raises(SaveError, match="已经存在"):
        replace_file(target, NEW)
    assert target.read_bytes() == OLD
    assert leftovers(tmp_path) == []


def test_bytes_that_do_not_verify_never_reach_the_disk(tmp_path):
    seen = []

    def refuse(data: bytes) -> None:
        seen.append((data, list(tmp_path.iterdir())))
        raise SaveError("读回的内容不一致。")

    with pytest.raises(SaveError, match="不一致"):
        replace_file(tmp_path / "a.docx", NEW, verify=refuse)
    assert seen == [(NEW, [])]
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_can_be_saved(tmp_path):
    replace_file(tmp_path / "a", b"")
    assert (tmp_path / "a").read_bytes() == b""


@posix_only
def test_the_mode_is_the_old_one_or_what_the_mask_leaves(tmp_path):
    target = tmp_path / "a.docx"
    replace_file(target, OLD)
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask
    target.chmod(0o640)
    replace_file(target, NEW, overwrite=True)
    assert target.stat().st_mode & 0o777 == 0o640


@posix_only
def test_the_temporary_file_is_private(tmp_path, monkeypatch):
    modes = []
    real = os.fsync

    def look(handle: int) -> None:
        modes.append(os.fstat(handle).st_mode & 0o777)
        real(handle)

    monkeypatch.setattr(os, "fsync", look)
    replace_file(tmp_path / "a.docx", NEW)
    assert modes[0] == 0o600


@posix_only
def test_a_link_stays_and_its_target_is_replaced(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target, link = folder / "a.docx", tmp_path / "link.docx"
    target.write_bytes(OLD)
    link.symlink_to(target)
    with pytest.raises(SaveError, match="已经存在"):
        replace_file(link, NEW)
    replace_file(link, NEW, overwrite=True)
    assert link.is_symlink()
    assert target.read_bytes() == NEW
    assert leftovers(tmp_path) == leftovers(folder) == []


@posix_only
def test_a_dangling_link_gets_its_target(tmp_path):
    link = tmp_path / "link.docx"
    link.symlink_to(tmp_path / "new.docx")
    replace_file(link, NEW)
    assert (tmp_path / "new.docx").read_bytes() == NEW
    assert link.is_symlink()


@posix_only
def test_a_loop_of_links_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(SaveError, match="没有保存"):
        replace_file(tmp_path / "a", NEW, overwrite=True)


def test_a_missing_folder_a_folder_and_a_file_in_place_of_a_folder_are_refused(tmp_path):
    with pytest.raises(SaveError, match="文件夹不存在"):
        replace_file(tmp_path / "没有" / "a.docx", NEW)
    with pytest.raises(SaveError, match="是一个文件夹"):
        replace_file(tmp_path, NEW, overwrite=True)
    (tmp_path / "file").write_bytes(OLD)
    with pytest.raises(SaveError, match="文件夹不存在"):
        replace_file(tmp_path / "file" / "a.docx", NEW)


@posix_only
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_and_a_read_only_file_are_refused(tmp_path):
    target = tmp_path / "a.docx"
    target.write_bytes(OLD)
    target.chmod(0o444)
    with pytest.raises(SaveError, match="只读文件"):
        replace_file(target, NEW, overwrite=True)
    tmp_path.chmod(0o555)
    with pytest.raises(SaveError, match="不允许写入"):
        replace_file(tmp_path / "b.docx", NEW)
    tmp_path.chmod(0o755)


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "a.docx").write_bytes(OLD)
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(SaveError, match="只读文件"):
        replace_file(tmp_path / "a.docx", NEW, overwrite=True)


@pytest.mark.parametrize("number", [errno.EBUSY, errno.ETXTBSY])
def test_a_file_in_use_is_said_to_be_in_use(tmp_path, monkeypatch, number):
    def busy(*_paths: object) -> None:
        raise OSError(number, "busy")

    monkeypatch.setattr(os, "replace", busy)
    with pytest.raises(SaveError, match="正被 Word、WPS 等程序打开"):
        replace_file(tmp_path / "a.docx", NEW)


def test_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    real, tries, pauses = os.replace, [], []

    def held(*paths: Path) -> None:
        tries.append(paths)
        if len(tries) < 3:
            raise PermissionError(errno.EACCES, "held")
        real(*paths)

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(storage, "_ATTEMPTS", 5)
    monkeypatch.setattr(storage.time, "sleep", pauses.append)
    replace_file(tmp_path / "a.docx", NEW)
    assert (tmp_path / "a.docx").read_bytes() == NEW
    assert pauses == [0.2, 0.2]


@pytest.mark.parametrize("name", ["年" * 83 + ".docx", "名" * 85, "a %&'" + "😀" * 60, "-x.docx"])
def test_a_name_as_long_as_allowed_is_saved(tmp_path, name):
    replace_file(tmp_path / name, NEW)
    replace_file(tmp_path / name, OLD, overwrite=True)
    assert (tmp_path / name).read_bytes() == OLD


@posix_only
def test_a_name_that_is_too_long_is_refused(tmp_path):
    with pytest.raises(SaveError, match="文件名太长"):
        replace_file(tmp_path / ("年" * 90), NEW)


def test_the_proposed_name_is_free(tmp_path):
    source = tmp_path / "2024年年报.doc"
    names = []
    for _ in range(3):
        path = proposed_path(source, ".docx")
        path.write_bytes(OLD)
        names.append(path.name)
    assert names == [
        "2024年年报(校对版).docx",
        "2024年年报(校对版2).docx",
        "2024年年报(校对版3).docx",
    ]


def test_the_label_is_not_repeated(tmp_path):
    source = tmp_path / "年报(校对版).docx"
    source.write_bytes(OLD)
    assert proposed_path(source, ".docx").name == "年报(校对版2).docx"
    assert proposed_path(source, ".xlsx", "核对表").name == "年报(校对版)(核对表).xlsx"
    assert proposed_path(tmp_path / "(校对版).docx", ".docx").name == "(校对版)(校对版).docx"


def test_a_long_name_is_shortened_until_it_can_be_saved(tmp_path):
    source = tmp_path / ("某某市人民政府办公室" * 9 + ".docx")
    for _ in range(11):
        path = proposed_path(source, ".docx")
        assert len(os.fsencode(path.name)) <= 255
        replace_file(path, NEW)
    assert path.name.endswith("(校对版11).docx")


@posix_only
def test_a_dangling_link_is_no_free_name(tmp_path):
    (tmp_path / "年报(校对版).docx").symlink_to(tmp_path / "nowhere")
    assert proposed_path(tmp_path / "年报.docx", ".docx").name == "年报(校对版2).docx"
