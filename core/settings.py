"""What an office sets otherwise than the program: rules, severities, relations, limits.

Settings never change what a rule finds.  They say which rules run, how much a
finding weighs, and what else must add up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.rules.model import Found, Result, Rule
from core.rules.severity import Severity
from core.thresholds import DEFAULTS

if TYPE_CHECKING:
    from core.own_relations import OwnRelation
    from core.rules.context import Context

SEVERITY_NAMES: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "强制性错误", Severity.WARNING: "待核实", Severity.NOTE: "提示"}
)
_WORST_FIRST = list(Severity)
_LISTED = 8


@dataclass(frozen=True, slots=True)
class RuleSelection:
    """The rules of a check: all of them in order, and the ids of those that shall not run.

    A rule that is switched off stays in the list, because a check names it with
    the outcome `switched_off` and never passes over it in silence.
    """

    rules: tuple[Rule, ...]
    switched_off: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Settings:
    """An office's settings; those of the program where nothing is said.

    `severities` has the new severity by rule id.  `thresholds` holds only those
    that were set.
    """

    name: str = ""
    remark: str = ""
    switched_off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    relations: tuple[OwnRelation, ...] = ()
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def all_thresholds(self) -> Mapping[str, Decimal]:
        """Every threshold by name, the program's own value where none was set."""
        return {**DEFAULTS, **self.thresholds}

    def apply_to(self, rules: Iterable[Rule]) -> RuleSelection:
        """Return the catalogue's rules as set, the office's own relations after them."""
        chosen = [self._as_set(rule) for rule in rules]
        chosen += [relation.rule() for relation in self.relations]
        present = frozenset(rule.id for rule in chosen)
        return RuleSelection(tuple(chosen), self.switched_off & present)

    def changes(self, rules: Iterable[Rule]) -> tuple[str, ...]:
        """Return what is set otherwise, in sentences, so that nobody mistakes the result.

        A changed severity is said with the old and the new one, whether an error
        was lowered or a note raised.
        """
        return tuple(self._changes({rule.id: rule for rule in rules}))

    def _as_set(self, rule: Rule) -> Rule:
        severity = self.severities.get(rule.id, rule.severity)
        return rule if severity is rule.severity else with_severity(rule, severity)

    def _changes(self, rules: Mapping[str, Rule]) -> Iterator[str]:
        if self.switched_off:
            yield f"已关闭 {len(self.switched_off)} 条规则，没有检查：{_listed(self.switched_off)}"
        for rule_id, severity in sorted(self.severities.items()):
            own = rules[rule_id].severity if rule_id in rules else severity
            if own is not severity:
                verb = "升为" if _is_harsher(severity, own) else "降为"
                yield f"{rule_id} 由{SEVERITY_NAMES[own]}{verb}{SEVERITY_NAMES[severity]}"
        if self.relations:
            ids = [relation.id for relation in self.relations]
            yield f"增加了本单位自定的 {len(ids)} 项关系：{_listed(ids)}"
        if changed := [
            name for name, value in self.thresholds.items() if value != DEFAULTS.get(name)
        ]:
            yield f"改变了 {len(changed)} 个阈值：{_listed(changed)}"


def with_severity(rule: Rule, severity: Severity) -> Rule:
    """Return a rule whose findings weigh otherwise.

    A finding that the rule itself has lowered stays as mild as it was, or becomes
    milder: raising a rule raises its ordinary findings only.
    """

    @wraps(rule.check)
    def check(context: Context) -> Iterator[Result]:
        for result in rule.check(context):
            yield _weighed(result, rule, severity) if isinstance(result, Found) else result

    return replace(rule, severity=severity, check=check)


def _weighed(found: Found, rule: Rule, severity: Severity) -> Found:
    if found.lowered is None:
        return found
    # The engine compares with the new severity and would no longer notice this.
    if _is_harsher(found.lowered, rule.severity):
        raise ValueError(f"{rule.id} may be lowered, not raised")
    return found if _is_harsher(severity, found.lowered) else replace(found, lowered=None)


def _is_harsher(one: Severity, other: Severity) -> bool:
    return _WORST_FIRST.index(one) < _WORST_FIRST.index(other)


def _listed(names: Collection[str]) -> str:
    shown = "、".join(sorted(names)[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}等"
