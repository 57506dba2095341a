"""A whole check as a person means it: rules as set, causes and fixes, explanations.

The engine runs rules; this says which, asks for the cell behind broken
relations, and gives each finding the explanation that it already has.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.explanations import Explanations
from core.rules.model import CheckResult
from core.settings import Settings

if TYPE_CHECKING:
    from core.rules.context import Context


@dataclass(frozen=True)
class Office:
    """What an office brings to a check: its settings and what it has explained."""

    settings: Settings = field(default_factory=Settings)
    explanations: Explanations = field(default_factory=Explanations)


def check_report(context: Context, office: Office | None = None) -> CheckResult:
    """Return the result of a full check of a report's present state."""
    # Imported here: rules, proofs and what reads prose are not needed before a report is.
    from core.repairs import with_repairs
    from core.rules.engine import check
    from core.rules.registry import all_rules
    from core.rules.stated import stated_values

    office = office or Office()
    chosen = office.settings.apply_to(all_rules().values())
    result = check(context, chosen.rules, chosen.switched_off)
    return _explained(
        with_repairs(result, context, stated_values(context)), context, office.explanations
    )


def _explained(result: CheckResult, context: Context, explanations: Explanations) -> CheckResult:
    found = explanations.for_findings(result.findings, context.document)
    findings = tuple(
        replace(finding, explanation=explanation)
        for finding, explanation in zip(result.findings, found, strict=True)
    )
    return replace(result, findings=findings)
