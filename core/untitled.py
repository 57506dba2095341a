"""Reports that stand in no file of the user's yet: new ones, and what was on the clipboard.

Their bytes are kept in the private folder, so that journal, lock and recovery work as
for any file.  They are never what a person saves to.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.file_names import shortened
from core.journal import FOLDER as JOURNALS
from core.journal import SUFFIX
from core.journal_contents import contents_of
from core.locks import Holder, acquire
from core.private_folder import private_folder, private_path
from core.refusals import code, refusal
from core.storage import replace_file

_FOLDER = "untitled"
# One that was just made may not be locked yet.
_LEAST_AGE = 600.0  # seconds

_log = logging.getLogger(__name__)


def keep_untitled(name: str, data: bytes) -> Path:
    """Put a report into the private folder, under a name that people can read.

    Raises:
        SaveError: The private folder does not take it.
    """
    try:
        folder = private_folder(_FOLDER, secrets.token_hex(4))
    except OSError as error:
        raise refusal(error, private_path(_FOLDER), len(data)) from error
    ending = Path(name).suffix
    path = folder / (shortened(Path(name).stem, ending, folder) + ending)
    replace_file(path, data, backup=False)
    return path


def is_untitled(path: Path) -> bool:
    """Return whether a report stands in no file of the user's."""
    return private_path(_FOLDER) in path.parents


def discard_untitled(path: Path) -> None:
    """Remove a report that nobody needs any more."""
    try:
        path.unlink(missing_ok=True)
        path.parent.rmdir()
    except OSError as error:
        # The next start tries again.
        _log.info("an untitled report stays: %s", code(error))


def sweep_untitled() -> int:
    """Remove the reports that no journal names and no window has open; return their number.

    Where a journal cannot be read they all stay, because it may name any of them.
    """
    named = _named()
    if named is None:
        return 0
    old = [path for path in _kept() if path.absolute() not in named and _is_old(path)]
    return sum(_swept(path) for path in old)


def _kept() -> list[Path]:
    return sorted(path for path in private_path(_FOLDER).glob("*/*") if path.is_file())


def _is_old(path: Path) -> bool:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > _LEAST_AGE
    return False


def _swept(path: Path) -> bool:
    lock = acquire(path)
    if isinstance(lock, Holder):
        return False
    discard_untitled(path)
    lock.release()
    return not path.exists()


def _named() -> set[Path] | None:
    """Return the reports that journals name, None where one does not say which."""
    sources = list(_sources())
    return None if None in sources else {path for path in sources if path is not None}


def _sources() -> Iterator[Path | None]:
    for journal in private_path(JOURNALS).glob(f"*{SUFFIX}"):
        try:
            source = contents_of(journal.read_bytes()).source
        except FileNotFoundError:
            continue
        except OSError:
            yield None
            continue
        yield source.absolute() if source.name else None
