"""Align any of the three statutory tables with its form."""

from __future__ import annotations

from core.document import Table
from core.forms.align_cases import align_cases
from core.forms.align_rows import align_rows
from core.forms.alignment import TableMatch
from core.forms.model import Form


def align(table: Table, form: Form, name: str) -> TableMatch:
    """Return where the slots of the form's table of a name stand."""
    return (align_cases if name == "cases" else align_rows)(table, form, name)
