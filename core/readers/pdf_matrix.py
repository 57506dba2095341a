"""How coordinates of one space of a PDF become those of another."""

from __future__ import annotations

from math import hypot
from typing import NamedTuple


class Matrix(NamedTuple):
    """An affine map, its numbers in the order that PDF has: x' = a·x + c·y + e."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @property
    def scale(self) -> float:
        """How much longer what stood upright becomes."""
        return hypot(self.c, self.d)

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def along(self, x: float, y: float) -> tuple[float, float]:
        """Return what a direction becomes."""
        return self.a * x + self.c * y, self.b * x + self.d * y

    def then(self, other: Matrix) -> Matrix:
        """Return the map that does this one first and then another."""
        return Matrix(
            *other.along(self.a, self.b),
            *other.along(self.c, self.d),
            *other.apply(self.e, self.f),
        )


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)
