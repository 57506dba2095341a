"""Measure how long a packaged program takes to its first paint, seen from outside.

    python packaging/linux/first_paint.py PROGRAM [FILE]

A display of its own keeps its picture in a file, and that is watched: what
counts is the first picture with the many shades that only drawn text has.
Cold means that the system was made to forget all files, which takes root.
"""

from __future__ import annotations

import mmap
import os
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DISPLAY = ":87"
SIZE = (1400, 900)
WARM, COLD = 9, 5

_SHADES = 24
_TOO_LONG = 60.0
_EVERY = 0.002
_DROP_CACHES = Path("/proc/sys/vm/drop_caches")


class Screen:
    """A display whose picture can be looked at."""

    def __init__(self, folder: str) -> None:
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        self._server = subprocess.Popen(
            ["Xvfb", DISPLAY, "-screen", "0", size, "-fbdir", folder, "-nolisten", "tcp"],
            stderr=subprocess.DEVNULL,
        )
        picture = Path(folder, "Xvfb_screen0")
        while not (picture.exists() and picture.stat().st_size):
            time.sleep(0.05)
        with picture.open("rb") as file:
            self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        # XWD: the length of the header, and 12 bytes for each colour of its table.
        self._start = struct.unpack_from(">I", self._picture, 0)[0]
        self._start += 12 * struct.unpack_from(">I", self._picture, 19 * 4)[0]

    def shades(self) -> int:
        """Return how many different values some rows of the picture have."""
        row = SIZE[0] * 4
        found: set[bytes] = set()
        for y in range(20, SIZE[1], 40):
            begin = self._start + y * row
            pixels = self._picture[begin : begin + row]
            found.update(pixels[at : at + 4] for at in range(0, row, 8))
        return len(found)

    def close(self) -> None:
        """End the display."""
        self._server.terminate()
        self._server.wait()


def seconds_to_paint(screen: Screen, command: list[str], home: str) -> tuple[float, float]:
    """Start the program once, and return when it painted and how long it had worked till then."""
    environment = {
        **os.environ,
        "DISPLAY": DISPLAY,
        "HOME": home,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_RUNTIME_DIR": home,
    }
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while screen.shades() < _SHADES:
            if time.perf_counter() - began > _TOO_LONG or process.poll() is not None:
                raise SystemExit("first_paint: the program painted nothing")
            time.sleep(_EVERY)
        return time.perf_counter() - began, worked(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        while screen.shades() >= _SHADES:
            time.sleep(_EVERY)


def worked(process: int) -> float:
    """Return the processor time of a process; on a busy machine it says more than the clock."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def forget_files() -> None:
    """Let the system read everything from the disk again."""
    os.sync()
    _DROP_CACHES.write_text("3\n", encoding="ascii")


def main(command: list[str]) -> None:
    """Measure warm and, where that is allowed, cold."""
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(folder)
        home = str(Path(folder, "home"))
        Path(home).mkdir(mode=0o700)
        try:
            seconds_to_paint(screen, command, home)
            show("warm", [seconds_to_paint(screen, command, home) for _ in range(WARM)])
            if os.access(_DROP_CACHES, os.W_OK):
                cold = []
                for _ in range(COLD):
                    forget_files()
                    cold.append(seconds_to_paint(screen, command, home))
                show("cold", cold)
        finally:
            screen.close()


def show(what: str, times: list[tuple[float, float]]) -> None:
    """Print the least and the median, and the least of work."""
    clock, work = zip(*times, strict=True)
    print(
        f"first paint {what}: min {min(clock):.2f} s, median {statistics.median(clock):.2f} s,"
        f" processor {min(work):.2f} s"
    )


if __name__ == "__main__":
    if not shutil.which("Xvfb"):
        raise SystemExit("first_paint: needs Xvfb")
    main(sys.argv[1:])
