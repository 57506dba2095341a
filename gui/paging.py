"""Rows of texts on pages: none is broken that fits, and a table goes on under its headers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtGui import QTextDocument


@dataclass(frozen=True, eq=False)
class Row:
    """What stands side by side: one text, or the cells of a table's row.  Lengths are in pixels.

    Without texts it is empty space, twice as high as `padding`.  `line` is the height
    of a line, between which a row is cut that no page could hold.  `keeps` holds it on
    one page with the next row.  `header` comes again where a table goes on on another page.
    """

    texts: tuple[QTextDocument, ...]
    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    keeps: bool = False
    line: float = 1.0
    padding: float = 0.0
    header: Row | None = None

    @cached_property
    def height(self) -> float:
        """The height of the highest text, as it is laid out by now, with its padding."""
        texts = (text.size().height() for text in self.texts)
        return max(texts, default=0.0) + 2 * self.padding

    def cut(self, start: float, room: float) -> float:
        """Return the end of the last line that stands within some room from `start` on."""
        lines = (start + room - self.padding) // self.line
        return float(max(self.padding + lines * self.line, 0.0))


@dataclass(frozen=True)
class Placed:
    """A row at a height of its page, or what stands of it there: from `start` to `end`."""

    row: Row
    top: float
    start: float
    end: float


class Pages:
    """Puts rows on pages of a height."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._pages: list[list[Placed]] = [[]]
        self._top = 0.0
        self._waiting: list[Row] = []

    def put(self, row: Row) -> None:
        """Put a row below the ones before, as soon as it is known what it must stay with."""
        self._waiting.append(row)
        if not row.keeps:
            self._place_waiting()

    def finished(self) -> list[list[Placed]]:
        """Return the pages."""
        self._place_waiting()
        return self._pages

    def _place_waiting(self) -> None:
        rows, self._waiting = self._waiting, []
        needed = sum(row.height for row in rows)
        if rows and self._top and self._top + needed > self._height:
            # Empty space between a table and what follows has no use on a new page.
            if not any(row.texts for row in rows):
                return
            self._turn(rows[0].header)
        for row in rows:
            self._place(row)

    def _place(self, row: Row) -> None:
        start = 0.0
        while start < row.height:
            end = row.height
            if self._top + end - start > self._height:
                end = row.cut(start, self._height - self._top)
                if end <= start and self._pages[-1]:
                    self._turn(None)
                    continue
                end = min(end, row.height) if end > start else row.height
            self._pages[-1].append(Placed(row, self._top, start, end))
            self._top += end - start
            start = end
            if start < row.height:
                self._turn(row.header)

    def _turn(self, header: Row | None) -> None:
        self._pages.append([])
        self._top = 0.0
        if header is not None and header.height < self._height / 2:
            self._pages[-1].append(Placed(header, 0.0, 0.0, header.height))
            self._top = header.height
