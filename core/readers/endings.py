"""How the names of files end that can be read, for people to look for; no reader asks."""

from __future__ import annotations

from collections.abc import Mapping

from core.readers.kinds import Kind

ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.DOCX: ("docx",),
    Kind.DOC: ("doc", "wps"),
    Kind.PDF: ("pdf",),
    Kind.XLSX: ("xlsx",),
    Kind.XLS: ("xls", "et"),
    Kind.HTML: ("html", "htm"),
    Kind.MHT: ("mht", "mhtml"),
    Kind.ODT: ("odt",),
    Kind.TEXT: ("txt", "md"),
}
ALL_ENDINGS = tuple(ending for endings in ENDINGS.values() for ending in endings)
# Who knows one spelling of an ending knows the other.
NAMED_ENDINGS = tuple(ending for ending in ALL_ENDINGS if ending not in ("htm", "mhtml"))
