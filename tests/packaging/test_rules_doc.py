"""The catalogue for people is what the rules themselves say, each with an example that fires."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from core.rules.registry import all_rules
from tests.core.rules.case_files import load_cases

CASES = load_cases()


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    """The script that writes it; `packaging` is a folder of scripts, not a package."""
    spec = importlib.util.spec_from_file_location("rules_doc", root / "packaging/rules_doc.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("rule_id", all_rules())
def test_every_rule_has_an_example_that_fires(rule_id: str, script: ModuleType) -> None:
    rule = all_rules()[rule_id]
    _, finding = script.example(rule, CASES[rule_id])
    assert finding.rule == rule_id
    assert finding.message


def test_the_committed_catalogue_is_what_the_script_writes(root: Path, script: ModuleType) -> None:
    written = (root / "docs" / "rules.md").read_text("utf-8")
    assert written == script.document(), "run: python packaging/rules_doc.py"


def test_every_family_has_a_name(script: ModuleType) -> None:
    assert {rule_id[:3] for rule_id in all_rules()} <= script.FAMILIES.keys()
