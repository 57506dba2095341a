"""Put what is handed out into one folder.

    packaging/windows/collect.py DIST OUT

The installer, the folder as a .zip that runs from anywhere, and their SHA-256 sums.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.version import NAME, VERSION

STEM = f"{NAME}-{VERSION}-windows-x64"
# Files of an archive need a date; one that does not change makes the archive repeat.
_DATE = (2026, 1, 1, 0, 0, 0)
_CHUNK = 1024 * 1024


def portable(folder: Path, target: Path) -> None:
    """Pack the frozen program below one folder that names the version."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = f"{NAME}-{VERSION}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, archive.open(entry, "w") as packed:
                shutil.copyfileobj(source, packed, _CHUNK)


def sums(files: Sequence[Path]) -> str:
    """Return one line for each file, as `sha256sum --check` reads it."""
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Fill the folder."""
    dist, out = map(Path, arguments)
    out.mkdir(parents=True, exist_ok=True)
    setup, archive = out / f"{STEM}-setup.exe", out / f"{STEM}.zip"
    shutil.copyfile(dist / f"{NAME}-setup.exe", setup)
    portable(dist / NAME, archive)
    # Line ends as on Linux, where the sums of a release are compared too.
    with (out / f"{STEM}.sha256").open("w", encoding="ascii", newline="\n") as file:
        file.write(sums([setup, archive]))


if __name__ == "__main__":
    main(sys.argv[1:])
