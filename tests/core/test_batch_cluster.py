"""A folder on a Dask cluster: the same lines, and a sentence for everything that does not do."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core import batch_cluster, cli
from core.batch import batch_of
from core.batch_cluster import Cluster
from core.batch_workers import Workers
from core.errors import ReportError
from tests.core.batch_folders import fill
from tests.documents.hostile import FILES

ROOT = Path(__file__).resolve().parents[2]
SCHEDULER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(
        n_workers=int(sys.argv[1]), threads_per_worker=1, dashboard_address=None
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def scheduler(workers: int) -> Iterator[str]:
    """Run a cluster in processes of its own, as people have it; give its address."""
    pytest.importorskip("distributed")
    with subprocess.Popen(
        [sys.executable, "-c", SCHEDULER, str(workers)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.stdin.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    yield from scheduler(2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("county")
    fill(made, 5)
    (made / "加密.docx").write_bytes(FILES["encrypted.docx"]())
    return made


# Dask's own warnings are not the program's.
dask = pytest.mark.filterwarnings("ignore")


@dask
def test_the_same_lines_on_a_cluster(folder, address):
    with Workers(1) as own:
        expected = [checked.line for checked in batch_of(folder).run(own)]
    with Cluster(address) as engine:
        found = [checked.line for checked in batch_of(folder).run(engine, under_way=2)]
        assert engine.under_way >= 8
    assert found == expected


@dask
def test_last_years_reports_are_sent_to_the_workers(folder, address):
    with Workers(1) as own:
        expected = [checked.line for checked in batch_of(folder, folder).run(own)]
    with Cluster(address) as engine:
        assert [checked.line for checked in batch_of(folder, folder).run(engine)] == expected
    assert '"last_year": "000/00000.docx"' in expected[0]


@dask
def test_the_command_line_names_a_scheduler(folder, address, capsysbinary):
    assert cli.main(["batch", str(folder), "--json-lines", "--jobs", "1"]) == 3
    expected = capsysbinary.readouterr().out
    assert cli.main(["batch", str(folder), "--json-lines", "--scheduler", address]) == 3
    assert capsysbinary.readouterr().out == expected


@dask
def test_a_cluster_with_another_version_is_refused(address, monkeypatch):
    monkeypatch.setattr(batch_cluster, "VERSION", "99")
    with pytest.raises(ReportError, match="同一版本"):
        Cluster(address)


@dask
def test_a_cluster_without_workers_is_refused():
    for empty in scheduler(0):
        with pytest.raises(ReportError, match="还没有工作进程"):
            Cluster(empty)


@dask
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "没有地址", ""])
def test_nobody_there_is_one_sentence(folder, address, monkeypatch, capsys):
    pytest.importorskip("distributed")
    monkeypatch.setattr(batch_cluster, "_PATIENCE", 1)
    assert cli.main(["batch", str(folder), "--scheduler", address]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "连接不上" in said.err


def test_without_dask_it_is_one_sentence(folder, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert cli.main(["batch", str(folder), "--scheduler", "tcp://127.0.0.1:1"]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"{batch_cluster._NOT_INSTALLED}\n"


def test_nothing_else_imports_dask(folder):
    script = (
        "import sys\n"
        "sys.modules.update(dict.fromkeys(['dask', 'distributed']))\n"
        "import core.batch_cluster\n"
        "from core.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", script, "batch", str(folder), "--json", "--jobs", "1"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == 3


def test_jobs_and_a_scheduler_are_not_both_given(folder, capsys):
    assert cli.main(["batch", str(folder), "--jobs", "2", "--scheduler", "x"]) == 2
    assert "只能选一个" in capsys.readouterr().err
