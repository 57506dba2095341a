"""The sentence that says what a rule rests on, from `resources/basis.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from core.resources import resource
from core.rules.model import Basis

# Named where a report follows no edition that could be recognised.
_IN_FORCE = "2021"


def sentence(basis: Basis, edition: str | None = None) -> str:
    """Return the text a rule rests on, with its own words where it has any.

    Raises:
        KeyError: `resources/basis.toml` does not have that text or place.
    """
    text = _texts()[basis.text]
    title = text["title"]
    if isinstance(title, Mapping):
        title = title[edition or _IN_FORCE]
    words = text["places"][basis.place]
    return f"{title}{basis.place}" + (f"：“{words}”" if words else "")


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads(resource("basis.toml").read_text(encoding="utf-8"))
