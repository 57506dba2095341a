"""Reading in a process of its own: it may hang, die or want all memory, and nothing else does."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.document import Confidence, Document, Paragraph, Section
from core.errors import Cancelled, UnreadableFileError
from core.progress import Progress, silent
from core.readers import apart, read_document, read_here
from core.readers.apart import read_apart
from core.readers.confinement import MOST_MEMORY

PLAIN = "一、总体情况\n全年收到申请 3 件。\n".encode()


# The other process finds these by their names.
def hangs(_data: bytes, _name: str, _progress: Progress) -> Document:
    while True:
        time.sleep(0.01)


def steps_for_ever(_data: bytes, _name: str, progress: Progress) -> Document:
    done = 0
    while True:
        done += 1
        progress(done, 1_000_000)
        time.sleep(0.001)


def crashes(_data: bytes, _name: str, _progress: Progress) -> Document:
    ctypes.string_at(0)
    raise AssertionError("unreachable")


def exits(_data: bytes, _name: str, _progress: Progress) -> Document:
    os._exit(0)


def wants_memory(data: bytes, _name: str, _progress: Progress) -> Document:
    held = [bytes(64 * 1024 * 1024) for _ in range(MOST_MEMORY // 1024**2)]
    return Document(str(len(held)) + str(len(data)), ())


def fails(_data: bytes, _name: str, _progress: Progress) -> Document:
    raise UnreadableFileError("第一句。", "the detail")


def warns(_data: bytes, _name: str, _progress: Progress) -> Document:
    logging.getLogger("core.readers").warning("a warning at %d", 7)
    return Document("text", ())


class _Foreign:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("never",)


def smuggles(_data: bytes, _name: str, _progress: Progress) -> Document:
    return Document("text", (_Foreign(),))  # type: ignore[arg-type]  # what an attacker would do


def children() -> int:
    return len(multiprocessing.active_children())


def test_what_is_read_apart_is_what_is_read_here():
    assert read_apart(read_here, PLAIN, "年报.txt", silent) == read_here(PLAIN, "年报.txt")
    assert children() == 0


def test_a_large_file_is_read_apart(monkeypatch: pytest.MonkeyPatch):
    seen = []
    monkeypatch.setattr(apart, "read_apart", lambda read, *rest: seen.append(read) or read(*rest))
    read_document(PLAIN, "年报.txt")
    assert not seen
    large = PLAIN + (b"ordinary text " * 100 + b"\n") * 3_000
    assert read_document(large, "年报.txt").format == "text"
    assert seen == [read_here]


@pytest.mark.parametrize("head", [b"%PDF-1.7", b"\n\n%PDF-1.4", bytes.fromhex("d0cf11e0a1b11ae1")])
def test_formats_with_parsers_that_can_be_harmed_are_read_apart(
    monkeypatch: pytest.MonkeyPatch, head: bytes
):
    seen = []
    monkeypatch.setattr(
        apart, "read_apart", lambda *said: seen.append(said) or Document("text", ())
    )
    read_document(head + b" and what comes behind", "年报")
    assert len(seen) == 1


def test_a_parser_that_hangs_is_stopped():
    started = time.monotonic()
    with pytest.raises(UnreadableFileError, match=r"时间太长.*原文件没有改动"):
        read_apart(hangs, PLAIN, "年报", silent, still=0.3)
    assert time.monotonic() - started < 30
    assert children() == 0


def test_a_parser_that_never_ends_is_stopped_though_it_reports_steps():
    with pytest.raises(UnreadableFileError, match="时间太长"):
        read_apart(steps_for_ever, PLAIN, "年报", silent, altogether=1.0)


@pytest.mark.parametrize("read", [crashes, exits])
def test_a_parser_that_dies_costs_one_sentence(read: apart.Read):
    with pytest.raises(UnreadableFileError, match=r"意外中断.*原文件没有改动"):
        read_apart(read, PLAIN, "年报", silent)


@pytest.mark.skipif(sys.platform == "win32", reason="a job bounds the process there")
def test_a_parser_that_wants_all_memory_is_refused():
    with pytest.raises(UnreadableFileError, match="内存太多"):
        read_apart(wants_memory, PLAIN, "年报", silent)


def test_what_the_reader_says_arrives_with_its_detail():
    with pytest.raises(UnreadableFileError, match="第一句。") as error:
        read_apart(fails, PLAIN, "年报", silent)
    assert error.value.detail == "the detail"


def test_what_is_logged_there_is_logged_here(log_records: list[logging.LogRecord]):
    read_apart(warns, PLAIN, "年报", silent)
    assert [record.getMessage() for record in log_records] == ["a warning at 7"]
    log_records.clear()


def test_steps_arrive_and_may_stop_it():
    seen: list[tuple[int, int]] = []

    def step(done: int, total: int, /) -> None:
        seen.append((done, total))
        if done > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_apart(steps_for_ever, PLAIN, "年报", step)
    assert seen[-1][1] == 1_000_000
    assert children() == 0


def test_a_hanging_parser_can_be_cancelled():
    def never(_done: int, _total: int, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_apart(hangs, PLAIN, "年报", never)


def test_only_documents_come_out_of_the_other_process():
    with pytest.raises(UnreadableFileError, match="意外中断"):
        read_apart(smuggles, PLAIN, "年报", silent)
    assert not os.path.exists("never")


@pytest.mark.parametrize("name", ["Confidence.__class__", "re", "fold"])
def test_no_other_name_of_the_module_leads_out(name: str):
    packed = b"\x80\x04\x8c\x0dcore.document\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
    with pytest.raises(UnreadableFileError):
        apart._unpacked(packed)


@pytest.mark.parametrize("packed", [b"", b"\x80", b"ccore.document\nTable\n(tR.", b"I1\n0p0\n."])
def test_an_answer_that_is_no_document_is_one_sentence(packed: bytes):
    with pytest.raises(UnreadableFileError, match="意外中断"):
        apart._unpacked(packed)


@pytest.mark.parametrize("content", [b"", b"\xff", b"1", b"[1]", b'["a", "b"]', b"[" * 200_000])
@pytest.mark.parametrize("kind", [apart._STEP, apart._LOGGED])
def test_a_message_that_is_none_is_one_sentence(kind: bytes, content: bytes):
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        theirs.send_bytes(apart._READY + b"[]")
        theirs.send_bytes(kind + content)
        with pytest.raises(UnreadableFileError, match="意外中断"):
            apart._Conversation(ours, silent, 5, 5).answer_to(b"")


def test_a_whole_document_survives_the_way():
    document = Document(
        "text", (Section(1, "一、总体情况", (Paragraph("甲\t乙"),)),), "题", "关", 2024
    )
    assert apart._unpacked(pickle.dumps(document)) == document


@pytest.mark.parametrize("confidence", Confidence)
def test_a_document_names_nothing_but_its_own_classes(confidence: Confidence):
    """Python 3.11.2, which Debian 12 has, would pack a member as a call of `getattr`."""
    called, arguments = confidence.__reduce_ex__(pickle.DEFAULT_PROTOCOL)
    assert called is Confidence
    assert Confidence(*arguments) is confidence


@pytest.mark.parametrize("as_file", [True, False])
def test_a_script_without_a_guard_may_open_a_report(tmp_path: Path, root: Path, as_file: bool):
    script = (
        "from core.readers import read_here\n"
        "from core.readers.apart import read_apart\n"
        f"print(read_apart(read_here, {PLAIN!r}, 'a.txt', lambda *_: None).format)\n"
    )
    (tmp_path / "script.py").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "script.py") if as_file else "-"],
        input=script,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert done.stdout == "text\n", done.stderr
