"""What Windows does otherwise, acted out where that is possible and tried where it runs."""

import errno
import logging
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from core import cli, cli_streams, file_names
from core.processes import this_process
from core.refusals import refusal
from core.storage import open_log

windows_only = pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")


def test_a_log_that_a_second_window_has_open_grows_on(tmp_path, monkeypatch, capsys):
    def refuses(*_):
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(os, "rename", refuses)
    handler = open_log(tmp_path / "gouji.log")
    record = logging.LogRecord("core", logging.INFO, "", 0, "x" * 1000, None, None)
    for _ in range(1_200):
        handler.emit(record)
    handler.close()
    assert (tmp_path / "gouji.log").read_text("utf-8").count("\n") == 1_200
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("length", "said"), [(300, "太长"), (100, "文件夹不存在")])
def test_a_path_beyond_what_windows_takes_is_called_too_long(monkeypatch, length, said):
    monkeypatch.setattr(file_names, "_WINDOWS", True)
    missing = FileNotFoundError(errno.ENOENT, "what Windows says of both")
    assert said in str(refusal(missing, Path("/" + "文" * length), 1))


def test_elsewhere_a_long_path_is_no_reason(monkeypatch):
    monkeypatch.setattr(file_names, "_WINDOWS", False)
    missing = FileNotFoundError(errno.ENOENT, "missing")
    assert "文件夹不存在" in str(refusal(missing, Path("/" + "文" * 300), 1))


@pytest.mark.parametrize(("on_windows", "status"), [(True, 0), (False, 3)])
def test_a_pipe_that_nobody_reads_any_more_has_another_error(
    monkeypatch, capfd, on_windows, status
):
    def nobody_reads(_):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(cli_streams, "_WINDOWS", on_windows)
    monkeypatch.setattr(cli, "_run", nobody_reads)
    monkeypatch.setattr(cli, "drop_output", lambda: None)
    assert cli.main([]) == status
    assert bool(capfd.readouterr().err) == bool(status)


@windows_only
def test_a_process_with_the_number_of_one_that_is_gone_is_another():
    mine = this_process()
    assert mine.started
    assert mine.may_run
    assert not replace(mine, started="1").may_run


@windows_only
def test_a_process_that_has_ended_does_not_run():
    child = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.DEVNULL)
    child.wait()
    assert not replace(this_process(), pid=child.pid).may_run
