"""The installer of Windows deletes what it brought and nothing else, and takes over no format."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from core.version import DISPLAY_NAME, VERSION
from gui.views.dialogs import OPEN_FILTER

Script = Callable[[str], ModuleType]

FILES = ("gouji.exe", "_internal/Qt/plugins/a.dll", "_internal/示例年报.docx", "_internal/$x.txt")


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "gouji"
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 1000)
    return folder


@pytest.fixture
def content(windows_script: Script, program: Path) -> str:
    return str(windows_script("setup_content").content(program))


@pytest.fixture(scope="module")
def setup(root: Path) -> str:
    text = (root / "packaging/windows/setup.nsi").read_text(encoding="utf-8")
    return re.sub(r"^\s*;.*$", "", text, flags=re.MULTILINE)


def macro(content: str, name: str) -> list[str]:
    found = re.search(rf"!macro {name}\n(.*?)!macroend", content, re.DOTALL)
    assert found is not None
    return found[1].splitlines()


def test_every_file_is_installed_into_its_folder(content: str, program: Path) -> None:
    lines = macro(content, "InstallFiles")
    at = lines.index('SetOutPath "$INSTDIR\\_internal"')
    assert lines[at + 1 : at + 3] == [
        f'File "{program}/_internal/$$x.txt"',
        f'File "{program}/_internal/示例年报.docx"',
    ]
    assert sum(line.startswith("File ") for line in lines) == len(FILES)


def test_exactly_the_files_that_were_installed_are_deleted(content: str) -> None:
    deleted = [line for line in macro(content, "DeleteFiles") if line.startswith("Delete ")]
    expected = {'Delete "$INSTDIR\\' + f.replace("/", "\\").replace("$", "$$") + '"' for f in FILES}
    assert set(deleted) == expected
    assert len(deleted) == len(FILES)


def test_folders_go_only_when_empty_and_the_deepest_goes_first(content: str) -> None:
    folders = [line for line in macro(content, "DeleteFiles") if line.startswith("RMDir")]
    assert folders == [
        'RMDir "$INSTDIR\\_internal\\Qt\\plugins"',
        'RMDir "$INSTDIR\\_internal\\Qt"',
        'RMDir "$INSTDIR\\_internal"',
    ]


def test_names_version_and_size_come_from_the_program(content: str) -> None:
    assert f'!define DISPLAY_NAME "{DISPLAY_NAME}"' in content
    assert f'!define VERSION "{VERSION}"' in content
    assert f'!define VERSION_NUMBERS "{VERSION}.0"' in content
    assert '!define KILOBYTES "4"' in content


def test_files_may_be_seen_from_elsewhere_by_the_one_who_packs(
    windows_script: Script, program: Path
) -> None:
    assert 'File "/build/gouji.exe"' in windows_script("setup_content").content(program, "/build")


def test_no_folder_is_ever_deleted_with_what_is_in_it(setup: str) -> None:
    assert re.findall(r"RMDir\s+/\S+", setup) == []
    assert re.findall(r'\bDelete\s+"[^"]*[*?]', setup) == []


def test_no_administrator_and_nothing_outside_the_user(setup: str) -> None:
    assert "RequestExecutionLevel user" in setup
    assert not re.search(r"\b(HKLM|HKCR|SHCTX|HKEY_LOCAL_MACHINE)\b", setup)
    assert "SetShellVarContext all" not in setup


def test_formats_are_those_that_the_window_opens(setup: str) -> None:
    offered = re.findall(r'!insertmacro \$\{DO\} "(\.\w+)"', setup)
    own, _, _ = OPEN_FILTER.partition(";;")
    assert offered == [suffix[1:] for suffix in re.findall(r"\*\.\w+", own)]


def test_the_default_of_a_format_is_left_alone(setup: str) -> None:
    written = re.findall(r'WriteReg\w+ HKCU "\$\{CLASSES\}\\\$\{SUFFIX\}([^"]*)"', setup)
    assert written == ["\\OpenWithProgids"]
    assert "UserChoice" not in setup


def test_every_key_that_is_written_is_taken_back(setup: str) -> None:
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', setup))
    gone = re.findall(r'DeleteReg(?:Key|Value)(?: /ifempty)? HKCU "([^"]+)"', setup)
    kept = {key for key in written if not any(key.startswith(prefix) for prefix in gone)}
    assert kept == set()


def test_a_running_program_is_never_ended(setup: str) -> None:
    assert not re.search(r"taskkill|TerminateProcess|FindProcDLL|KillProc", setup, re.IGNORECASE)


def test_every_box_has_an_answer_where_nobody_is_asked(setup: str) -> None:
    boxes = re.findall(r"MessageBox (?:[^\n]*\\\n)*[^\n]*", setup)
    assert boxes
    assert [box for box in boxes if "/SD " not in box] == []
