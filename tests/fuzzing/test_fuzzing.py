"""A smaller run of what `packaging/fuzz.py` prints; and the mutator itself."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from random import Random

import pytest

from core.document import Document
from core.errors import UnreadableFileError
from core.readers import read_here
from tests.fuzzing import runs
from tests.fuzzing.mutator import mutated
from tests.fuzzing.runs import LONGEST, line, mutant, run
from tests.fuzzing.sources import SOURCES

MUTANTS = 300
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
REAL = ("docx", "doc", "pdf", "html", "txt")


@pytest.mark.parametrize("name", SOURCES)
def test_a_damaged_file_is_a_document_or_a_sentence(name: str) -> None:
    figures = run(name, range(MUTANTS))
    print(line(figures))
    assert not figures.failures
    assert figures.count == MUTANTS
    # Neither so damaged that nothing is tried behind the door, nor hardly at all.
    assert min(figures.read, figures.refused) > 20


@pytest.mark.parametrize("name", SOURCES)
def test_every_whole_file_is_read(name: str) -> None:
    for number, data in enumerate(SOURCES[name]()):
        document = read_here(data, f"年报.{name}")
        assert document.sections, f"{name} {number}"


@pytest.mark.parametrize("name", SOURCES)
def test_a_number_makes_the_same_mutant_again_and_another_one_another(name: str) -> None:
    whole = SOURCES[name]()
    made = [mutant(name, number, whole) for number in range(20)]
    assert made == [mutant(name, number, whole) for number in range(20)]
    assert len({data for data in made if data not in whole}) > 15


@pytest.mark.parametrize("data", [b"", b"1", b"%PDF", b"<a>", b"\0"])
def test_nothing_is_too_small_to_be_damaged(data: bytes) -> None:
    assert all(isinstance(mutated(data, Random(number)), bytes) for number in range(200))


def raises(_data: bytes, _name: str) -> Document:
    raise IndexError("list index")


def says_no_sentence(_data: bytes, _name: str) -> Document:
    raise UnreadableFileError("no sentence")


def logs_a_fault(data: bytes, name: str) -> Document:
    logging.getLogger("core.readers").error("a reader failed")
    raise UnreadableFileError("读取文件时出现意外错误。")


def dies(_data: bytes, _name: str) -> Document:
    os._exit(7)


def hangs(_data: bytes, _name: str) -> Document:
    time.sleep(600)
    raise AssertionError


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (raises, "IndexError"),
        (says_no_sentence, "no sentence"),
        (logs_a_fault, "a reader failed"),
        (dies, "died (status 7)"),
        (hangs, "longer than 0.3 s"),
    ],
)
def test_every_fault_of_a_reader_is_told_with_its_number(read: runs.Read, said: str) -> None:
    figures = run("txt", range(5, 8), jobs=2, read=read, longest=0.3)
    assert sorted(number for number, _ in figures.failures) == [5, 6, 7]
    assert all(said in what for _, what in figures.failures)
    assert figures.count == 3


@pytest.mark.long
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of real reports is not here")
@pytest.mark.parametrize("name", REAL)
def test_damaged_real_files_are_documents_or_sentences(
    name: str, log_records: list[object]
) -> None:
    files = sorted(path for path in CORPUS.rglob(f"*.{name}") if path.stat().st_size < 1_000_000)
    whole = [path.read_bytes() for path in files]
    assert whole
    for number in range(1_000):
        data = mutant(f"real {name}", number, whole)
        started = time.monotonic()
        assert _sentence_of(data, name).endswith("。"), number
        assert not log_records, number
        assert time.monotonic() - started < LONGEST, number


def _sentence_of(data: bytes, name: str) -> str:
    try:
        read_here(data, f"年报.{name}")
    except UnreadableFileError as error:
        return str(error)
    return "读了。"
