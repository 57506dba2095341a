"""Relations that an office adds as data: one total, its parts, and no code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.forms.loader import load_forms
from core.forms.model import Comparison, Relation, row_key, table_name
from core.numbers import plain
from core.rules.context import Context, State
from core.rules.model import Basis, Insufficient, NotApplicable, Result, Rule
from core.rules.relations import Sides, decide
from core.rules.severity import Severity

RULE_NAME = "own_relation"
BASIS = Basis("本单位的设置", "总计等于所列各项之和")
_MESSAGE = "{relation}：{total_label} {total} ≠ {parts_label} {parts}{remark}"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class OwnRelation:
    """`total` = sum of `parts`, all of them slots of the form, in Chinese called `name`."""

    id: str
    name: str
    total: str
    parts: tuple[str, ...]
    severity: Severity = Severity.WARNING
    remark: str = ""

    @property
    def slots(self) -> tuple[str, ...]:
        """All slots that take part, the total last."""
        return (*self.parts, self.total)

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions of the form that have every slot."""
        return tuple(
            edition for edition, form in load_forms().items() if form.slots.keys() >= {*self.slots}
        )

    @property
    def relation(self) -> Relation:
        """The relation as rules decide it."""
        rows = {(table_name(slot), row_key(slot)) for slot in self.slots}
        over = "rows" if len(rows) == 1 else "columns"
        table = table_name(self.total)
        return Relation(self.id, table, over, self.parts, Comparison.EQUAL, (self.total,))

    def rule(self) -> Rule:
        """Return a rule that decides this relation like those of the form."""

        def check(context: Context) -> Iterator[Result]:
            yield self._decided(context)

        check.__doc__ = self._help
        return Rule(self.id, RULE_NAME, self.severity, BASIS, _MESSAGE, check, self.editions)

    @property
    def _help(self) -> str:
        lines = [f"{self.name}。", "", "这是本单位在设置文件中自定的关系，总计应等于所列各项之和。"]
        lines += ["", "某一项空白时按 0 计；总计空白、缺格或者不是数字时不作判断。"]
        return "\n".join([*lines, "", self.remark] if self.remark else lines)

    def _decided(self, context: Context) -> Result:
        for name in dict.fromkeys(table_name(slot) for slot in self.slots):
            table = context.tables.get(name)
            if table is None:
                return Insufficient(f"报告中没有找到{context.table_label(name)}")
            if any(s not in table.form_table.slots for s in self.slots if table_name(s) == name):
                return NotApplicable("这一版格式没有其中的栏目")
        total = context.value(self.total)
        if total.state is State.BLANK:
            refs = () if total.ref is None else (total.ref,)
            return Insufficient("总计未填", refs, relation=self.relation)
        return decide(context, self.relation, lambda sides: self._named(context, sides))

    def _named(self, context: Context, sides: Sides) -> Mapping[str, str]:
        parts = [context.label(slot) for slot in self.parts]
        shown = "、".join(f"“{label}”" for label in parts[:_MOST_NAMED])
        if len(parts) > 1:
            shown += "之和" if len(parts) <= _MOST_NAMED else f"等 {len(parts)} 项之和"
        return {
            "relation": self.name,
            "total_label": f"“{context.label(self.total)}”",
            "total": plain(sides.right),
            "parts_label": shown,
            "parts": plain(sides.left),
        }
