"""The file of explanations: JSON with a version, one record a line, sorted.

A person's own file stands in the private data folder; others are handed round.
A file that cannot be read is never written over.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs

from core.errors import ReportError, SaveError
from core.explanations import Explanation, ExplanationKind, Explanations, Record
from core.identity import Facts, Identity, Subject
from core.json_file import Origin, load_bytes, read_object, stamped
from core.storage import proposed_path, replace_file

FORMAT = "gouji-explanations"
VERSION = 1

_TITLE = "出错说明文件"
_SAFE = "其中的说明没有采用，文件也没有改动；请换一份，或者找回以前的备份。"
_PRIVATE = 0o700
_RECORDS = "records"
_IDENTITY_KEYS = {"report", "year", "rule", "slots", "place", "cells", "values"}
_KEYS = _IDENTITY_KEYS | {"kind", "text", "author", "date"}


def own_explanations_path() -> Path:
    """Return where a person's own explanations are kept, whether there are any yet or not."""
    return platformdirs.user_data_path("gouji", appauthor=False) / "explanations.json"


def load_explanations(path: Path, *, missing_ok: bool = False) -> Explanations:
    """Return the explanations in a file, none if it is missing and that is all right.

    Raises:
        UnreadableFileError: It is missing, damaged, something else or from a newer version.
    """
    if missing_ok and not _stands(path):
        return Explanations()
    return parse_explanations(load_bytes(path, _origin(path.name)), path.name)


def parse_explanations(data: bytes, name: str) -> Explanations:
    """Return the explanations that a file's bytes are; see `load_explanations`."""
    origin = _origin(name)
    content = read_object(data, origin, FORMAT, VERSION)
    items = content.pop(_RECORDS, None)
    if not isinstance(items, list):
        raise origin.error("已损坏（没有 records 这个列表）")
    records, kept = _sorted_out(items)
    return Explanations(records, kept, _json(content) if content else "")


def dump_explanations(explanations: Explanations) -> bytes:
    """Return the bytes of a file; the same explanations always give the same bytes."""
    head = stamped(FORMAT, VERSION) | (json.loads(explanations.extra or "{}"))
    lines = [f"{_json(key)}: {_json(value)}," for key, value in head.items()]
    records = [_json(_record_json(record)) for record in explanations.records]
    body = ",\n".join((*records, *explanations.kept))
    text = "\n".join(("{", *lines, f'"{_RECORDS}": [', *([body] if body else []), "]", "}", ""))
    return text.encode("utf-8")


def save_explanations(path: Path, before: Explanations, now: Explanations) -> Explanations:
    """Write what changed from `before` to `now` into a file, and return what it then holds.

    The file is read again first, because another window may have written to it:
    `before` is what we last read or wrote.

    Raises:
        UnreadableFileError: What stands there cannot be read; it is left as it is.
        SaveError: The disk refused; what stood there still does.
    """
    stands = _stands(path)
    theirs = load_explanations(path) if stands else before
    merged = now.merged(before, theirs)
    if stands and merged == theirs:
        return merged
    _require_folder(path.parent, private=path == own_explanations_path())
    try:
        replace_file(
            path,
            dump_explanations(merged),
            overwrite=stands,
            verify=lambda data: _require_same(data, merged),
        )
    except SaveError:
        # Another window may have written the first file while we made ours.
        if stands or not _stands(path):
            raise
        return save_explanations(path, before, now)
    return merged


def set_aside(path: Path) -> Path:
    """Give a file that cannot be read another name, so that a new one can be begun.

    Nothing is deleted.  Only a person decides this: the file may be whole, but
    from a newer version.

    Raises:
        SaveError: The file could not be renamed; it is left as it is.
    """
    aside = proposed_path(path, path.suffix, "不能读取")
    try:
        return path.rename(aside)
    except OSError as error:
        raise SaveError(
            f"“{path.name}”不能改名，内容没有改动；请关闭正在使用它的程序后再试。", repr(error)
        ) from error


def _origin(name: str) -> Origin:
    return Origin(name, _TITLE, _SAFE)


def _stands(path: Path) -> bool:
    """Return whether there is anything; what may not be looked at counts as something."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def _require_folder(folder: Path, *, private: bool) -> None:
    """Make the folder if it is missing; a person's own one is closed to others."""
    try:
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if private and os.name == "posix":
            folder.chmod(_PRIVATE)
    except OSError as error:
        raise SaveError(
            f"不能建立文件夹“{folder.name}”，说明没有保存，原有的文件没有改动；"
            "请检查用户文件夹的权限。",
            repr(error),
        ) from error


def _require_same(data: bytes, expected: Explanations) -> None:
    """Read what is about to be written, so that no file is saved that cannot be loaded."""
    if parse_explanations(data, "") != expected:
        raise SaveError("说明写成文件后读回来不一样，没有保存，原有的文件没有改动。")


def _sorted_out(items: list[object]) -> tuple[tuple[Record, ...], tuple[str, ...]]:
    """Return the records in force, and as JSON those that are not understood or outdated.

    Of two records for one finding, which only editing by hand brings about, the
    later one counts.
    """
    read = [(item, _record(item)) for item in items]
    in_force: dict[Identity, Record] = {}
    for record in sorted((r for _, r in read if r is not None), key=_age):
        in_force[record.identity] = record
    kept = (item for item, r in read if r is None or in_force[r.identity] != r)
    return tuple(in_force.values()), tuple(_json(item) for item in kept)


def _age(record: Record) -> tuple[date, str, str, str, str]:
    said = record.explanation
    return (said.date, said.text, said.author, said.kind, record.extra)


def _record(item: object) -> Record | None:
    """Return a record, None for what this version does not understand."""
    if not isinstance(item, dict) or not item.keys() >= _KEYS:
        return None
    try:
        extra = {key: value for key, value in item.items() if key not in _KEYS}
        return Record(_identity(item), _explanation(item), _json(extra) if extra else "")
    except (TypeError, ValueError, ReportError):
        return None


def _identity(item: dict[str, Any]) -> Identity:
    year = item["year"]
    if year is not None and type(year) is not int:
        raise TypeError("a year is a whole number")
    slots = tuple(sorted(_text(slot) for slot in _list(item["slots"])))
    place = tuple(_text(label) for label in _list(item["place"]))
    subject = Subject(_text(item["report"]), year, _text(item["rule"]), slots, place)
    if not isinstance(item["values"], dict):
        raise TypeError("values have names")
    values = sorted((name, _text(text)) for name, text in item["values"].items())
    cells = tuple(_text(cell) for cell in _list(item["cells"]))
    return Identity(subject, Facts(cells, tuple(values)))


def _explanation(item: dict[str, Any]) -> Explanation:
    return Explanation(
        ExplanationKind(item["kind"]),
        _text(item["text"]),
        _text(item["author"]),
        date.fromisoformat(_text(item["date"])),
    )


def _record_json(record: Record) -> dict[str, Any]:
    subject, facts = record.identity.subject, record.identity.facts
    explanation = record.explanation
    return {
        "report": subject.report,
        "year": subject.year,
        "rule": subject.rule,
        "slots": list(subject.slots),
        "place": list(subject.place),
        "cells": list(facts.cells),
        "values": dict(facts.values),
        "kind": explanation.kind.value,
        "text": explanation.text,
        "author": explanation.author,
        "date": explanation.date.isoformat(),
        **json.loads(record.extra or "{}"),
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
