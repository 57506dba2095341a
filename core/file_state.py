"""What a file held when it was last looked at, to notice that another program changed it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

_TRIES = 3


@dataclass(frozen=True, slots=True)
class FileState:
    """The size in bytes, the time of change in nanoseconds, and the SHA-256 (64 hex digits).

    The digest decides.  Size and time are the quick look that costs no reading.
    """

    size: int
    modified: int
    digest: str

    @classmethod
    def of(cls, path: Path) -> FileState | None:
        """Return the present state of a file, None if there is none.

        Raises:
            OSError: It may not be read, or it is no file.
        """
        try:
            state = _read(path)
            for _ in range(_TRIES):
                # Another program may be in the middle of writing it.
                if state.looks_the_same(path):
                    break
                state = _read(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return state

    def looks_the_same(self, path: Path) -> bool:
        """Return whether size and time are still these; cheap, for a look in passing."""
        try:
            found = path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (self.size, self.modified)

    def is_of(self, data: bytes) -> bool:
        """Return whether some bytes are what the file held."""
        return len(data) == self.size and digest_of(data) == self.digest

    def holds(self, other: FileState | None) -> bool:
        """Return whether the content is the same; a file that was only touched has not changed."""
        return other is not None and other.digest == self.digest


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def _read(path: Path) -> FileState:
    with path.open("rb") as file:
        found = os.fstat(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileState(found.st_size, found.st_mtime_ns, digest)
