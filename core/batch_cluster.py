"""The engine for a province: `batch --scheduler ADDRESS` on a Dask cluster.

Dask is the optional extra `gouji[cluster]`, imported only here and only when asked
for.  Every worker of the cluster must have this program in the same version and
see the folder under the same path.  On a worker each file is checked in an own
process with a deadline and a bound on its memory, as on one computer, so that
results are the same.
"""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

from core.batch import UNDER_WAY
from core.batch_report import Common, Task, check_file
from core.batch_workers import Workers
from core.errors import ReportError
from core.rules.engine import where
from core.version import VERSION

_NOT_INSTALLED = (
    "没有安装集群组件（dask 和 distributed），没有检查任何文件；"
    "请按 requirements-cluster.txt 安装后再用 --scheduler，或者去掉 --scheduler 在本机检查。"
)
_NO_ANSWER = "调度器“{address}”连接不上，没有检查任何文件；请确认地址、端口和网络后再试。"
_NO_WORKERS = "调度器“{address}”上还没有工作进程，没有检查任何文件；请先启动工作进程。"
_OTHER_VERSION = (
    "调度器“{address}”的工作进程上没有装好同一版本（{version}）的程序，没有检查任何文件；"
    "请在每台机器上装好同一版本后再试。"
)
_PATIENCE = 15  # seconds
_FOR_EACH_THREAD = 4

_log = logging.getLogger(__name__)
_of_thread = threading.local()


class Cluster(Executor):
    """An executor for `core.batch_report.check_file` only, on the workers of a scheduler.

    Raises:
        ReportError: Dask is not installed, or the scheduler or its workers do not do.
    """

    def __init__(self, address: str) -> None:
        self._client = _connected(address)
        try:
            self.under_way = self._require_workers(address)
        except BaseException:
            self._client.close()
            raise
        self._engine: Executor = self._client.get_executor(pure=False)
        self._told: Common | None = None
        self._common: Any = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        """Hand a file to the scheduler; only `check_file` with one `Task` can be asked for.

        Raises:
            ValueError: Something else is.
        """
        if fn is not check_file or len(args) != 1 or not isinstance(args[0], Task):
            raise ValueError("only check_file and a task")
        task = args[0]
        if task.common is not self._told:
            # What all files share is large: it is sent to every worker once, ahead of them.
            self._common = self._client.scatter(task.common, broadcast=True, hash=False)
            self._told = task.common
        return self._engine.submit(check_on_worker, replace(task, common=Common()), self._common)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; its workers go on for others."""
        self._common = None
        self._engine.shutdown(wait=wait and not cancel_futures)
        self._client.close()

    def __exit__(self, *_: object) -> None:
        """Leave the scheduler; whoever leaves waits for no more files."""
        self.shutdown(cancel_futures=True)

    def _require_workers(self, address: str) -> int:
        """Return how many files to have under way."""
        threads = self._client.nthreads()
        if not threads:
            raise ReportError(_NO_WORKERS.format(address=address))
        other = ReportError(_OTHER_VERSION.format(address=address, version=VERSION))
        try:
            versions = set(self._client.run(version_here).values())
        except Exception as error:
            # Whatever a worker says when it cannot find the program.
            raise other from error
        if versions != {VERSION}:
            raise other
        return max(UNDER_WAY, _FOR_EACH_THREAD * int(sum(threads.values())))


def version_here() -> str:
    """Return the version of the program where this runs: on a worker."""
    return VERSION


def check_on_worker(task: Task, common: Common) -> bytes:
    """Check a file in the own process of one of a worker's threads: what Dask runs."""
    workers: Workers | None = getattr(_of_thread, "workers", None)
    if workers is None:
        # Dask's workers are daemons themselves, which may have no children otherwise; ours end
        # as soon as nobody speaks to them any more.
        multiprocessing.current_process().daemon = False
        workers = _of_thread.workers = Workers(1)
    answer: bytes = workers.submit(check_file, replace(task, common=common)).result()
    return answer


def _connected(address: str) -> Any:
    try:
        # By its name, so that nothing that packs the program takes it along.
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise ReportError(_NOT_INSTALLED) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        return distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except Exception as error:
        # Dask says in many ways that there is nobody, or that the address is none.
        _log.info("no scheduler: %s", where(error))
        raise ReportError(_NO_ANSWER.format(address=address)) from error
