"""How much a finding weighs; by itself, because the first window wants no more of the rules."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs; the members stand from worst to mildest.

    ERROR (强制性错误): the report contradicts itself where the form leaves no choice.
    WARNING (待核实): a person must confirm or explain.  NOTE (提示): form and style.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
