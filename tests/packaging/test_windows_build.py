"""What a Windows build is made of: icon, version, manifest, wheels, and what is handed out."""

import hashlib
import re
import struct
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from core.version import DISPLAY_NAME, NAME, VERSION

Script = Callable[[str], ModuleType]


@pytest.fixture(scope="module")
def icon(windows_script: Script, root: Path) -> bytes:
    drawing = (root / "resources/icons/gouji.svg").read_bytes()
    return bytes(windows_script("icon").icon_file(drawing))


@pytest.fixture
def images(icon: bytes) -> list[QImage]:
    buffer = QBuffer()
    buffer.setData(QByteArray(icon))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"ico"))
    found = []
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        found.append(reader.read())
    return found


def test_the_icon_has_every_size_that_windows_asks_for(images: list[QImage]) -> None:
    expected = [16, 20, 24, 32, 40, 48, 64, 96, 128, 256]
    assert [(image.width(), image.height()) for image in images] == [(n, n) for n in expected]


def test_each_picture_is_the_drawing_the_right_way_up(images: list[QImage]) -> None:
    for image in images:
        side = image.width()
        assert image.pixelColor(0, 0).alpha() == 0
        assert image.pixelColor(side // 2, side // 8).name() == "#0b5cad"
        # The tick stands at the lower right.
        assert is_yellow(image, side * 38 // 64, side * 41 // 64), side
        assert not is_yellow(image, side * 38 // 64, side * 23 // 64), side


def is_yellow(image: QImage, x: int, y: int) -> bool:
    color = image.pixelColor(x, y)
    return color.red() > 150 and color.green() > 120 and color.blue() < 140


def test_pictures_lie_behind_each_other_without_gaps(icon: bytes) -> None:
    _, _, count = struct.unpack_from("<HHH", icon)
    at = 6 + 16 * count
    for number in range(count):
        length, offset = struct.unpack_from("<II", icon, 6 + 16 * number + 8)
        assert offset == at
        at += length
    assert at == len(icon)


@pytest.fixture
def texts(windows_script: Script) -> Mapping[str, str]:
    found: Mapping[str, str] = windows_script("exe_resources").version_texts("gouji.exe")
    return found


def test_details_name_the_program_and_its_one_version(
    windows_script: Script, texts: Mapping[str, str]
) -> None:
    assert texts["ProductVersion"] == texts["FileVersion"] == VERSION
    assert texts["ProductName"] == DISPLAY_NAME
    assert texts["OriginalFilename"] == "gouji.exe"
    assert windows_script("exe_resources").version_numbers("1.2.3") == (1, 2, 3, 0)


def test_elsewhere_than_on_windows_there_is_nothing_to_add(
    windows_script: Script, tmp_path: Path
) -> None:
    assert windows_script("exe_resources").resources("gouji", tmp_path) == {}


def test_the_manifest_asks_for_sharp_text_and_long_paths_and_no_rights(root: Path) -> None:
    manifest = ET.parse(root / "packaging/windows/gouji.manifest")
    said = {tag(element): element for element in manifest.iter()}
    assert said["longPathAware"].text == "true"
    assert said["dpiAwareness"].text == "PerMonitorV2"
    assert said["requestedExecutionLevel"].get("level") == "asInvoker"
    assert "activeCodePage" not in said


def tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


@pytest.fixture(scope="module")
def wheels(windows_script: Script, root: Path) -> str:
    run, development = (
        (root / name).read_text(encoding="utf-8")
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    return str(windows_script("wheels").windows_requirements(run, development))


def test_a_build_takes_what_the_program_needs_as_it_is_pinned(wheels: str, root: Path) -> None:
    pinned = re.findall(r"^[\w-]+==\S+", (root / "requirements.txt").read_text("utf-8"), re.M)
    taken = re.findall(r"^[\w-]+==\S+", wheels, re.M)
    assert set(pinned) <= set(taken)
    assert {name.partition("==")[0] for name in set(taken) - set(pinned)} == {
        "altgraph",
        "packaging",
        "pefile",
        "pyinstaller",
        "pyinstaller-hooks-contrib",
        "pywin32-ctypes",
        "setuptools",
    }


def test_each_wheel_has_its_hash_and_no_marker_that_pip_would_judge_wrongly(wheels: str) -> None:
    for block in re.split(r"^(?=[\w-]+==)", wheels, flags=re.M)[1:]:
        assert "--hash=sha256:" in block
        assert ";" not in block


@pytest.fixture
def handed_out(windows_script: Script, tmp_path: Path) -> Path:
    program = tmp_path / "dist" / NAME
    (program / "_internal").mkdir(parents=True)
    (program / "gouji.exe").write_bytes(b"program")
    (program / "_internal" / "示例年报.docx").write_bytes(b"sample")
    (tmp_path / "dist" / "gouji-setup.exe").write_bytes(b"setup")
    windows_script("collect").main([str(tmp_path / "dist"), str(tmp_path / "out")])
    return tmp_path / "out"


def test_the_archive_is_one_folder_with_the_program(handed_out: Path) -> None:
    with zipfile.ZipFile(handed_out / f"gouji-{VERSION}-windows-x64.zip") as archive:
        assert archive.namelist() == [
            f"gouji-{VERSION}/_internal/示例年报.docx",
            f"gouji-{VERSION}/gouji.exe",
        ]


def test_sums_are_those_of_the_files_beside_them(handed_out: Path) -> None:
    lines = (handed_out / f"gouji-{VERSION}-windows-x64.sha256").read_text("ascii").splitlines()
    assert len(lines) == 2
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((handed_out / name).read_bytes()).hexdigest() == digest


def test_a_release_runs_no_action_that_may_change_under_its_name(root: Path) -> None:
    workflow = (root / ".github/workflows/release-windows.yml").read_text(encoding="utf-8")
    actions = re.findall(r"uses: (\S+)", workflow)
    assert actions
    assert [name for name in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []


def test_every_file_that_a_release_names_is_there(root: Path) -> None:
    workflow = (root / ".github/workflows/release-windows.yml").read_text(encoding="utf-8")
    named = re.findall(r"packaging[/\\]windows[/\\]([\w.]+)", workflow)
    assert set(named) >= {"wheels.py", "setup_content.py", "setup.nsi", "collect.py"}
    assert [name for name in named if not (root / "packaging/windows" / name).is_file()] == []


def test_scripts_can_be_read_and_name_no_mirror(root: Path) -> None:
    scripts = sorted((root / "packaging/windows").glob("*.sh"))
    assert scripts
    for script in scripts:
        assert "://" not in script.read_text(encoding="utf-8")
        assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
