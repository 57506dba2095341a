"""Limits that rules use and an office may set otherwise, each with the program's own value.

A rule asks its context for a threshold by name; a name that is not listed here
is refused in a settings file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit: what it is for people, the program's own value, and what it may be set to."""

    title: str
    default: Decimal
    least: Decimal
    most: Decimal

    def allows(self, value: Decimal) -> bool:
        """Return whether an office may set this value."""
        return self.least <= value <= self.most


_LARGEST_AMOUNT = Decimal(10) ** 9

THRESHOLDS: Mapping[str, Threshold] = MappingProxyType(
    {
        "ratio_high": Threshold(
            "今年的数超过上年的多少倍时提请核对", Decimal(5), Decimal(1), Decimal(1000)
        ),
        "ratio_low": Threshold(
            "今年的数不到上年的多少倍时提请核对", Decimal("0.2"), Decimal(0), Decimal(1)
        ),
        "procurement_per_item": Threshold(
            "政府集中采购平均每项超过多少万元时，提请核对单位是不是元",
            Decimal(1000),
            Decimal(0),
            _LARGEST_AMOUNT,
        ),
        "fees": Threshold(
            "行政事业性收费超过多少万元时，提请核对单位是不是元",
            Decimal(1_000_000),
            Decimal(0),
            _LARGEST_AMOUNT,
        ),
    }
)

DEFAULTS: Mapping[str, Decimal] = MappingProxyType(
    {name: threshold.default for name, threshold in THRESHOLDS.items()}
)
