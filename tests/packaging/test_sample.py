"""The bundled sample is what its script builds, and says what it is meant to say."""

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from core.document import Document
from core.forms.loader import load_form
from core.forms.match import match
from core.resources import SAMPLE


@pytest.fixture(scope="module")
def sample(root: Path) -> ModuleType:
    """The script that builds the sample; `packaging` is a folder of scripts, not a package."""
    spec = importlib.util.spec_from_file_location("sample_script", root / "packaging/sample.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(data: bytes) -> list[tuple[str, tuple[int, ...], bytes]]:
    # Compressed bytes may differ between versions of zlib; everything else may not.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(e.filename, e.date_time, archive.read(e)) for e in archive.infolist()]


def test_the_committed_sample_is_what_the_script_builds(sample: ModuleType) -> None:
    assert parts(SAMPLE.read_bytes()) == parts(sample.build())


def test_building_twice_gives_the_same_bytes(sample: ModuleType) -> None:
    assert sample.build() == sample.build()


def test_every_slot_of_the_form_has_a_place(sample: ModuleType) -> None:
    document: Document = sample.sample_document()
    assert match(document).places.keys() == {
        slot for slot in load_form("2021").slots if not slot.startswith("applications.other.")
    }


def test_the_numbers_meant_hold_and_one_wrong_number_breaks_two_relations(
    sample: ModuleType,
) -> None:
    intended = sample.intended_values()
    printed = {**intended, **sample.MISTAKES}
    assert list(_broken(intended)) == []
    assert sorted(name for name in _broken(printed) if name[0] == "applications") == [
        ("applications", "results", "natural_person"),
        ("applications", "row_total", "unavailable_not_held"),
    ]


def _broken(texts: dict[str, str]) -> list[tuple[str, str, str]]:
    form = load_form("2021")
    return [
        (name, relation.equation, relation.over)
        for name, table in form.tables.items()
        for relation in table.relations(row.key for row in table.row_specs)
        if all(texts[slot].isdigit() for slot in relation.slots)
        and not _holds(
            relation.comparison, *(_sum(texts, s) for s in (relation.left, relation.right))
        )
    ]


def _holds(comparison: str, left: int, right: int) -> bool:
    return left >= right if comparison == ">=" else left == right


def _sum(texts: dict[str, str], slots: tuple[str, ...]) -> int:
    return sum(int(texts[slot]) for slot in slots)
