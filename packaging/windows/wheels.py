"""Print what pip needs to know to fetch the wheels of a Windows build on another system.

    packaging/windows/wheels.py [tests]

pip judges markers such as `sys_platform == 'win32'` by the system that it runs
on, whatever `--platform` says.  So the lines are chosen here, without their markers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# PyInstaller and what it imports on Windows; everything else of requirements-dev.txt is for tests.
BUILD_TOOLS = frozenset(
    (
        "altgraph",
        "packaging",
        "pefile",
        "pyinstaller",
        "pyinstaller-hooks-contrib",
        "pywin32-ctypes",
        "setuptools",
    )
)
# What the tests import; coloured output asks for colorama on Windows.
TEST_TOOLS = frozenset(
    (
        "colorama",
        "hypothesis",
        "iniconfig",
        "packaging",
        "pluggy",
        "pygments",
        "pytest",
        "pytest-qt",
        "sortedcontainers",
        "typing-extensions",
    )
)
_PIN = re.compile(r"^([\w-]+)==\S+", re.MULTILINE)
_MARKER = re.compile(r" ; [^\\\n]*(?=\\$)", re.MULTILINE)


def windows_requirements(run: str, development: str) -> str:
    """Return the pins of both texts that a build needs, with their hashes."""
    at_run_time = {name for name, _ in _pins(run)}
    wanted = at_run_time | BUILD_TOOLS
    return "".join(pin for name, pin in _pins(development) if name in wanted)


def _pins(text: str) -> Iterator[tuple[str, str]]:
    """Return each name and its lines, without comments and markers."""
    starts = [found.start() for found in _PIN.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        pin = text[start:end]
        yield pin.partition("==")[0], _MARKER.sub(" ", pin)


def test_requirements(development: str) -> str:
    """Return the pins that the tests need besides those of a build."""
    return "".join(pin for name, pin in _pins(development) if name in TEST_TOOLS)


def main(arguments: Sequence[str]) -> None:
    """Print them."""
    names = ("requirements.txt", "requirements-dev.txt")
    run, development = ((ROOT / name).read_text(encoding="utf-8") for name in names)
    of_tests = list(arguments) == ["tests"]
    sys.stdout.write(
        test_requirements(development) if of_tests else windows_requirements(run, development)
    )


if __name__ == "__main__":
    main(sys.argv[1:])
