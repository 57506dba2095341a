"""Read the editions of the official form from `resources/forms/*.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from core.forms.model import (
    AlternativeRow,
    Comparison,
    Equation,
    Form,
    FormCell,
    FormRow,
    FormSection,
    FormTable,
    SlotKind,
    row_key,
)
from core.resources import resource

EDITIONS = ("2019", "2021")


@cache
def load_form(edition: str) -> Form:
    """Return one edition of the form, "2019" or "2021"."""
    data = json.loads(resource("forms", f"{edition}.json").read_text(encoding="utf-8"))
    equations = [_equation(item) for item in data["equations"]]
    tables = {item["name"]: _table(item, equations) for item in data["tables"]}
    sections = tuple(_section(item) for item in data["sections"])
    document = data["document"]
    return Form(data["edition"], document["number"], document["title"], sections, tables)


@cache
def load_forms() -> Mapping[str, Form]:
    """Return all editions by name, the oldest first."""
    return {edition: load_form(edition) for edition in EDITIONS}


def _section(item: dict[str, Any]) -> FormSection:
    return FormSection(
        item["no"],
        item["heading"],
        item["kind"],
        tuple(item.get("variants", ())),
        item.get("table"),
        tuple(item.get("must_have", ())),
    )


def _equation(item: dict[str, Any]) -> Equation:
    return Equation(
        item["id"],
        item["table"],
        item["over"],
        tuple(item["left"]),
        Comparison(item["comparison"]),
        tuple(item["right"]),
    )


def _table(item: dict[str, Any], equations: list[Equation]) -> FormTable:
    name, grid = item["name"], item["grid"]
    cells = tuple(_cell(cell) for cell in grid["cells"])
    variants = {label: tuple(texts) for label, texts in item.get("label_variants", {}).items()}
    return FormTable(
        name=name,
        section=item["section"],
        rows=grid["rows"],
        columns=grid["columns"],
        cells=cells,
        row_specs=_rows(item, cells, variants),
        alternatives=tuple(
            AlternativeRow(_row(row), tuple(row["replaces"]))
            for row in item.get("alternative_rows", ())
        ),
        label_variants=variants,
        equations=tuple(equation for equation in equations if equation.table == name),
    )


def _cell(item: dict[str, Any]) -> FormCell:
    return FormCell(
        item["row"],
        item["column"],
        item["row_span"],
        item["column_span"],
        item["role"],
        item.get("text", ""),
        item.get("slot"),
        _kind(item.get("type", "int>=0")),
    )


def _kind(text: str) -> SlotKind:
    if text.startswith("signed"):
        return SlotKind.CHANGE
    return SlotKind.AMOUNT if text.startswith("decimal") else SlotKind.COUNT


def _row(item: dict[str, Any]) -> FormRow:
    return FormRow(
        item["key"],
        item["label"],
        tuple(item.get("label_variants", ())),
        item.get("group"),
        item.get("regulation_basis", ""),
    )


def _rows(
    item: dict[str, Any], cells: tuple[FormCell, ...], variants: dict[str, tuple[str, ...]]
) -> tuple[FormRow, ...]:
    """Return the rows of numbers; a table that lists none names them by header cells or blocks."""
    if "rows" in item:
        return tuple(_row(row) for row in item["rows"])
    if "blocks" in item:
        return tuple(FormRow(block["key"], block["label"]) for block in item["blocks"])
    keys = {cell.row: row_key(cell.slot) for cell in cells if cell.slot}
    labels = {cell.row: cell.text for cell in cells if cell.role == "row_header"}
    return tuple(
        FormRow(key, labels[row], variants.get(labels[row], ())) for row, key in keys.items()
    )
