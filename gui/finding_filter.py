"""Which findings are listed: of one kind, by one rule, in one table, or all."""

from __future__ import annotations

from dataclasses import dataclass

from core.rules.severity import Severity
from gui.causes import State

# What a chip lists: the open causes of a severity, those in a state, or with None all.
Kind = Severity | State | None


@dataclass(frozen=True)
class FindingFilter:
    """What must hold of a cause that is listed; None lets everything pass, "" is the prose."""

    kind: Kind = None
    rule: str | None = None
    table: str | None = None


EVERYTHING = FindingFilter()
