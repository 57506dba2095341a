"""Print those lines of a requirements file that freezing needs: no tests, no checks.

python packaging/linux/wanted.py requirements-dev.txt
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

FREEZING = {"altgraph", "packaging", "pyinstaller", "pyinstaller-hooks-contrib", "setuptools"}

_ENTRY = re.compile(r"^(?P<name>[\w.-]+)==(?:.*\\\n)*.*\n?", re.MULTILINE)


def wanted(requirements: str, run_time: str) -> str:
    """Return the entries, hashes and all, of what runs and of what freezes."""
    names = FREEZING | {entry["name"] for entry in _ENTRY.finditer(run_time)}
    entries = (entry for entry in _ENTRY.finditer(requirements) if entry["name"] in names)
    return "".join(entry[0] for entry in entries)


if __name__ == "__main__":
    given = Path(sys.argv[1])
    run_time = given.with_name("requirements.txt").read_text("utf-8")
    sys.stdout.write(wanted(given.read_text("utf-8"), run_time))
