"""Find tables without rules: lines whose words stand under each other in columns.

Which number belongs to which column is a conclusion here and nothing that the page
says, so each number is marked uncertain and offered as a reading.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.readers.pdf_lines import Line
from core.readers.pdf_marks import Page
from core.readers.pdf_table import PageTable


def find_aligned(page: Page, lines: Sequence[Line]) -> tuple[list[PageTable], list[Line]]:
    """Return the tables that aligned columns make, and the lines that belong to none."""
    return [], list(lines)
