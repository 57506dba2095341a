"""When a repair may be called proved.  A wrong proof is the worst mistake of all."""

from __future__ import annotations

from collections.abc import Sequence

from core.diagnosis.equations import System, is_count
from core.diagnosis.search import Search, Solution

# One equation gives a value, only a second one confirms it.
_FEWEST_RELATIONS = 2


def is_proved(
    system: System, search: Search, singles: Sequence[Solution], pairs: Sequence[Solution]
) -> bool:
    """Return whether arithmetic leaves nothing but the single change of one cell.

    All of this must hold.

    * One cell only, blank parts among the candidates, mends every broken
      relation with a count and breaks none.
    * No two cells do.  In a complete table no two ever can; but an undecided
      relation leaves gaps through which two wrong cells look like one.  So a
      proof is right whenever at most two of the cells that arithmetic sees
      are wrong.
    * Every relation of the cell can be decided, and there are at least two.
    * Every other number of the block is a count; one that is not shows that
      more is wrong than the equations say.

    Three cells, wrong by the same amount at the corners of a rectangle, look
    like one wrong cell at the fourth; no arithmetic can tell.  So what another
    text says can still refute a proof, see `core.diagnosis.evidence.refutes`.
    """
    if len(singles) != 1 or pairs:
        return False
    family = system.families[singles[0][0][0]]
    if len(family.slots) != 1:
        return False
    slot = family.slots[0]
    confirmed = len(family.signature)
    return (
        search.fitting(singles[0][0]) == (slot,)
        and confirmed >= _FEWEST_RELATIONS
        and confirmed == system.relations_of(slot)
        and all(is_count(value) for other, value in system.known.items() if other != slot)
    )
