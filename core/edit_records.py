"""Edits as JSON, for the journal: every kind has a name in one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from core.edits import (
    AnyEdit,
    CellInsertion,
    CellRemoval,
    Edit,
    LabelEdit,
    ParagraphInsertion,
    RowInsertion,
    RowRemoval,
    TextEdit,
)

# A new kind of edit is one line here, as long as its fields are texts, numbers, members
# of an enumeration, addresses, or tuples of these.  A name is never reused.
KINDS: dict[str, type[Any]] = {
    "cell": Edit,
    "label": LabelEdit,
    "text": TextEdit,
    "paragraph": ParagraphInsertion,
    "row_inserted": RowInsertion,
    "row_removed": RowRemoval,
    "cell_inserted": CellInsertion,
    "cell_removed": CellRemoval,
}

_NAMES = {kind: name for name, kind in KINDS.items()}
_KIND = "kind"
_KNOWN_HINTS: dict[type[Any], Mapping[str, Any]] = {}


def edit_json(edit: AnyEdit) -> dict[str, Any]:
    """Return an edit as JSON.

    Raises:
        KeyError: Its kind is not in the table.
    """
    return {_KIND: _NAMES[type(edit)], **_fields_json(edit)}


def edit_from(value: object) -> Any:
    """Return the edit that some JSON is.

    Raises:
        ValueError: It is none that this version knows.
    """
    if not isinstance(value, dict) or value.get(_KIND) not in KINDS:
        raise ValueError("unknown kind of edit")
    return _record(KINDS[value[_KIND]], {k: v for k, v in value.items() if k != _KIND})


def _fields_json(record: Any) -> dict[str, Any]:
    return {field.name: _json(getattr(record, field.name)) for field in fields(record)}


def _json(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return _fields_json(value)
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    return value


def _record(kind: type[Any], value: dict[str, Any]) -> Any:
    hints = _hints(kind)
    if value.keys() != hints.keys():
        raise ValueError("other fields")
    return kind(**{name: _value(hint, value[name]) for name, hint in hints.items()})


def _hints(kind: type[Any]) -> Mapping[str, Any]:
    """Return the types of a record's fields by name; finding them out takes long."""
    if kind not in _KNOWN_HINTS:
        hints = get_type_hints(kind)
        _KNOWN_HINTS[kind] = {field.name: hints[field.name] for field in fields(kind)}
    return _KNOWN_HINTS[kind]


def _value(hint: Any, value: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return _first_that_fits(get_args(hint), value)
    if get_origin(hint) is tuple and isinstance(value, list):
        return tuple(_value(get_args(hint)[0], item) for item in value)
    if is_dataclass(hint) and isinstance(hint, type) and isinstance(value, dict):
        return _record(hint, value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if type(value) is not hint:
        raise ValueError("a value of another type")
    return value


def _first_that_fits(hints: tuple[Any, ...], value: Any) -> Any:
    for hint in hints:
        try:
            return _value(hint, value)
        except ValueError:
            continue
    raise ValueError("a value of another type")
