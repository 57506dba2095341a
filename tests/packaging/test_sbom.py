"""The bill of materials is complete, and nothing comes along that must not."""

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from tests.packaging.scripts import load

sbom = load("sbom.py")
parts_script = sbom.bundle_parts
Part = parts_script.Part


@pytest.fixture(scope="module")
def pinned(root: Path) -> list[str]:
    text = (root / "requirements.txt").read_text("utf-8")
    return re.findall(r"^([\w.-]+)==", text, re.MULTILINE)


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build with a library, a link to it, and some packed modules."""
    folder = tmp_path / "gouji" / "_internal" / "PySide6" / "Qt" / "lib"
    folder.mkdir(parents=True)
    (folder / "libQt6Core.so.6").write_bytes(b"library")
    (folder / "libicudata.so.73").write_bytes(b"data")
    (tmp_path / "gouji" / "_internal" / "libQt6Core.so.6").symlink_to(folder / "libQt6Core.so.6")
    packed = {"core", "gui", "json", "docx", "lxml", "pyimod02_importers"}
    monkeypatch.setattr(parts_script, "modules", lambda bundle: packed)
    return tmp_path / "gouji"


def test_every_pinned_package_has_a_licence_and_is_named_in_the_notices(pinned, root: Path):
    licences, _ = parts_script.table()
    assert sorted(licences) == sorted(pinned)
    notices = parts_script.normal((root / "THIRD-PARTY-NOTICES.md").read_text("utf-8"))
    assert [name for name in pinned if parts_script.normal(name) not in notices] == []


def test_every_work_is_named_in_the_notices(root: Path):
    notices = (root / "THIRD-PARTY-NOTICES.md").read_text("utf-8").lower()
    _, parts = parts_script.table()
    words = [re.split(r"[ ,]", part.name)[0].lower() for part in parts]
    assert [word for word in words if word not in notices] == []


def test_the_bill_says_what_is_there(bundle: Path):
    bill = json.loads(sbom.write(bundle).read_text("utf-8"))
    components = {component["name"]: component for component in bill["components"]}
    assert set(components) == {"Qt", "ICU", "python-docx", "lxml", "PyInstaller bootloader"}
    assert components["ICU"]["version"] == "73"
    assert components["Qt"]["licenses"] == [{"license": {"id": "LGPL-3.0-only"}}]
    files = [file["name"] for file in components["Qt"]["components"]]
    assert files == ["PySide6/Qt/lib/libQt6Core.so.6"]
    version = metadata.version("python-docx")
    assert components["python-docx"]["purl"] == f"pkg:pypi/python-docx@{version}"


def test_the_bill_has_what_cyclonedx_requires(bundle: Path):
    bill = sbom.bill(sbom.checked_parts(bundle), bundle)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    references = [component["bom-ref"] for component in bill["components"]]
    assert len(references) == len(set(references))
    assert bill["dependencies"][0]["dependsOn"] == references
    for component in bill["components"]:
        assert component["type"] == "library"
        assert component["name"]
        assert len(component["licenses"]) == 1


def test_the_same_build_has_the_same_bill(bundle: Path):
    first, second = (sbom.bill(sbom.checked_parts(bundle), bundle) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("path", ["libreadline.so.8", "lib/mystery.dll"])
def test_a_library_that_nobody_knows_fails_the_build(bundle: Path, path: str):
    unknown = bundle / "_internal" / path
    unknown.parent.mkdir(exist_ok=True)
    unknown.touch()
    with pytest.raises(sbom.UnknownPartError, match=re.escape(path)):
        sbom.write(bundle)


def test_a_package_that_is_not_pinned_fails_the_build(bundle: Path, monkeypatch):
    monkeypatch.setattr(parts_script, "modules", lambda bundle: {"core", "hypothesis"})
    with pytest.raises(sbom.UnknownPartError, match="hypothesis"):
        sbom.write(bundle)


@pytest.mark.parametrize(
    ("licence", "is_refused"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("MIT AND GPL-2.0-or-later", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("LGPL-3.0-only", False),
        (parts_script.BOOTLOADER, False),
        ("MIT", False),
    ],
)
def test_gpl_is_refused_but_for_the_bootloader(licence: str, is_refused: bool):
    assert bool(parts_script.refused([Part("work", licence)])) is is_refused


def test_a_licence_without_a_name_in_spdx_is_written_as_a_name():
    assert sbom.licence("LicenseRef-public-domain") == {"license": {"name": "public domain"}}
    assert sbom.licence("MIT AND PSF-2.0") == {"expression": "MIT AND PSF-2.0"}


def test_freezing_needs_no_tests_and_no_checks(root: Path):
    wanted = load("linux/wanted.py")
    text = wanted.wanted(
        (root / "requirements-dev.txt").read_text("utf-8"),
        (root / "requirements.txt").read_text("utf-8"),
    )
    names = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    assert {"pyinstaller", "pyside6-essentials"} <= set(names)
    assert not {"pytest", "hypothesis", "mypy"} & set(names)
    assert text.count("--hash=") >= len(names)
