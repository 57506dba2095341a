"""What long work reports to."""

from typing import Protocol

from core.errors import Cancelled

__all__ = ["Cancelled", "Progress", "silent"]


class Progress(Protocol):
    """Called with steps done and steps in all; raises `Cancelled` to stop the work."""

    def __call__(self, done: int, total: int, /) -> None:
        """Take note of a finished step."""


def silent(_done: int, _total: int, /) -> None:
    """Report to nobody and never stop."""
