"""Break a save of every kind off at every call of the system, and count what is damaged.

The calls from the first that opens something in the target's folder to the last
that forces it to the disk are known from one run under strace.  Then every one
of them kills the program once, and fails once with EIO, ENOSPC and EACCES.
Without strace, or with --hook, the calls of Python's os module take their place.
A full disk follows: a limit on the size of files, and a tmpfs with too little room.

    python packaging/crash_points.py [--hook] [--every N] [--kinds 'Excel;journal']

The exit status is 1 if an original or a target was damaged anywhere.
"""

from __future__ import annotations

import argparse
import logging
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from crash_hooks import hooked, hooked_calls
from crash_scenes import DONE, Scene, kept_environment, outcome, scenes

KILL, FAULTS = "KILL", ("KILL", "EIO", "ENOSPC", "EACCES")
LEAST_POINTS = 15
SIZES = 12
_TRACED = "%file,%desc"
# Memory and waiting are no part of a write path.
_OTHER = {"mmap", "poll", "select", "pselect6", "ppoll"}
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
_ATTACHED_WITHIN = 10.0  # seconds


@dataclass
class Tally:
    """What came of all the runs of one kind."""

    points: int = 0
    missed: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    leftovers: int = 0
    damaged: list[str] = field(default_factory=list)

    def take(self, scene: Scene, what: str, status: int | None) -> None:
        """Look at what a run has left."""
        self.statuses[{None: "killed", DONE: "saved", 3: "refused"}.get(status, "broken")] += 1
        self.leftovers += bool(scene.leftovers())
        self.damaged += [f"{scene.name}, {what}: {wrong}" for wrong in scene.look(status)]


def child(scene: Scene, prepare: Callable[[], None] = lambda: None) -> int:
    """Start a process that waits for SIGUSR1 and then saves; return its number."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    pid = os.fork()
    if not pid:
        prepare()
        signal.sigwait({signal.SIGUSR1})
        os._exit(outcome(scene.act))
    return pid


def ended(pid: int) -> int | None:
    """Return the exit status of a process, None if it was killed."""
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return None if status < 0 else status


def under_strace(scene: Scene, *options: str) -> tuple[int | None, list[str]]:
    """Save in a process that strace watches; return its exit status and the trace."""
    scene.reset()
    trace = scene.root / "trace"
    trace.unlink(missing_ok=True)
    pid = child(scene)
    strace = subprocess.Popen(
        ["strace", "-qq", "-y", "-o", str(trace), "-p", str(pid), *options],
        stderr=subprocess.PIPE,
    )
    _wait_for_tracer(pid)
    os.kill(pid, signal.SIGUSR1)
    status = ended(pid)
    strace.communicate()
    return status, trace.read_text(encoding="utf-8", errors="replace").splitlines()


def _wait_for_tracer(pid: int) -> None:
    until = time.monotonic() + _ATTACHED_WITHIN
    while time.monotonic() < until:
        if "TracerPid:\t0\n" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8"):
            # Attached to is not yet told which calls to fail.
            time.sleep(0.01)
            return
        time.sleep(0.002)
    raise SystemExit("strace may not attach to a process here; try --hook")


def write_path(scene: Scene) -> list[tuple[str, int]]:
    """Return the calls between the first and the last in the target's folder.

    Each is a name and how many calls of that name there were so far.
    """
    status, trace = under_strace(scene, "-e", f"trace={_TRACED}")
    assert status == DONE, f"{scene.name} cannot be saved at all: {status}"
    # A name that is not ASCII is escaped in a trace.
    folder = str(scene.folder)
    seen: Counter[str] = Counter()
    calls: list[tuple[str, int]] = []
    first = last = None
    for text in trace:
        if not (found := _CALL.match(text)):
            continue
        name, arguments = found.groups()
        if name in _OTHER:
            continue
        seen[name] += 1
        calls.append((name, seen[name]))
        if folder in arguments:
            if first is None and name == "openat":
                first = len(calls) - 1
            if name == "fsync":
                last = len(calls)
    assert first is not None, trace[:5]
    assert last is not None, trace[-5:]
    return calls[first:last]


def by_strace(scene: Scene, every: int) -> Tally:
    """Break off at every call, in every way."""
    tally = Tally()
    points = write_path(scene)[::every]
    tally.points = len(points)
    for name, number in points:
        for fault in FAULTS:
            how = "signal=KILL" if fault == KILL else f"error={fault}"
            options = ("-e", f"trace={name}", "-e", f"inject={name}:{how}:when={number}")
            status, trace = under_strace(scene, *options)
            hit = status is None if fault == KILL else any("INJECTED" in text for text in trace)
            tally.missed += not hit
            tally.take(scene, f"{name} {number} {fault}", status)
    return tally


def by_hook(scene: Scene, every: int) -> Tally:
    """Break off at every call of Python's os module, in every way."""
    tally = Tally()
    scene.reset()
    folder = str(scene.folder)
    total = hooked_calls(scene.act, folder)
    points = range(1, total + 1, every)
    tally.points = len(points)
    for number in points:
        for fault in FAULTS:
            scene.reset()
            pid = child(scene, lambda n=number, f=fault: hooked(folder, n, f))
            os.kill(pid, signal.SIGUSR1)
            status = ended(pid)
            # What the hook kills ends with this status.
            tally.take(scene, f"call {number} {fault}", None if status == 9 else status)
    return tally


