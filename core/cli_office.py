"""The settings and explanations that a command names, and what to tell about them."""

from __future__ import annotations

import sys
from pathlib import Path

from core.checking import Office
from core.rules.registry import all_rules


def named_office(settings: Path | None, explanations: Path | None) -> Office:
    """Return what the files that were named say; nothing that the user has of their own.

    Raises:
        UnreadableFileError: A file is missing, damaged or something else.
    """
    office = Office()
    # Most checks need neither, and reading them takes a good part of a short command.
    if settings is not None:
        from core.settings_file import load_settings

        office = Office(load_settings(settings), office.explanations)
    if explanations is not None:
        from core.explanations_file import load_explanations

        office = Office(office.settings, load_explanations(explanations))
    return office


def tell_settings(office: Office) -> None:
    """Say on standard error what nobody should mistake a result without."""
    for change in office.settings.changes(all_rules().values()):
        print(change, file=sys.stderr)
