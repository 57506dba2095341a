"""Numbers as a cell without a number format shows them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

# Excel shows eleven characters, and digits that a double does not hold never.
_WIDTH = 11
_MOST_DIGITS = 15
_LEAST_PLAIN = Decimal("1E-9")


def decimal_of(number: float) -> Decimal:
    """Return a stored number with the fifteen digits that Excel takes for certain."""
    return Decimal(f"{number:.{_MOST_DIGITS}g}")


def general(value: Decimal) -> str:
    """Return a number as the format General shows it.

    One difference is on purpose: whole numbers of 12 to 15 digits keep them all,
    as in the line where Excel edits them, while the cell says 1.23457E+11.
    """
    if value == value.to_integral_value() and value.adjusted() < _MOST_DIGITS:
        return f"{value.to_integral_value():f}".replace("-0", "0") if not value else f"{value:.0f}"
    size = abs(value)
    if size.adjusted() >= _MOST_DIGITS or size < _LEAST_PLAIN:
        return _scientific(value)
    whole = max(size.adjusted() + 1, 1)
    places = max(_WIDTH - whole - 1, 0)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _scientific(value: Decimal) -> str:
    mantissa, _, exponent = f"{value:.5E}".partition("E")
    power = int(exponent)
    mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}E{'-' if power < 0 else '+'}{abs(power):02}"
