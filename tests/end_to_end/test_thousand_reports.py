"""A thousand reports of five formats on every engine: all mistakes found, every byte the same."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from core.batch import Wish, batch_of
from core.batch_cluster import Cluster
from core.batch_workers import Workers
from tests.documents.filled_reports import filled
from tests.documents.libreoffice import PROGRAM, Office

COUNT = 1000
FORMATS = ("docx", "doc", "odt", "html", "pdf")
WISH = Wish(findings=True, slots=True, prose=True)
Errors = dict[str, frozenset[str]]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(PROGRAM is None, reason="LibreOffice (soffice) is not installed"),
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Errors]:
    """Word reports, four of five parts of them converted, one call of LibreOffice each."""
    made = tmp_path_factory.mktemp("county")
    (office_folder := tmp_path_factory.mktemp("office")).mkdir(exist_ok=True)
    office = Office(office_folder)
    source = made.with_name("word")
    expected = filled(source, COUNT)
    files = sorted(source.iterdir())
    for index, kind in enumerate(FORMATS):
        (folder := made / kind).mkdir()
        own = files[index :: len(FORMATS)]
        converted = own if kind == "docx" else office.converted(own, kind)
        for each in converted:
            each.rename(folder / each.name)
    return made, expected


def lines(folder: Path, engine: Executor, seen: Callable[[int], None] | None = None) -> list[str]:
    found = []
    begun = time.monotonic()
    for checked in batch_of(folder, wish=WISH).run(engine):
        found.append(checked.line)
        if seen:
            seen(len(found))
    said = sha256("\n".join(found).encode()).hexdigest()[:16]
    print(f"{len(found)} reports in {time.monotonic() - begun:.0f} s, {said}")
    return found


@pytest.fixture(scope="module")
def own(county: tuple[Path, Errors]) -> list[str]:
    with Workers(1) as engine:
        return lines(county[0], engine)


def test_every_mistake_is_found_and_no_other(county, own):
    _, expected = county
    values = [json.loads(line) for line in own]
    assert len(values) == COUNT
    assert not [value for value in values if "error" in value]
    kinds = {value["file"].partition("/")[0]: value["format"] for value in values}
    assert kinds == {kind: kind for kind in FORMATS}
    wrong = []
    for value in values:
        errors = {f["rule"] for f in value["findings"] if f["severity"] == "error"}
        if errors != expected[Path(value["file"]).stem]:
            wrong.append((value["file"], errors, expected[Path(value["file"]).stem]))
    assert wrong == []
    print(sum(bool(errors) for errors in expected.values()), "wrong reports, all found")


def processes() -> Executor:
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


ENGINES = [lambda: Workers(2), lambda: Workers(3), lambda: ThreadPoolExecutor(2), processes]


@pytest.mark.parametrize("engine", ENGINES, ids=["own2", "own3", "threads", "processes"])
def test_every_byte_is_the_same_on_every_engine(county, own, engine):
    with engine() as running:
        assert lines(county[0], running) == own


def test_workers_that_are_killed_lose_no_file(county, own, log_records):
    killed = []

    def kill(number: int) -> None:
        if number % 100 == 50:
            child = multiprocessing.active_children()[0]
            os.kill(child.pid or 0, signal.SIGKILL)
            killed.append(child.pid)

    with Workers(2) as engine:
        assert lines(county[0], engine, kill) == own
    print(len(killed), "processes killed")
    log_records.clear()


@contextmanager
def local_cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.mark.filterwarnings("ignore")
def test_every_byte_is_the_same_on_a_cluster(county, own):
    with local_cluster() as cluster, Cluster(cluster.scheduler_address) as engine:
        assert lines(county[0], engine) == own


@pytest.mark.filterwarnings("ignore")
def test_a_worker_of_a_cluster_that_is_killed_loses_no_file(county, own, log_records):
    with local_cluster() as cluster, Cluster(cluster.scheduler_address) as engine:

        def kill(number: int) -> None:
            if number in (100, 600):
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

        assert lines(county[0], engine, kill) == own
    log_records.clear()
