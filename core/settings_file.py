"""The settings file that an office hands round: JSON that a person can edit.

The shape is described in `docs/settings.md`.  Reading is strict: a key that
nobody knows would be a wish that nobody fulfils, so it is refused by name, and
none of the file is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from core.errors import UnreadableFileError
from core.forms.loader import load_forms
from core.forms.model import SlotKind
from core.json_file import Origin, load_bytes, read_object, stamped
from core.own_relations import OwnRelation
from core.rules.model import Rule
from core.rules.registry import all_rules
from core.rules.severity import Severity
from core.settings import Settings
from core.thresholds import THRESHOLDS
from core.writable import UNWRITABLE

FORMAT = "gouji-settings"
VERSION = 1

_TITLE = "设置文件"
_SAFE = "其中的设置都没有采用，文件没有改动；请改正或者换一份后再试。"
_KEYS = ("name", "remark", "switched_off", "severities", "relations", "thresholds")
_RELATION_KEYS = ("id", "name", "total", "parts", "severity", "remark")
# The catalogue's ids begin with three letters, so that no later rule can take an office's id.
_OWN_ID = re.compile(r"X\d{3}")
_SEVERITIES = "、".join(f"“{severity.value}”" for severity in Severity)
_LONGEST_NAME = 100
_LONGEST_REMARK = 2000
_MOST_PARTS = 100
_MOST_RELATIONS = 200


def load_settings(path: Path, rules: Iterable[Rule] | None = None) -> Settings:
    """Return the settings in a file, for some rules, those of the catalogue if none are named.

    Raises:
        UnreadableFileError: It is missing or damaged, from a newer version, or
            something in it is wrong; the sentence names the key.
    """
    data = load_bytes(path, Origin(path.name, _TITLE, _SAFE))
    return parse_settings(data, path.name, rules)


def parse_settings(data: bytes, name: str, rules: Iterable[Rule] | None = None) -> Settings:
    """Return the settings that a file's bytes are; see `load_settings`."""
    origin = Origin(name, _TITLE, _SAFE)
    content = read_object(data, origin, FORMAT, VERSION)
    catalogue = all_rules() if rules is None else {rule.id: rule for rule in rules}
    return _Reader(origin, catalogue).settings(content)


