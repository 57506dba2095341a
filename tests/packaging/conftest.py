"""The scripts of `packaging`, which is a folder of scripts and no package."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def windows_script(root: Path) -> Iterator[Callable[[str], ModuleType]]:
    """Load a script of packaging/windows by its name; they import each other."""
    folder = root / "packaging" / "windows"
    path_before = list(sys.path)
    sys.path.insert(0, str(folder))
    yield lambda name: loaded(folder / f"{name}.py")
    sys.path[:] = path_before


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"windows_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
