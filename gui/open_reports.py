"""The reports that are open, in the order of their tabs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gui.open_report import OpenReport

if TYPE_CHECKING:
    from gui.opening import Opened


class OpenReports:
    """A list that knows its reports by their files."""

    def __init__(self) -> None:
        self._reports: list[OpenReport] = []

    def __iter__(self) -> Iterator[OpenReport]:
        """Go through a copy, so that reports may be put away on the way."""
        return iter(tuple(self._reports))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._reports)

    def insert(self, place: int, report: OpenReport) -> None:
        """Let a report stand at a place among the others."""
        self._reports.insert(place, report)

    def remove(self, report: OpenReport) -> int:
        """Take a report out; return where it stood."""
        place = self._reports.index(report)
        del self._reports[place]
        return place

    def move(self, start: int, end: int) -> None:
        """Let a report stand elsewhere."""
        self._reports.insert(end, self._reports.pop(start))

    def near(self, place: int) -> OpenReport | None:
        """Return the report at a place, or else the last one; None where there is none."""
        return self._reports[min(place, len(self._reports) - 1)] if self._reports else None

    def beside(self, report: OpenReport, by: int) -> OpenReport:
        """Return the report some places after another, round and round."""
        return self._reports[(self._reports.index(report) + by) % len(self._reports)]

    def at(self, path: Path) -> OpenReport | None:
        """Return the report that was opened under a path."""
        return next((report for report in self._reports if report.is_at(path)), None)

    def of_file(self, opened: Opened) -> OpenReport | None:
        """Return the report of the file that was just read, under whatever name it was opened."""
        if found := self.at(opened.session.path):
            return found
        known = (report for report in self._reports if report.identity is not None)
        return next((report for report in known if report.identity == opened.identity), None)
