"""A check with the time that it took, which decides where the next one is done."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from core.checking import Office, check_report
from core.rules.model import CheckResult

if TYPE_CHECKING:
    from core.rules.context import Context

Checked = tuple[int, CheckResult, float]


def timed_check(context: Context, office: Office, revision: int) -> Checked:
    """Return a check of a revision, with the seconds of work.

    Not those of the clock on the wall: what other programs do says nothing about a check.
    """
    started = time.thread_time()
    result = check_report(context, office)
    return revision, result, time.thread_time() - started
