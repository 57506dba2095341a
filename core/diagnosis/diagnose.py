"""From the broken relations of a table to the repairs that explain them, best first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core.diagnosis.equations import System, systems
from core.diagnosis.evidence import Witness, refutes
from core.diagnosis.model import Diagnosis, Evidence, Pattern, Reading, Repair
from core.diagnosis.patterns import pattern_of
from core.diagnosis.proof import is_proved
from core.diagnosis.search import Search, Solution
from core.diagnosis.unknowns import reconciling
from core.diagnosis.weighing import Weighed, weigh, with_shifts, written_out
from core.forms.model import Relation

MOST_CHANGES = 3
MOST_CANDIDATES = 10
# Beside a change of one cell, pairs only show why it is not proved.
_MOST_ALTERNATIVES = 3


def diagnose(
    relations: Iterable[Relation],
    readings: Mapping[str, Reading],
    evidence: Evidence | None = None,
) -> Diagnosis:
    """Return which cells of a table explain its broken relations.

    `relations` are those of one table; inequalities are left out.  A slot
    without a reading counts as missing.  Each block of the cases table is
    diagnosed by itself, its candidates mend that block only, and nothing there
    is ever proved: one equation cannot tell its five cells apart.

    Raises:
        ValueError: The relations belong to several tables.
    """
    found = [_of_block(system, evidence or Evidence()) for system in systems(relations, readings)]
    return Diagnosis(
        found[0].proved if len(found) == 1 else None,
        tuple(repair for diagnosis in found for repair in diagnosis.candidates),
        next((diagnosis.pattern for diagnosis in found if diagnosis.pattern), None),
    )


def explained_by(repair: Repair, relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Return which of some broken relations hold again after a repair, in their order."""
    mended = set(repair.relations)
    return tuple(relation for relation in relations if relation in mended)


def _of_block(system: System, evidence: Evidence) -> Diagnosis:
    witness = Witness(system, evidence)
    if not system.broken:
        return _of_blank_totals(system, witness)
    search = Search(system)
    size, solutions = _smallest(search)
    pairs = search.sets(2) if size == 1 else []
    weighed = weigh(system, witness, written_out(system, search, witness, solutions))
    is_only = size == 1 and is_proved(system, search, solutions, pairs)
    if is_only and not refutes(weighed[0].reasons):
        repair = weighed[0].repair(system)
        return Diagnosis(repair, (repair,))
    alternatives = weigh(system, witness, written_out(system, search, witness, pairs))
    best = with_shifts(system, weighed) if size != 1 else weighed
    pattern = pattern_of(system, [one.changes for one in weighed])
    return _diagnosis(system, [*best, *alternatives[:_MOST_ALTERNATIVES]], pattern)


def _smallest(search: Search) -> tuple[int, list[Solution]]:
    """Return the size of the smallest sets of changes, and these sets; 0 if there are none."""
    for size in range(1, MOST_CHANGES + 1):
        if solutions := search.sets(size):
            return size, solutions
    return 0, []


def _of_blank_totals(system: System, witness: Witness) -> Diagnosis:
    """Return which cells reconcile two ways to compute a blank total, if these disagree."""
    changes = reconciling(system, witness.consequences)
    return _diagnosis(system, weigh(system, witness, ((change,) for change in changes)))


def _diagnosis(
    system: System, weighed: Iterable[Weighed], pattern: Pattern | None = None
) -> Diagnosis:
    repairs = tuple(one.repair(system) for one in weighed)
    return Diagnosis(None, repairs[:MOST_CANDIDATES], pattern)
