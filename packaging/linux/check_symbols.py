"""Prove, file by file, that a build needs no newer system libraries than promised.

    python packaging/linux/check_symbols.py FOLDER

UOS 20 has glibc 2.28 and the C++ library of gcc 8.  The status is 1 if a file
needs more, or if nothing could be looked at.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

LIMITS = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25)}

_ELF = b"\x7fELF"
# As `objdump -p` lists them under "Version References".
_NEED = re.compile(r"^\s+0x\w+ 0x\w+ \d+ (GLIBC|GLIBCXX)_([\d.]+)$", re.MULTILINE)

Version = tuple[int, ...]


def elf_files(folder: Path) -> Iterator[Path]:
    """Yield the programs and libraries below a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(len(_ELF)) == _ELF:
                    yield path


def newest_needs(listing: str) -> dict[str, Version]:
    """Return the newest version of each library that a listing of `objdump -p` asks for."""
    newest: dict[str, Version] = {}
    for library, text in _NEED.findall(listing):
        version = tuple(map(int, text.split(".")))
        newest[library] = max(version, newest.get(library, version))
    return newest


def is_within(needs: dict[str, Version]) -> bool:
    """Tell whether what a file needs is promised."""
    return all(version <= LIMITS[library] for library, version in needs.items())


def needs_of(path: Path) -> dict[str, Version]:
    """Return the newest version of each library that a file needs."""
    listing = subprocess.run(
        ["objdump", "-p", str(path)], capture_output=True, text=True, check=True
    ).stdout
    return newest_needs(listing)


def summary(all_needs: Iterable[dict[str, Version]]) -> str:
    """Return the newest needs of a whole build."""
    newest: dict[str, Version] = {}
    for needs in all_needs:
        for library, version in needs.items():
            newest[library] = max(version, newest.get(library, version))
    return _written(newest)


def _written(needs: dict[str, Version]) -> str:
    texts = (f"{library} {'.'.join(map(str, version))}" for library, version in needs.items())
    return ", ".join(sorted(texts)) or "nothing versioned"


def main(folder: Path) -> int:
    """Print what every file needs; return 1 if that is too much."""
    found = {path: needs_of(path) for path in elf_files(folder)}
    too_new = [path for path, needs in found.items() if not is_within(needs)]
    for path, needs in found.items():
        mark = "TOO NEW" if path in too_new else "ok"
        print(f"{mark:8}{path.relative_to(folder)}: {_written(needs)}")
    print(f"{len(found)} files, {len(too_new)} too new; all together: {summary(found.values())}")
    return 1 if too_new or not found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
