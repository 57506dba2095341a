"""What is kept of one report of a folder, and how it travels from whoever checked it.

A folder may have ten thousand reports, so what is long is kept compressed.  An
answer is bytes: nothing of a file that has taken its process over is ever
unpacked as an object.
"""

from __future__ import annotations

import json
import sys
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, NamedTuple

# A report says far less; more comes from a process that is no longer the program's own.
_LARGEST = 32 * 1024 * 1024
_KEPT = ("kept_findings", "kept_slots", "prose")

Slot = tuple[str | None, str]


class Listed(NamedTuple):
    """A finding as texts, for lists: `severity` is that of the rules, the rest is for people.

    `explanation` is empty as long as nobody has explained it.
    """

    severity: str
    rule: str
    place: str
    message: str
    advice: str
    basis: str
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one file.

    With `error`, the sentence, the file could not be read and nothing else is
    known.  `errors`, `warnings` and `notes` count all findings, `open_errors` and
    `open_warnings` those that nobody has explained.  `last_year` is the file it was
    compared with, `past_note` why there was none.  `released` is the day on which it
    was published ("2025-01-20") and `released_by` where that is said; `signed` is the
    day under its text.  `prose` are the marks of its sentences (see
    `core.batch_likeness`).
    """

    file: str
    error: str = ""
    agency: str = ""
    title: str = ""
    year: int | None = None
    edition: str = ""
    confidence: str = ""
    digest: str = ""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    open_errors: int = 0
    open_warnings: int = 0
    explained: int = 0
    unchecked: int = 0
    rules: Mapping[str, int] = field(default_factory=dict)
    last_year: str = ""
    past_note: str = ""
    released: str = ""
    released_by: str = ""
    signed: str = ""
    kept_findings: bytes = b""
    kept_slots: bytes = b""
    prose: bytes = b""

    @property
    def open(self) -> int:
        """How many errors and warnings nobody has explained."""
        return self.open_errors + self.open_warnings

    @property
    def name(self) -> str:
        """The agency, the file where it names none."""
        return self.agency or self.file

    @property
    def listed(self) -> tuple[Listed, ...]:
        """The findings as texts, in the order of the report; unpacked every time."""
        return tuple(Listed(*texts) for texts in _unpressed(self.kept_findings, []))

    @property
    def slots(self) -> Mapping[str, Slot]:
        """For every slot its number, None without one, and its state; unpacked every time."""
        return {name: (number, state) for name, number, state in _unpressed(self.kept_slots, [])}


_EMPTY = Row("")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that has ended: its row, and its `check` object as one line of JSON."""

    row: Row
    line: str


def kept_findings(listed: Sequence[Listed]) -> bytes:
    """Return findings as a row keeps them."""
    return _pressed(listed)


def kept_slots(slots: Mapping[str, Slot]) -> bytes:
    """Return numbers as a row keeps them."""
    return _pressed([(name, *slot) for name, slot in slots.items()])


def unread(name: str, error: str) -> Checked:
    """Return a file that could not be read, with its sentence."""
    sentence = error.replace("\n", " ")
    return Checked(Row(name, sentence), line_of({"file": name, "error": sentence}))


def packed(checked: Checked) -> bytes:
    """Return what `unpacked` reads: a row and a line of JSON."""
    values = asdict(checked.row)
    for name in _KEPT:
        values[name] = b64encode(values[name]).decode("ascii")
    return f"{line_of(values)}\n{checked.line}".encode("utf-8", "backslashreplace")


def unpacked(data: bytes) -> Checked:
    """Return what `packed` packed.

    Raises:
        ValueError: It is something else.
    """
    first, separator, line = data.decode("utf-8").partition("\n")
    values = json.loads(first)
    if not separator or not isinstance(values, dict):
        raise ValueError("no answer")
    try:
        for name in _KEPT:
            values[name] = b64decode(values[name], validate=True)
        values["rules"] = {sys.intern(rule): int(n) for rule, n in values["rules"].items()}
        row = Row(**values)
        _require_row(row)
    except (TypeError, KeyError, AttributeError, zlib.error) as error:
        raise ValueError("no row") from error
    return Checked(row, line)


def line_of(value: Mapping[str, Any]) -> str:
    """Return a value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False)


def _require_row(row: Row) -> None:
    """Refuse what would only later turn out to be no row."""
    for each in fields(Row):
        value, usual = getattr(row, each.name), getattr(_EMPTY, each.name)
        if not isinstance(value, int | None if each.name == "year" else type(usual)):
            raise TypeError(each.name)
    row.listed, row.slots  # noqa: B018 - unpacking them is the test


def _pressed(values: Sequence[Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "backslashreplace"), 6) if values else b""


def _unpressed(data: bytes, nothing: list[Any]) -> list[Any]:
    if not data:
        return nothing
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(data, _LARGEST)
    if unpacking.unconsumed_tail:
        raise ValueError("too large")
    values = json.loads(text)
    if not isinstance(values, list):
        raise ValueError("no list")
    return values
