"""The catalogue of rules: a decorator that fills it, and the families that it consists of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module

from core.rules.model import Basis, Check, Rule
from core.rules.severity import Severity

# The order in which the checks run and are listed.
FAMILIES = (
    "sections",
    "shape",
    "numbers",
    "sums",
    "other_tables",
    "balance",
    "last_year",
    "likeness",
    "copied_prose",
    "amounts",
    "law",
    "fees",
    "prose",
    "texts_opening",
    "texts_citations",
    "texts_contents",
    "texts_residue",
    "texts_others",
    "texts_sums",
)

_rules: dict[str, Rule] = {}


def rule(
    *,
    id: str,
    severity: Severity,
    basis: Basis,
    message: str,
    editions: tuple[str, ...] = ("2019", "2021"),
) -> Callable[[Check], Check]:
    """Enter a function in the catalogue; its name names the mistake, its docstring explains it."""

    def enter(check: Check) -> Check:
        if id in _rules:
            raise ValueError(f"rule {id} is defined twice")
        name: str = check.__name__
        _rules[id] = Rule(id, name, severity, basis, message, check, editions)
        return check

    return enter


@cache
def all_rules() -> Mapping[str, Rule]:
    """Return the whole catalogue by id, families in their order."""
    for family in FAMILIES:
        import_module(f"core.rules.{family}")
    return dict(_rules)
