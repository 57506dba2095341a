"""Compare what two builds saved.

    packaging/windows/compare_saved.py FOLDER OTHER

Each file of one folder must be in the other, hold the same parts byte for byte
(compression aside), and, where it is a report, be read and checked alike.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.errors import ReportError
from core.session import open_session


def differences(one: Path, other: Path) -> Iterator[str]:
    """Return what differs between two saved files, a line each."""
    parts, others = _parts(one), _parts(other)
    for name in sorted(parts.keys() | others.keys()):
        if parts.get(name) != others.get(name):
            yield f"{one.name}: {name} differs"
    if _read(one) != _read(other):
        yield f"{one.name}: is not read alike"


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _read(path: Path) -> object:
    """Return all that a reader sees and all that is found, or that it is no report."""
    try:
        session = open_session(path)
    except ReportError as error:
        return str(error)
    findings = session.check().findings
    return session.document, [(finding.rule, finding.message) for finding in findings]


def main(arguments: Sequence[str]) -> int:
    """Print what differs; return 1 if anything does."""
    one, other = map(Path, arguments)
    names = sorted(path.name for path in one.iterdir())
    if names != sorted(path.name for path in other.iterdir()):
        print(f"not the same files: {names}")
        return 1
    found = [line for name in names for line in differences(one / name, other / name)]
    print("\n".join(found) or f"equal, part by part and as read: {'、'.join(names)}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