def dump_settings(settings: Settings) -> bytes:
    """Return the bytes of a settings file; what is as the program has it is left out."""
    content: dict[str, Any] = {
        "name": settings.name,
        "remark": settings.remark,
        "switched_off": sorted(settings.switched_off),
        "severities": {key: value.value for key, value in sorted(settings.severities.items())},
        "relations": [_relation_json(relation) for relation in settings.relations],
        "thresholds": {key: _number(value) for key, value in sorted(settings.thresholds.items())},
    }
    said = {key: value for key, value in content.items() if value}
    text = json.dumps({**stamped(FORMAT, VERSION), **said}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _relation_json(relation: OwnRelation) -> dict[str, Any]:
    written: dict[str, Any] = {
        "id": relation.id,
        "name": relation.name,
        "total": relation.total,
        "parts": list(relation.parts),
        "severity": relation.severity.value,
    }
    return {**written, "remark": relation.remark} if relation.remark else written


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


class _Reader:
    """Turns JSON into settings; every complaint names the key that is wrong."""

    def __init__(self, origin: Origin, rules: Mapping[str, Rule]) -> None:
        self._origin = origin
        self._rules = rules
        self._slots = {s: cell for form in load_forms().values() for s, cell in form.slots.items()}

    def settings(self, content: dict[str, Any]) -> Settings:
        self._require_known(content, _KEYS, "")
        relations = self._relations(content.get("relations", []))
        own = frozenset(relation.id for relation in relations)
        return Settings(
            self._text(content.get("name", ""), "name", _LONGEST_NAME),
            self._text(content.get("remark", ""), "remark", _LONGEST_REMARK),
            self._switched_off(content.get("switched_off", []), own),
            self._severities(content.get("severities", {})),
            relations,
            self._thresholds(content.get("thresholds", {})),
        )

    def _switched_off(self, value: object, own: frozenset[str]) -> frozenset[str]:
        ids = self._texts(value, "switched_off")
        for rule_id in ids:
            if rule_id not in own:
                self._require_rule(rule_id, "switched_off")
        return frozenset(ids)

    def _severities(self, value: object) -> Mapping[str, Severity]:
        found = self._object(value, "severities")
        for rule_id in found:
            self._require_rule(rule_id, "severities")
        return {key: self._severity(item, f"severities.{key}") for key, item in found.items()}

    def _thresholds(self, value: object) -> Mapping[str, Decimal]:
        found = self._object(value, "thresholds")
        self._require_known(found, tuple(THRESHOLDS), "thresholds.")
        return {key: self._threshold(item, key) for key, item in found.items()}

    def _threshold(self, value: object, name: str) -> Decimal:
        key, threshold = f"thresholds.{name}", THRESHOLDS[name]
        if type(value) not in (int, float):
            raise self._wrong(key, "应是一个数，不加引号")
        number = Decimal(str(value))
        if not threshold.allows(number):
            raise self._wrong(key, f"应在 {threshold.least:f} 到 {threshold.most:f} 之间")
        return number

    def _relations(self, value: object) -> tuple[OwnRelation, ...]:
        items = self._list(value, "relations", _MOST_RELATIONS)
        relations = tuple(self._relation(item, i) for i, item in enumerate(items, start=1))
        seen: set[str] = set()
        for index, relation in enumerate(relations, start=1):
            if relation.id in seen:
                raise self._wrong(f"relations 第 {index} 项的 id", f"“{relation.id}”前面已经用过")
            seen.add(relation.id)
        return relations

    def _relation(self, item: object, index: int) -> OwnRelation:
        key = f"relations 第 {index} 项"
        found = self._object(item, key)
        self._require_known(found, _RELATION_KEYS, f"{key}的 ")
        for required in ("id", "name", "total", "parts"):
            if found.get(required, "") in ("", []) or str(found[required]).isspace():
                raise self._wrong(key, f"没有写 {required}")
        relation = OwnRelation(
            self._own_id(found["id"], f"{key}的 id"),
            self._text(found["name"], f"{key}的 name", _LONGEST_NAME),
            self._slot(found["total"], f"{key}的 total"),
            tuple(self._slot(s, f"{key}的 parts") for s in self._parts(found, key)),
            self._severity(found.get("severity", Severity.WARNING.value), f"{key}的 severity"),
            self._text(found.get("remark", ""), f"{key}的 remark", _LONGEST_REMARK),
        )
        self._require_sense(relation, key)
        return relation

    def _parts(self, found: Mapping[str, Any], key: str) -> list[Any]:
        return self._list(found["parts"], f"{key}的 parts", _MOST_PARTS)

    def _own_id(self, value: object, key: str) -> str:
        text = self._text(value, key, _LONGEST_NAME)
        if text in self._rules:
            raise self._wrong(key, f"“{text}”是程序自带规则的编号，请另用一个")
        if not _OWN_ID.fullmatch(text):
            raise self._wrong(key, f"“{text}”应是字母 X 加三位数字，如 X001")
        return text

    def _slot(self, value: object, key: str) -> str:
        text = self._text(value, key, _LONGEST_NAME)
        if text not in self._slots:
            raise self._wrong(key, f"里没有“{text}”这个栏目{_meant(text, self._slots)}")
        return text

    def _require_sense(self, relation: OwnRelation, key: str) -> None:
        """Refuse what no report could fulfil or what would count a cell twice."""
        if len(set(relation.slots)) != len(relation.slots):
            raise self._wrong(key, "里同一个栏目出现了不止一次")
        if not relation.editions:
            raise self._wrong(key, "的各个栏目不在同一版格式里，没有报告能同时有它们")
        amounts = {self._slots[slot].kind is SlotKind.AMOUNT for slot in relation.slots}
        if len(amounts) > 1:
            raise self._wrong(key, "把金额（万元）和件数加在了一起")

    def _require_rule(self, rule_id: str, key: str) -> None:
        if rule_id not in self._rules:
            meant = _meant(rule_id, self._rules)
            raise self._wrong(
                key, f"里的“{rule_id}”不是规则的编号{meant}（也可能是更新的版本才有）"
            )

    def _require_known(self, found: Mapping[str, Any], known: tuple[str, ...], key: str) -> None:
        for name in found:
            if name not in known:
                raise self._wrong(f"{key}{name}", f"是程序不认识的名称{_meant(name, known)}")

    def _severity(self, value: object, key: str) -> Severity:
        try:
            return Severity(self._text(value, key, _LONGEST_NAME))
        except ValueError:
            raise self._wrong(key, f"应是 {_SEVERITIES} 之一") from None

    def _text(self, value: object, key: str, longest: int) -> str:
        if not isinstance(value, str):
            raise self._wrong(key, "应是一段文字")
        if len(value) > longest or UNWRITABLE.search(value):
            raise self._wrong(key, f"太长（最多 {longest} 字）或者含有控制字符")
        return value.strip()

    def _texts(self, value: object, key: str) -> list[str]:
        return [self._text(item, key, _LONGEST_NAME) for item in self._list(value, key)]

    def _list(self, value: object, key: str, most: int = 1000) -> list[Any]:
        if not isinstance(value, list) or len(value) > most:
            raise self._wrong(key, f"应是一个列表（方括号，最多 {most} 项）")
        return value

    def _object(self, value: object, key: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self._wrong(key, "应写在花括号里，由名称和值组成")
        return value

    def _wrong(self, key: str, what: str) -> UnreadableFileError:
        return self._origin.error(f"的 {key} {what}")


def _meant(text: str, known: Iterable[str]) -> str:
    nearest = get_close_matches(text, list(known), n=1, cutoff=0.7)
    return f"，是不是“{nearest[0]}”" if nearest else ""
