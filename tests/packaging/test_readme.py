"""What people are told to type and to look for is there, in both languages alike."""

import re
import shlex
from pathlib import Path

import pytest

from core.cli_arguments import COMMANDS, parse
from core.readers.endings import NAMED_ENDINGS
from core.rules.registry import all_rules

READMES = ("README.md", "README.zh-CN.md")
FAMILIES = {rule_id[:3] for rule_id in all_rules()}
START = ".venv/bin/python main.py "


def text_of(root: Path, name: str) -> str:
    return (root / name).read_text("utf-8")


def commands(text: str) -> list[str]:
    """Return the command lines, without the remarks beside them."""
    lines = (line for line in text.splitlines() if line.startswith(START))
    return [line.removeprefix(START).partition("  ")[0].rstrip() for line in lines]


def layout(text: str) -> list[str]:
    """Return the folders and modules in the map of the code, those of a folder below its name."""
    (block,) = re.findall(r"```text\n(.+?)```", text, re.DOTALL)
    found, top = [], ""
    for line in block.splitlines():
        names = re.match(r"( *)([^ ,]+(?:, [^ ,]+)*) ", line)
        assert names is not None, line
        for name in names[2].split(", "):
            found.append(f"{top}{name}" if names[1] else name)
        top = top if names[1] else names[2]
    return found


def test_both_languages_name_the_same_commands(root: Path) -> None:
    english, chinese = (commands(text_of(root, name)) for name in READMES)
    assert english == chinese
    assert {line.split()[0] for line in english} == set(COMMANDS)


def test_every_command_is_understood(root: Path) -> None:
    for line in commands(text_of(root, "README.md")):
        assert parse(shlex.split(line)).command == line.split()[0]


def test_both_languages_draw_the_same_map_and_it_is_true(root: Path) -> None:
    english, chinese = (layout(text_of(root, name)) for name in READMES)
    assert english == chinese
    assert not [name for name in english if not (root / name).exists()]
    parts = {f"core/{path.parent.name}/" for path in root.glob("core/*/__init__.py")}
    assert parts <= set(english)
    assert {f"{path.parent.name}/" for path in root.glob("*/__init__.py")} <= set(english)


@pytest.mark.parametrize("name", READMES)
def test_every_family_of_rules_is_in_the_table(root: Path, name: str) -> None:
    cells = re.findall(r"^\| ([A-Z]{3}(?:[,、 ]+[A-Z]{3})*) \|", text_of(root, name), re.MULTILINE)
    assert {family for cell in cells for family in re.findall("[A-Z]{3}", cell)} == FAMILIES


def test_who_adds_a_rule_is_told_every_family(root: Path) -> None:
    step = text_of(root, "CONTRIBUTING.md").partition("2. **")[0]
    (named,) = re.findall(r"Choose the family \((.+?)\)", step, re.DOTALL)
    assert set(re.findall(r"\b[A-Z]{3}\b", named)) == FAMILIES


@pytest.mark.parametrize("name", READMES)
def test_every_format_is_named(root: Path, name: str) -> None:
    text = text_of(root, name)
    # These are named in words.
    assert [e for e in NAMED_ENDINGS if f"`.{e}`" not in text] == ["pdf", "txt", "md"]
    assert all(word in text for word in ("PDF", "Markdown"))


def targets(root: Path) -> set[str]:
    (named,) = re.findall(r"^\.PHONY: (.+)$", text_of(root, "Makefile"), re.MULTILINE)
    return set(named.split())


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_every_target_of_make_that_is_named_exists(root: Path, name: str) -> None:
    named = re.findall(r"(?:^|`)make ([a-z-]+)", text_of(root, name), re.MULTILINE)
    assert named
    assert set(named) <= targets(root)


def test_who_works_on_the_code_is_told_every_target(root: Path) -> None:
    named = re.findall(r"^\| `make ([a-z-]+)", text_of(root, "CONTRIBUTING.md"), re.MULTILINE)
    assert {*named, "clean"} == targets(root)
