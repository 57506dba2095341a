"""What Windows finds in the executables: icon, manifest, and the page "Details"."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.version import DISPLAY_NAME, NAME, VERSION

FOLDER = Path(__file__).resolve().parent
MANIFEST = FOLDER / "gouji.manifest"
PUBLISHER = "勾稽（gouji）作者"

CHINESE, UNICODE = 0x0804, 1200


def version_numbers(version: str = VERSION) -> tuple[int, int, int, int]:
    """Return a version as the four numbers that Windows compares."""
    first, second, third = map(int, version.split("."))
    return first, second, third, 0


def version_texts(file_name: str) -> Mapping[str, str]:
    """Return what the page "Details" of an executable shows."""
    return {
        "CompanyName": PUBLISHER,
        "FileDescription": DISPLAY_NAME,
        "FileVersion": VERSION,
        "InternalName": NAME,
        "LegalCopyright": "Copyright (c) 2026 The gouji authors, MIT License",
        "OriginalFilename": file_name,
        "ProductName": DISPLAY_NAME,
        "ProductVersion": VERSION,
    }


def resources(name: str, work: Path) -> Mapping[str, Any]:
    """Return what PyInstaller's EXE is told about one executable, on Windows only."""
    if sys.platform != "win32":
        return {}
    sys.path.insert(0, str(FOLDER))
    from icon import DRAWING, icon_file

    icon = work / "gouji.ico"
    icon.write_bytes(icon_file(DRAWING.read_bytes()))
    return {"icon": str(icon), "manifest": str(MANIFEST), "version": _version(f"{name}.exe")}


def _version(file_name: str) -> Any:
    from PyInstaller.utils.win32 import versioninfo as info

    numbers = version_numbers()
    strings = [info.StringStruct(*item) for item in version_texts(file_name).items()]
    return info.VSVersionInfo(
        ffi=info.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            info.StringFileInfo([info.StringTable(f"{CHINESE:04X}{UNICODE:04X}", strings)]),
            info.VarFileInfo([info.VarStruct("Translation", [CHINESE, UNICODE])]),
        ],
    )
