"""What desktops are told about the program agrees with the program."""

import configparser
import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from core.version import APPLICATION_ID, DISPLAY_NAME, VERSION
from tests.packaging.scripts import load

entries = load("linux/entries.py")


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(entries.desktop_entry())
    return parser["Desktop Entry"]


def test_the_entry_offers_every_format_and_no_other(entry):
    offered = [name for name in entry["MimeType"].split(";") if name]
    assert offered == [name for names in entries.FORMATS.values() for name in names]
    assert set(entries.FORMATS) == {"docx", "doc", "wps", "pdf", "html", "xlsx"}
    assert len(offered) == len(set(offered))


def test_the_entry_takes_over_nobodys_files(entry):
    # GLib takes the first by name, KDE the one with the highest preference.
    others = ["cn.wps.wps-office-wps", "libreoffice-writer", "org.kde.okular", "yozo-writer"]
    assert max(*others, APPLICATION_ID) == APPLICATION_ID
    assert entry["InitialPreference"] == "0"
    packed = (entries.ROOT / "packaging/linux/inside_packages.sh").read_text("utf-8")
    assert "mimeapps" not in packed
    assert "defaults.list" not in packed


def test_the_entry_is_chinese_and_starts_the_packaged_program(entry):
    assert entry["Name[zh_CN]"] == DISPLAY_NAME
    assert entry["Exec"] == f"/opt/apps/{APPLICATION_ID}/files/gouji %F"
    assert entry["Icon"] == APPLICATION_ID


def test_the_window_is_known_by_the_name_of_its_entry(qapp):
    from gui.app import make_application

    assert make_application().desktopFileName() == APPLICATION_ID


def test_the_paper_of_uos_has_the_one_version():
    paper = json.loads(entries.info())
    assert (paper["appid"], paper["version"]) == (APPLICATION_ID, VERSION)
    assert [name for name, is_wanted in paper["permissions"].items() if is_wanted] == ["clipboard"]


def test_appstream_data_name_the_entry_and_the_one_version():
    component = ET.fromstring(entries.metainfo("2026-01-31"))
    assert component.findtext("id") == APPLICATION_ID
    assert component.findtext("launchable") == f"{APPLICATION_ID}.desktop"
    release = component.find("releases/release")
    assert release is not None
    assert release.get("version") == VERSION
    types = [element.text for element in component.iterfind("provides/mediatype")]
    assert types == entries.mime_types()


def test_icons_are_drawn_from_16_to_512(qapp, tmp_path: Path):
    entries.draw_icons(tmp_path)
    assert (min(entries.ICON_SIDES), max(entries.ICON_SIDES)) == (16, 512)
    for side in entries.ICON_SIDES:
        data = (tmp_path / f"hicolor/{side}x{side}/apps/{APPLICATION_ID}.png").read_bytes()
        assert struct.unpack(">II", data[16:24]) == (side, side)
        # An empty picture is shorter.
        assert len(data) > 150 + side


def test_the_version_stands_in_one_place(root: Path):
    """A number repeated is a number forgotten."""
    written = re.compile(rf"(?<![\d.]){re.escape(VERSION)}(?![\d.])")
    files = [root / "main.py", root / "build.spec", root / "pyproject.toml", root / "Makefile"]
    for folder in ("core", "gui", "packaging"):
        files += [path for path in (root / folder).rglob("*") if path.suffix in _SOURCES]
    found = [path.relative_to(root) for path in files if written.search(path.read_text("utf-8"))]
    assert [path.as_posix() for path in found] == ["core/version.py"]


_SOURCES = {".py", ".sh", ".in", ".nsi", ".toml", ".xml", ".desktop"}
