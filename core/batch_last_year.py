"""Which report of last year's folder belongs to a report: by the agency's name.

A wrong partner would make false findings, so that a name that fits several
reports fits none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from core.rules.two_years import agency_key, same_name

# 财政局 is the end of many names; with its place before it, it is one agency's.
_HAS_PLACE = re.compile(r".[省市县区州盟旗镇乡]")
_NO_NAME = "报告没有写明机关名称，没有与上年核对"
_NONE = "上年文件夹里没有找到这个机关的年度报告"
_SEVERAL = "上年文件夹里有几份年度报告都可能是这个机关的（{names}），没有与上年核对"


@dataclass(frozen=True, slots=True)
class Past:
    """A report of last year's folder: its name there, where it is, whose and of which year."""

    name: str
    path: str
    member: str
    agency: str
    year: int | None
    digest: str


@dataclass(frozen=True)
class Pasts:
    """Last year's reports by the key of their agency's name."""

    by_key: Mapping[str, Sequence[Past]]

    def of(self, key: str) -> Sequence[Past]:
        """Return the reports of an agency: of exactly that name, else of one that may be its."""
        if exact := self.by_key.get(key):
            return exact
        return [past for other, past in self._all() if _may_be(key, other)]

    def _all(self) -> Iterable[tuple[str, Past]]:
        return ((key, past) for key, pasts in self.by_key.items() for past in pasts)


def packed_pasts(pasts: Iterable[Past]) -> bytes:
    """Return what `pasts_from` reads."""
    return json.dumps([asdict(past) for past in pasts], ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


@lru_cache(maxsize=1)
def pasts_from(packed: bytes) -> Pasts | None:
    """Return last year's reports, None where no folder was given."""
    if not packed:
        return None
    by_key: dict[str, list[Past]] = {}
    for values in json.loads(packed.decode("utf-8", "surrogatepass")):
        past = Past(**values)
        by_key.setdefault(agency_key(past.agency), []).append(past)
    return Pasts(by_key)


def chosen_past(
    agency: str | None, year: int | None, pasts: Pasts | None
) -> tuple[Past | None, str]:
    """Return the report of the year before, or None and why there is none, in words."""
    if pasts is None:
        return None, ""
    key = agency_key(agency or "")
    if not key:
        return None, _NO_NAME
    found = pasts.of(key)
    fitting = [past for past in found if year and past.year == year - 1] or found
    # Copies of one file are one report.
    fitting = list({past.digest: past for past in reversed(fitting)}.values())
    if len(fitting) == 1:
        return fitting[0], ""
    if not fitting:
        return None, _NONE
    return None, _SEVERAL.format(names="、".join(sorted(past.name for past in fitting)))


def _may_be(one: str, other: str) -> bool:
    short = min(one, other, key=len)
    return bool(same_name(one, other)) and _HAS_PLACE.search(short) is not None
