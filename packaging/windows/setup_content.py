"""Write for setup.nsi what is in a frozen program: each file by its name.

    packaging/windows/setup_content.py dist/gouji OUT.nsh [FOLDER]

The uninstaller deletes these files and no others, and folders only when they
are empty: whatever a person put there stays.  FOLDER is where makensis finds the
program, if elsewhere than this script does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from exe_resources import PUBLISHER, version_numbers

from core.version import DISPLAY_NAME, NAME, VERSION

_KILOBYTE = 1024


def content(folder: Path, seen_from: str | None = None) -> str:
    """Return the definitions: names, version and size, and two macros of files."""
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    names = [PurePosixPath(path.as_posix()) for path in files]
    size = sum((folder / path).stat().st_size for path in files)
    lines = [
        *_definitions(size),
        "!macro InstallFiles",
        *_installed(names, seen_from or str(folder.resolve())),
        "!macroend",
        "!macro DeleteFiles",
        *_deleted(names),
        "!macroend",
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return a text as NSIS reads it: its own signs doubled or escaped."""
    return '"' + text.replace("$", "$$").replace('"', '$\\"') + '"'


def _definitions(size: int) -> Iterator[str]:
    values = {
        "NAME": NAME,
        "DISPLAY_NAME": DISPLAY_NAME,
        "VERSION": VERSION,
        "VERSION_NUMBERS": ".".join(map(str, version_numbers())),
        "PUBLISHER": PUBLISHER,
        "KILOBYTES": str(-(-size // _KILOBYTE)),
    }
    for name, value in values.items():
        yield f"!define {name} {quoted(value)}"


def _installed(names: Iterable[PurePosixPath], seen_from: str) -> Iterator[str]:
    current = None
    for name in sorted(names, key=lambda name: (name.parent, name)):
        if name.parent != current:
            current = name.parent
            yield f"SetOutPath {_place(current)}"
        yield f"File {quoted(f'{seen_from}/{name}')}"


def _deleted(names: Sequence[PurePosixPath]) -> Iterator[str]:
    for name in names:
        yield f"Delete {_place(name)}"
    # The deepest first; the folder itself goes last of all, in setup.nsi.
    folders = {parent for name in names for parent in name.parents} - {PurePosixPath(".")}
    for folder in sorted(folders, key=lambda folder: (-len(folder.parts), folder)):
        yield f"RMDir {_place(folder)}"


def _place(name: PurePosixPath) -> str:
    """Return where something stands after the installation."""
    if name == PurePosixPath("."):
        return '"$INSTDIR"'
    return f'"$INSTDIR\\{quoted(str(PureWindowsPath(name)))[1:-1]}"'


def main(arguments: Sequence[str]) -> None:
    """Write the file, with the mark by which makensis knows that it is UTF-8."""
    folder, target, *seen_from = arguments
    Path(target).write_text(content(Path(folder), *seen_from), encoding="utf-8-sig")


if __name__ == "__main__":
    main(sys.argv[1:])
