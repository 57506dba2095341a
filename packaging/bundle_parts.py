"""What a packaged build consists of, looked up file by file in `bundle_parts.toml`.

A library that the table does not know, or one under a licence that the program
cannot be shipped with, is an error: it must be read first.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTENTS = "_internal"

# LGPL is fine for libraries that stay replaceable, and the bootloader of
# PyInstaller has its exception; neither begins like this.
_REFUSED = re.compile(r"\b(A?GPL-[\d.]+\S*)(?! WITH Bootloader-exception)(?!\S)")
_LIBRARY = re.compile(r"\.(so[.\d]*|dll|pyd|exe)$", re.IGNORECASE)
BOOTLOADER = "GPL-2.0-or-later WITH Bootloader-exception"


class UnknownPartError(Exception):
    """Something is in the build whose licence nobody has read."""


@dataclass
class Part:
    """One work in the build, and the files of it that were found."""

    name: str
    licence: str
    home: str = ""
    version: str = ""
    distribution: str = ""
    package: str = ""
    patterns: tuple[re.Pattern[str], ...] = ()
    files: list[str] = field(default_factory=list)

    def takes(self, path: str) -> bool:
        """Take note of a file, if it is one of this work."""
        match = next(filter(None, (pattern.fullmatch(path) for pattern in self.patterns)), None)
        if match is None:
            return False
        self.version = match.groupdict().get("version") or self.version
        self.files.append(path)
        return True


def table() -> tuple[dict[str, str], list[Part]]:
    """Return the licences of the pinned packages, and the works that files belong to."""
    data = tomllib.loads((HERE / "bundle_parts.toml").read_text("utf-8"))
    parts = []
    for entry in data["part"]:
        patterns = tuple(re.compile(pattern) for pattern in entry.pop("files"))
        parts.append(Part(**entry, patterns=patterns))
    return data["distributions"], parts


def parts_of(bundle: Path) -> list[Part]:
    """Return the works in a build: native libraries first, then packages of Python.

    Raises:
        UnknownPartError: A file or a module belongs to none that is known.
    """
    licences, parts = table()
    unknown = [path for path in libraries(bundle) if not any(part.takes(path) for part in parts)]
    found = [_with_version(part) for part in parts if part.files]
    packages, strangers = _packages(bundle, licences)
    if unknown or strangers:
        raise UnknownPartError(f"no licence is known of: {', '.join([*unknown, *strangers])}")
    return [*found, *packages, _bootloader()]


def libraries(bundle: Path) -> Iterator[str]:
    """Yield the native libraries of a build, links left out."""
    contents = bundle / CONTENTS
    for path in sorted(contents.rglob("*")):
        if _LIBRARY.search(path.name) and path.is_file() and not path.is_symlink():
            yield path.relative_to(contents).as_posix()


def refused(parts: Iterable[Part]) -> list[Part]:
    """Return the works that must not be shipped."""
    return [part for part in parts if _REFUSED.search(part.licence)]


def modules(bundle: Path) -> set[str]:
    """Return the outermost names of the modules that are packed into the program."""
    from PyInstaller.archive.readers import CArchiveReader

    program = next(path for path in map(bundle.joinpath, ("gouji", "gouji.exe")) if path.exists())
    names = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc
    return {name.partition(".")[0] for name in names}


def _packages(bundle: Path, licences: dict[str, str]) -> tuple[list[Part], list[str]]:
    """Return the pinned packages in the build, and modules that are of none."""
    homes = metadata.packages_distributions()
    known = {"core", "gui", *sys.stdlib_module_names}
    found: dict[str, Part] = {}
    strangers = []
    for module in sorted(modules(bundle) - known):
        names = [normal(name) for name in homes.get(module, ())]
        name = next((name for name in names if name in licences), None)
        if name is not None:
            found[name] = _package(name, licences[name])
        elif not module.startswith(("_pyi", "pyi", "_sysconfigdata")):
            strangers.append(module)
    return list(found.values()), strangers


def _package(name: str, licence: str) -> Part:
    return Part(name, licence, f"https://pypi.org/project/{name}", metadata.version(name), name)


def _bootloader() -> Part:
    version = metadata.version("pyinstaller")
    return Part("PyInstaller bootloader", BOOTLOADER, "https://pyinstaller.org", version)


def normal(name: str) -> str:
    """Return a package's name as requirements.txt writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _with_version(part: Part) -> Part:
    if part.name == "Python":
        part.version = ".".join(map(str, sys.version_info[:3]))
    elif part.distribution:
        part.version = metadata.version(part.distribution)
    elif part.package and any(".so" in path for path in part.files):
        part.version = debian_version(part.package) or part.version
    return part


def debian_version(package: str) -> str:
    """Return the version of a package of this system, or nothing where there is none."""
    try:
        asked = subprocess.run(
            ["dpkg-query", "--show", "--showformat=${Version}", package],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return ""
    return asked.stdout


def system_licences() -> list[tuple[str, str]]:
    """Return what PyInstaller is to copy of the licences of system libraries."""
    _, parts = table()
    pairs = []
    for part in parts:
        text = Path("/usr/share/doc", part.package, "copyright")
        if part.package and text.is_file():
            pairs.append((str(text), f"licenses/system/{part.package}"))
    return pairs


def build_licences() -> list[tuple[str, str]]:
    """Return the same for Python itself and for the bootloader."""
    pairs = []
    for home in (Path(sys.base_prefix), Path(metadata.__file__).parents[2]):
        for text in (home / "LICENSE.txt", home / "python3.11" / "LICENSE.txt"):
            if text.is_file():
                pairs.append((str(text), "licenses/python"))
    for file in metadata.files("pyinstaller") or ():
        if file.name == "COPYING.txt":
            pairs.append((str(file.locate()), "licenses/pyinstaller"))
    return pairs