def limited(scene: Scene) -> Tally:
    """Let files be no longer than a number of bytes, as on a full disk."""
    tally = Tally()
    size = largest(scene)

    def limit(length: int) -> Callable[[], None]:
        def prepare() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))

        return prepare

    for step in range(SIZES):
        scene.reset()
        length = size * step // (SIZES - 1)
        pid = child(scene, limit(length))
        os.kill(pid, signal.SIGUSR1)
        tally.points += 1
        tally.take(scene, f"files of {length} bytes", ended(pid))
    return tally


def largest(scene: Scene) -> int:
    """Return the size of the largest file that a save makes."""
    scene.reset()
    assert outcome(scene.act) == DONE
    return max(path.stat().st_size for path in scene.root.rglob("*") if path.is_file())


def full(scene: Scene, *, asked: bool) -> Tally:
    """Leave too little room on the disk; unless `asked`, it does not say how little."""
    tally = Tally()
    size = largest(scene)

    def forget() -> None:
        if not asked:
            shutil.disk_usage = _unknown  # type: ignore[assignment]  # in the child only

    for step in range(SIZES):
        scene.reset()
        room = 3 * size * step // (SIZES - 1)
        with ballast(scene.root, room):
            pid = child(scene, forget)
            os.kill(pid, signal.SIGUSR1)
            status = ended(pid)
        tally.points += 1
        tally.take(scene, f"{room} bytes free", status)
    return tally


def _unknown(_folder: object) -> None:
    raise OSError("nobody knows")


class ballast:  # noqa: N801 - reads as what it does
    """Fills a disk up to some bytes while it lasts."""

    def __init__(self, root: Path, room: int) -> None:
        self._path, self._room = root / "ballast", room

    def __enter__(self) -> None:
        """Fill it."""
        size = max(shutil.disk_usage(self._path.parent).free - self._room, 0)
        with self._path.open("wb") as file:
            if size:
                os.posix_fallocate(file.fileno(), 0, size)

    def __exit__(self, *_error: object) -> None:
        """Make room again."""
        self._path.unlink()


def mounted(folder: Path) -> bool:
    """Mount 8 MB of memory on a folder; return whether that is allowed here."""
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def runs(options: argparse.Namespace, root: Path) -> Iterator[tuple[str, Scene, Tally]]:
    """Break off every kind in every way."""
    way = by_hook if options.hook or not shutil.which("strace") else by_strace
    title = "os calls" if way is by_hook else "system calls"
    (root / "disk").mkdir()
    made = _wanted(root / "disk", options)
    for scene in made:
        scene.reset()
        # What is imported only when it is needed is imported now, and no longer counts.
        assert outcome(scene.act) == DONE, scene.name
        yield title, scene, way(scene, options.every)
        yield "file size limit", scene, limited(scene)
    memory = root / "memory"
    memory.mkdir()
    if not mounted(memory):
        print("a full tmpfs: may not be mounted here, left out")
        return
    try:
        for scene in _wanted(memory, options):
            yield "full tmpfs", scene, full(scene, asked=True)
            yield "full tmpfs, unasked", scene, full(scene, asked=False)
    finally:
        subprocess.run(["umount", "--lazy", str(memory)], check=True)


def _wanted(root: Path, options: argparse.Namespace) -> list[Scene]:
    made = scenes(root)
    unknown = options.kinds - {scene.name for scene in made}
    if unknown:
        raise SystemExit(f"no such kind: {', '.join(unknown)}")
    return [scene for scene in made if scene.name in (options.kinds or {scene.name})]


def main() -> int:
    """Print a line for every kind and way; return the exit status."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hook", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument(
        "--kinds", default="", help="those to break off, with a semicolon between; all if left out"
    )
    options = parser.parse_args()
    options.kinds = set(filter(None, options.kinds.split(";")))
    logging.disable()
    damaged: list[str] = []
    started = time.monotonic()
    with kept_environment(), tempfile.TemporaryDirectory() as folder:
        for title, scene, tally in runs(options, Path(folder)):
            ends = ", ".join(f"{count} {how}" for how, count in sorted(tally.statuses.items()))
            print(
                f"{scene.name:<18}{title:<21}{tally.points:>4} points  "
                f"{tally.statuses.total():>4} runs ({ends})  missed {tally.missed}  "
                f"leftovers {tally.leftovers}  damaged {len(tally.damaged)}",
                flush=True,
            )
            if "calls" in title and options.every == 1 and tally.points < LEAST_POINTS:
                damaged.append(f"{scene.name}: only {tally.points} points")
            damaged += tally.damaged
    print("\n".join(damaged))
    print(f"damaged: {len(damaged)}   ({time.monotonic() - started:.0f} s)")
    return bool(damaged)


if __name__ == "__main__":
    sys.exit(main())
